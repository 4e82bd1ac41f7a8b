#include "engine/stats/knox_kernel.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace wardmote::stats {

namespace {

// Built for both kinds of processor; the loader takes the one that fits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WARDMOTE_FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define WARDMOTE_FOR_EACH_PROCESSOR
#endif

/// Counts in Time's own width, which is emptied before it can overflow.
template <class Time>
[[gnu::always_inline]] inline void count(const PairRow &pairs, const Time *times,
                                         const std::array<Time, knox_ends> &ends,
                                         KnoxCounts &total) {
    constexpr std::size_t width = 16; // of Time in a vector
    constexpr std::size_t parts = knox_lanes / width;
    using Vector [[gnu::vector_size(width * sizeof(Time))]] = Time;
    for (std::size_t part = 0; part < parts; ++part) {
        const Time *lane = times + part * width;
        Vector counts[knox_ends] = {};
        std::size_t room = std::numeric_limits<Time>::max();
        const auto empty = [&] {
            for (std::size_t e = 0; e < knox_ends; ++e) {
                for (std::size_t i = 0; i < width; ++i)
                    total[e][part * width + i] += counts[e][i];
                counts[e] = Vector{};
            }
            room = std::numeric_limits<Time>::max();
        };
        for (std::size_t i = 0; i + 1 < pairs.first.size(); ++i) {
            std::size_t next = pairs.first[i];
            Vector here, there;
            std::memcpy(&here, lane + i * knox_lanes, sizeof here);
            while (next < pairs.first[i + 1]) {
                const std::size_t stop = std::min(pairs.first[i + 1], next + room);
                room -= stop - next;
                for (; next < stop; ++next) {
                    std::memcpy(&there, lane + pairs.second[next] * knox_lanes, sizeof there);
                    const Vector apart = here > there ? here - there : there - here;
                    for (std::size_t e = 0; e < knox_ends; ++e)
                        counts[e] -= apart < ends[e]; // true is -1
                }
                if (room == 0)
                    empty();
            }
        }
        empty();
    }
}

WARDMOTE_FOR_EACH_PROCESSOR
void count_short(const PairRow &pairs, const std::int16_t *times,
                 const std::array<std::int16_t, knox_ends> &ends, KnoxCounts &total) {
    count(pairs, times, ends, total);
}

WARDMOTE_FOR_EACH_PROCESSOR
void count_long(const PairRow &pairs, const std::int32_t *times,
                const std::array<std::int32_t, knox_ends> &ends, KnoxCounts &total) {
    count(pairs, times, ends, total);
}

} // namespace

template <class Time>
KnoxCounts count_pairs(const PairRow &pairs, const Time *times,
                       std::span<const std::int64_t> ends) {
    KnoxCounts total{};
    std::array<Time, knox_ends> within{};
    for (std::size_t e = 0; e < ends.size(); ++e)
        within[e] =
            static_cast<Time>(std::min<std::int64_t>(ends[e], std::numeric_limits<Time>::max()));
    if constexpr (sizeof(Time) == sizeof(std::int16_t))
        count_short(pairs, times, within, total);
    else
        count_long(pairs, times, within, total);
    // An end beyond what Time holds has every pair before it.
    for (std::size_t e = 0; e < ends.size(); ++e) {
        if (ends[e] > std::numeric_limits<Time>::max())
            total[e].fill(static_cast<std::int64_t>(pairs.second.size()));
    }
    return total;
}

template KnoxCounts count_pairs(const PairRow &, const std::int16_t *,
                                std::span<const std::int64_t>);
template KnoxCounts count_pairs(const PairRow &, const std::int32_t *,
                                std::span<const std::int64_t>);

} // namespace wardmote::stats
