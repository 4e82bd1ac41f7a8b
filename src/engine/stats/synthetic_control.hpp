/// What would have happened without the action: a mixture of other areas that followed the treated
/// one before it (Abadie, Diamond and Hainmueller 2010).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/stats/series_table.hpp"
#include "engine/stats/watch.hpp"

namespace wardmote::stats {

struct SyntheticControl {
    std::vector<double> weights = {};   ///< one a row of the others, adding up to one
    std::vector<double> synthetic = {}; ///< one a month
    double miss_before = 0;             ///< root mean square of actual - synthetic, months before
    double miss_after = 0;
    double ratio = 0;  ///< miss_after / miss_before; infinite for a perfect fit that then misses
    double effect = 0; ///< sum of actual - synthetic over the months after: below nought, it fell
    /// The same ratio with each other area in turn taken for the treated one, and the rest for
    /// others; NaN for areas left out.
    std::vector<double> placebo_ratios = {};
    int rank = 1;  ///< of the treated area's ratio among all, 1 the largest, ties against it
    int areas = 1; ///< ranked
    double p = 1;  ///< rank / areas
};

/// `treated` and the rows of `others` are figures (counts or rates) of the same months; those from
/// index `first_after` on are after. Areas with a missing month are left out. Nothing when treated
/// lacks a month, there are fewer than two usable others, two months before or one after. The same
/// on any number of threads. Throws Stopped.
std::optional<SyntheticControl> synthetic_control(std::span<const double> treated,
                                                  const SeriesTable &others,
                                                  std::size_t first_after, const Watch &watch = {});

} // namespace wardmote::stats
