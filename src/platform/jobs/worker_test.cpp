#include "platform/jobs/worker.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "database_for_test.hpp"
#include "platform/jobs/overview.hpp"

namespace {

using namespace wardmote;
using namespace wardmote::jobs;
using namespace std::chrono_literals;

const db::Scope oxford{"oxford", "p1", "r1"};
const db::Scope leeds{"leeds", "p2", "r2"};

/// A database with two partnerships, at ten in the morning of a winter's day.
struct Place {
    core::FixedClock clock{core::Instant::parse("2026-01-20T10:00:00Z").value()};
    std::string address = test::fresh_database();
    db::Database database{address};
    Queue queue{clock};
    Handlers handlers;
    std::vector<Schedule> schedules;
    std::vector<std::string> ran; ///< payloads, in order

    Place() {
        database.write(db::Scope::everyone(), [](db::Transaction &tx) {
            for (const std::string id : {"oxford", "leeds"}) {
                tx.execute("insert into tenant (id, name, place, host, created)"
                           " values (:id, :id, :id, :id, '2026-01-01T00:00:00.000Z')",
                           {{"id", id}});
            }
        });
        handlers.in_transaction("note", [this](db::Transaction &tx, const Job &job) {
            ran.push_back(job.payload);
            queue.add(tx, {.kind = "effect", .payload = job.payload});
        });
    }
    Worker worker() { return {database, queue, clock, handlers, schedules}; }
    std::string add(const JobRequest &request, const db::Scope &scope = oxford) {
        return database.write(scope, [&](db::Transaction &tx) { return queue.add(tx, request); });
    }
    void pass(std::chrono::milliseconds time) { clock.move_to(clock.now().plus(time)); }
    std::int64_t count(State state, const db::Scope &scope = oxford) {
        return database.read(scope, [&](db::Transaction &tx) { return counts(tx)[state]; });
    }
    std::vector<Listed> listed(State state, const db::Scope &scope = oxford) {
        return database.read(scope, [&](db::Transaction &tx) { return list(tx, state); });
    }
    std::int64_t effects() {
        return database.read(db::Scope::everyone(), [](db::Transaction &tx) {
            return tx.first("select count(*) as n from job where kind = 'effect'")->integer("n");
        });
    }
};

} // namespace

TEST_CASE("a job is there exactly when the rest of its transaction is") {
    Place place;
    CHECK_THROWS_AS(place.database.write(oxford,
                                         [&](db::Transaction &tx) {
                                             place.queue.add(tx, {.kind = "note"});
                                             throw std::runtime_error("changed its mind");
                                         }),
                    std::runtime_error);
    auto worker = place.worker();
    CHECK(worker.run_due() == 0);
    place.add({.kind = "note", .payload = "1"});
    CHECK(worker.run_due() == 1);
    CHECK(place.ran == std::vector<std::string>{"1"});
    CHECK(place.count(State::done) == 1);
}

TEST_CASE("jobs run in the order in which they are due, and none before its time") {
    Place place;
    place.add({.kind = "note", .payload = "later", .run_at = place.clock.now().plus(1h)});
    place.add({.kind = "note", .payload = "second", .run_at = place.clock.now().plus(-1min)});
    place.add({.kind = "note", .payload = "first", .run_at = place.clock.now().plus(-2min)});
    auto worker = place.worker();
    CHECK(worker.run_due() == 2);
    place.pass(59min + 59s);
    CHECK(worker.run_due() == 0);
    place.pass(1s);
    CHECK(worker.run_due() == 1);
    CHECK(place.ran == std::vector<std::string>{"first", "second", "later"});
}

TEST_CASE("a job runs for its own tenant, under its own id") {
    Place place;
    std::vector<std::string> seen;
    place.handlers.in_transaction("who", [&](db::Transaction &tx, const Job &job) {
        CHECK(tx.tenant() == job.tenant);
        CHECK(tx.scope().request == job.id);
        CHECK(tx.scope().person.empty());
        seen.push_back(job.tenant);
    });
    place.add({.kind = "who"}, leeds);
    place.add({.kind = "who"}, db::Scope::everyone());
    auto worker = place.worker();
    CHECK(worker.run_due() == 2);
    std::ranges::sort(seen);
    CHECK(seen == std::vector<std::string>{"*", "leeds"});
    CHECK(place.count(State::done, oxford) == 0);
    CHECK(place.count(State::done, leeds) == 1);
    CHECK(place.count(State::done, db::Scope::everyone()) == 2);
}

TEST_CASE("a second job with the same key is not added while the first is kept") {
    Place place;
    const auto first = place.add({.kind = "note", .payload = "1", .unique_key = "reminder 7"});
    CHECK(place.add({.kind = "note", .payload = "2", .unique_key = "reminder 7"}) == first);
    CHECK(place.add({.kind = "note", .unique_key = "reminder 7"}, leeds) != first);
    CHECK(place.add({.kind = "other", .unique_key = "reminder 7"}) != first);
    auto worker = place.worker();
    worker.run_due();
    CHECK(place.add({.kind = "note", .unique_key = "reminder 7"}) == first);
    // Done jobs are forgotten after 30 days, by a schedule of the worker's own at 03:10.
    place.pass(24h * 32);
    worker.run_due();
    CHECK(place.add({.kind = "note", .unique_key = "reminder 7"}) != first);
}

TEST_CASE("the payload of a job that was done is forgotten at once") {
    Place place;
    place.add({.kind = "note", .payload = R"({"to":"a person"})"});
    auto worker = place.worker();
    worker.run_due();
    const auto left = place.database.read(oxford, [](db::Transaction &tx) {
        return tx.first("select payload from job where state = 'done'")->text("payload");
    });
    CHECK(left.empty());
}

TEST_CASE("waits double up to the longest, spread over their upper half") {
    const Retries retries{.most_attempts = 9, .first_wait = 10s, .longest_wait = 60s};
    CHECK(wait_after(retries, 1, 0.0) == 5s);
    CHECK(wait_after(retries, 1, 0.5) == 7500ms);
    CHECK(wait_after(retries, 2, 0.0) == 10s);
    CHECK(wait_after(retries, 3, 0.0) == 20s);
    CHECK(wait_after(retries, 4, 0.0) == 30s); // 80 s is more than the longest
    CHECK(wait_after(retries, 1000, 0.0) == 30s);
    CHECK(wait_after(retries, 1000, 0.999) < 60s);
}

TEST_CASE("a job that fails leaves nothing behind, is tried again, and then done") {
    Place place;
    int failures = 2;
    place.handlers.in_transaction("shaky", [&](db::Transaction &tx, const Job &job) {
        place.queue.add(tx, {.kind = "effect"});
        CHECK(job.attempt == 3 - failures);
        if (failures > 0) {
            --failures;
            throw Failure{"The printer has no paper."};
        }
    });
    place.add({.kind = "shaky"});
    auto worker = place.worker();
    CHECK(worker.run_due() == 1);
    CHECK(place.effects() == 0);
    CHECK(place.listed(State::waiting).at(0).error == "The printer has no paper.");
    CHECK(worker.run_due() == 0); // not at once
    place.pass(15s);
    CHECK(worker.run_due() == 1);
    place.pass(30s);
    CHECK(worker.run_due() == 1);
    CHECK(place.effects() == 1);
    CHECK(place.count(State::done) == 1);
    CHECK(place.listed(State::done).at(0).error.empty());
}

TEST_CASE("a job whose attempts are used up is a dead letter, to be replayed or discarded") {
    Place place;
    bool mended = false;
    place.handlers.outside("broken",
                           [&](const Job &) {
                               if (!mended) {
                                   throw Failure{"The mail server is not there."};
                               }
                           },
                           {.most_attempts = 2});
    const auto kept = place.add({.kind = "broken"});
    auto worker = place.worker();
    worker.run_due();
    place.pass(1min);
    worker.run_due();
    auto dead = place.listed(State::dead);
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].id == kept);
    CHECK(dead[0].attempts == 2);
    CHECK(dead[0].error == "The mail server is not there.");
    CHECK(dead[0].finished == place.clock.now().iso());
    CHECK(place.listed(State::dead, leeds).empty());

    db::Ledger ledger{db::Keys::ephemeral(), test::fresh_folder(), place.clock};
    const auto act = [&](const db::Scope &scope, const std::string &id, bool replayed) {
        return place.database.write(scope, [&](db::Transaction &tx) {
            return replayed ? replay(tx, ledger, place.clock, id)
                            : discard(tx, ledger, place.clock, id);
        });
    };
    CHECK_FALSE(act(leeds, kept, true)); // not theirs
    CHECK_FALSE(act(leeds, kept, false));
    CHECK(act(oxford, kept, true));
    CHECK_FALSE(act(oxford, kept, true)); // no longer dead
    CHECK(place.count(State::waiting) == 1);
    worker.run_due();
    place.pass(1min);
    worker.run_due(); // it had both its attempts again
    CHECK(place.count(State::dead) == 1);
    mended = true;
    act(oxford, kept, true);
    worker.run_due();
    CHECK(place.count(State::done) == 1);

    mended = false;
    const auto unwanted = place.add({.kind = "broken"});
    worker.run_due();
    place.pass(1min);
    worker.run_due();
    CHECK(act(oxford, unwanted, false));
    CHECK(place.count(State::dead) == 0);
    const auto logged = place.database.read(oxford, [&](db::Transaction &tx) {
        return tx.query("select act, person from change_log where kind = 'job' order by number");
    });
    REQUIRE(logged.size() == 3);
    CHECK(logged[0].text("act") == "replay");
    CHECK(logged[2].text("act") == "discard");
    CHECK(logged[2].text("person") == "p1");
}

TEST_CASE("a failure that trying again cannot help is a dead letter at once") {
    Place place;
    place.handlers.outside("refused", [](const Job &) {
        throw Failure{"The server refuses this message for good.", Failure::Again::no};
    });
    place.add({.kind = "refused"});
    auto worker = place.worker();
    worker.run_due();
    CHECK(place.count(State::dead) == 1);
}

TEST_CASE("what an unforeseen error says is not kept: it may tell of people") {
    Place place;
    place.handlers.in_transaction("leaks", [](db::Transaction &, const Job &) {
        throw std::runtime_error("no row for Mary Example");
    });
    place.add({.kind = "leaks"});
    auto worker = place.worker();
    worker.run_due();
    CHECK(place.listed(State::waiting).at(0).error.find("Mary") == std::string::npos);
    CHECK_FALSE(place.listed(State::waiting).at(0).error.empty());
}

TEST_CASE("a job given back keeps its attempts and is there for the next worker") {
    Place place;
    bool leave = true;
    place.handlers.outside("long", [&](const Job &job) {
        CHECK(job.attempt == 1);
        if (std::exchange(leave, false)) {
            throw GivenBack{};
        }
    });
    place.add({.kind = "long"});
    auto worker = place.worker();
    CHECK(worker.run_due() == 2);
    CHECK(place.count(State::done) == 1);
}

TEST_CASE("jobs of a kind that this program does not know are left alone") {
    Place place;
    place.add({.kind = "of the next version"});
    auto worker = place.worker();
    CHECK(worker.run_due() == 0);
    CHECK(place.count(State::waiting) == 1);
}

TEST_CASE("a job whose process stopped each time is given up, not run for ever") {
    Place place;
    place.handlers.in_transaction("deadly", [](db::Transaction &, const Job &) {},
                                  {.most_attempts = 3});
    place.add({.kind = "deadly"});
    // As three killed processes leave it.
    place.database.write(oxford, [](db::Transaction &tx) {
        tx.execute("update job set state = 'running', attempts = 3, claim = 'gone',"
                   " lease = '2026-01-20T10:00:30.000Z'");
    });
    auto worker = place.worker();
    CHECK(worker.run_due() == 0);
    CHECK(place.count(State::running) == 1); // its lease still runs
    place.pass(31s);
    CHECK(worker.run_due() == 0);
    CHECK(place.listed(State::dead).at(0).error ==
          "The program stopped each time before the work was done.");
}

TEST_CASE("a worker that lost its lease cannot finish a job that another has taken over") {
    Place place;
    int runs = 0;
    place.handlers.outside("slow", [&](const Job &) {
        if (++runs == 1) {
            place.pass(2min); // the lease of a minute runs out: nobody minds it here
            auto other = place.worker();
            CHECK(other.run_due() == 1);
        }
    });
    place.add({.kind = "slow"});
    auto worker = place.worker();
    worker.run_due();
    CHECK(runs == 2); // outside work is done at least once, and says so
    CHECK(place.count(State::done) == 1);
    CHECK(worker.metrics().find(R"(kind="slow",outcome="done"} 0)") != std::string::npos);
}

TEST_CASE("a schedule fires once however many workers look, and once for what was missed") {
    Place place;
    place.schedules = {{.name = "hourly", .kind = "note", .recurrence = Recurrence::every(60)}};
    auto first = place.worker();
    auto second = place.worker();
    CHECK(first.run_due() == 0); // its first time is to come
    place.pass(1h);
    CHECK(first.run_due() + second.run_due() == 2); // one for each tenant
    CHECK(second.run_due() == 0);
    place.pass(5h + 10min);
    CHECK(second.run_due() + first.run_due() == 2);
    place.pass(49min);
    CHECK(first.run_due() == 0);
    place.pass(1min); // 17:00: on the hour again
    CHECK(first.run_due() == 2);
}

TEST_CASE("a schedule fires once when several programs look at the same moment") {
    Place place;
    place.schedules = {{.name = "hourly", .kind = "effect", .recurrence = Recurrence::every(60)}};
    place.worker().run_due();
    place.pass(1h);
    std::vector<std::jthread> programs;
    for (int i = 0; i < 6; ++i) {
        programs.emplace_back([&] {
            db::Database own{place.address};
            Queue queue{place.clock};
            Worker{own, queue, place.clock, {}, place.schedules}.run_due();
        });
    }
    programs.clear();
    CHECK(place.effects() == 2); // one for each tenant
}

TEST_CASE("a schedule whose times were changed is due at the new ones") {
    Place place;
    place.schedules = {
        {.name = "digest", .kind = "note", .recurrence = Recurrence::monthly(1, 2, 0)}};
    place.worker().run_due();
    place.schedules = {{.name = "digest", .kind = "note", .recurrence = Recurrence::daily(11, 0)}};
    auto worker = place.worker();
    CHECK(worker.run_due() == 0);
    place.pass(1h);
    CHECK(worker.run_due() == 2);
}

TEST_CASE("metrics tell how many jobs wait, how long the oldest has, and what failed") {
    Place place;
    place.handlers.outside("shaky", [](const Job &) { throw Failure{"No."}; });
    place.add({.kind = "shaky"});
    auto worker = place.worker();
    worker.run_due();
    place.add({.kind = "effect"});
    place.pass(90s);
    const auto lines = worker.metrics();
    CHECK(lines.find("wardmote_jobs{state=\"waiting\"} 2\n") != std::string::npos);
    CHECK(lines.find("wardmote_jobs{state=\"dead\"} 0\n") != std::string::npos);
    CHECK(lines.find("wardmote_jobs_oldest_due_seconds 90.000\n") != std::string::npos);
    CHECK(lines.find("wardmote_job_attempts_total{kind=\"shaky\",outcome=\"failed\"} 1\n") !=
          std::string::npos);
}

TEST_CASE("threads run jobs as soon as this process adds them, and stop gracefully") {
    Place place;
    const core::SystemClock clock;
    Queue queue{clock};
    std::atomic<int> done = 0;
    std::atomic<bool> started = false;
    Handlers handlers;
    handlers.outside("quick", [&](const Job &) { ++done; });
    handlers.outside("long", [&](const Job &job) {
        started = true;
        while (!job.stop.stop_requested()) {
            std::this_thread::sleep_for(5ms);
        }
        throw GivenBack{};
    });
    // Polled once an hour: only the bell can be what wakes it.
    Worker worker{place.database, queue, clock, handlers, {}, {.poll = 1h, .lease = 300ms}};
    worker.start();
    const auto add = [&](const char *kind) {
        place.database.write(oxford, [&](db::Transaction &tx) { queue.add(tx, {.kind = kind}); });
    };
    const auto until = [](const auto &happened) {
        for (int i = 0; i < 1000 && !happened(); ++i) {
            std::this_thread::sleep_for(10ms);
        }
        return happened();
    };
    std::this_thread::sleep_for(100ms); // idle
    add("quick");
    CHECK(until([&] { return done == 1; }));
    add("long");
    CHECK(until([&] { return started.load(); }));
    std::this_thread::sleep_for(1s); // over three leases, all renewed
    CHECK(place.listed(State::running).at(0).attempts == 1);
    worker.stop();
    CHECK(place.count(State::running) == 0);
    const auto back = place.listed(State::waiting);
    REQUIRE(back.size() == 1);
    CHECK(back[0].kind == "long");
    CHECK(back[0].attempts == 0);
}
