#include "engine/stats/before_after.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

namespace wardmote::stats {

namespace {

/// A month in which both places have a figure.
struct Pair {
    double target = 0;
    double control = 0;
    double time = 0; ///< years
    bool after = false;
    double sum() const { return target + control; }
};

struct Sums {
    double target = 0;
    double control = 0;
    int months = 0;
};

std::vector<Pair> pairs_of(std::span<const double> target, std::span<const double> control,
                           std::size_t first_after) {
    const auto usable = [](double count) { return std::isfinite(count) && count >= 0; };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < std::min(target.size(), control.size()); ++i)
        if (usable(target[i]) && usable(control[i]))
            pairs.push_back({target[i], control[i], static_cast<double>(i) / 12, i >= first_after});
    return pairs;
}

Sums sums_of(const std::vector<Pair> &pairs, bool after) {
    Sums sums;
    for (const Pair &pair : pairs) {
        if (pair.after != after)
            continue;
        sums.target += pair.target;
        sums.control += pair.control;
        ++sums.months;
    }
    return sums;
}

double two_sided(double t, double freedom) {
    return 2 * boost::math::cdf(
                   complement(boost::math::students_t_distribution<>{freedom}, std::fabs(t)));
}

/// Pearson's statistic of each month's part about the fitted part, over its degrees of freedom.
template <class Part>
double dispersion_about(const std::vector<Pair> &pairs, double freedom, Part &&part) {
    double squares = 0;
    for (const Pair &pair : pairs) {
        const double p = part(pair);
        const double variance = pair.sum() * p * (1 - p);
        const double miss = pair.target - pair.sum() * p;
        squares += variance > 0 ? miss * miss / variance : 0;
    }
    return std::max(1.0, squares / freedom);
}

double logistic(double log_odds) {
    return 1 / (1 + std::exp(-log_odds));
}

/// Logistic regression of the target's part on time, over the months before: slope and p-value.
void set_drift(std::vector<Pair> pairs, DifferenceInDifferences &result) {
    std::erase_if(pairs, [](const Pair &pair) { return pair.after || pair.sum() == 0; });
    constexpr std::size_t fewest = 6;
    const Sums sums = sums_of(pairs, false);
    if (pairs.size() < fewest || sums.target == 0 || sums.control == 0)
        return;
    double intercept = std::log(sums.target / sums.control);
    double slope = 0;
    double variance = 0;
    const double origin = pairs.front().time;
    for (int round = 0; round < 50; ++round) {
        double weight = 0, first = 0, second = 0, score = 0, time_score = 0;
        for (const Pair &pair : pairs) {
            const double time = pair.time - origin;
            const double p = logistic(intercept + slope * time);
            const double w = pair.sum() * p * (1 - p);
            weight += w;
            first += w * time;
            second += w * time * time;
            score += pair.target - pair.sum() * p;
            time_score += (pair.target - pair.sum() * p) * time;
        }
        const double determinant = weight * second - first * first;
        if (!(determinant > 1e-12 * weight * second))
            return; // no spread, or parts of nought and one: no slope is best
        variance = weight / determinant;
        const double step = (weight * time_score - first * score) / determinant;
        slope += step;
        intercept += (second * score - first * time_score) / determinant;
        if (std::fabs(step) < 1e-10)
            break;
    }
    const auto freedom = static_cast<double>(pairs.size() - 2);
    const double dispersion = dispersion_about(pairs, freedom, [&](const Pair &pair) {
        return logistic(intercept + slope * (pair.time - origin));
    });
    result.drift = slope;
    result.drift_p = two_sided(slope / std::sqrt(dispersion * variance), freedom);
}

} // namespace

std::optional<DifferenceInDifferences> difference_in_differences(std::span<const double> target,
                                                                 std::span<const double> control,
                                                                 std::size_t first_after,
                                                                 double level) {
    if (target.size() != control.size() || !(level > 0) || !(level < 1))
        return std::nullopt;
    const auto pairs = pairs_of(target, control, first_after);
    Sums before = sums_of(pairs, false);
    Sums after = sums_of(pairs, true);
    constexpr int fewest = 2;
    if (before.months < fewest || after.months < fewest || before.control + after.control == 0)
        return std::nullopt;
    const double counted = after.target;
    if (before.target == 0 || before.control == 0 || after.target == 0 || after.control == 0)
        for (double *sum : {&before.target, &before.control, &after.target, &after.control})
            *sum += 0.5;
    DifferenceInDifferences result;
    const double freedom = static_cast<double>(pairs.size()) - 2;
    result.dispersion = dispersion_about(pairs, freedom, [&](const Pair &pair) {
        const Sums &side = pair.after ? after : before;
        return side.target / (side.target + side.control);
    });
    const double log_ratio =
        std::log(after.target / before.target) - std::log(after.control / before.control);
    result.standard_error = std::sqrt(result.dispersion * (1 / before.target + 1 / before.control +
                                                           1 / after.target + 1 / after.control));
    const double reach =
        boost::math::quantile(boost::math::students_t_distribution<>{freedom}, (1 + level) / 2) *
        result.standard_error;
    result.ratio = std::exp(log_ratio);
    result.interval = {std::exp(log_ratio - reach), std::exp(log_ratio + reach)};
    result.p = two_sided(log_ratio / result.standard_error, freedom);
    result.without = counted / result.ratio;
    result.prevented = result.without - counted;
    result.prevented_interval = {counted / result.interval.high - counted,
                                 counted / result.interval.low - counted};
    set_drift(pairs, result);
    return result;
}

} // namespace wardmote::stats
