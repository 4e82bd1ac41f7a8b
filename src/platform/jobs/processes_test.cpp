// Three real processes work off one queue while one after another is killed.

#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "database_for_test.hpp"
#include "platform/jobs/overview.hpp"
#include "platform/jobs/queue.hpp"

namespace {

using namespace wardmote;
using namespace wardmote::jobs;
using namespace std::chrono_literals;

/// A worker in its own process; it ends with the test whatever happens.
class Process {
public:
    explicit Process(const std::string &address) {
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0); // a sibling must not hold it open
        m_pid = fork();
        REQUIRE(m_pid >= 0);
        if (m_pid == 0) {
            dup2(ends[0], STDIN_FILENO);
            execl(WARDMOTE_JOBS_WORKER, WARDMOTE_JOBS_WORKER, address.c_str(), "700", nullptr);
            _exit(127);
        }
        close(ends[0]);
        m_standard_input = ends[1];
    }
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;
    ~Process() {
        kill();
        close(m_standard_input);
    }
    void kill() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
            m_pid = 0;
        }
    }
    /// Ends its input, waits, and gives its exit code.
    int end() {
        close(m_standard_input);
        m_standard_input = -1;
        int status = 0;
        waitpid(m_pid, &status, 0);
        m_pid = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t m_pid = 0;
    int m_standard_input = -1;
};

const db::Scope oxford{"oxford", {}, {}};

/// How many effects each payload has had.
std::map<std::string, std::int64_t> effects(db::Database &database) {
    std::map<std::string, std::int64_t> counts;
    database.read(oxford, [&](db::Transaction &tx) {
        tx.each("select payload, count(*) as n from job where kind = 'test.effect'"
                " group by payload",
                {}, [&](const db::Row &row) { counts[row.text("payload")] = row.integer("n"); });
    });
    return counts;
}

/// Jobs of the test that are not done: waiting, running or dead.
std::int64_t unfinished(db::Database &database) {
    return database.read(oxford, [](db::Transaction &tx) {
        return tx
            .first("select count(*) as n from job where state <> 'done'"
                   " and kind in ('test.once', 'test.outside')")
            ->integer("n");
    });
}

} // namespace

TEST_CASE("300 jobs, three processes, one killed again and again: each job has its effect once") {
    const auto address = test::fresh_database();
    db::Database database{address};
    const core::SystemClock clock;
    Queue queue{clock};
    constexpr int jobs = 300;
    constexpr int outside = 30;
    database.write(db::Scope::everyone(), [&](db::Transaction &tx) {
        tx.execute("insert into tenant (id, name, place, created)"
                   " values ('oxford', 'Oxford', 'Oxford', '2026-01-01T00:00:00.000Z')");
    });
    database.write(oxford, [&](db::Transaction &tx) {
        for (int i = 0; i < jobs; ++i) {
            queue.add(tx, {.kind = "test.once", .payload = fmt::format("once {}", i)});
            if (i < outside) {
                queue.add(tx, {.kind = "test.outside", .payload = fmt::format("outside {}", i)});
            }
        }
    });

    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < 3; ++i) {
        processes.push_back(std::make_unique<Process>(address));
    }
    int kills = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t next = 0; unfinished(database) > 0; next = (next + 1) % 3) {
        REQUIRE(std::chrono::steady_clock::now() - start < 100s);
        std::this_thread::sleep_for(150ms);
        if (kills < 12) {
            processes[next]->kill();
            ++kills;
            processes[next] = std::make_unique<Process>(address);
        }
    }
    const auto taken = std::chrono::steady_clock::now() - start;
    for (auto &process : processes) {
        CHECK(process->end() == 0); // asked to stop, all end in order
    }

    std::int64_t once = 0;
    std::int64_t repeated = 0;
    for (const auto &[payload, count] : effects(database)) {
        if (payload.starts_with("once")) {
            CHECK_MESSAGE(count == 1, payload, " had its effect ", count, " times");
            ++once;
        } else if (payload.starts_with("outside")) {
            CHECK(count >= 1);
            repeated += count - 1;
        }
    }
    CHECK(once == jobs);
    CHECK(kills >= 5);
    const auto again = database.read(oxford, [](db::Transaction &tx) {
        return tx
            .first("select count(*) as n from job where kind like 'test.%' and attempts > 1"
                   " and state = 'done'")
            ->integer("n");
    });
    CHECK_MESSAGE(again >= 1, "no kill met a job under way: nothing was proved");
    MESSAGE(kills, " kills, ", again, " jobs taken over, ", repeated, " outside repeats, ",
            std::chrono::duration<double>(taken).count(), " s");
}
