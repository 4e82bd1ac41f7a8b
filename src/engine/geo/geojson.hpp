/// Areas written and read as GeoJSON (RFC 7946).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

/// What a boundary file says of one area: its attributes by name, in the file's order, as text.
struct Feature {
    std::vector<std::pair<std::string, std::string>> properties;
    Shape shape; ///< code and name are left empty: which attribute they are is not for geo to say

    /// The attribute of that name, or nothing but "".
    std::string property(std::string_view name) const;
};

/// {"type":"Polygon" or "MultiPolygon","coordinates":...}, `decimals` digits after the point (7 is
/// about a centimetre). An empty shape is a MultiPolygon without parts.
std::string geometry_json(const Shape &shape, int decimals = 7);
/// The rings of a Polygon or MultiPolygon. Throws std::runtime_error when it is not one.
std::vector<Ring> read_geometry_json(std::string_view json);

/// A FeatureCollection in degrees, one feature a line.
std::string collection_json(const std::vector<Feature> &features, int decimals = 7);

} // namespace wardmote::geo
