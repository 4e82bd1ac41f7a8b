/// What SQLite and PostgreSQL do differently; inside db/ only. sqlite/engine.cpp and
/// postgresql/engine.cpp each answer all of it.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class session;
}

namespace wardmote::db {

struct Scope;

class Engine {
public:
    virtual ~Engine() = default;
    virtual bool sqlite() const = 0;

    enum class Role { owner, reader, writer };
    /// A new connection. The owner may change the schema, the others may not.
    virtual std::unique_ptr<soci::session> connect(Role role) = 0;
    /// True when writes go through one connection, others only read.
    virtual bool one_writer() const = 0;

    virtual void begin(soci::session &session, const Scope &scope, bool write) = 0;
    /// Runs a script of several statements.
    virtual void run(soci::session &session, const std::string &script) = 0;
    /// After a migration: row-level security, rights and append-only tables.
    virtual void guard(soci::session &session, const std::vector<std::string> &append_only) = 0;
    /// Keeps other processes from migrating at the same time, until the transaction ends.
    virtual void lock_schema(soci::session &session) = 0;

    /// Inside an owner's transaction: from now on rows may come before those they refer to, until
    /// check_references(), which throws when one refers to nothing.
    virtual void defer_references(soci::session &session) = 0;
    virtual void check_references(soci::session &session) = 0;

    /// What SOCI threw, as Conflict, Retry or std::runtime_error; anything else as it was. Sets
    /// `connection_lost` when the connection is of no more use.
    virtual std::exception_ptr translated(const std::exception &error, bool &connection_lost) = 0;
};

/// By the address: "sqlite:PATH" or "postgresql://...". Throws when it is neither.
std::unique_ptr<Engine> make_engine(const std::string &address, bool must_exist);
std::unique_ptr<Engine> make_sqlite(const std::string &path, bool must_exist);
std::unique_ptr<Engine> make_postgresql(const std::string &address);

} // namespace wardmote::db
