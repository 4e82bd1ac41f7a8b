/// The inner loop of near repeats: of pairs near in space, how many are near in time, in many
/// replicates at once. Include it in .cpp files only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmote::stats {

/// Replicates that are counted together: their times of one event fill a cache line of 16-bit
/// numbers.
inline constexpr std::size_t knox_lanes = 32;
/// Ends of time bands that are counted in one pass: their counters stay in registers.
inline constexpr std::size_t knox_ends = 4;

/// Pairs of points by their first point: those of point i are second[first[i]] to
/// second[first[i + 1]].
struct PairRow {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> second;
};

using KnoxCounts = std::array<std::array<std::int64_t, knox_lanes>, knox_ends>;

/// Pairs whose times differ by less than each of up to knox_ends ends, for each replicate.
/// `times` has knox_lanes numbers an event, none below nought. `Time` is std::int16_t or
/// std::int32_t.
template <class Time>
KnoxCounts count_pairs(const PairRow &pairs, const Time *times, std::span<const std::int64_t> ends);

} // namespace wardmote::stats
