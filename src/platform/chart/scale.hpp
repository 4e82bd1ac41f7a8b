/// Scales: from values to places on the picture, with round ticks.
#pragma once

#include <string>
#include <vector>

namespace wardmote::chart {

/// Ticks at multiples of a round step (1, 2 or 5 times a power of ten).
struct Ticks {
    double low = 0;  ///< the first tick
    double high = 1; ///< the last tick
    double step = 1;
    int decimals = 0; ///< a tick needs as printed

    std::vector<double> each() const;
    std::string text(double tick) const;
};

/// The finest ticks, at most `at_most` (2 or more), of which the first is at or below `low` and
/// the last at or above `high`. With `whole`, no step is below one. Infinite and unequal bounds
/// are the caller's mistake; equal ones are widened.
Ticks nice_ticks(double low, double high, int at_most, bool whole = false);

/// A straight map of values [low, high] to places [from, to].
struct Scale {
    double low = 0;
    double high = 1;
    double from = 0;
    double to = 1;

    double operator()(double value) const {
        return from + (value - low) / (high - low) * (to - from);
    }
};

} // namespace wardmote::chart
