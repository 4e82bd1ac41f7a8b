#include "engine/stats/autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace wardmote::stats {

namespace {

/// Sum over pairs of weight times term(value here, value there).
double over_pairs(std::span<const double> values, const SpatialWeights &weights, const auto &term) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto neighbours = weights.neighbours(i);
        const auto row = weights.values(i);
        double here = 0;
        for (std::size_t at = 0; at < neighbours.size(); ++at)
            here += row[at] * term(values[i], values[neighbours[at]]);
        sum += here;
    }
    return sum;
}

double power_sum(std::span<const double> values, int power) {
    return std::accumulate(values.begin(), values.end(), 0.0, [power](double sum, double value) {
        return sum + std::pow(value, power);
    });
}

bool usable(std::span<const double> values, const SpatialWeights &weights) {
    if (values.size() != weights.size())
        throw std::invalid_argument{"A spatial statistic needs a value for each area."};
    return values.size() >= 4 && weights.links() > 0 &&
           std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }) &&
           std::any_of(values.begin(), values.end(), [&](double v) { return v != values[0]; });
}

std::vector<double> deviations(std::span<const double> values) {
    const double mean = power_sum(values, 1) / static_cast<double>(values.size());
    std::vector<double> result(values.begin(), values.end());
    for (double &value : result)
        value -= mean;
    return result;
}

/// Where `statistic` of the values stands among itself of the values dealt out again, if asked.
std::optional<Permuted> permuted(std::span<const double> values, const PermutationOptions &options,
                                 const auto &statistic) {
    if (options.replicates == 0)
        return std::nullopt;
    const auto one = [&](std::span<const double> dealt, std::span<double> out) {
        out[0] = statistic(dealt);
    };
    return permute(values, 1, one, options).at(0);
}

double product(double here, double there) {
    return here * there;
}

double squared_difference(double here, double there) {
    return (here - there) * (here - there);
}

/// What moments need of the values and the weights, by the names of the books.
struct Terms {
    explicit Terms(const std::vector<double> &z, const SpatialWeights &weights)
        : n{static_cast<double>(z.size())}
        , m2{power_sum(z, 2)}
        , kurtosis{n * power_sum(z, 4) / (m2 * m2)}
        , w{sums(weights)} {}

    double n;
    double m2; ///< sum of squared deviations
    double kurtosis;
    WeightSums w;
};

} // namespace

Moments moments(double observed, double expected, double variance) {
    if (!(variance > 0))
        return {};
    const double z = (observed - expected) / std::sqrt(variance);
    return {variance, z, std::erfc(std::fabs(z) / std::numbers::sqrt2)};
}

std::optional<Autocorrelation> moran(std::span<const double> values, const SpatialWeights &weights,
                                     const PermutationOptions &options) {
    if (!usable(values, weights))
        return std::nullopt;
    const auto z = deviations(values);
    const Terms t{z, weights};
    const auto [s0, s1, s2] = t.w;
    const double n = t.n;
    const auto statistic = [&](std::span<const double> dealt) {
        return n / s0 * over_pairs(dealt, weights, product) / t.m2;
    };
    Autocorrelation result{.observed = statistic(z), .expected = -1 / (n - 1)};
    const double square = result.expected * result.expected;
    const double normal = (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - square;
    const double randomised = (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) -
                               t.kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
                                  ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
                              square;
    result.normal = moments(result.observed, result.expected, normal);
    result.randomised = moments(result.observed, result.expected, randomised);
    result.permuted = permuted(z, options, statistic);
    return result;
}

std::optional<Autocorrelation> geary(std::span<const double> values, const SpatialWeights &weights,
                                     const PermutationOptions &options) {
    if (!usable(values, weights))
        return std::nullopt;
    const auto z = deviations(values);
    const Terms t{z, weights};
    const auto [s0, s1, s2] = t.w;
    const double n = t.n;
    const double k = t.kurtosis;
    const auto statistic = [&](std::span<const double> dealt) {
        return (n - 1) * over_pairs(dealt, weights, squared_difference) / (2 * s0 * t.m2);
    };
    Autocorrelation result{.observed = statistic(z), .expected = 1};
    const double normal = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0);
    const double randomised = ((n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * k) -
                               (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k) / 4 +
                               s0 * s0 * (n * n - 3 - (n - 1) * (n - 1) * k)) /
                              (n * (n - 2) * (n - 3) * s0 * s0);
    result.normal = moments(result.observed, 1, normal);
    result.randomised = moments(result.observed, 1, randomised);
    result.permuted = permuted(z, options, statistic);
    return result;
}

std::optional<Autocorrelation> general_g(std::span<const double> values,
                                         const SpatialWeights &weights,
                                         const PermutationOptions &options) {
    if (!usable(values, weights) ||
        std::any_of(values.begin(), values.end(), [](double value) { return value < 0; }))
        return std::nullopt;
    const auto n = static_cast<double>(values.size());
    const double m1 = power_sum(values, 1);
    const double m2 = power_sum(values, 2);
    const double m3 = power_sum(values, 3);
    const double m4 = power_sum(values, 4);
    const double pairs = m1 * m1 - m2; // sum over i != j of the product of values
    if (!(pairs > 1e-12 * m1 * m1))
        return std::nullopt; // one area has everything
    const auto [s0, s1, s2] = sums(weights);
    const auto statistic = [&](std::span<const double> dealt) {
        return over_pairs(dealt, weights, product) / pairs;
    };
    Autocorrelation result{.observed = statistic(values), .expected = s0 / (n * (n - 1))};
    const double b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0;
    const double b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0);
    const double b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0);
    const double b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0;
    const double b4 = s1 - s2 + s0 * s0;
    const double square =
        (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1) /
        (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3));
    result.randomised =
        moments(result.observed, result.expected, square - result.expected * result.expected);
    result.permuted = permuted(values, options, statistic);
    return result;
}

} // namespace wardmote::stats
