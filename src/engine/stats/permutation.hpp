/// Tests by permutation: how often a statistic of shuffled values is as large as the one observed.
///
/// The values are dealt out over the areas at random, again and again. If nothing tied values to
/// places, the observed statistic would be one of these; where it ranks among them is the test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// Where the observed statistic stands among its replicates. One that ties with the observed
/// counts on both sides.
struct PermutationRank {
    std::uint32_t replicates = 0; ///< drawn
    std::uint32_t as_high = 0;    ///< replicates not under the observed
    std::uint32_t as_low = 0;     ///< replicates not above it

    /// One-sided, on the side where the observed stands: (fewer of the two + 1) / (replicates + 1).
    /// This is what GeoDa, PySAL and spdep's "folded" print; pure chance gives p < 0.05 one time in
    /// ten. 1 without replicates.
    double one_sided() const;
    /// Twice that, at most 1: chance gives p < 0.05 one time in twenty.
    double p() const;
};

struct PermutationOptions {
    std::uint32_t replicates = 999; ///< at most
    /// Stop once so many replicates lie on either side of the observed, for then it is nothing out
    /// of the ordinary (Besag and Clifford 1991); 0: never. For conditional permutation only: 20
    /// of up to 99,999 tell small p apart for about twice what 999 cost.
    std::uint32_t enough = 0;
    std::uint64_t seed = 1;
    Watch watch = {};
};

/// For statistics that are asked for their moments alone.
inline const PermutationOptions no_permutation{.replicates = 0};

struct Permuted {
    PermutationRank rank = {};
    double mean = 0;     ///< of the replicates
    double variance = 0; ///< of the replicates
};

/// Writes the statistics of values, dealt out over the areas, into `results`.
using Statistics = std::function<void(std::span<const double> values, std::span<double> results)>;

/// Shuffles `values` and works out `count` statistics each time; one answer a statistic. A
/// replicate within 1e-12 of the observed, relative to the larger, ties with it: sums in another
/// order differ that much. Replicates depend on seed and number only, not on threads. Throws
/// Stopped.
std::vector<Permuted> permute(std::span<const double> values, std::size_t count,
                              const Statistics &statistics, const PermutationOptions &options);

} // namespace wardmote::stats
