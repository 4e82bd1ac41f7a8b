#include "platform/db/pool.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include <soci/soci.h>

#include "platform/db/statement.hpp"

namespace wardmote::db {

namespace {

/// "postgresql://user:secret@host/name" without the secret.
std::string without_password(const std::string &address) {
    const auto at = address.rfind('@');
    const auto scheme = address.find("://");
    if (at == std::string::npos || scheme == std::string::npos) {
        return address;
    }
    const auto colon = address.find(':', scheme + 3);
    return colon < at ? address.substr(0, colon) + address.substr(at) : address;
}

} // namespace

Connection::Connection() = default;
Connection::~Connection() {
    statements.clear(); // before the session they stand on
}

std::unique_ptr<Engine> make_engine(const std::string &address, bool must_exist) {
    constexpr std::string_view file = "sqlite:";
    if (address.starts_with(file)) {
        return make_sqlite(address.substr(file.size()), must_exist);
    }
    if (address.starts_with("postgresql://") || address.starts_with("postgres://")) {
        return make_postgresql(address);
    }
    throw std::runtime_error("a database is written sqlite:FILE or postgresql://USER@HOST/NAME");
}

Pool::Pool(const std::string &address, const Options &options)
    : m_engine{make_engine(address, options.must_exist)}
    , m_address{without_password(address)} {
    if (options.migrate) {
        migrate(*m_engine, options.more_migrations);
    } else {
        check_schema(*m_engine, options.more_migrations);
    }
    // A handler that reads may have to write before it is done, and on PostgreSQL both come from
    // this shelf: with fewer connections than handlers all could hold one and wait for another.
    const unsigned handlers = std::max(8U, 4 * std::thread::hardware_concurrency());
    m_readers.most = std::max(options.connections, handlers + 8);
    m_readers.role = m_engine->one_writer() ? Engine::Role::reader : Engine::Role::writer;
    m_writers.role = Engine::Role::writer;
}

Pool::~Pool() = default;

Pool::Shelf &Pool::shelf(bool writer) {
    return writer && m_engine->one_writer() ? m_writers : m_readers;
}

std::unique_ptr<Connection> Pool::open(const Shelf &shelf) const {
    auto connection = std::make_unique<Connection>();
    connection->session = m_engine->connect(shelf.role);
    connection->writer = &shelf == &m_writers;
    return connection;
}

std::unique_ptr<Connection> Pool::take(Transaction::Kind kind) {
    if (kind == Transaction::Kind::restore) {
        auto owner = std::make_unique<Connection>();
        owner->session = m_engine->connect(Engine::Role::owner);
        owner->owner = true;
        return owner;
    }
    auto &from = shelf(kind == Transaction::Kind::write);
    std::unique_lock lock{m_mutex};
    if (from.idle.empty() && from.made == from.most) {
        std::condition_variable turn;
        from.waiting.push_back(&turn);
        const auto mine = std::prev(from.waiting.end());
        turn.wait(lock, [&] {
            return from.waiting.front() == &turn && (!from.idle.empty() || from.made < from.most);
        });
        from.waiting.erase(mine);
        if (!from.waiting.empty() && (!from.idle.empty() || from.made < from.most)) {
            from.waiting.front()->notify_one();
        }
    }
    if (!from.idle.empty()) {
        auto connection = std::move(from.idle.back());
        from.idle.pop_back();
        return connection;
    }
    ++from.made;
    lock.unlock();
    try {
        return open(from);
    } catch (...) {
        lock.lock();
        --from.made;
        if (!from.waiting.empty()) {
            from.waiting.front()->notify_one();
        }
        throw;
    }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    if (connection->owner) {
        return; // of one use
    }
    auto &to = shelf(connection->writer);
    std::unique_ptr<Connection> lost; // closed after the lock is let go
    const std::lock_guard lock{m_mutex};
    if (connection->lost) {
        --to.made;
        lost = std::move(connection);
    } else {
        to.idle.push_back(std::move(connection));
    }
    if (!to.waiting.empty()) {
        to.waiting.front()->notify_one();
    }
}

} // namespace wardmote::db
