#include "platform/jobs/job.hpp"

#include <algorithm>
#include <utility>

namespace wardmote::jobs {

std::chrono::milliseconds wait_after(const Retries &retries, int failed, double random) {
    auto wait = retries.first_wait;
    for (int i = 1; i < failed && wait < retries.longest_wait; ++i) {
        wait *= 2;
    }
    const auto half = std::min(wait, retries.longest_wait) / 2;
    return half + std::chrono::duration_cast<std::chrono::milliseconds>(half * random);
}

void Handlers::in_transaction(const std::string &kind, InTransaction run, Retries retries) {
    m_handlers.insert_or_assign(kind, Handler{std::move(run), retries});
}

void Handlers::outside(const std::string &kind, Outside run, Retries retries) {
    m_handlers.insert_or_assign(kind, Handler{std::move(run), retries});
}

const Handler *Handlers::find(const std::string &kind) const {
    const auto found = m_handlers.find(kind);
    return found == m_handlers.end() ? nullptr : &found->second;
}

std::vector<std::string> Handlers::kinds() const {
    std::vector<std::string> kinds;
    for (const auto &[kind, handler] : m_handlers) {
        kinds.push_back(kind);
    }
    return kinds;
}

} // namespace wardmote::jobs
