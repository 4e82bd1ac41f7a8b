/// Flat maps: from degrees to metres on a plane, so that shapes can be drawn and distances
/// measured.
#pragma once

#include <optional>
#include <vector>

#include "engine/geo/shape.hpp"

namespace wardmote::geo {

/// A projection of a part of the earth on a plane. Great Britain is drawn on the British National
/// Grid (EPSG:27700, by PROJ, good to about 5 m without the OSTN15 grid); any other place on a
/// local equirectangular plane about its middle. Thread-safe.
class Plane {
public:
    /// Chooses for what lies in `degrees`, a box in WGS 84.
    explicit Plane(const Box &degrees);

    Point to_metres(Point degrees) const;
    Point to_degrees(Point metres) const;
    bool is_national_grid() const { return m_national_grid; }

private:
    bool m_national_grid;
    Point m_middle;
};

/// The shapes in metres on one plane chosen for all of them.
std::vector<Shape> to_plane(const std::vector<Shape> &degrees);

/// The distance over the ground between two places in degrees, in metres, by the haversine formula
/// on a sphere of 6,371,008.8 m (mean radius, IUGG).
double distance_metres(Point from, Point to);

} // namespace wardmote::geo
