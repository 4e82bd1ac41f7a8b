/// For tests of the logs: two tenants, and a hand on the database that no rule stops.
#pragma once

#include <libpq-fe.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "database_for_test.hpp"
#include "platform/db/database.hpp"

namespace wardmote::db {

inline constexpr const char *oxford = "0193a5a0-7c1e-7abc-8def-000000000001";
inline constexpr const char *cherwell = "0193a5a0-7c1e-7abc-8def-000000000002";

inline void add_tenants(Database &database) {
    database.write(Scope::everyone(), [](Transaction &tx) {
        for (const std::string id : {oxford, cherwell}) {
            tx.execute("insert into tenant (id, name, place, host, created) "
                       "values (:id, :name, 'Oxford', :id, '2015-02-02')",
                       {{"id", id}, {"name", "Partnership"}});
        }
    });
}

inline std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        quoted.append(c == '\'' ? 2 : 1, c);
    }
    return quoted + "'";
}

/// Whoever owns the database, with triggers, rights and references out of the way.
class Tamperer {
public:
    explicit Tamperer(const std::string &address)
        : m_sqlite{nullptr, sqlite3_close}
        , m_postgresql{nullptr, PQfinish} {
        if (!address.starts_with("sqlite:")) {
            m_postgresql.reset(PQconnectdb(address.c_str()));
            run("set session_replication_role = replica");
            return;
        }
        sqlite3 *opened = nullptr;
        sqlite3_open(address.substr(7).c_str(), &opened);
        m_sqlite.reset(opened);
        run("pragma synchronous = off; pragma foreign_keys = off; pragma busy_timeout = 5000");
        for (const std::string table : {"change_log", "seen_log"}) {
            run("drop trigger if exists " + table + "_no_update");
            run("drop trigger if exists " + table + "_no_delete");
        }
    }

    void run(const std::string &sql) {
        if (m_sqlite) {
            if (sqlite3_exec(m_sqlite.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
                throw std::runtime_error(sqlite3_errmsg(m_sqlite.get()));
            }
            return;
        }
        const std::unique_ptr<PGresult, decltype(&PQclear)> result{
            PQexec(m_postgresql.get(), sql.c_str()), PQclear};
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
            throw std::runtime_error(PQerrorMessage(m_postgresql.get()));
        }
    }

private:
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> m_sqlite;
    std::unique_ptr<PGconn, decltype(&PQfinish)> m_postgresql;
};

} // namespace wardmote::db
