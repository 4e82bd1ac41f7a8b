/// A shape: an area on the map as plain rings of points, with its code and its name.
#pragma once

#include <string>
#include <vector>

namespace wardmote::geo {

/// A place: longitude and latitude in degrees (WGS 84), or metres east and north on a plane.
struct Point {
    double x = 0;
    double y = 0;

    bool operator==(const Point &) const = default;
};

/// A closed line; the first point is not repeated at the end.
using Ring = std::vector<Point>;

/// An area. Outer rings run counter-clockwise, each followed by its holes, which run clockwise, so
/// that both fill rules of SVG draw it. An area of several parts has several outer rings; an area
/// without an outline has none.
struct Shape {
    std::string code; ///< "E01028513"
    std::string name; ///< "Oxford 005A"
    std::vector<Ring> rings;

    bool empty() const { return rings.empty(); }
};

/// The least box, sides along the axes, that holds some points.
struct Box {
    double left = 0;
    double bottom = 0;
    double right = 0;
    double top = 0;

    double width() const { return right - left; }
    double height() const { return top - bottom; }
    bool operator==(const Box &) const = default;
};

/// The box around all shapes; all noughts when they have no points.
Box bounds(const std::vector<Shape> &shapes);

/// The area a ring encloses (shoelace formula): positive when it runs counter-clockwise.
double signed_area(const Ring &ring);
/// The area of a shape in the square of its unit, holes taken out.
double area(const Shape &shape);
/// The centre of mass of a shape; the mean of its points when it has no area.
Point centroid(const Shape &shape);
/// A point that lies inside the shape, near its middle: where a label can stand.
Point inner_point(const Shape &shape);

} // namespace wardmote::geo
