/// Shapes on a picture: from metres to px, as path data, and where in a shape words fit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/geo/shape.hpp"
#include "platform/chart/place.hpp"

namespace wardmote::chart {

using Outline = std::vector<std::vector<Spot>>; ///< rings in px

/// Fits all shapes into `room`, north up, with one scale for both directions, in the middle from
/// left to right and at the top. Points that would stand within half a px of the last are left
/// out, and rings with fewer than three points.
std::vector<Outline> plotted(const std::vector<geo::Shape> &shapes, const Room &room);

/// How high the shapes stand when drawn `width` px wide; nought when there are none.
double height_at_width(const std::vector<geo::Shape> &shapes, double width);

std::string path_of(const Outline &outline);

/// Where a box of this size lies wholly inside, as near the middle as may be; nothing when it
/// fits nowhere.
std::optional<Room> room_inside(const Outline &outline, double width, double height);

} // namespace wardmote::chart
