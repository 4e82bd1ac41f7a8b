#include "engine/stats/seasonal.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wardmote::stats {

std::array<double, seasonal_columns> seasonal_row(core::Month month, core::Month origin) {
    const double wave = 2 * std::numbers::pi * (month.month() - 1) / 12;
    return {1,
            (month - origin) / 12.0,
            std::sin(wave),
            std::cos(wave),
            std::sin(2 * wave),
            std::cos(2 * wave)};
}

double month_offset(core::Month month) {
    constexpr double average_month = 365.2425 / 12;
    return std::log(month.last_day().day() / average_month);
}

SeasonalData seasonal_data(const MonthlySeries &series, core::Month last) {
    core::Month from = std::max(series.first, last - (longest_history - 1));
    for (const SeriesBreak &one : series.breaks) {
        if (one.month <= last)
            from = std::max(from, one.month);
    }
    SeasonalData data;
    for (core::Month month = from; month <= last; ++month) {
        const auto count = series.at(month);
        if (!count)
            continue;
        data.counts.push_back(*count);
        const auto row = seasonal_row(month, last);
        data.design.insert(data.design.end(), row.begin(), row.end());
        data.offset.push_back(month_offset(month));
    }
    return data;
}

} // namespace wardmote::stats
