/// The records store: start here. One seam over SQLite and PostgreSQL, reached only inside a
/// transaction and only for one tenant.
///
///     database.write(scope, [&](db::Transaction &tx) {
///         tx.execute("update post set title = :title where tenant = :tenant and id = :id",
///                    {{"title", title}, {"tenant", tx.tenant()}, {"id", id}});
///     });
///
/// A write is a closure that does SQL and nothing else: it may be run again when two writes met.
/// SQLite has one writer, for which writes queue; readers never wait for it. PostgreSQL has as many
/// as the pool, and any number of processes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/db/migrations.hpp"
#include "platform/db/value.hpp"

namespace wardmote::db {

/// Whose rows a transaction sees, and for whom it acts.
struct Scope {
    std::string tenant;  ///< id of the partnership; rows of others do not exist
    std::string person;  ///< id of who acts; empty: the system
    std::string request; ///< id of the request or job, for the logs

    /// All tenants at once: only for jobs, backups, verification and finding a tenant by its host.
    static Scope everyone() { return {"*", {}, {}}; }
};

/// A rule of the schema said no: a second row of the same unique key, or a reference to nothing.
struct Conflict : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Two writes met and this one must be run again; Database::write does so.
struct Retry : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Connection;
class Pool;

/// Everything in it happens, or nothing does. Rolled back unless committed.
class Transaction {
public:
    /// `restore` is the owner's, with references checked at its end: for rows from a backup only.
    enum class Kind { read, write, restore };
    Transaction(Pool &pool, Scope scope, Kind kind);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    const Scope &scope() const { return m_scope; }
    const std::string &tenant() const { return m_scope.tenant; }
    bool sqlite() const; ///< the few places where the engines differ ask this (full text search)

    /// Gives all rows. Parameters are written `:name`; a name may stand in it more than once.
    Rows query(std::string_view sql, const Bindings &bindings = {});
    /// The first row, or nothing.
    std::optional<Row> first(std::string_view sql, const Bindings &bindings = {});
    /// Gives each row in turn without holding all of them.
    void each(std::string_view sql, const Bindings &bindings,
              const std::function<void(const Row &)> &visit);
    /// Gives the number of rows that were inserted, changed or deleted.
    std::int64_t execute(std::string_view sql, const Bindings &bindings = {});

    void commit();

    /// Called once this transaction has ended, with whether it was committed; must not throw.
    void on_end(std::function<void(bool committed)> then);
    /// Something kept with the connection between transactions, by name; null at first. A
    /// connection serves one transaction at a time, so nobody else touches it meanwhile.
    std::shared_ptr<void> &kept(std::string_view name);

private:
    void end(bool committed);

    Pool &m_pool;
    Scope m_scope;
    Kind m_kind;
    std::unique_ptr<Connection> m_connection;
    std::vector<std::function<void(bool)>> m_then;
    bool m_open = false;
};

struct Options {
    unsigned connections = 8; ///< readers of SQLite, or all of PostgreSQL
    bool migrate = true;      ///< bring the schema up to date first
    bool must_exist = false;  ///< refuse to make a new SQLite file
    /// Run after the program's own, with higher numbers: for tests that need tables of their own.
    std::vector<Migration> more_migrations = {};
};

class Database {
public:
    /// "sqlite:PATH" or "postgresql://user@host/name". Throws std::runtime_error with a sentence
    /// when it cannot be reached, is of a newer Wardmote, or its schema has drifted.
    explicit Database(const std::string &address, const Options &options = {});
    ~Database();

    bool sqlite() const;
    const std::string &address() const; ///< without a password
    /// A reason why the database cannot serve now; nothing when it can.
    std::optional<std::string> unwell();

    /// Runs `work(Transaction &)` and gives what it gives. Reads see one moment.
    template <class Work>
    auto read(const Scope &scope, Work &&work) {
        Transaction tx{pool(), scope, Transaction::Kind::read};
        return work(tx);
    }
    /// Commits when `work` returns, rolls back when it throws, and runs it again on Retry.
    template <class Work>
    auto write(const Scope &scope, Work &&work) {
        for (int attempt = 1;; ++attempt) {
            try {
                Transaction tx{pool(), scope, Transaction::Kind::write};
                if constexpr (std::is_void_v<std::invoke_result_t<Work &, Transaction &>>) {
                    work(tx);
                    tx.commit();
                    return;
                } else {
                    auto result = work(tx);
                    tx.commit();
                    return result;
                }
            } catch (const Retry &) {
                if (attempt == most_attempts) {
                    throw;
                }
            }
        }
    }

    Pool &pool();

private:
    static constexpr int most_attempts = 5;
    std::unique_ptr<Pool> m_pool;
};

} // namespace wardmote::db
