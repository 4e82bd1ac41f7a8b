/// Schematic areas: the part of an outline that lies nearest to each of some centres.
#pragma once

#include <string>
#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

/// A centre, with the code and the name that its area is to have.
struct Centre {
    std::string code;
    std::string name;
    Point at;
};

/// The Voronoi cell of each centre, clipped to `outline`, in the order of the centres. The cells
/// cover the outline without gap or overlap. Throws std::invalid_argument when two centres lie on
/// one point, when there is no centre, or when a centre's cell misses the outline.
std::vector<Shape> voronoi(const std::vector<Centre> &centres, const Shape &outline);

} // namespace wardmote::geo
