/// Phrases that the sentences of charts share, so that all say base, result and change alike.
#pragma once

#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

/// What stands in a table for a value that is not there.
inline constexpr std::string_view missing = "missing";
/// Below this many no change is given as a percentage.
inline constexpr double least_base_of_percentage = 20;

std::string said(double value, const Words &words);                ///< "1,250"
std::string said(std::optional<double> value, const Words &words); ///< or "missing"
/// "there were 237 burglaries", "there was 1 burglary".
std::string there_were(double value, const Words &words);
/// "75 fewer", "3 more", "as many".
std::string difference(double now, double before, const Words &words);
/// Percentage change; nothing when the base is under 20.
std::optional<double> percent_change(double now, double before);
/// "down 24.0%"; no decimals from 100 up, or when `round`. Empty when there is no percentage.
std::string change_words(double now, double before, bool round = false);
/// "+21%" or "−4%" for the ratio of two counts.
std::string signed_percent(double ratio);
/// "2014-15" for a financial year, "2014" for a calendar year, else the months.
std::string year_name(core::Period year);
std::string step_name(Step step, bool plural = false); ///< "month", "quarters", "year"
/// " May 2014 and June 2014 are missing." Empty when none is.
std::string missing_words(const Axis &axis, const Values &values);
std::string how_many(std::int64_t count); ///< "none", "two", "19"
/// "no wards", "one ward", "19 wards": `places` loses its s when there is one.
std::string places_counted(std::int64_t count, std::string_view places);
/// The last step with a value.
std::optional<std::size_t> last_present(const Values &values);
/// `given`, or `computed` when it is empty.
std::string or_computed(const std::string &given, std::string computed);

/// A chart with its words filled in, waiting for its pictures.
Chart started(const Words &words, std::string headline, std::string sentence);

} // namespace wardmote::chart
