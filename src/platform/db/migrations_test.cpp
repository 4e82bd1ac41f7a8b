#include "platform/db/migrations.hpp"

#include <doctest/doctest.h>

#include <string>

#include "database_for_test.hpp"
#include "platform/db/database.hpp"

namespace wardmote::db {

TEST_CASE("migrations are in order and each number is there once") {
    int last = 0;
    for (const auto &migration : migrations()) {
        CHECK(migration.number > last);
        last = migration.number;
    }
    CHECK(last > 0);
}

TEST_CASE("each engine gets its own part and what is for both") {
    const std::string sql = "a\n-- only sqlite\nb\n-- only postgresql\nc\n-- both\nd\n";
    CHECK(for_engine(sql, true) == "a\nb\nd\n");
    CHECK(for_engine(sql, false) == "a\nc\nd\n");
}

TEST_CASE("a migration names its append-only tables") {
    CHECK(append_only_tables(
              "create table x;\n-- append-only change_log\n-- append-only seen_log ") ==
          std::vector<std::string>{"change_log", "seen_log"});
}

TEST_CASE("opening a second time changes nothing") {
    const auto address = test::fresh_database();
    { const Database database{address}; }
    Database again{address};
    const auto rows = again.read(Scope::everyone(), [](Transaction &tx) {
        return tx.first("select count(*) as n from schema_migration")->integer("n");
    });
    CHECK(rows == static_cast<std::int64_t>(migrations().size()));
}

TEST_CASE("a schema that has not been made is said, when it may not be made") {
    CHECK_THROWS(Database{test::fresh_database(), {.migrate = false}});
}

} // namespace wardmote::db
