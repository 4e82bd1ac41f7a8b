/// Was a hot spot map worth drawing? What share of the following period's crime fell inside it, and
/// how that compares with its size, with the best that could be had and with before.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wardmote::stats {

/// What is not calculable is nothing.
struct HotSpotWorth {
    double area_share = 0;               ///< a / A: the part of the whole that is flagged
    double hits = 0;                     ///< n: crimes of the following period in flagged places
    double crimes = 0;                   ///< N: all of them
    std::optional<double> hit_rate = {}; ///< n / N
    std::optional<double> pai = {};      ///< (n / N) / (a / A) (Chainey and others 2008)
    /// n / the most that places of that size together could have caught (Hunt 2016): 1 is
    /// perfect.
    std::optional<double> pei = {};
    /// (n / n before) / (N / N before) (Levine 2008): 1 when the flagged places kept their part.
    std::optional<double> rri = {};
};

/// Places are flagged where the byte is not 0. `before` holds crimes of the period the map was made
/// from (empty: no RRI), `after` those of the following one, `sizes` the areas or street lengths
/// (empty: all alike). With unlike sizes the best is a bound: the densest places first, the last
/// taken in part. Nothing without places, or when a number is negative or not finite or a size
/// nought; spans of other lengths throw std::invalid_argument.
std::optional<HotSpotWorth> hot_spot_worth(std::span<const std::uint8_t> flagged,
                                           std::span<const double> before,
                                           std::span<const double> after,
                                           std::span<const double> sizes = {});

/// Flags the places with the highest forecast, in that order (of equal ones the first), as long as
/// they stay within `share` of the whole size. A place without a forecast (not a number) is never
/// flagged.
std::vector<std::uint8_t> hottest(std::span<const double> forecast, double share,
                                  std::span<const double> sizes = {});

} // namespace wardmote::stats
