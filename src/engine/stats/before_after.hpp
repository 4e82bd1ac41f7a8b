/// Did an action change the count, over and above what happened where it was not taken? Poisson
/// difference in differences of monthly counts.
///
/// Given each month's sum of both places, the target's part of it is binomial, so whatever moves
/// both alike (season, trend, the weather) drops out exactly.
#pragma once

#include <optional>
#include <span>

#include "engine/stats/change.hpp"

namespace wardmote::stats {

struct DifferenceInDifferences {
    double ratio = 1; ///< (target after / before) / (control after / before): below 1, it fell
    Interval interval = {};
    double p = 1;              ///< two-sided, of a ratio of 1
    double standard_error = 0; ///< of the log of the ratio
    double dispersion = 1;     ///< at least 1: how much the monthly parts vary beyond chance
    double without = 0;        ///< the target's count after, had it gone as the control did
    double prevented = 0;      ///< that less what was counted
    Interval prevented_interval = {};
    /// Were they on one course before? Yearly change of log(target / control), and its p-value; no
    /// answer with fewer than six months before.
    std::optional<double> drift = {};
    double drift_p = 1;
};

/// `target` and `control` are monthly counts of the same months; those from index `first_after` on
/// are after. A month that either lacks (negative or not finite) is left out. A nought among the
/// four sums has half a count added to each, so that the ratio is known, if badly. Nothing with
/// fewer than two months on a side, or none of any count in the control.
std::optional<DifferenceInDifferences> difference_in_differences(std::span<const double> target,
                                                                 std::span<const double> control,
                                                                 std::size_t first_after,
                                                                 double level = 0.95);

} // namespace wardmote::stats
