/// Which areas touch: the neighbourhood of areas by the borders they share.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

enum class Touch {
    border, ///< they share a stretch of border (rook)
    corner  ///< a single point is enough (queen)
};

/// For each shape the indices of those that touch it, ascending. Points closer than
/// `tolerance`, in the unit of the shapes, count as one, since generalised borders do not always
/// meet exactly.
std::vector<std::vector<std::size_t>> neighbours(const std::vector<Shape> &shapes,
                                                 Touch touch = Touch::border, double tolerance = 0);

} // namespace wardmote::geo
