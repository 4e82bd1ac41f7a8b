#include "platform/db/tamper_test.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <stdexcept>

namespace wardmote::db {

void add_tenants(Database &database) {
    database.write(Scope::everyone(), [](Transaction &tx) {
        for (const std::string id : {oxford, cherwell}) {
            tx.execute("insert into tenant (id, name, place, host, created) "
                       "values (:id, 'Partnership', 'Oxford', :id, '2015-02-02')",
                       {{"id", id}});
        }
    });
}

std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        quoted.append(c == '\'' ? 2 : 1, c);
    }
    return quoted + "'";
}

struct Tamperer::Inside {
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> sqlite{nullptr, sqlite3_close};
    std::unique_ptr<PGconn, decltype(&PQfinish)> postgresql{nullptr, PQfinish};
};

Tamperer::Tamperer(const std::string &address)
    : m_inside{std::make_unique<Inside>()} {
    if (!address.starts_with("sqlite:")) {
        m_inside->postgresql.reset(PQconnectdb(address.c_str()));
        run("set session_replication_role = replica");
        return;
    }
    sqlite3 *opened = nullptr;
    sqlite3_open(address.substr(7).c_str(), &opened);
    m_inside->sqlite.reset(opened);
    run("pragma synchronous = off; pragma foreign_keys = off; pragma busy_timeout = 5000");
    for (const std::string table : {"change_log", "seen_log"}) {
        run("drop trigger if exists " + table + "_no_update");
        run("drop trigger if exists " + table + "_no_delete");
    }
}

Tamperer::~Tamperer() = default;

void Tamperer::run(const std::string &sql) {
    if (auto *sqlite = m_inside->sqlite.get()) {
        if (sqlite3_exec(sqlite, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(sqlite));
        }
        return;
    }
    auto *postgresql = m_inside->postgresql.get();
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(postgresql, sql.c_str()),
                                                               PQclear};
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        throw std::runtime_error(PQerrorMessage(postgresql));
    }
}

} // namespace wardmote::db
