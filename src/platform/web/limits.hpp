/// How often one client may ask, and how many connections it may hold.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace wardmote::web {

/// A token bucket for each client: `burst` at once, `per_second` in the long run. May be used from
/// several threads.
class RateLimit {
public:
    using Time = std::chrono::steady_clock::time_point;
    /// `per_second` 0: no limit.
    RateLimit(double per_second, double burst)
        : m_per_second{per_second}
        , m_burst{burst} {}
    /// True when the client may; counts it.
    bool take(const std::string &client, Time now);

private:
    struct Bucket {
        double tokens = 0;
        Time filled;
    };
    double filled(const Bucket &bucket, Time now) const;
    void forget_the_quiet(Time now);

    double m_per_second;
    double m_burst;
    std::mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets;
};

/// Counts what each client holds. May be used from several threads.
class Holdings {
public:
    explicit Holdings(std::size_t largest)
        : m_largest{largest} {}
    /// False when the client holds as many as it may.
    bool take(const std::string &client);
    void give_back(const std::string &client);

private:
    std::size_t m_largest;
    std::mutex m_mutex;
    std::unordered_map<std::string, std::size_t> m_held;
};

} // namespace wardmote::web
