/// Labels at the ends of lines, in the right margin, kept apart; a label moved away from its line
/// is tied to it by a thin leader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/chart/canvas.hpp"
#include "platform/chart/frame.hpp"

namespace wardmote::chart {

inline constexpr double label_line_height = 17;

/// One label: its lines of words, and the end of the line it belongs to.
struct EndLabel {
    std::vector<std::vector<Run>> lines;
    Spot point;

    double height() const { return static_cast<double>(lines.size()) * label_line_height; }
    /// More words below, wrapped to `room` px.
    void add(std::string_view words, std::string_view classes, double room);
};

/// `name` wrapped to `room` px, the bold value after it where there is room, else below.
EndLabel end_label(std::string_view name, std::string_view value, std::string_view classes,
                   double room);

double height_of(const std::vector<EndLabel> &labels);

/// Draws them from the plot's right edge and returns what they cover, in the order given.
std::vector<Room> draw_end_labels(Canvas &canvas, const Frame &frame,
                                  const std::vector<EndLabel> &labels);

/// Places for words near a point: above and below, to the left and to the right, near first.
std::vector<Room> around(Spot point, std::string_view words, std::string_view classes);
/// Writes words so that they fill `room`, one of around()'s.
void write_in(Canvas &canvas, const Room &room, std::string_view words, std::string_view classes);

} // namespace wardmote::chart
