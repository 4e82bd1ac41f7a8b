/// Suspected breaks in level: where a series seems to have changed for good.
///
/// PELT (Killick, Fearnhead and Eckley 2012) finds the best cut exactly, in time that grows about
/// as the length of the series. A suspicion is for a person to explain; only declared breaks stop
/// comparisons.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/stats/series.hpp"

namespace wardmote::stats {

enum class SegmentCost {
    poisson,             ///< one mean a segment, variance the mean
    normal_mean,         ///< one mean a segment, variance 1 throughout
    normal_mean_variance ///< one mean and one variance a segment
};
enum class Penalty { bic, mbic };

struct PeltOptions {
    SegmentCost cost = SegmentCost::poisson;
    Penalty penalty = Penalty::mbic;
    std::optional<double> manual_penalty = {}; ///< instead of `penalty`, without the MBIC term
    int shortest_segment = 1;                  ///< at least 2 for normal_mean_variance
    double dispersion = 1;                     ///< costs are divided by it
};

/// Starts of the second and later segments, ascending. Empty when there is no cut. Values must be
/// finite, and not negative for the Poisson cost: else std::invalid_argument.
std::vector<std::size_t> pelt(std::span<const double> values, const PeltOptions &options = {});
/// The same by trying every cut, in quadratic time; for tests.
std::vector<std::size_t> optimal_partition(std::span<const double> values,
                                           const PeltOptions &options = {});

/// One suspected change of level.
struct SuspectedBreak {
    core::Month month;     ///< first month at the new level
    double before = 0;     ///< mean a month since the break before
    double after = 0;      ///< mean a month until the next
    bool declared = false; ///< a declared break lies within two months
};

/// Takes season out (when there are three years), then PELT with a Poisson cost made less eager
/// by how much neighbouring months differ; no segment under six months. Missing months are passed
/// over. Fewer than 24 months with a figure: none.
std::vector<SuspectedBreak> suspected_breaks(const MonthlySeries &series);

} // namespace wardmote::stats
