/// What the server counts of itself, for Prometheus: requests, how long they took, the process.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace wardmote::web {

/// "GET", "HEAD" or "POST", and "other" for whatever else a client invents.
std::string_view known_method(std::string_view method);

/// May be used from several threads. Routes are patterns, never addresses, so that the number of
/// series is bounded and no person is named.
class Metrics {
public:
    void answered(std::string_view method, std::string_view route, int status, double seconds);
    std::atomic<std::int64_t> in_flight = 0;
    std::atomic<std::int64_t> connections = 0;

    /// Prometheus's text format, version 0.0.4.
    std::string text() const;

private:
    /// Upper bounds in seconds; the last bucket is "+Inf".
    static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                       0.25,  0.5,    1.0,   2.5,  5.0,   10.0};
    struct Durations {
        std::array<std::uint64_t, bounds.size() + 1> counts{};
        double sum = 0;
    };
    mutable std::mutex m_mutex;
    std::map<std::tuple<std::string, std::string, int>, std::uint64_t, std::less<>>
        m_requests; ///< method, route, first digit of the status
    std::map<std::string, Durations, std::less<>> m_durations; ///< by route
};

} // namespace wardmote::web
