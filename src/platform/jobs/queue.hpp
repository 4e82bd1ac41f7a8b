/// The durable queue: start here to have something done later, or done by another process.
///
///     database.write(scope, [&](db::Transaction &tx) {
///         ...
///         queue.add(tx, {.kind = "mail", .payload = json.dump()});
///     });
///
/// The job exists exactly when the rest of the transaction does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"

namespace wardmote::jobs {

struct JobRequest {
    std::string kind;
    std::string payload = "{}";          ///< JSON; forgotten once the job is done
    std::optional<core::Instant> run_at; ///< not before; nothing: at once
    /// A second job of the same kind and key is not added while the first is kept: until it is
    /// discarded, or 30 days after it was done. Empty: none.
    std::string unique_key;
};

class Queue {
public:
    explicit Queue(const core::Clock &clock)
        : m_clock{clock} {}

    /// For the transaction's tenant; for all of them where its scope is everyone. Gives the job's
    /// id, or the id of the one that is there already. The queue must outlive the transaction.
    std::string add(db::Transaction &tx, const JobRequest &request);
    /// The same for one tenant, from a transaction whose scope is everyone.
    std::string add(db::Transaction &tx, std::string_view tenant, const JobRequest &request);

    /// Waits until a job is added by this process, or `most` has passed, or `stop` is asked.
    /// `heard` is the count of the last ring this caller knows of; gives the count now.
    std::uint64_t wait(std::uint64_t heard, std::chrono::milliseconds most, std::stop_token stop);

private:
    void ring();

    const core::Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable_any m_bell;
    std::uint64_t m_rings = 0;
};

} // namespace wardmote::jobs
