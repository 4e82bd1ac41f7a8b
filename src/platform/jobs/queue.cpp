#include "platform/jobs/queue.hpp"

#include <utility>

#include "engine/core/id.hpp"

namespace wardmote::jobs {

std::string Queue::add(db::Transaction &tx, const JobRequest &request) {
    return add(tx, tx.tenant(), request);
}

std::string Queue::add(db::Transaction &tx, std::string_view tenant, const JobRequest &request) {
    const auto now = m_clock.now();
    auto id = core::Id::make(m_clock).text();
    const db::Value key = request.unique_key.empty() ? db::Value{} : db::Value{request.unique_key};
    const auto added =
        tx.execute("insert into job (tenant, id, kind, payload, state, unique_key, run_at, created)"
                   " values (:tenant, :id, :kind, :payload, 'waiting', :key, :run_at, :created)"
                   " on conflict (tenant, kind, unique_key) do nothing",
                   {{"tenant", std::string{tenant}},
                    {"id", id},
                    {"kind", request.kind},
                    {"payload", request.payload},
                    {"key", key},
                    {"run_at", request.run_at.value_or(now).iso()},
                    {"created", now.iso()}});
    if (added == 0) {
        return tx
            .first("select id from job where tenant = :tenant and kind = :kind"
                   " and unique_key = :key",
                   {{"tenant", std::string{tenant}}, {"kind", request.kind}, {"key", key}})
            .value()
            .text("id");
    }
    tx.on_end([this](bool committed) {
        if (committed) {
            ring();
        }
    });
    return id;
}

std::uint64_t Queue::wait(std::uint64_t heard, std::chrono::milliseconds most,
                          std::stop_token stop) {
    std::unique_lock lock{m_mutex};
    m_bell.wait_for(lock, std::move(stop), most, [&] { return m_rings != heard; });
    return m_rings;
}

void Queue::ring() {
    {
        const std::lock_guard lock{m_mutex};
        ++m_rings;
    }
    m_bell.notify_all();
}

} // namespace wardmote::jobs
