#include "platform/web/metrics.hpp"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace wardmote::web {

namespace {

std::string escaped(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

std::uint64_t resident_bytes() {
    std::ifstream file{"/proc/self/statm"}; // whole, resident, ... in pages
    std::uint64_t whole = 0;
    std::uint64_t resident = 0;
    file >> whole >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

void describe(std::string &out, std::string_view name, std::string_view type,
              std::string_view help) {
    fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

template <class Value>
void single(std::string &out, std::string_view name, std::string_view type, std::string_view help,
            Value value) {
    describe(out, name, type, help);
    fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

} // namespace

std::string_view known_method(std::string_view method) {
    for (const std::string_view one : {"GET", "HEAD", "POST"})
        if (method == one)
            return one;
    return "other";
}

void Metrics::answered(std::string_view method, std::string_view route, int status,
                       double seconds) {
    const auto bucket =
        static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
    const std::lock_guard lock{m_mutex};
    ++m_requests[{std::string{known_method(method)}, std::string{route}, status / 100}];
    auto &durations = m_durations[std::string{route}];
    ++durations.counts[bucket];
    durations.sum += seconds;
}

std::string Metrics::text() const {
    std::string out;
    const auto to = std::back_inserter(out);
    const std::lock_guard lock{m_mutex};
    describe(out, "wardmote_http_requests_total", "counter", "Requests answered.");
    for (const auto &[key, count] : m_requests) {
        const auto &[method, route, status] = key;
        fmt::format_to(to,
                       "wardmote_http_requests_total{{method=\"{}\",route=\"{}\","
                       "status=\"{}xx\"}} {}\n",
                       method, escaped(route), status, count);
    }
    constexpr std::string_view name = "wardmote_http_request_duration_seconds";
    describe(out, name, "histogram", "From the end of a request's headers to its answer.");
    for (const auto &[route, durations] : m_durations) {
        const auto label = escaped(route);
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < durations.counts.size(); ++i) {
            sum += durations.counts[i];
            const auto bound = i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf";
            fmt::format_to(to, "{}_bucket{{route=\"{}\",le=\"{}\"}} {}\n", name, label, bound, sum);
        }
        fmt::format_to(to, "{0}_sum{{route=\"{1}\"}} {2}\n{0}_count{{route=\"{1}\"}} {3}\n", name,
                       label, durations.sum, sum);
    }
    single(out, "wardmote_http_requests_in_flight", "gauge", "Requests being answered.",
           in_flight.load());
    single(out, "wardmote_http_connections", "gauge", "Connections open.", connections.load());
    single(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
    single(out, "process_cpu_seconds_total", "counter", "Processor time used.", cpu_seconds());
    return out;
}

} // namespace wardmote::web
