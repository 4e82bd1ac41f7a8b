#include "platform/chart/scale.hpp"

#include <cmath>

#include "engine/core/text.hpp"

namespace wardmote::chart {

std::vector<double> Ticks::each() const {
    std::vector<double> ticks;
    const auto first = std::llround(low / step);
    const auto last = std::llround(high / step);
    for (auto i = first; i <= last; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

std::string Ticks::text(double tick) const {
    return core::number(tick, decimals);
}

Ticks nice_ticks(double low, double high, int at_most, bool whole) {
    if (!(high > low))
        high = low + 1;
    const double least = (high - low) / std::max(1, at_most - 1);
    int power = static_cast<int>(std::floor(std::log10(least)));
    if (whole && power < 0)
        power = 0;
    for (;; ++power) {
        for (const double digit : {1.0, 2.0, 5.0}) {
            const double step =
                power < 0 ? digit / std::pow(10.0, -power) : digit * std::pow(10.0, power);
            // A hair's breadth, so that 0.3 / 0.1 needs three steps and not four.
            const double first = std::floor(low / step + 1e-9);
            const double last = std::ceil(high / step - 1e-9);
            if (last - first + 1 <= at_most)
                return {first * step, last * step, step, power < 0 ? -power : 0};
        }
    }
}

} // namespace wardmote::chart
