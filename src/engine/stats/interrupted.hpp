/// Did the level or the course of a series change when something was done? Interrupted time series:
/// quasi-Poisson regression on trend and season with a step and a bend (Bernal and others 2017).
#pragma once

#include <optional>

#include "engine/stats/change.hpp"
#include "engine/stats/series.hpp"

namespace wardmote::stats {

enum class ErrorsFrom {
    dispersion, ///< months independent of each other, varying more than chance
    newey_west, ///< neighbouring months alike (Newey and West 1987), Bartlett weights
};

struct InterruptedOptions {
    ErrorsFrom errors = ErrorsFrom::newey_west;
    int lags = -1;    ///< of Newey and West; below nought: 4 (months / 100)^(2/9), rounded down
    bool bend = true; ///< also a change of the trend
    double level = 0.95;
};

/// A ratio with its interval and two-sided p-value.
struct RatioEstimate {
    double ratio = 1;
    Interval interval = {};
    double p = 1;
};

struct InterruptedSeries {
    RatioEstimate step;    ///< level in the first month after over what it would have been
    RatioEstimate bend;    ///< yearly change after over yearly change before; 1 without one
    double dispersion = 1; ///< at least 1
    double neighbours = 0; ///< correlation of neighbouring months' residuals
    double counted = 0;    ///< over the months after that have a figure
    double without = 0;    ///< what was expected of them without step and bend
    int months_before = 0;
    int months_after = 0;
};

/// Months without a figure are passed over; those before the latest declared break up to
/// `first_after` are left out. Nothing with fewer than 18 months before, 6 after, or 24 in all,
/// with a declared break later than `first_after`, without a crime on either side, or when the
/// options make no sense.
std::optional<InterruptedSeries> interrupted_series(const MonthlySeries &series,
                                                    core::Month first_after,
                                                    const InterruptedOptions &options = {});

} // namespace wardmote::stats
