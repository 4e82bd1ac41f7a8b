#include "engine/stats/level_drift.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace wardmote::stats {

double level_drift(const MonthlySeries &series, core::Month last, double dispersion) {
    constexpr int quarter = 3;
    constexpr int most_quarters = 20;
    // The means of two successive runs of n months of a random walk differ by a variance of
    // (2n^2 + 1) / 3n of its steps.
    constexpr double steps = (2.0 * quarter * quarter + 1) / (3.0 * quarter);
    core::Month from = series.first;
    for (const SeriesBreak &one : series.breaks)
        from = one.month <= last ? std::max(from, one.month) : from;
    double excess = 0; // squared changes in variances of chance, less one each
    double precision = 0;
    int changes = 0;
    std::optional<double> later;
    for (int i = 0; i < most_quarters; ++i) {
        const core::Month end = last - quarter * i;
        if (end - from < quarter - 1)
            break;
        const auto count = sum(series, {end - (quarter - 1), end});
        if (count && later) {
            const double before = *count + 0.5; // so that noughts have a log
            const double after = *later + 0.5;
            const double chance = std::max(1.0, dispersion) * (1 / before + 1 / after);
            const double change = std::log(after / before);
            excess += change * change / chance - 1;
            precision += 1 / chance;
            ++changes;
        }
        later = count;
    }
    return changes < 2 ? 0 : std::max(0.0, excess / precision / steps);
}

} // namespace wardmote::stats
