/// The frame of a chart: its plot area, its two axes, and the ways lines run in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/chart/canvas.hpp"
#include "platform/chart/scale.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

/// Which end of the time axis carries which words.
struct TimeMark {
    std::size_t index = 0;
    std::string text;
};

/// As many marks as fit `width` with steps `pitch` apart from `start`: months at Januaries and
/// quarters, years counted back from the last. Marks never touch. `years` false leaves the year
/// out of months.
std::vector<TimeMark> time_marks(const Axis &axis, std::size_t count, double start, double pitch,
                                 double width, bool narrow, bool years = true);

/// Moves a label of this width, centred at x, so that it stays within [0, limit].
double kept_inside(double x, double label_width, double limit);

/// Where values are drawn, and how values and steps become places.
struct Frame {
    Room area;
    Ticks ticks;
    Scale y;
    double start = 0; ///< x of the first step
    double pitch = 0; ///< from step to step

    double x(std::size_t index) const { return start + static_cast<double>(index) * pitch; }
    Spot spot(std::size_t index, double value) const { return {x(index), y(value)}; }
};

/// The space kept around the plot.
struct Margins {
    double top = 14;
    double right = 176;
    double bottom = 28;
    double left = 40; ///< at least; widened for long tick words
};

/// A frame for `count` steps and values from `low` (nought or less) to `high`. Steps run from edge
/// to edge, or each in the middle of its own slot.
Frame make_frame(const Canvas &canvas, const Margins &margins, std::size_t count, double low,
                 double high, bool whole, bool slots = false);

/// Tick words and grid lines; the line at nought is drawn strong.
void draw_values(Canvas &canvas, const Frame &frame, bool grid = true);
void draw_times(Canvas &canvas, const Frame &frame, const Axis &axis, std::size_t count,
                bool years = true);
/// Dashed uprights before the steps at which a series broke, with their words at the top.
/// Returns what the words cover.
std::vector<Room> draw_breaks(Canvas &canvas, const Frame &frame, const std::vector<Break> &breaks,
                              std::size_t count);

/// The runs of present values, cut at gaps and breaks: pairs of first and one past the last step.
std::vector<std::pair<std::size_t, std::size_t>> runs(const Values &values,
                                                      const std::vector<Break> &breaks);
/// Says in the middle of an empty plot that there is nothing to draw.
void draw_nothing(Canvas &canvas, const Frame &frame);
/// A line through each run; a value that stands alone becomes a dot of class `dot`.
void draw_line(Canvas &canvas, const Frame &frame, const Values &values,
               const std::vector<Break> &breaks, std::string_view classes, std::string_view dot);

} // namespace wardmote::chart
