/// The connections of one database and the statements prepared on them; inside db/ only.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/db/engine.hpp"

namespace wardmote::db {

class Statement;

/// One connection; used by one transaction at a time.
struct Connection {
    Connection();
    ~Connection();
    std::unique_ptr<soci::session> session;
    std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements;
    std::map<std::string, std::shared_ptr<void>, std::less<>> kept;
    bool writer = false;
    bool owner = false; ///< on no shelf: made for one transaction
    bool lost = false;  ///< of no more use: not to be given back
};

/// Hands out connections; callers queue in the order they came.
class Pool {
public:
    Pool(const std::string &address, const Options &options);
    ~Pool();

    std::unique_ptr<Connection> take(Transaction::Kind kind);
    void give_back(std::unique_ptr<Connection> connection);

    Engine &engine() { return *m_engine; }
    const std::string &address() const { return m_address; }

private:
    /// A number of connections of one role, and those who wait for one.
    struct Shelf {
        Engine::Role role = Engine::Role::writer;
        unsigned most = 1;
        unsigned made = 0;
        std::vector<std::unique_ptr<Connection>> idle;
        std::list<std::condition_variable *> waiting;
    };
    Shelf &shelf(bool writer);
    std::unique_ptr<Connection> open(const Shelf &shelf) const;

    std::unique_ptr<Engine> m_engine;
    std::string m_address;
    std::mutex m_mutex;
    Shelf m_readers; ///< with PostgreSQL: everybody
    Shelf m_writers;
};

/// Runs every migration that is still to be run. Throws std::runtime_error when the schema was
/// made by a newer Wardmote or has drifted from the list.
void migrate(Engine &engine, const std::vector<Migration> &more);
/// The same check, without changing anything.
void check_schema(Engine &engine, const std::vector<Migration> &more);

} // namespace wardmote::db
