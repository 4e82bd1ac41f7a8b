#include "database_for_test.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace wardmote::test {

namespace {

/// Deleted with the program, last made first.
struct Folders {
    std::mutex mutex;
    std::vector<std::string> made;
    ~Folders() {
        for (const auto &folder : made) {
            std::error_code ignored; // a test may have deleted it
            std::filesystem::remove_all(folder, ignored);
        }
    }
};

std::string variable(const char *name) {
    const char *value = std::getenv(name);
    return value == nullptr ? "" : value;
}

void as_owner(const std::string &statement) {
    // The server is named by PGHOST and its like, as pg_virtualenv sets them.
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{PQconnectdb("sslmode=disable"),
                                                                  PQfinish};
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{
        PQexec(connection.get(), statement.c_str()), PQclear};
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        throw std::runtime_error(
            fmt::format("Test database cannot be made: {}\nRun the test under pg_virtualenv.",
                        PQerrorMessage(connection.get())));
    }
}

} // namespace

bool on_postgresql() {
    return variable("WARDMOTE_TEST_DATABASE") == "postgresql";
}

std::string fresh_folder() {
    static Folders folders;
    auto pattern = (std::filesystem::temp_directory_path() / "wardmote-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary folder can be made");
    }
    const std::lock_guard lock{folders.mutex};
    return folders.made.emplace_back(pattern);
}

std::string fresh_database() {
    if (!on_postgresql()) {
        return "sqlite:" + fresh_folder() + "/records.sqlite";
    }
    static std::atomic<int> count = 0;
    const auto name = fmt::format("wardmote_{}_{}", getpid(), ++count);
    as_owner("create database " + name);
    return fmt::format("postgresql://{}:{}@{}:{}/{}?sslmode=disable", variable("PGUSER"),
                       variable("PGPASSWORD"), variable("PGHOST"), variable("PGPORT"), name);
}

} // namespace wardmote::test
