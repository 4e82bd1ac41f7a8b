/// The months of a series made ready for a regression on trend and season.
///
/// Season is two harmonics of the year (four columns), so that two years are enough to fit it, and
/// the length of the month is allowed for.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/stats/series.hpp"

namespace wardmote::stats {

inline constexpr std::size_t seasonal_columns = 6;   ///< 1, trend, sin and cos of one and two waves
inline constexpr std::size_t fewest_for_season = 24; ///< months with a figure
inline constexpr int longest_history = 60;           ///< months looked back

struct SeasonalData {
    std::vector<double> counts = {};
    std::vector<double> design = {}; ///< row-major, seasonal_columns wide
    std::vector<double> offset = {}; ///< log of the month's days over the average month's
};

/// One row of the design; `origin` is where the trend, in years, is nought.
std::array<double, seasonal_columns> seasonal_row(core::Month month, core::Month origin);
double month_offset(core::Month month);

/// The months with a figure among the `longest_history` up to `last`, from the latest declared
/// break on; the trend's origin is `last`.
SeasonalData seasonal_data(const MonthlySeries &series, core::Month last);

} // namespace wardmote::stats
