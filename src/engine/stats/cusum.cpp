#include "engine/stats/cusum.hpp"

#include <algorithm>
#include <cmath>

namespace wardmote::stats {

std::vector<CusumPoint> cusum(std::span<const double> counts, std::span<const double> expected,
                              const CusumOptions &options) {
    if (expected.size() != counts.size() && expected.size() != 1)
        return {};
    const double widening = std::sqrt(std::max(1.0, options.dispersion));
    std::vector<CusumPoint> points;
    CusumPoint now;
    for (std::size_t month = 0; month < counts.size(); ++month) {
        const double count = counts[month];
        const double mean = expected[expected.size() == 1 ? 0 : month];
        if (now.alarm && options.restart)
            now = {};
        now.alarm = false;
        if (std::isfinite(count) && count >= 0 && std::isfinite(mean) && mean > 0) {
            const double root = std::sqrt(mean);
            const double scaled =
                options.scale == CusumScale::standard
                    ? (count - mean) / root
                    : (count - 3 * mean + 2 * std::sqrt(count * mean)) / (2 * root);
            now.sum = std::max(0.0, now.sum + scaled / widening - options.allowance);
            now.alarm = now.sum >= options.limit;
        }
        now.months = now.sum > 0 ? now.months + 1 : 0;
        points.push_back(now);
    }
    return points;
}

} // namespace wardmote::stats
