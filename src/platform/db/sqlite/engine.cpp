#include "platform/db/engine.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "platform/db/database.hpp"

namespace wardmote::db {

namespace {

sqlite_api::sqlite3 *handle(soci::session &session) {
    return static_cast<soci::sqlite3_session_backend *>(session.get_backend())->conn_;
}

class Sqlite final : public Engine {
public:
    Sqlite(std::string path, bool must_exist)
        : m_path{std::move(path)} {
        const auto folder = std::filesystem::path{m_path}.parent_path();
        if (must_exist && !std::filesystem::exists(m_path)) {
            throw std::runtime_error(fmt::format("there is no database {}", m_path));
        }
        if (!folder.empty()) {
            std::filesystem::create_directories(folder);
        }
    }

    bool sqlite() const override { return true; }
    bool one_writer() const override { return true; }

    std::unique_ptr<soci::session> connect(Role role) override {
        auto session =
            std::make_unique<soci::session>(soci::sqlite3, fmt::format("dbname=\"{}\"", m_path));
        // Another process (a backup, a verification) may hold the file for a moment: wait for it.
        sqlite_api::sqlite3_busy_timeout(handle(*session), 30'000);
        sqlite_api::sqlite3_extended_result_codes(handle(*session), 1);
        // FULL: a commit that was acknowledged survives the loss of power, not only of the process.
        run(*session, "pragma journal_mode = wal; pragma synchronous = full; "
                      "pragma foreign_keys = on; pragma temp_store = memory; "
                      "pragma cache_size = -8000; pragma mmap_size = 268435456; "
                      "pragma journal_size_limit = 67108864");
        if (role == Role::reader) {
            run(*session, "pragma query_only = on");
        }
        return session;
    }

    void begin(soci::session &session, const Scope &, bool write) override {
        run(session, write ? "begin immediate" : "begin");
    }

    void run(soci::session &session, const std::string &script) override {
        char *message = nullptr;
        const int code =
            sqlite_api::sqlite3_exec(handle(session), script.c_str(), nullptr, nullptr, &message);
        if (code != SQLITE_OK) {
            const std::string words = message ? message : "SQLite failed";
            sqlite_api::sqlite3_free(message);
            throw soci::sqlite3_soci_error(words, code);
        }
    }

    void guard(soci::session &session, const std::vector<std::string> &append_only) override {
        for (const auto &table : append_only) {
            for (const std::string act : {"update", "delete"}) {
                run(session, fmt::format("create trigger {0}_no_{1} before {1} on {0} begin "
                                         "select raise(abort, '{0} can only be added to'); end",
                                         table, act));
            }
        }
    }

    void lock_schema(soci::session &) override {} // begin immediate has done it

    void defer_references(soci::session &session) override {
        run(session, "pragma defer_foreign_keys = on");
    }
    void check_references(soci::session &) override {} // the commit does it

    std::exception_ptr translated(const std::exception &error, bool &connection_lost) override {
        const auto *known = dynamic_cast<const soci::sqlite3_soci_error *>(&error);
        if (known == nullptr) {
            return std::current_exception();
        }
        const int code = known->result() & 0xff;
        if (code == SQLITE_CONSTRAINT) {
            return std::make_exception_ptr(Conflict{error.what()});
        }
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            return std::make_exception_ptr(Retry{error.what()});
        }
        connection_lost = code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
        return std::make_exception_ptr(std::runtime_error(fmt::format("SQLite: {}", error.what())));
    }

private:
    std::string m_path;
};

} // namespace

std::unique_ptr<Engine> make_sqlite(const std::string &path, bool must_exist) {
    return std::make_unique<Sqlite>(path, must_exist);
}

} // namespace wardmote::db
