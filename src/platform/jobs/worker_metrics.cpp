#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "platform/jobs/worker.hpp"

namespace wardmote::jobs {

std::string Worker::metrics() const {
    std::string lines = "# HELP wardmote_jobs Background jobs by state.\n"
                        "# TYPE wardmote_jobs gauge\n";
    m_database.read(db::Scope::everyone(), [&](db::Transaction &tx) {
        std::map<std::string, std::int64_t> counts{{"waiting", 0}, {"running", 0}, {"dead", 0}};
        tx.each("select state, count(*) as jobs from job"
                " where state in ('waiting', 'running', 'dead') group by state",
                {}, [&](const db::Row &row) { counts[row.text("state")] = row.integer("jobs"); });
        for (const auto &[state, count] : counts) {
            lines += fmt::format("wardmote_jobs{{state=\"{}\"}} {}\n", state, count);
        }
        const auto now = m_clock.now();
        const auto oldest = tx.first("select min(run_at) as run_at from job"
                                     " where state = 'waiting' and run_at <= :now",
                                     {{"now", now.iso()}});
        const auto since = core::Instant::parse(oldest->text("run_at")).value_or(now);
        lines += fmt::format(
            "# HELP wardmote_jobs_oldest_due_seconds How long the oldest due job has waited.\n"
            "# TYPE wardmote_jobs_oldest_due_seconds gauge\n"
            "wardmote_jobs_oldest_due_seconds {:.3f}\n",
            std::chrono::duration<double>(now.time() - since.time()).count());
    });
    lines += "# HELP wardmote_job_attempts_total Attempts of this process, by kind and outcome.\n"
             "# TYPE wardmote_job_attempts_total counter\n";
    const std::lock_guard lock{m_mutex};
    for (const auto &[kind, tally] : m_tally) {
        lines += fmt::format("wardmote_job_attempts_total{{kind=\"{0}\",outcome=\"done\"}} {1}\n"
                             "wardmote_job_attempts_total{{kind=\"{0}\",outcome=\"failed\"}} {2}\n",
                             kind, tally.done, tally.failed);
    }
    return lines;
}

} // namespace wardmote::jobs
