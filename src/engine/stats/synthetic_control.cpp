#include "engine/stats/synthetic_control.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/stats/nearest_mixture.hpp"

namespace wardmote::stats {

namespace {

using Areas = std::vector<std::span<const double>>;

bool complete(std::span<const double> series) {
    return std::all_of(series.begin(), series.end(),
                       [](double value) { return std::isfinite(value) && value >= 0; });
}

double root_mean_square(std::span<const double> actual, std::span<const double> synthetic,
                        std::size_t from, std::size_t to) {
    double squares = 0;
    for (std::size_t month = from; month < to; ++month)
        squares += (actual[month] - synthetic[month]) * (actual[month] - synthetic[month]);
    return std::sqrt(squares / static_cast<double>(to - from));
}

double ratio_of(double after, double before, std::span<const double> actual) {
    // What is left of a perfect fit is rounding.
    const double largest = *std::max_element(actual.begin(), actual.end());
    if (before > 1e-9 * largest)
        return after / before;
    return after > 1e-9 * largest ? std::numeric_limits<double>::infinity() : 0;
}

/// The mixture of `others` nearest to `treated` before, and how it does after.
SyntheticControl fitted(std::span<const double> treated, const Areas &others,
                        std::size_t first_after) {
    std::vector<double> before;
    for (const auto &one : others)
        before.insert(before.end(), one.begin(),
                      one.begin() + static_cast<std::ptrdiff_t>(first_after));
    SyntheticControl result;
    result.weights = nearest_mixture(treated.first(first_after), {before, first_after});
    result.synthetic.assign(treated.size(), 0);
    for (std::size_t i = 0; i < others.size(); ++i)
        for (std::size_t month = 0; month < treated.size(); ++month)
            result.synthetic[month] += result.weights[i] * others[i][month];
    result.miss_before = root_mean_square(treated, result.synthetic, 0, first_after);
    result.miss_after = root_mean_square(treated, result.synthetic, first_after, treated.size());
    result.ratio = ratio_of(result.miss_after, result.miss_before, treated);
    for (std::size_t month = first_after; month < treated.size(); ++month)
        result.effect += treated[month] - result.synthetic[month];
    return result;
}

} // namespace

std::optional<SyntheticControl> synthetic_control(std::span<const double> treated,
                                                  const SeriesTable &others,
                                                  std::size_t first_after, const Watch &watch) {
    constexpr std::size_t fewest_before = 2;
    constexpr std::size_t fewest_others = 2;
    if (!others.whole() || others.months != treated.size() || first_after < fewest_before ||
        first_after >= treated.size() || !complete(treated))
        return std::nullopt;
    Areas usable;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < others.size(); ++row) {
        if (!complete(others.series(row)))
            continue;
        usable.push_back(others.series(row));
        rows.push_back(row);
    }
    if (usable.size() < fewest_others)
        return std::nullopt;
    SyntheticControl result = fitted(treated, usable, first_after);
    std::vector<double> weights(others.size(), 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i)
        weights[rows[i]] = result.weights[i];
    result.weights = std::move(weights);
    result.placebo_ratios.assign(others.size(), std::numeric_limits<double>::quiet_NaN());
    for_each_part(usable.size(), watch, [&](std::size_t i) {
        Areas rest = usable;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        result.placebo_ratios[rows[i]] = fitted(usable[i], rest, first_after).ratio;
    });
    for (const std::size_t row : rows)
        result.rank += result.placebo_ratios[row] >= result.ratio ? 1 : 0;
    result.areas = static_cast<int>(usable.size()) + 1;
    result.p = static_cast<double>(result.rank) / result.areas;
    return result;
}

} // namespace wardmote::stats
