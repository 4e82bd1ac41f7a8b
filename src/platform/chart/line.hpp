/// Line charts: counts over time with labels at the ends of the lines, and a year adding up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

/// `now` is dark and thick, `before` grey and thin; the others are told apart by dash and colour.
enum class LineStyle { now, before, third, fourth };

struct Line {
    std::string name; ///< drawn at the line's end
    Values values;
    LineStyle style = LineStyle::now;
    std::vector<std::optional<Interval>> band = {}; ///< empty, or one interval (or none) a value
};

struct LineInput {
    Words words;
    Axis axis;
    std::vector<Line> lines; ///< the first is the one the sentence speaks of
    std::vector<Break> breaks = {};
};

/// The axis starts at nought; a missing value leaves a gap, and no line crosses a break.
Chart line(const LineInput &input);
std::string line_sentence(const LineInput &input);

struct Projection {
    double value = 0;
    Interval likely; ///< 80%
    Interval wide;   ///< 95%
};

/// A year adding up month by month, beside the year before.
struct CumulativeInput {
    Words words;
    core::Period year; ///< this year's months, usually twelve from April
    Values this_year;  ///< counts a month from its first, as many as have come
    Values last_year;  ///< counts a month of the year before, all of them
    std::optional<Projection> projection = {}; ///< of the whole year
};

/// Adding up stops at the first missing month: what follows cannot be known.
Chart cumulative(const CumulativeInput &input);
std::string cumulative_sentence(const CumulativeInput &input);

} // namespace wardmote::chart
