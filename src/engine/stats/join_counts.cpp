#include "engine/stats/join_counts.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace wardmote::stats {

namespace {

/// both, neither, mixed.
void count(std::span<const double> ones, const SpatialWeights &weights, std::span<double> joins) {
    std::fill(joins.begin(), joins.end(), 0);
    for (std::size_t i = 0; i < ones.size(); ++i) {
        const auto neighbours = weights.neighbours(i);
        const auto row = weights.values(i);
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            const double there = ones[neighbours[at]];
            joins[ones[i] != there ? 2 : ones[i] == 1 ? 0 : 1] += row[at] / 2;
        }
    }
}

/// n (n - 1) ... of `times` factors.
double falling(double n, int times) {
    return times == 0 ? 1 : n * falling(n - 1, times - 1);
}

/// Joins of one kind among `alike` of `n` areas.
Autocorrelation same(double observed, double alike, double n, const WeightSums &w) {
    const double expected = w.s0 * falling(alike, 2) / (2 * falling(n, 2));
    const double square = (w.s1 * falling(alike, 2) / falling(n, 2) +
                           (w.s2 - 2 * w.s1) * falling(alike, 3) / falling(n, 3) +
                           (w.s0 * w.s0 + w.s1 - w.s2) * falling(alike, 4) / falling(n, 4)) /
                          4;
    return {.observed = observed,
            .expected = expected,
            .randomised = moments(observed, expected, square - expected * expected)};
}

Autocorrelation mixed(double observed, double ones, double n, const WeightSums &w) {
    const double noughts = n - ones;
    const double expected = w.s0 * ones * noughts / falling(n, 2);
    const double square =
        (2 * w.s1 * ones * noughts / falling(n, 2) +
         (w.s2 - 2 * w.s1) * ones * noughts * (n - 2) / falling(n, 3) +
         4 * (w.s0 * w.s0 + w.s1 - w.s2) * falling(ones, 2) * falling(noughts, 2) / falling(n, 4)) /
        4;
    return {.observed = observed,
            .expected = expected,
            .randomised = moments(observed, expected, square - expected * expected)};
}

double yates(double both, double neither, double mixed) {
    const double half = mixed / 2;
    const double all = both + neither + mixed;
    const double ones = both + half;
    const double noughts = neither + half;
    double sum = 0;
    for (const auto &[seen, expected] : {std::pair{both, ones * ones / all},
                                         {neither, noughts * noughts / all},
                                         {half, ones * noughts / all},
                                         {half, ones * noughts / all}}) {
        if (!(expected > 0))
            return 0;
        const double off = std::fabs(seen - expected);
        sum += std::pow(off - std::min(0.5, off), 2) / expected;
    }
    return sum;
}

} // namespace

std::optional<JoinCounts> join_counts(std::span<const double> ones, const SpatialWeights &weights,
                                      const PermutationOptions &options) {
    if (ones.size() != weights.size() ||
        !std::all_of(ones.begin(), ones.end(), [](double one) { return one == 0 || one == 1; }))
        throw std::invalid_argument{"Join counts need a 1 or a 0 for each area."};
    const auto n = static_cast<double>(ones.size());
    const auto number = static_cast<double>(std::count(ones.begin(), ones.end(), 1.0));
    if (ones.size() < 4 || number == 0 || number == n || weights.links() == 0)
        return std::nullopt;

    double joins[3];
    count(ones, weights, joins);
    const WeightSums w = sums(weights);
    JoinCounts result{.both = same(joins[0], number, n, w),
                      .neither = same(joins[1], n - number, n, w),
                      .mixed = mixed(joins[2], number, n, w),
                      .joins = w.s0 / 2,
                      .chi_square = yates(joins[0], joins[1], joins[2])};
    result.chi_square_p = std::erfc(std::sqrt(result.chi_square / 2));
    if (options.replicates > 0) {
        const auto permuted = permute(
            ones, 3,
            [&](std::span<const double> dealt, std::span<double> out) {
                count(dealt, weights, out);
            },
            options);
        result.both.permuted = permuted[0];
        result.neither.permuted = permuted[1];
        result.mixed.permuted = permuted[2];
    }
    return result;
}

} // namespace wardmote::stats
