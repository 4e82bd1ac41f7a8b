#include "engine/stats/empirical_bayes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace wardmote::stats {

namespace {

bool usable(std::span<const double> counts, std::span<const double> populations) {
    if (counts.size() != populations.size())
        throw std::invalid_argument{"Rates need a population for each count."};
    return !counts.empty() && std::all_of(counts.begin(), counts.end(), [](double count) {
        return std::isfinite(count) && count >= 0;
    }) && std::all_of(populations.begin(), populations.end(), [](double people) {
        return std::isfinite(people) && people > 0;
    });
}

/// The moments of rates that Marshall's estimates are made of.
struct Group {
    double mean = 0;
    double variance = 0; ///< between areas; not under 0

    /// Of areas number `members`, each given by at(number).
    Group(std::span<const double> counts, std::span<const double> populations, std::size_t members,
          const auto &at) {
        double count = 0;
        double people = 0;
        for (std::size_t m = 0; m < members; ++m) {
            count += counts[at(m)];
            people += populations[at(m)];
        }
        mean = count / people;
        double squares = 0;
        for (std::size_t m = 0; m < members; ++m) {
            const double off = counts[at(m)] / populations[at(m)] - mean;
            squares += populations[at(m)] * off * off;
        }
        variance = std::max(0.0, squares / people - mean / (people / static_cast<double>(members)));
    }

    double steadied(double count, double population) const {
        const double chance = mean / population;
        const double share = variance > 0 ? variance / (variance + chance) : 0;
        return mean + share * (count / population - mean);
    }
};

Group all_of(std::span<const double> counts, std::span<const double> populations) {
    return {counts, populations, counts.size(), [](std::size_t i) { return i; }};
}

} // namespace

std::optional<SteadiedRates> empirical_bayes(std::span<const double> counts,
                                             std::span<const double> populations, double per) {
    if (!usable(counts, populations))
        return std::nullopt;
    const Group all = all_of(counts, populations);
    SteadiedRates result{.mean = per * all.mean, .variance = per * per * all.variance};
    for (std::size_t i = 0; i < counts.size(); ++i)
        result.rates.push_back(per * all.steadied(counts[i], populations[i]));
    return result;
}

std::optional<std::vector<double>> spatial_empirical_bayes(std::span<const double> counts,
                                                           std::span<const double> populations,
                                                           const SpatialWeights &weights,
                                                           double per) {
    if (counts.size() != weights.size())
        throw std::invalid_argument{"Rates need a count for each area."};
    if (!usable(counts, populations))
        return std::nullopt;
    std::vector<double> rates;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto neighbours = weights.neighbours(i);
        const Group around{counts, populations, neighbours.size() + 1, [&](std::size_t m) {
                               return m < neighbours.size() ? neighbours[m] : i;
                           }};
        rates.push_back(per * around.steadied(counts[i], populations[i]));
    }
    return rates;
}

std::optional<std::vector<double>> excess_risk(std::span<const double> counts,
                                               std::span<const double> populations) {
    if (!usable(counts, populations))
        return std::nullopt;
    const Group all = all_of(counts, populations);
    if (all.mean == 0)
        return std::nullopt;
    std::vector<double> risks;
    for (std::size_t i = 0; i < counts.size(); ++i)
        risks.push_back(counts[i] / (populations[i] * all.mean));
    return risks;
}

std::optional<std::vector<double>> standardised_rates(std::span<const double> counts,
                                                      std::span<const double> populations) {
    if (!usable(counts, populations))
        return std::nullopt;
    const Group all = all_of(counts, populations);
    if (all.mean == 0)
        return std::nullopt;
    std::vector<double> z;
    for (std::size_t i = 0; i < counts.size(); ++i)
        z.push_back((counts[i] / populations[i] - all.mean) /
                    std::sqrt(all.variance + all.mean / populations[i]));
    return z;
}

std::optional<Autocorrelation> moran_of_rates(std::span<const double> counts,
                                              std::span<const double> populations,
                                              const SpatialWeights &weights,
                                              const PermutationOptions &options) {
    const auto z = standardised_rates(counts, populations);
    return z ? moran(*z, weights, options) : std::nullopt;
}

} // namespace wardmote::stats
