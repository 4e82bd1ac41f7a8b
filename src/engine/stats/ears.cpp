#include "engine/stats/ears.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace wardmote::stats {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t gap = 2; // months that c2 and c3 leave between

struct Usual {
    double mean = missing;
    double sigma = missing;
};

/// Mean and standard deviation of the `length` months that end `before` months before `month`.
Usual usual_before(std::span<const double> counts, std::size_t month, std::size_t length,
                   std::size_t before) {
    if (month < length + before)
        return {};
    const auto window = counts.subspan(month - before - length, length);
    double sum = 0;
    for (const double count : window) {
        if (!std::isfinite(count) || count < 0)
            return {};
        sum += count;
    }
    const double mean = sum / static_cast<double>(length);
    double squares = 0;
    for (const double count : window)
        squares += (count - mean) * (count - mean);
    return {mean, std::sqrt(squares / static_cast<double>(length - 1))};
}

} // namespace

std::vector<double> ears_bounds(std::span<const double> counts, EarsRule rule,
                                const EarsOptions &options) {
    std::vector<double> bounds(counts.size(), missing);
    if (options.baseline < 3 || options.baseline > 1200 || !(options.least_sigma >= 0) ||
        !(options.alpha > 0) || !(options.alpha < 1))
        return bounds;
    const auto length = static_cast<std::size_t>(options.baseline);
    const bool student = options.allow_for_few && rule != EarsRule::c3;
    const double few = options.baseline;
    const double deviations =
        student ? quantile(complement(boost::math::students_t{few - 1}, options.alpha)) *
                      std::sqrt(1 + 1 / few)
                : quantile(complement(boost::math::normal{}, options.alpha));
    std::vector<double> excess(counts.size(), missing); // c3: standardised, above one
    for (std::size_t month = 0; month < counts.size(); ++month) {
        Usual usual = usual_before(counts, month, length, rule == EarsRule::c1 ? 0 : gap);
        usual.sigma = std::max(usual.sigma, options.least_sigma);
        if (rule != EarsRule::c3) {
            if (student)
                usual.sigma = std::max(usual.sigma, std::sqrt(std::max(usual.mean, 1.0)));
            bounds[month] = usual.mean + deviations * usual.sigma;
            continue;
        }
        const double count = counts[month] >= 0 ? counts[month] : missing;
        const double above = (count - usual.mean) / usual.sigma - 1;
        excess[month] = above < 0 ? 0 : above;
        if (month < gap)
            continue;
        const double before = excess[month - 1] + excess[month - 2];
        const double bound = count + usual.sigma * (deviations - before);
        bounds[month] = bound < 0 ? 0 : bound;
    }
    return bounds;
}

} // namespace wardmote::stats
