/// Rates of small areas, steadied: drawn towards the mean the more, the fewer people stand behind
/// them (Marshall 1991), and the test of whether such rates gather (Assuncao and Reis 1999).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/stats/autocorrelation.hpp"

namespace wardmote::stats {

/// All rates and the mean are `per` people. Nothing, here and below, when a population is not
/// above nought, or a count negative or not finite; spans of other lengths throw
/// std::invalid_argument.
struct SteadiedRates {
    std::vector<double> rates = {};
    double mean = 0;     ///< all counts over all people
    double variance = 0; ///< between areas, beyond chance; not under 0
};

/// Each rate moved towards the mean of all: mean + share x (rate - mean), with share = variance /
/// (variance + mean / population). PySAL's Empirical_Bayes and spdep's EBest.
std::optional<SteadiedRates> empirical_bayes(std::span<const double> counts,
                                             std::span<const double> populations,
                                             double per = 1000);

/// The same towards the mean of the area and its neighbours, with their variance: PySAL's
/// Spatial_Empirical_Bayes. (spdep's EBlocal weighs its moments otherwise.) Weights' values do
/// not matter. An island stays at its own rate.
std::optional<std::vector<double>> spatial_empirical_bayes(std::span<const double> counts,
                                                           std::span<const double> populations,
                                                           const SpatialWeights &weights,
                                                           double per = 1000);

/// Counts over what the overall rate would give: 1 is as expected. Nothing also when all counts
/// are nought.
std::optional<std::vector<double>> excess_risk(std::span<const double> counts,
                                               std::span<const double> populations);

/// Each rate less the mean of all, over the deviation that an area of its size has (Assuncao and
/// Reis 1999, with a variance between areas that is not under 0). Nothing also when all counts
/// are nought.
std::optional<std::vector<double>> standardised_rates(std::span<const double> counts,
                                                      std::span<const double> populations);

/// Moran's I of such rates, which small areas' jumps do not mislead: PySAL's Moran_Rate.
std::optional<Autocorrelation> moran_of_rates(std::span<const double> counts,
                                              std::span<const double> populations,
                                              const SpatialWeights &weights,
                                              const PermutationOptions &options = no_permutation);

} // namespace wardmote::stats
