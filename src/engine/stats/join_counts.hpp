/// Join counts: do areas that have something (1) and areas that have it not (0) keep apart?
#pragma once

#include <optional>
#include <span>

#include "engine/stats/autocorrelation.hpp"

namespace wardmote::stats {

/// A kind of join: how many there are, how many there would be if the ones were dealt out over the
/// areas at random, their number kept (Cliff and Ord 1981, "non-free sampling"; spdep's
/// joincount.multi), and the test.
struct JoinCounts {
    Autocorrelation both;    ///< joins of 1 with 1 (PySAL: bb)
    Autocorrelation neither; ///< joins of 0 with 0 (ww)
    Autocorrelation mixed;   ///< joins of 1 with 0 (bw)
    double joins = 0;        ///< all of them: half the sum of the weights
    /// Pearson's, with Yates's correction, of the table of joins by the colours of their ends
    /// (PySAL's chi2). Joins that share an area are not independent, so its p is only a hint. 0
    /// where all areas are alike.
    double chi_square = 0;
    double chi_square_p = 1; ///< of one degree of freedom
};

/// Each join counts the mean of its two weights: with weights of 1 both ways, 1. Nothing with
/// fewer than four areas, all alike, or no neighbours at all. Anything other than a 1 or 0 for
/// each area throws std::invalid_argument.
std::optional<JoinCounts> join_counts(std::span<const double> ones, const SpatialWeights &weights,
                                      const PermutationOptions &options = no_permutation);

} // namespace wardmote::stats
