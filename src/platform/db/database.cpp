#include "platform/db/database.hpp"

#include <utility>

#include <soci/soci.h>
#include <spdlog/spdlog.h>

#include "platform/db/pool.hpp"
#include "platform/db/statement.hpp"

namespace wardmote::db {

namespace {

constexpr std::size_t most_statements = 400;

Statement &prepared(Connection &connection, std::string_view sql, const Bindings &bindings,
                    bool rows) {
    auto key = Statement::key(sql, bindings, rows);
    const auto found = connection.statements.find(key);
    if (found != connection.statements.end()) {
        return *found->second;
    }
    if (connection.statements.size() == most_statements) {
        connection.statements.clear();
    }
    auto made = std::make_unique<Statement>(*connection.session, sql, bindings, rows);
    return *connection.statements.emplace(std::move(key), std::move(made)).first->second;
}

} // namespace

Transaction::Transaction(Pool &pool, Scope scope, Kind kind)
    : m_pool{pool}
    , m_scope{std::move(scope)}
    , m_kind{kind}
    , m_connection{pool.take(kind)} {
    try {
        pool.engine().begin(*m_connection->session, m_scope, kind != Kind::read);
        if (kind == Kind::restore) {
            pool.engine().defer_references(*m_connection->session);
        }
        m_open = true;
    } catch (const std::exception &error) {
        const auto problem = pool.engine().translated(error, m_connection->lost);
        m_connection->lost = true; // a connection that cannot begin is not worth keeping
        pool.give_back(std::move(m_connection));
        std::rethrow_exception(problem);
    }
}

Transaction::~Transaction() {
    if (m_open) {
        try {
            m_pool.engine().run(*m_connection->session, "rollback");
        } catch (const std::exception &error) {
            m_connection->lost = true;
            spdlog::warn("rolling back failed: {}", error.what());
        }
        end(false);
    }
    if (m_connection) {
        m_pool.give_back(std::move(m_connection));
    }
}

void Transaction::end(bool committed) {
    m_open = false;
    for (const auto &then : std::exchange(m_then, {})) {
        then(committed);
    }
}

bool Transaction::sqlite() const {
    return m_pool.engine().sqlite();
}

void Transaction::each(std::string_view sql, const Bindings &bindings,
                       const std::function<void(const Row &)> &visit) {
    try {
        prepared(*m_connection, sql, bindings, true).run(bindings, visit);
    } catch (const std::exception &error) {
        // Half read: a statement in that state must not be used again.
        m_connection->statements.clear();
        std::rethrow_exception(m_pool.engine().translated(error, m_connection->lost));
    }
}

Rows Transaction::query(std::string_view sql, const Bindings &bindings) {
    Rows rows;
    each(sql, bindings, [&rows](const Row &row) { rows.push_back(row); });
    return rows;
}

std::optional<Row> Transaction::first(std::string_view sql, const Bindings &bindings) {
    auto rows = query(sql, bindings);
    return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::int64_t Transaction::execute(std::string_view sql, const Bindings &bindings) {
    try {
        return prepared(*m_connection, sql, bindings, false).run(bindings);
    } catch (const std::exception &error) {
        m_connection->statements.clear();
        std::rethrow_exception(m_pool.engine().translated(error, m_connection->lost));
    }
}

void Transaction::commit() {
    try {
        if (m_kind == Kind::restore) {
            m_pool.engine().check_references(*m_connection->session);
        }
        m_pool.engine().run(*m_connection->session, "commit");
    } catch (const std::exception &error) {
        std::rethrow_exception(m_pool.engine().translated(error, m_connection->lost));
    }
    end(true);
}

void Transaction::on_end(std::function<void(bool)> then) {
    m_then.push_back(std::move(then));
}

std::shared_ptr<void> &Transaction::kept(std::string_view name) {
    return m_connection->kept[std::string{name}];
}

Database::Database(const std::string &address, const Options &options)
    : m_pool{std::make_unique<Pool>(address, options)} {}

Database::~Database() = default;

Pool &Database::pool() {
    return *m_pool;
}

bool Database::sqlite() const {
    return m_pool->engine().sqlite();
}

const std::string &Database::address() const {
    return m_pool->address();
}

std::optional<std::string> Database::unwell() {
    try {
        read(Scope::everyone(), [](Transaction &tx) { tx.query("select 1 as one"); });
        return std::nullopt;
    } catch (const std::exception &error) {
        return error.what();
    }
}

} // namespace wardmote::db
