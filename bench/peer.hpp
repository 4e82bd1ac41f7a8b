/// One line of the table of speed: what a piece of work cost here, and what it cost a peer.
#pragma once

#include <ctime>

#include <string_view>

#include <fmt/core.h>

namespace wardmote::bench {

/// CPU time of the whole process, all threads.
inline double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The CPU seconds that `work()` took.
template <class Work>
double cpu_seconds_of(Work &&work) {
    const double start = cpu_seconds();
    work();
    return cpu_seconds() - start;
}

/// "local Moran and Gi*, 34,753 areas     1.21 s    17.0 s    14.0 x    libgeoda complete
/// (stated)". `how` says who the peer is and whether it was run beside us or its figure is a stated
/// one.
inline void compare(std::string_view work, double ours, double peer, std::string_view how) {
    fmt::print("{:<64} {:>10.4g} s {:>10.4g} s {:>8.1f} x   {}\n", work, ours, peer, peer / ours,
               how);
}

/// The same without a peer: what one unit of work costs, "windows a second and core".
inline void rate(std::string_view work, double units, double seconds, std::string_view unit) {
    fmt::print("{:<64} {:>10.4g} s   {:.3g} {}\n", work, seconds, units / seconds, unit);
}

} // namespace wardmote::bench
