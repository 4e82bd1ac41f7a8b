/// Is a change more than chance? Two counts, their ratio with an interval, and a verdict.
///
/// Given the sum of two Poisson counts, one of them is binomial; that makes the test exact
/// (Przyborowski and Wilenski 1940). The interval is the mid-p interval (Lancaster 1961), which
/// holds near its level on average where the plain exact one is too wide.
#pragma once

#include <optional>

#include "engine/stats/series.hpp"

namespace wardmote::stats {

/// Lower and upper bound. `high` may be infinite.
struct Interval {
    double low = 0;
    double high = 0;
    bool contains(double value) const { return low <= value && value <= high; }
    bool operator==(const Interval &) const = default;
};

enum class Verdict { rise, fall, no_clear_change, not_calculable };

struct ChangeOptions {
    double exposure_before = 1; ///< length, people or households at risk behind each count
    double exposure_now = 1;
    /// Variance over mean, at least 1: 1 for pure chance, more for series that jump about. Below 1
    /// counts as 1.
    double dispersion = 1;
    double level = 0.95;
};

/// Below this base a per cent is not shown as a headline (handbook 6.1).
inline constexpr double smallest_base_for_percent = 20;

struct Change {
    double before = 0;
    double now = 0;
    double difference = 0; ///< now - before, in counts
    std::optional<double> ratio =
        {}; ///< rate now over rate before; nothing when the base is nought
    std::optional<double> percent = {}; ///< 100 (ratio - 1)
    Interval interval = {};             ///< of the ratio; high is infinite when the base is nought
    double p = 1;     ///< exact two-sided, of no change (minimum likelihood, as R's poisson.test);
                      ///< the mid-p value when dispersion is above 1
    double mid_p = 1; ///< twice the smaller mid-p tail: under 0.05 exactly when the interval
                      ///< leaves 1 out
    double dispersion = 1;
    double level = 0.95;
    Verdict verdict = Verdict::not_calculable;
    bool percent_suppressed = false; ///< base under 20: say the two numbers instead
    /// Interval of the change in per cent.
    Interval percent_interval() const;
};

/// Compares two counts. Not whole numbers are taken as they are. Negative, not finite, both
/// nought, or an exposure that is not above nought: verdict not_calculable. A base of nought has
/// no ratio; its verdict too is not_calculable, whatever stands against it.
Change compare_counts(double before, double now, const ChangeOptions &options = {});

/// Compares a pair of periods that may be compared; a refused one gives not_calculable.
Change compare_counts(const PeriodPair &pair, const ChangeOptions &options = {});

/// How much more a monthly series varies than chance would make it: the Pearson statistic over
/// its degrees of freedom of a Poisson regression on season and trend, over the months up to and
/// including `last` (at most 60, after the last declared break). At least 1; nothing when fewer
/// than 24 months have a figure or all are nought.
std::optional<double> estimate_dispersion(const MonthlySeries &series, core::Month last);

} // namespace wardmote::stats
