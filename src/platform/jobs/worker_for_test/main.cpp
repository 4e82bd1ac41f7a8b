// A worker in a process of its own, for the test to kill: DATABASE and how long its lease is, in
// milliseconds. It runs until it is killed or its standard input ends.

#include <chrono>
#include <cstdlib>
#include <thread>

#include <unistd.h>

#include "platform/jobs/worker.hpp"

namespace {

using namespace wardmote;

/// The effect that the test counts: a job of a kind that nobody does.
void note(jobs::Queue &queue, db::Transaction &tx, const jobs::Job &job) {
    queue.add(tx, {.kind = "test.effect", .payload = job.payload});
    // Long enough to be killed between the effect and the commit.
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
}

} // namespace

int main(int, char **argv) {
    const core::SystemClock clock;
    db::Database database{argv[1], {.connections = 4, .migrate = false, .must_exist = true}};
    jobs::Queue queue{clock};
    jobs::Handlers handlers;
    // The test kills more often than a job may fail.
    const jobs::Retries retries{.most_attempts = 100};
    handlers.in_transaction(
        "test.once", [&](db::Transaction &tx, const jobs::Job &job) { note(queue, tx, job); },
        retries);
    handlers.outside(
        "test.outside",
        [&](const jobs::Job &job) {
            std::this_thread::sleep_for(std::chrono::milliseconds{3});
            database.write({job.tenant, {}, job.id},
                           [&](db::Transaction &tx) { note(queue, tx, job); });
        },
        retries);
    jobs::Worker worker{
        database,
        queue,
        clock,
        std::move(handlers),
        {{.name = "test", .kind = "test.once", .recurrence = jobs::Recurrence::every(1)}},
        {.threads = 2,
         .poll = std::chrono::milliseconds{50},
         .lease = std::chrono::milliseconds{std::atoi(argv[2])}}};
    worker.start();
    char end = 0;
    while (read(STDIN_FILENO, &end, 1) > 0) {
    }
}
