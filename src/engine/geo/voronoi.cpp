#include "engine/geo/voronoi.hpp"

#include <geos_c.h>

#include <stdexcept>

#include <fmt/core.h>

#include "engine/geo/area_index.hpp"
#include "engine/geo/geos.hpp"

namespace wardmote::geo {

std::vector<Shape> voronoi(const std::vector<Centre> &centres, const Shape &outline) {
    if (centres.empty()) {
        throw std::invalid_argument{"A partition needs at least one centre."};
    }
    std::vector<Point> places;
    for (std::size_t i = 0; i < centres.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (centres[i].at == centres[j].at) {
                throw std::invalid_argument{fmt::format("{} and {} have one and the same centre.",
                                                        centres[j].name, centres[i].name)};
            }
        }
        places.push_back(centres[i].at);
    }

    const Geos geos;
    const Geos::Geometry clip = geos.to_geos(outline);
    std::vector<Shape> cells;
    if (centres.size() == 1) {
        cells.push_back({"", "", geos.rings(clip.get())});
    } else {
        const Geos::Geometry points = geos.points(places);
        const Geos::Geometry diagram =
            geos.own(GEOSVoronoiDiagram_r(geos.handle(), points.get(), clip.get(), 0, 0));
        const int count = GEOSGetNumGeometries_r(geos.handle(), diagram.get());
        for (int i = 0; i < count; ++i) {
            cells.push_back(
                {"", "", geos.rings(GEOSGetGeometryN_r(geos.handle(), diagram.get(), i))});
        }
    }

    // GEOS gives the cells in no order of ours: each is known by the centre that lies in it.
    const AreaIndex index{cells};
    std::vector<Shape> areas;
    for (const Centre &centre : centres) {
        const std::int32_t at = centres.size() == 1 ? 0 : index.find(centre.at);
        if (at < 0) {
            throw std::runtime_error{
                fmt::format("No cell was found around the centre of {}.", centre.name)};
        }
        const Geos::Geometry cell = geos.to_geos(cells[static_cast<std::size_t>(at)]);
        const Geos::Geometry inside =
            geos.own(GEOSIntersection_r(geos.handle(), cell.get(), clip.get()));
        Shape area{centre.code, centre.name, geos.rings(inside.get())};
        if (area.empty()) {
            throw std::invalid_argument{fmt::format(
                "The area around the centre of {} lies outside the outline.", centre.name)};
        }
        areas.push_back(std::move(area));
    }
    return areas;
}

} // namespace wardmote::geo
