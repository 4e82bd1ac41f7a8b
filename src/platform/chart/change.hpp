/// Month by month against the same months a year before: as counts side by side, or as the change
/// of the year to date.
#pragma once

#include <string>

#include "engine/core/calendar.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

enum class ChangeShown {
    counts,       ///< two bars a month: last year grey, this year dark
    percent_bars, ///< one bar a month: percentage change of the year to date
    percent_line  ///< the same as a line with its values written at the points
};

struct ChangeInput {
    Words words;
    core::Month first; ///< of this year
    Values this_year;
    Values last_year; ///< the same months a year before
    ChangeShown shown = ChangeShown::counts;
};

/// Percentage change of the year to date at each month end. Nothing once a month of either year is
/// missing, and nothing while last year's sum is under 20.
Values year_to_date_change(const ChangeInput &input);

Chart monthly_change(const ChangeInput &input);
std::string monthly_change_sentence(const ChangeInput &input);

} // namespace wardmote::chart
