/// How large an effect an action could show at all: said before it starts, from the counts to be
/// expected.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// The counts to be expected if nothing is done. Without a control, both of its counts are nought.
struct PlannedAction {
    double before = 0;
    double after = 0;
    double control_before = 0;
    double control_after = 0;
    double dispersion = 1; ///< variance over mean; below 1 counts as 1
    double alpha = 0.05;   ///< two-sided
};

/// The chance that a ratio of after to before (over that of the control), when it is truly `ratio`,
/// is shown: |log ratio| more than z standard errors from nought. Nothing when a count that is
/// needed is not above nought, or `ratio` is not.
std::optional<double> power_of(const PlannedAction &plan, double ratio);

/// The fall that is shown with this chance: a ratio below 1, the nearest there is. Nothing when
/// even a fall to a hundredth would not be.
std::optional<double> smallest_fall(const PlannedAction &plan, double power = 0.8);

/// The same chance by drawing counts and testing each: checks the formula, which is of large
/// counts. The same on any number of threads. Throws Stopped.
std::optional<double> simulated_power(const PlannedAction &plan, double ratio,
                                      std::size_t replicates = 10000,
                                      std::uint64_t seed = 0x506f7765, const Watch &watch = {});

} // namespace wardmote::stats
