#include "engine/stats/local_autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace wardmote::stats {

namespace {

/// Sums of powers of deviations from the mean of all areas.
struct Powers {
    explicit Powers(std::span<const double> deviations)
        : n{static_cast<double>(deviations.size())} {
        for (const double z : deviations) {
            m2 += z * z;
            m3 += z * z * z;
            m4 += z * z * z * z;
        }
    }
    double n;
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
};

struct Row {
    explicit Row(std::span<const double> weights) {
        for (const double weight : weights) {
            sum += weight;
            squares += weight * weight;
            most = std::max(most, weight);
        }
    }
    double sum = 0;
    double squares = 0;
    double most = 0;
};

/// Mean and variance of a weighted sum of values drawn without replacement.
struct Drawn {
    /// From `from` values with this sum and sum of squares.
    Drawn(const Row &row, double from, double total, double squares)
        : mean{row.sum * total / from} {
        const double spread = squares / from - total * total / (from * from);
        const double free = (from * row.squares - row.sum * row.sum) / (from - 1);
        // Where all are equal or all are drawn nothing varies; rounding leaves a trace.
        if (spread > 1e-14 * squares / from && free > 1e-14 * row.squares)
            variance = spread * free;
    }
    double mean;
    double variance = 0;
    double z(double seen) const { return variance > 0 ? (seen - mean) / std::sqrt(variance) : 0; }
};

Quadrant quadrant(double here, double around) {
    if (here > 0)
        return around > 0 ? Quadrant::high_high : Quadrant::high_low;
    return around > 0 ? Quadrant::low_high : Quadrant::low_low;
}

LocalAutocorrelation local(std::size_t i, std::span<const double> z, const Powers &all,
                           const SpatialWeights &weights) {
    const auto neighbours = weights.neighbours(i);
    const auto row_values = weights.values(i);
    const double here = z[i];
    double sum = 0;
    double unlike = 0;
    for (std::size_t at = 0; at < neighbours.size(); ++at) {
        const double there = z[neighbours[at]];
        sum += row_values[at] * there;
        unlike += row_values[at] * (here - there) * (here - there);
    }
    LocalAutocorrelation result;
    Row row{row_values};
    if (!neighbours.empty()) {
        const double m2 = all.m2 / all.n;
        // The others' deviations sum to -here.
        const Drawn around{row, all.n - 1, -here, all.m2 - here * here};
        result.quadrant = quadrant(here, sum);
        result.moran = here / m2 * sum;
        result.moran_expected = here / m2 * around.mean;
        result.moran_variance = here * here / (m2 * m2) * around.variance;
        result.gi = around.z(sum);
        const double square = here * here;
        const Drawn differences{row, all.n - 1, all.n * square + all.m2,
                                all.n * square * square + 6 * square * all.m2 - 4 * here * all.m3 +
                                    all.m4};
        result.geary = unlike / m2;
        result.geary_expected = differences.mean / m2;
        result.geary_variance = differences.variance / (m2 * m2);
    }
    const double own = neighbours.empty() ? 1 : row.most;
    row.sum += own;
    row.squares += own * own;
    result.gi_star = Drawn{row, all.n, 0, all.m2}.z(sum + own * here);
    return result;
}

} // namespace

std::optional<std::vector<LocalAutocorrelation>>
local_autocorrelation(std::span<const double> values, const SpatialWeights &weights,
                      const PermutationOptions &options) {
    if (values.size() != weights.size())
        throw std::invalid_argument{"A spatial statistic needs a value for each area."};
    if (values.size() < 4 ||
        !std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }) ||
        std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; }))
        return std::nullopt;
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    std::vector<double> z(values.begin(), values.end());
    for (double &value : z)
        value -= mean;
    const Powers all{z};
    const auto ranks = conditional_permutation(values, weights, options);
    std::vector<LocalAutocorrelation> result;
    result.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        result.push_back(local(i, z, all, weights));
        result.back().rank = ranks[i];
    }
    return result;
}

std::vector<double> p_values(std::span<const LocalAutocorrelation> areas) {
    std::vector<double> p;
    p.reserve(areas.size());
    for (const LocalAutocorrelation &area : areas)
        p.push_back(area.rank.replicates > 0 ? area.rank.p() : LocalAutocorrelation::nothing);
    return p;
}

} // namespace wardmote::stats
