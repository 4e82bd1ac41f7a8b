/// Do near places have like values? Moran's I, Geary's C and the General G of Getis and Ord, over
/// all areas at once.
///
///     const auto result = moran(rates, row_standardised(neighbours));
///     result->observed, result->randomised.p
///
/// The moments are those of Cliff and Ord (1981) and Getis and Ord (1992), over all areas,
/// islands too, as PySAL has them; spdep leaves islands out of the number of areas unless told not
/// to.
#pragma once

#include <optional>
#include <span>

#include "engine/stats/permutation.hpp"
#include "engine/stats/weights.hpp"

namespace wardmote::stats {

/// What a statistic would vary by if chance alone were at work, and the test against it.
struct Moments {
    double variance = 0;
    double z = 0; ///< (observed - expected) / standard deviation; 0 without variance
    double p = 1; ///< two-sided, of the normal law
};

struct Autocorrelation {
    double observed = 0;
    double expected = 0;
    std::optional<Moments> normal = {}; ///< if the values were drawn from one normal law
    Moments randomised;                 ///< if the values at hand were dealt out at random
    std::optional<Permuted> permuted = {};
};

/// Moran's I: above its expected value where like is near like, below where unlike is. Nothing
/// with fewer than four areas, values that are all equal or not finite, or no neighbours at all. A
/// number of values other than of areas throws std::invalid_argument. So for the next two.
std::optional<Autocorrelation> moran(std::span<const double> values, const SpatialWeights &weights,
                                     const PermutationOptions &options = no_permutation);

/// Geary's C: 1 on average, under 1 where like is near like; more moved than I by differences
/// between single neighbours.
std::optional<Autocorrelation> geary(std::span<const double> values, const SpatialWeights &weights,
                                     const PermutationOptions &options = no_permutation);

/// The General G: high where high values are near each other, low where low ones are; whether
/// like is near like it does not tell. Values must not be negative; has no normal moments.
std::optional<Autocorrelation> general_g(std::span<const double> values,
                                         const SpatialWeights &weights,
                                         const PermutationOptions &options = no_permutation);

/// The test of `observed` against an expected value and a variance.
Moments moments(double observed, double expected, double variance);

} // namespace wardmote::stats
