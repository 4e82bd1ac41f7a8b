#include "engine/stats/permutation.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/random.hpp"

namespace wardmote::stats {

double PermutationRank::one_sided() const {
    return (std::min(as_high, as_low) + 1.0) / (replicates + 1.0);
}

double PermutationRank::p() const {
    return std::min(1.0, 2 * one_sided());
}

std::vector<Permuted> permute(std::span<const double> values, std::size_t count,
                              const Statistics &statistics, const PermutationOptions &options) {
    std::vector<double> observed(count);
    statistics(values, observed);

    std::vector<double> drawn(count * options.replicates);
    for_each_part(options.replicates, options.watch, [&](std::size_t replicate) {
        RandomStream random{options.seed, replicate};
        std::vector<double> shuffled(values.begin(), values.end());
        for (std::size_t left = shuffled.size(); left > 1; --left)
            std::swap(shuffled[left - 1], shuffled[random.below(static_cast<std::uint32_t>(left))]);
        statistics(shuffled, std::span{drawn}.subspan(replicate * count, count));
    });

    std::vector<Permuted> results(count);
    for (std::size_t s = 0; s < count; ++s) {
        Permuted &result = results[s];
        result.rank.replicates = options.replicates;
        double squares = 0;
        for (std::size_t replicate = 0; replicate < options.replicates; ++replicate) {
            const double value = drawn[replicate * count + s];
            const double tie = 1e-12 * std::max(std::fabs(value), std::fabs(observed[s]));
            result.rank.as_high += value >= observed[s] - tie;
            result.rank.as_low += value <= observed[s] + tie;
            // Welford's updates.
            const double step = value - result.mean;
            result.mean += step / static_cast<double>(replicate + 1);
            squares += step * (value - result.mean);
        }
        if (options.replicates > 1)
            result.variance = squares / (options.replicates - 1.0);
    }
    return results;
}

} // namespace wardmote::stats
