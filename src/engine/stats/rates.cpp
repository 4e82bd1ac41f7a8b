#include "engine/stats/rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>

namespace wardmote::stats {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool usable(double value) {
    return std::isfinite(value) && value >= 0;
}

bool usable_level(double level) {
    return level > 0 && level < 1;
}

double normal_quantile(double at) {
    return boost::math::quantile(boost::math::normal{}, at);
}

double gamma_quantile(double shape, double scale, double at) {
    return boost::math::quantile(boost::math::gamma_distribution<>{shape, scale}, at);
}

bool usable(std::span<const Stratum> strata) {
    return std::all_of(strata.begin(), strata.end(), [](const Stratum &one) {
        return usable(one.count) && std::isfinite(one.population) && one.population > 0;
    });
}

Interval times(Interval interval, double factor) {
    return {interval.low * factor, interval.high * factor};
}

} // namespace

std::optional<Interval> poisson_interval(double count, double level) {
    if (!usable(count) || !usable_level(level))
        return std::nullopt;
    const double tail = (1 - level) / 2;
    return Interval{count > 0 ? gamma_quantile(count, 1, tail) : 0,
                    gamma_quantile(count + 1, 1, 1 - tail)};
}

std::optional<Interval> byar_interval(double count, double level) {
    if (!usable(count) || !usable_level(level))
        return std::nullopt;
    const double z = normal_quantile(1 - (1 - level) / 2);
    const auto side = [z](double n, double sign) {
        return n * std::pow(1 - 1 / (9 * n) + sign * z / (3 * std::sqrt(n)), 3);
    };
    return Interval{count > 0 ? std::max(0.0, side(count, -1)) : 0, side(count + 1, 1)};
}

std::optional<Rate> rate(double count, double population, double per, double level) {
    const auto interval = poisson_interval(count, level);
    if (!interval || !std::isfinite(population) || !(population > 0))
        return std::nullopt;
    const double factor = per / population;
    return Rate{count * factor, times(*interval, factor), count, population};
}

std::optional<Rate> directly_standardised(std::span<const Stratum> area,
                                          std::span<const double> standard, double per,
                                          double level) {
    if (area.empty() || area.size() != standard.size() || !usable(area) || !usable_level(level))
        return std::nullopt;
    double everyone = 0;
    for (const double people : standard) {
        if (!usable(people))
            return std::nullopt;
        everyone += people;
    }
    if (everyone == 0)
        return std::nullopt;
    Rate result;
    double variance = 0;
    double largest = 0;
    for (std::size_t i = 0; i < area.size(); ++i) {
        const double weight = standard[i] / everyone / area[i].population;
        result.count += area[i].count;
        result.population += area[i].population;
        result.value += weight * area[i].count;
        variance += weight * weight * area[i].count;
        largest = std::max(largest, weight);
    }
    const double tail = (1 - level) / 2;
    const double value = result.value;
    if (value > 0)
        result.interval.low = gamma_quantile(value * value / variance, variance / value, tail);
    const double upper_mean = value + largest;
    const double upper_variance = variance + largest * largest;
    result.interval.high = gamma_quantile(upper_mean * upper_mean / upper_variance,
                                          upper_variance / upper_mean, 1 - tail);
    result.value *= per;
    result.interval = times(result.interval, per);
    return result;
}

std::optional<Standardised> indirectly_standardised(std::span<const Stratum> area,
                                                    std::span<const Stratum> standard, double per,
                                                    double level, IndirectInterval method) {
    if (area.empty() || area.size() != standard.size() || !usable(area) || !usable(standard) ||
        !usable_level(level))
        return std::nullopt;
    Standardised result;
    double standard_count = 0;
    double standard_people = 0;
    double people = 0;
    for (std::size_t i = 0; i < area.size(); ++i) {
        result.observed += area[i].count;
        result.expected += area[i].population * standard[i].count / standard[i].population;
        people += area[i].population;
        standard_count += standard[i].count;
        standard_people += standard[i].population;
    }
    if (!(result.expected > 0))
        return std::nullopt;
    result.ratio = result.observed / result.expected;
    if (method == IndirectInterval::log_normal) {
        const double z = normal_quantile(1 - (1 - level) / 2);
        const double spread = z / std::sqrt(result.observed);
        result.ratio_interval = result.observed > 0 ? Interval{result.ratio * std::exp(-spread),
                                                               result.ratio * std::exp(spread)}
                                                    : Interval{0, infinity};
    } else {
        const auto interval = method == IndirectInterval::byar
                                  ? byar_interval(result.observed, level)
                                  : poisson_interval(result.observed, level);
        result.ratio_interval = times(*interval, 1 / result.expected);
    }
    const double overall = per * standard_count / standard_people;
    result.rate = {overall * result.ratio, times(result.ratio_interval, overall), result.observed,
                   people};
    return result;
}

} // namespace wardmote::stats
