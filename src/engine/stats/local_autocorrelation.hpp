/// Where do high or low values gather? Local Moran and Geary (Anselin 1995), Gi and Gi* (Getis and
/// Ord; Ord and Getis 1995), area by area.
///
///     const auto areas = local_autocorrelation(rates, row_standardised(neighbours));
///     const auto q = adjusted(p_values(areas)); // false discoveries controlled
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "engine/stats/conditional_permutation.hpp"

namespace wardmote::stats {

/// The area and its surroundings: high is above the mean of all areas, low is not.
enum class Quadrant {
    none, ///< an island
    high_high,
    low_low,
    high_low, ///< a high area among low ones
    low_high,
};

/// Not a number throughout for an island, but for gi_star: an island is its own surroundings.
struct LocalAutocorrelation {
    static constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

    Quadrant quadrant = Quadrant::none;
    /// I_i = z_i / m2 * sum of w_ij z_j, with m2 the sum of squares over n: Anselin's, spdep's.
    /// PySAL's and GeoDa's are (n - 1) / n of it.
    double moran = nothing;
    double moran_expected = nothing; ///< given the value here, all others dealt out at random
    double moran_variance = nothing;
    /// c_i = sum of w_ij (z_i - z_j)^2 / m2: PySAL's; spdep's localC is (n - 1) / n of it.
    double geary = nothing;
    double geary_expected = nothing; ///< given the value here
    double geary_variance = nothing;
    double gi = nothing; ///< as z; also the exact z of conditional permutation; 0 if none can vary
    /// As z, the area itself weighing as much as the heaviest of its neighbours (as in PySAL), an
    /// island 1. Scaling a row changes neither; PySAL's z of standardised rows does change.
    double gi_star = nothing;
    PermutationRank rank = {}; ///< of the sum of the neighbours: the test of I, Gi and Gi* alike
};

/// One for each area. Nothing with fewer than four areas or values that are all equal or not
/// finite. A number of values other than of areas throws std::invalid_argument.
std::optional<std::vector<LocalAutocorrelation>>
local_autocorrelation(std::span<const double> values, const SpatialWeights &weights,
                      const PermutationOptions &options = {});

/// The two-sided p of each area's rank; not a number for islands and where nothing was drawn.
std::vector<double> p_values(std::span<const LocalAutocorrelation> areas);

} // namespace wardmote::stats
