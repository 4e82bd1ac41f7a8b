#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "database_for_test.hpp"
#include "platform/db/database.hpp"

namespace wardmote::db {

namespace {

constexpr const char *oxford = "0193a5a0-7c1e-7abc-8def-000000000001";
constexpr const char *cherwell = "0193a5a0-7c1e-7abc-8def-000000000002";

void add_tenant(Database &database, const std::string &id, const Value &host) {
    database.write(Scope::everyone(), [&](Transaction &tx) {
        tx.execute(
            "insert into tenant (id, name, place, host, created) "
            "values (:id, :name, :name, :host, :created)",
            {{"id", id}, {"name", "Partnership " + id}, {"host", host}, {"created", "2026"}});
    });
}

void log_something(Transaction &tx, std::int64_t number) {
    tx.execute("insert into seen_log (tenant, chain, number, at, act, kind, version, detail, hash) "
               "values (:tenant, 'c', :number, 'now', 'view', 'post', 0, '{}', 'h')",
               {{"tenant", tx.tenant()}, {"number", number}});
}

std::int64_t logged(Transaction &tx) {
    return tx.first("select count(*) as n from seen_log")->integer("n");
}

} // namespace

TEST_CASE("values come back as they went in") {
    Database database{test::fresh_database()};
    const std::string odd = "O'Reilly \"quoted\" \\ ; -- £ \xF0\x9F\x9A\xA8 :name $1";
    add_tenant(database, oxford, odd);
    const auto row = database.read(Scope::everyone(), [](Transaction &tx) {
        return tx.first("select host, example, 9007199254740993 + 0 * example as big, "
                        "cast(null as text) as missing from tenant");
    });
    REQUIRE(row);
    CHECK(row->text("host") == odd);
    CHECK(row->integer("example") == 0);
    CHECK(row->integer("big") == 9007199254740993); // 2^53 + 1: no double holds it
    CHECK_FALSE(row->has("missing"));
    CHECK_FALSE(row->optional_text("missing"));
    CHECK_THROWS_AS(row->text("absent"), std::out_of_range);
}

TEST_CASE("a statement is used again with other values and with nothing") {
    Database database{test::fresh_database()};
    add_tenant(database, oxford, "oxford.example");
    add_tenant(database, cherwell, Value{});
    const auto host_of = [&](const std::string &id) {
        return database.read(Scope::everyone(), [&](Transaction &tx) {
            return tx.first("select host from tenant where id = :id", {{"id", id}})
                ->optional_text("host");
        });
    };
    CHECK(host_of(oxford) == "oxford.example");
    CHECK_FALSE(host_of(cherwell));
    CHECK(host_of(oxford) == "oxford.example");
}

TEST_CASE("a write that throws leaves nothing behind") {
    Database database{test::fresh_database()};
    add_tenant(database, oxford, Value{});
    CHECK_THROWS_AS(database.write({oxford, {}, {}},
                                   [&](Transaction &tx) {
                                       log_something(tx, 1);
                                       throw std::logic_error{"changed my mind"};
                                   }),
                    std::logic_error);
    CHECK(database.read({oxford, {}, {}}, logged) == 0);
}

TEST_CASE("a second row of the same key is a conflict, and the connection lives on") {
    Database database{test::fresh_database()};
    add_tenant(database, oxford, Value{});
    CHECK_THROWS_AS(add_tenant(database, oxford, Value{}), Conflict);
    database.write({oxford, {}, {}}, [](Transaction &tx) { log_something(tx, 1); });
    CHECK(database.read({oxford, {}, {}}, logged) == 1);
}

TEST_CASE("whoever ends a transaction is told whether it was committed") {
    Database database{test::fresh_database()};
    std::string heard;
    database.write(Scope::everyone(), [&](Transaction &tx) {
        tx.on_end([&](bool committed) { heard += committed ? "kept " : "lost "; });
    });
    try {
        database.write(Scope::everyone(), [&](Transaction &tx) {
            tx.on_end([&](bool committed) { heard += committed ? "kept" : "lost"; });
            throw std::logic_error{"no"};
        });
    } catch (const std::logic_error &) {
    }
    CHECK(heard == "kept lost");
}

TEST_CASE("a log can be added to, and not changed or deleted") {
    Database database{test::fresh_database()};
    add_tenant(database, oxford, Value{});
    const Scope scope{oxford, {}, {}};
    database.write(scope, [](Transaction &tx) { log_something(tx, 1); });
    for (const std::string statement :
         {"update seen_log set detail = 'changed'", "delete from seen_log"}) {
        CHECK_THROWS(database.write(scope, [&](Transaction &tx) { tx.execute(statement); }));
    }
    CHECK(database.read(scope, logged) == 1);
}

TEST_CASE("on PostgreSQL a query that forgets the tenant still sees only its own rows") {
    if (!test::on_postgresql()) {
        return; // SQLite has no row-level security: there the statement itself must name the tenant
    }
    Database database{test::fresh_database()};
    for (const auto *tenant : {oxford, cherwell}) {
        add_tenant(database, tenant, std::string{tenant});
        database.write({tenant, {}, {}}, [](Transaction &tx) { log_something(tx, 1); });
    }
    CHECK(database.read({oxford, {}, {}}, logged) == 1);
    CHECK(database.read(Scope::everyone(), logged) == 2);
    // Nor can it write a row of another's.
    CHECK_THROWS(database.write({oxford, {}, {}}, [&](Transaction &tx) {
        tx.execute("insert into seen_log (tenant, chain, number, at, act, kind, version, detail, "
                   "hash) values (:tenant, 'x', 9, 'now', 'view', 'post', 0, '{}', 'h')",
                   {{"tenant", cherwell}});
    }));
}

TEST_CASE("many writers and readers at once lose nothing and are never told to wait") {
    const auto address = test::fresh_database();
    Database database{address, {.connections = 4}};
    Database other{address, {.connections = 2}}; // as a second process would
    add_tenant(database, oxford, Value{});
    constexpr int threads = 8;
    constexpr int each = 40;
    std::atomic<int> failures = 0;
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t) {
        all.emplace_back([&, t] {
            auto &mine = t % 2 == 0 ? database : other;
            for (int i = 0; i < each; ++i) {
                try {
                    mine.write({oxford, {}, {}},
                               [&](Transaction &tx) { log_something(tx, t * each + i); });
                    mine.read({oxford, {}, {}}, logged);
                } catch (const std::exception &error) {
                    MESSAGE(error.what());
                    ++failures;
                }
            }
        });
    }
    for (auto &thread : all) {
        thread.join();
    }
    CHECK(failures == 0);
    CHECK(database.read({oxford, {}, {}}, logged) == threads * each);
}

TEST_CASE("reads see one moment") {
    Database database{test::fresh_database()};
    add_tenant(database, oxford, Value{});
    const Scope scope{oxford, {}, {}};
    database.read(scope, [&](Transaction &tx) {
        CHECK(logged(tx) == 0);
        database.write(scope, [](Transaction &other) { log_something(other, 1); });
        CHECK(logged(tx) == 0);
    });
    CHECK(database.read(scope, logged) == 1);
}

TEST_CASE("a database says when it is well") {
    Database database{test::fresh_database()};
    CHECK_FALSE(database.unwell());
}

TEST_CASE("an address that is none is refused with a sentence") {
    CHECK_THROWS_WITH(Database{"mysql://somewhere"},
                      "a database is written sqlite:FILE or postgresql://USER@HOST/NAME");
}

} // namespace wardmote::db
