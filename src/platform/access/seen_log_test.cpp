#include "platform/access/seen_log.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "database_for_test.hpp"
#include "platform/access/seen_spool.hpp"

namespace wardmote::access {

namespace {

namespace fs = std::filesystem;

constexpr const char *oxford = "0193a5a0-7c1e-7abc-8def-000000000001";
constexpr const char *cherwell = "0193a5a0-7c1e-7abc-8def-000000000002";
const core::FixedClock clock_then{core::Instant::parse("2015-02-02T08:10:00Z").value()};
const db::LogEntry opened{"view", "post", "rec", 0, "{}"};

struct Place {
    Place() {
        db::Database database{address};
        database.write(db::Scope::everyone(), [](db::Transaction &tx) {
            for (const std::string id : {oxford, cherwell}) {
                tx.execute("insert into tenant (id, name, place, host, created) "
                           "values (:id, 'Partnership', 'Oxford', :id, '2015-02-02')",
                           {{"id", id}});
            }
        });
    }
    std::vector<std::string> spools(const std::string &extension = ".jsonl") const {
        std::vector<std::string> paths;
        for (const auto &entry : fs::directory_iterator{home + "/spool"}) {
            if (entry.path().extension() == extension) {
                paths.push_back(entry.path());
            }
        }
        return paths;
    }
    std::string address = test::fresh_database();
    std::string home = test::fresh_folder();
    db::Keys keys = db::Keys::ephemeral();
};

struct Process {
    explicit Process(const Place &place)
        : database{place.address}
        , ledger{place.keys, place.home + "/audit", clock_then}
        , seen{database, ledger, clock_then, place.home + "/spool"} {}

    std::int64_t entries() {
        return database.read(db::Scope::everyone(), [](db::Transaction &tx) {
            return tx.first("select count(*) as n from seen_log")->integer("n");
        });
    }
    std::vector<db::Finding> findings() { return ledger.verify(database).findings; }

    db::Database database;
    db::Ledger ledger;
    SeenLog seen;
};

std::string content(const std::string &path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Notes `count` entries in a process that then dies at once, as by `kill -9`.
void note_and_die(const Place &place, int count, bool drained_first) {
    const auto child = fork();
    if (child == 0) {
        Process process{place};
        for (int i = 0; i < count; ++i) {
            if (drained_first && i == count / 2) {
                process.seen.flush();
            }
            process.seen.note({i % 2 == 0 ? oxford : cherwell, "p", "r"}, opened);
        }
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
}

} // namespace

TEST_CASE("what is noted is in the ledger after a flush, with who and when") {
    const Place place;
    Process process{place};
    process.seen.note({oxford, "p1", "r1"}, {"search", "post", "", 0, R"({"shown":3})"});
    process.seen.flush();
    const auto rows = process.database.read(
        {oxford, {}, {}}, [](db::Transaction &tx) { return tx.query("select * from seen_log"); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("person") == "p1");
    CHECK(rows[0].text("request") == "r1");
    CHECK(rows[0].text("at") == "2015-02-02T08:10:00.000Z");
    CHECK(rows[0].text("detail") == R"({"shown":3})");
    CHECK_FALSE(rows[0].has("record"));
    CHECK(process.seen.waiting() == 0);
    CHECK(process.findings().empty());
}

TEST_CASE("notes reach the ledger by themselves, soon") {
    const Place place;
    Process process{place};
    process.seen.note({oxford, "p", "r"}, opened);
    for (int i = 0; i < 100 && process.entries() == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    CHECK(process.entries() == 1);
}

TEST_CASE("many threads note at once, and every note is there once") {
    const Place place;
    Process process{place};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&process, t] {
                for (int i = 0; i < 1500; ++i) {
                    process.seen.note({t % 2 == 0 ? oxford : cherwell, "p", "r"}, opened);
                }
            });
        }
    }
    process.seen.flush();
    CHECK(process.entries() == 6000);
    CHECK(process.findings().empty());
}

TEST_CASE("a closed log leaves no spool, and one that died is taken over") {
    const Place place;
    { Process{place}.seen.note({oxford, "p", "r"}, opened); }
    CHECK(place.spools().empty());
    bool drained_first = false;
    SUBCASE("before any of it was drained") {}
    SUBCASE("after half of it was drained") {
        drained_first = true;
    }
    note_and_die(place, 100, drained_first);
    REQUIRE(place.spools().size() == 1);
    CHECK(fs::status(place.spools()[0]).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
    Process process{place};
    CHECK(process.entries() == 101);
    CHECK(process.findings().empty());
    CHECK(place.spools().size() == 1); // its own
}

TEST_CASE("the spool of a process that lives is left to it") {
    const Place place;
    Process one{place};
    const Process other{place};
    CHECK(place.spools().size() == 2);
    one.seen.note({oxford, "p", "r"}, opened);
    one.seen.flush();
    CHECK(one.entries() == 1);
}

TEST_CASE("draining the same lines again adds nothing") {
    const Place place;
    note_and_die(place, 10, false);
    const auto lines = content(place.spools()[0]);
    Process process{place};
    CHECK(process.entries() == 10);
    CHECK(drain(process.database, process.ledger, lines) == 0);
    CHECK(process.entries() == 10);
    CHECK(process.findings().empty());
}

TEST_CASE("a line that is changed while it waits is found, and kept to be looked at") {
    const Place place;
    note_and_die(place, 10, false);
    auto lines = content(place.spools()[0]);
    SUBCASE("in its words") {
        lines.replace(lines.find("view"), 4, "edit");
    }
    SUBCASE("so that it is no line") {
        lines[0] = '{';
    }
    SUBCASE("to another's name") {
        lines.replace(lines.rfind("\"p\""), 3, "\"q\"");
    }
    std::ofstream{place.spools()[0], std::ios::binary} << lines;
    Process process{place};
    CHECK(process.entries() == 9);
    CHECK(place.spools(".changed").size() == 1);
}

TEST_CASE("an end that was cut off in the middle of a line is no harm") {
    const Place place;
    note_and_die(place, 10, false);
    fs::resize_file(place.spools()[0], fs::file_size(place.spools()[0]) - 5);
    Process process{place};
    CHECK(process.entries() == 9);
    CHECK(process.findings().empty());
}

TEST_CASE("a note may hold any bytes, and needs a tenant") {
    const Place place;
    Process process{place};
    process.seen.note({oxford, "p", "r"},
                      {"view", "post", std::string{"a\0b\xff", 4}, 0, "\xc2\xa3"});
    process.seen.flush();
    CHECK(process.entries() == 1);
    CHECK(process.findings().empty());
    CHECK_THROWS_AS(process.seen.note(db::Scope::everyone(), opened), std::logic_error);
}

} // namespace wardmote::access
