#include "engine/geo/neighbours.hpp"

#include <geos_c.h>

#include <algorithm>

#include "engine/geo/geos.hpp"

namespace wardmote::geo {

namespace {

struct Bordered {
    Box box;
    Geos::Geometry area;
    Geos::Geometry border;
};

bool apart(const Box &a, const Box &b, double gap) {
    return a.right + gap < b.left || b.right + gap < a.left || a.top + gap < b.bottom ||
           b.top + gap < a.bottom;
}

double shared_length(const Geos &geos, const Bordered &a, const Bordered &b, double tolerance) {
    // With a tolerance: how far the border of one runs close beside the other.
    const Geos::Geometry near =
        tolerance > 0 ? geos.own(GEOSBuffer_r(geos.handle(), b.area.get(), tolerance, 4))
                      : geos.own(GEOSGeom_clone_r(geos.handle(), b.border.get()));
    const Geos::Geometry common =
        geos.own(GEOSIntersection_r(geos.handle(), a.border.get(), near.get()));
    double length = 0;
    GEOSLength_r(geos.handle(), common.get(), &length);
    return length;
}

bool touches(const Geos &geos, const Bordered &a, const Bordered &b, Touch touch,
             double tolerance) {
    double distance = 0;
    GEOSDistance_r(geos.handle(), a.area.get(), b.area.get(), &distance);
    if (distance > tolerance) {
        return false;
    }
    // A mere corner lies within about four tolerances of the border; a border runs further.
    return touch == Touch::corner || shared_length(geos, a, b, tolerance) > 4 * tolerance;
}

} // namespace

std::vector<std::vector<std::size_t>> neighbours(const std::vector<Shape> &shapes, Touch touch,
                                                 double tolerance) {
    const Geos geos;
    std::vector<Bordered> areas;
    areas.reserve(shapes.size());
    for (const Shape &shape : shapes) {
        Geos::Geometry area = geos.to_geos(shape);
        Geos::Geometry border = geos.own(GEOSBoundary_r(geos.handle(), area.get()));
        areas.push_back({bounds({shape}), std::move(area), std::move(border)});
    }

    // Swept from west to east: only areas whose boxes overlap are compared.
    std::vector<std::size_t> order(shapes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return areas[a].box.left < areas[b].box.left; });
    std::vector<std::vector<std::size_t>> found(shapes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Bordered &a = areas[order[i]];
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const Bordered &b = areas[order[j]];
            if (b.box.left > a.box.right + tolerance) {
                break;
            }
            if (shapes[order[i]].empty() || shapes[order[j]].empty() ||
                apart(a.box, b.box, tolerance) || !touches(geos, a, b, touch, tolerance)) {
                continue;
            }
            found[order[i]].push_back(order[j]);
            found[order[j]].push_back(order[i]);
        }
    }
    for (std::vector<std::size_t> &list : found) {
        std::sort(list.begin(), list.end());
    }
    return found;
}

} // namespace wardmote::geo
