/// Runs the jobs of a database: in threads of this process, beside any number of other processes.
///
/// A worker claims a job for a short time, its lease, and renews it while the job runs. When the
/// process is killed the lease runs out and another worker takes the job over. A job that fails is
/// tried again, later each time; when its kind's attempts are used up it becomes a dead letter,
/// which an administrator can see, replay or discard (overview.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/job.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/jobs/schedule.hpp"

namespace wardmote::jobs {

struct WorkerOptions {
    unsigned threads = 2;
    std::chrono::milliseconds poll = std::chrono::seconds{1};
    /// Longer than clocks of different machines can differ.
    std::chrono::milliseconds lease = std::chrono::minutes{1};
    std::chrono::days keep_done{30}; ///< then a job that was done is forgotten
};

class Worker {
public:
    /// The database, the queue and the clock must outlive it.
    Worker(db::Database &database, Queue &queue, const core::Clock &clock, Handlers handlers,
           std::vector<Schedule> schedules = {}, WorkerOptions options = {});
    ~Worker(); ///< stops
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    void start();
    /// Takes no more jobs, asks those under way to leave off, and waits until each has finished or
    /// was given back.
    void stop();

    /// On the caller's thread: fires the schedules that are due and runs jobs until none is due.
    /// Gives how many were run.
    std::size_t run_due();

    /// Lines for Prometheus: jobs by state, the age of the oldest that is due, and how many
    /// attempts this process has seen succeed and fail, by kind.
    std::string metrics() const;

private:
    /// A job that is this worker's for now.
    struct Claim {
        Job job;
        const Handler *handler;
        std::string token; ///< of this claim alone
    };
    struct Running {
        std::string tenant, id;
        std::stop_source stop;
        bool renewed; ///< not in a transaction: that holds its row itself
    };
    struct Tally {
        std::size_t done = 0, failed = 0;
    };
    enum class Outcome { done, given_back, failed, lost };

    bool run_one();
    std::optional<db::Row> next_due(db::Transaction &tx, core::Instant now, bool lock) const;
    std::optional<Claim> claim();
    Outcome attempt(const Claim &claim);
    bool run_in_transaction(const Claim &claim, const InTransaction &work);
    bool run_outside(const Claim &claim, const Outside &work);
    bool mark_done(db::Transaction &tx, const Claim &claim) const;
    void give_back(const Claim &claim);
    void failed(const Claim &claim, const std::string &sentence, Failure::Again again);
    void renew_leases();
    void fire_schedules();
    void fire(const Schedule &schedule);
    void work(const std::stop_token &stop);
    void mind(const std::stop_token &stop);

    db::Database &m_database;
    Queue &m_queue;
    const core::Clock &m_clock;
    Handlers m_handlers;
    std::vector<Schedule> m_schedules;
    WorkerOptions m_options;
    std::vector<std::string> m_kinds;

    mutable std::mutex m_mutex;
    std::map<std::string, Running> m_running; ///< by token
    std::map<std::string, Tally> m_tally;     ///< by kind
    bool m_stopping = false;
    std::jthread m_minder; ///< renews leases and fires schedules; outlives the others
    std::vector<std::jthread> m_threads;
};

} // namespace wardmote::jobs
