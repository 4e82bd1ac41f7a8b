#include "platform/web/limits.hpp"

#include <algorithm>

namespace wardmote::web {

namespace {

/// Past so many clients those that have been quiet are forgotten, so that memory stays bounded.
constexpr std::size_t many_clients = 50'000;

} // namespace

double RateLimit::filled(const Bucket &bucket, Time now) const {
    const std::chrono::duration<double> since = now - bucket.filled;
    return std::min(m_burst, bucket.tokens + since.count() * m_per_second);
}

void RateLimit::forget_the_quiet(Time now) {
    std::erase_if(m_buckets,
                  [&](const auto &entry) { return filled(entry.second, now) >= m_burst; });
    if (m_buckets.size() >= many_clients) // all of them busy: begin anew rather than grow
        m_buckets.clear();
}

bool RateLimit::take(const std::string &client, Time now) {
    if (m_per_second <= 0)
        return true;
    const std::lock_guard lock{m_mutex};
    if (m_buckets.size() >= many_clients)
        forget_the_quiet(now);
    auto &bucket = m_buckets.try_emplace(client, Bucket{m_burst, now}).first->second;
    bucket = {filled(bucket, now), now};
    if (bucket.tokens < 1)
        return false;
    bucket.tokens -= 1;
    return true;
}

bool Holdings::take(const std::string &client) {
    const std::lock_guard lock{m_mutex};
    auto &held = m_held[client];
    if (held >= m_largest)
        return false;
    ++held;
    return true;
}

void Holdings::give_back(const std::string &client) {
    const std::lock_guard lock{m_mutex};
    const auto found = m_held.find(client);
    if (found != m_held.end() && --found->second == 0)
        m_held.erase(found);
}

} // namespace wardmote::web
