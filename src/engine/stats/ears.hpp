/// The Early Aberration Reporting System's three rules (Hutwagner and others 2003): is a month far
/// above the few just before it? For series too short for a season.
#pragma once

#include <span>
#include <vector>

namespace wardmote::stats {

enum class EarsRule {
    c1, ///< against the months just before
    c2, ///< the same, two months left between, so that what is growing does not hide itself
    c3, ///< c2's excess of three months together
};

struct EarsOptions {
    int baseline = 7;       ///< months looked back, 3 or more
    double alpha = 0.001;   ///< c1 and c2; 0.025 is usual for c3
    double least_sigma = 0; ///< standard deviation of the months before, at least
    /// c1 and c2: take the few months' mean and deviation for the estimates they are (Student's law
    /// of a next value) and no steadier than chance (deviation at least the root of the mean, and
    /// of one). Without it, as published and as R surveillance: false alarms by the dozen.
    bool allow_for_few = true;
};

/// The bound of each month: a count above it is out of the ordinary. NaN where a month of the
/// baseline is missing (negative or not finite) or not there, and for c3 where its deviation is
/// nought. For c3 the bound depends on the month's own count and is not a number where that is
/// missing. All NaN when the options are out of range.
std::vector<double> ears_bounds(std::span<const double> counts, EarsRule rule,
                                const EarsOptions &options = {});

} // namespace wardmote::stats
