/// Scan statistics: where, and when, there were more cases than chance explains.
///
/// Kulldorff's scans try every circle (or ellipse) around every area, in space-time scans with
/// every run of periods, and keep the windows whose count is least likely by chance. The p-value is
/// of the whole search, so that trying a million windows does not make a million false alarms.
///
/// Areas are numbered as they are given. Tables of cases are area-major: the count of area `a` in
/// period `t` stands at `a * periods + t`. A circle takes in every area whose centre is within its
/// radius: areas equally far enter together, so the answer does not depend on the order of areas.
///
/// Bad input throws std::invalid_argument with a sentence: spans of unlike lengths, coordinates or
/// populations that are not finite, negative counts or populations, cases where there is no
/// population or in a missing period, a share outside (0, 1], ellipses on a globe. No cases, one
/// area, or no window that may be tried give a result without clusters.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// Where the areas are: the points that stand for them.
struct ScanPlaces {
    std::span<const double> x; ///< metres, or degrees of longitude
    std::span<const double> y; ///< metres, or degrees of latitude
    bool degrees = false;      ///< distances are then great circles on a sphere of 6,371,009 m
};

enum class ScanRates { high, low, both };

struct ScanSettings {
    ScanRates rates = ScanRates::high;
    /// A window holds at most this share of the expected cases of all periods, ...
    double largest_share = 0.5;
    /// ... and no area further than this from its centre, in metres (of an ellipse: the shorter
    /// semi-axis).
    double largest_radius = std::numeric_limits<double>::infinity();
    std::int64_t fewest_cases = 2; ///< in a window of high rates
    /// Also ellipses 1.5, 2, 3, 4 and 5 times as long as wide, at 4, 6, 9, 12 and 15 angles.
    bool ellipses = false;
    /// The ratio of an ellipse of shape s is multiplied by (4 s / (s + 1)^2)^penalty (Kulldorff and
    /// others 2006): 0 none, 0.5 medium, 1 strong.
    double ellipse_penalty = 0;
    std::size_t replicates = 999; ///< of the Monte Carlo test; 0: no p-values
    std::uint64_t seed = 1;
    std::size_t most_clusters = 100;
};

/// The periods of a space-time scan, all equally long and in order.
struct ScanPeriods {
    std::size_t count = 1;
    std::size_t longest = 0;  ///< periods a window may last; 0: half of all, at least one
    bool prospective = false; ///< only windows that last until the end
    /// Periods without data, from 0. Nothing is expected in them: a window across one is judged by
    /// the others.
    std::vector<std::size_t> missing = {};
};

struct ScanCluster {
    std::vector<std::size_t> areas; ///< from the centre outwards
    std::size_t centre = 0;
    double radius = 0; ///< metres to the furthest area; of an ellipse: shorter semi-axis
    double shape = 1;  ///< of an ellipse: longer over shorter axis
    double angle = 0;  ///< of the longer axis, degrees anticlockwise from east
    std::size_t first_period = 0;
    std::size_t last_period = 0; ///< inclusive
    std::int64_t observed = 0;
    double expected = 0;
    /// Risk inside over risk outside; infinite if nothing is outside. Of the permutation scan,
    /// which knows no risk, it is observed over expected.
    double relative_risk = 0;
    double ratio = 0; ///< log-likelihood ratio, after the penalty
    /// Share of replicates, the data among them, whose best window is at least as unlikely.
    std::optional<double> p;
    /// The same from a Gumbel distribution with the replicates' mean and variance (Abrams and
    /// others 2010), which can tell values under 1 / (replicates + 1).
    std::optional<double> gumbel_p;
};

struct ScanResult {
    /// By ratio, the most unlikely first; none shares an area with one before it. Each is the best
    /// window around its centre.
    std::vector<ScanCluster> clusters;
    std::int64_t cases = 0;
    std::vector<double> maxima; ///< the best ratio of each replicate
};

/// Purely spatial Poisson scan (Kulldorff 1997): cases against population, or against any expected
/// numbers, whose scale is of no account. Both have an entry an area.
ScanResult spatial_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                        std::span<const double> population, const ScanSettings &settings = {},
                        const Watch &watch = {});

/// Space-time Poisson scan with cylinders (Kulldorff and others 1998). Both tables are area-major.
ScanResult space_time_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                           std::span<const double> population, const ScanPeriods &periods,
                           const ScanSettings &settings = {}, const Watch &watch = {});

/// Space-time permutation scan (Kulldorff and others 2005): needs no population, and finds only
/// where and when together are unusual. Expected is area's total x period's total / all.
ScanResult permutation_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                            const ScanPeriods &periods, const ScanSettings &settings = {},
                            const Watch &watch = {});

} // namespace wardmote::stats
