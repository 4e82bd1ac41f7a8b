/// Fewer points for drawing: borders that areas share stay shared.
#pragma once

#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

/// The shapes with every border thinned so that it moves by no more than `tolerance`, in the unit
/// of the shapes (Douglas and Peucker 1973). Each border between two shapes is thinned once and
/// used by both, so that no gap and no overlap opens; islands too small to keep three points are
/// left as they are. Order, codes and names stay.
std::vector<Shape> simplified(const std::vector<Shape> &shapes, double tolerance);

} // namespace wardmote::geo
