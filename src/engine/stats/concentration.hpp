/// How far crime is concentrated in few places: Lorenz curve, Gini, and Bernasco and Steenbeek's
/// generalised Gini for more places than crimes.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace wardmote::stats {

/// Gini's coefficient of counts by place, places without crime included: 0 when all have the same,
/// (n - 1) / n when one of n has all. Nothing, here and below, without a place, when all are
/// nought, or when a count is negative or not finite.
std::optional<double> gini(std::span<const double> counts);

/// The same where fewer crimes than places make equality impossible: 0 when the crimes are as
/// spread out as crimes can be, one a place (Bernasco and Steenbeek 2017). With at least as many
/// crimes as places it is Gini's.
std::optional<double> generalised_gini(std::span<const double> counts);

/// A point of the Lorenz curve: this share of the places, the quietest first, has this share of
/// the crimes.
struct LorenzPoint {
    double places = 0;
    double crimes = 0;
};

/// From (0, 0) to (1, 1), a point a place; empty when there is no answer.
std::vector<LorenzPoint> lorenz_curve(std::span<const double> counts);

/// The share of crimes in the busiest `share` of places (0 to 1): of 150 places the busiest 5 %
/// are seven and half of the eighth. A share outside 0 to 1 has no answer.
std::optional<double> share_in_busiest(std::span<const double> counts, double share = 0.05);

/// The least share of places that has `share` of the crimes between them, the last place counted
/// in part: Weisburd's law says about 5 % for a half.
std::optional<double> places_holding(std::span<const double> counts, double share = 0.5);

} // namespace wardmote::stats
