/// Conditional permutation: is what lies around an area out of the ordinary, given the area?
///
/// The value of the area is held; its neighbours' are drawn, all different, from all the other
/// areas, and their weighted sum is compared with the one observed. Each area has draws of its own.
#pragma once

#include <span>
#include <vector>

#include "engine/stats/permutation.hpp"
#include "engine/stats/weights.hpp"

namespace wardmote::stats {

/// For each area, where the weighted sum of its neighbours' values stands among such sums of
/// values drawn without replacement from all other areas. Local Moran, Gi and Gi* are, with the
/// area's own value held, straight lines of that sum, so this one rank is the test of all three.
///
/// Draws depend on the seed, the area and the replicate, not on threads or other areas. Where a
/// row's weights are all equal, sums are exact to 2^-30 of the range of the values (whole numbers
/// whose range is under 2^30 are exact, and so are their ties); else replicates within 1e-12 of
/// the observed sum, relative to the largest value and weight, tie with it. Values must be finite
/// and as many as areas, else std::invalid_argument. An area without neighbours has no
/// replicates. Throws Stopped.
std::vector<PermutationRank> conditional_permutation(std::span<const double> values,
                                                     const SpatialWeights &weights,
                                                     const PermutationOptions &options = {});

} // namespace wardmote::stats
