#include "engine/geo/geos.hpp"

#include <geos_c.h>

#include <algorithm>
#include <stdexcept>

#include <fmt/core.h>

namespace wardmote::geo {

void Geos::Drop::operator()(GEOSGeom_t *geometry) const {
    GEOSGeom_destroy_r(context, geometry);
}

Geos::Geos()
    : m_context{GEOS_init_r()} {
    GEOSContext_setErrorMessageHandler_r(
        m_context,
        [](const char *message, void *self) { static_cast<Geos *>(self)->m_message = message; },
        this);
}

Geos::~Geos() {
    GEOS_finish_r(m_context);
}

Geos::Geometry Geos::own(GEOSGeom_t *geometry) const {
    if (geometry == nullptr) {
        throw std::runtime_error{
            fmt::format("The geometry could not be worked out: {}.", m_message)};
    }
    return Geometry{geometry, Drop{m_context}};
}

Geos::Geometry Geos::ring(const Ring &points) const {
    auto *sequence = GEOSCoordSeq_create_r(m_context, static_cast<unsigned>(points.size() + 1), 2);
    for (std::size_t i = 0; i <= points.size(); ++i) {
        const Point &point = points[i % points.size()];
        GEOSCoordSeq_setXY_r(m_context, sequence, static_cast<unsigned>(i), point.x, point.y);
    }
    return own(GEOSGeom_createLinearRing_r(m_context, sequence));
}

Geos::Geometry Geos::to_geos(const Shape &shape) const {
    // An outer ring is followed by its holes; a shape that breaks this is put right by MakeValid.
    std::vector<GEOSGeometry *> polygons;
    std::vector<GEOSGeometry *> holes;
    Geometry outer{nullptr, Drop{m_context}};
    const auto finish = [&] {
        if (outer) {
            polygons.push_back(GEOSGeom_createPolygon_r(m_context, outer.release(), holes.data(),
                                                        static_cast<unsigned>(holes.size())));
            holes.clear();
        }
    };
    for (const Ring &points : shape.rings) {
        if (points.size() < 3) {
            continue;
        }
        const bool hole = outer && signed_area(points) < 0;
        Geometry made = ring(points);
        if (hole) {
            holes.push_back(made.release());
        } else {
            finish();
            outer = std::move(made);
        }
    }
    finish();
    Geometry whole = own(GEOSGeom_createCollection_r(m_context, GEOS_MULTIPOLYGON, polygons.data(),
                                                     static_cast<unsigned>(polygons.size())));
    if (GEOSisValid_r(m_context, whole.get()) == 1) {
        return whole;
    }
    return own(GEOSMakeValid_r(m_context, whole.get()));
}

Geos::Geometry Geos::points(const std::vector<Point> &points) const {
    std::vector<GEOSGeometry *> made;
    made.reserve(points.size());
    for (const Point &point : points) {
        made.push_back(GEOSGeom_createPointFromXY_r(m_context, point.x, point.y));
    }
    return own(GEOSGeom_createCollection_r(m_context, GEOS_MULTIPOINT, made.data(),
                                           static_cast<unsigned>(made.size())));
}

void Geos::add_polygon(const GEOSGeom_t *polygon, std::vector<Ring> &into) const {
    const auto add = [&](const GEOSGeometry *line, bool counter_clockwise) {
        const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(m_context, line);
        unsigned size = 0;
        GEOSCoordSeq_getSize_r(m_context, sequence, &size);
        Ring ring;
        for (unsigned i = 0; i + 1 < size; ++i) {
            Point point;
            GEOSCoordSeq_getXY_r(m_context, sequence, i, &point.x, &point.y);
            ring.push_back(point);
        }
        if ((signed_area(ring) > 0) != counter_clockwise) {
            // The first point stays first, so that the outline starts where its source did.
            std::reverse(ring.begin() + (ring.empty() ? 0 : 1), ring.end());
        }
        if (ring.size() >= 3) {
            into.push_back(std::move(ring));
        }
    };
    add(GEOSGetExteriorRing_r(m_context, polygon), true);
    const int holes = GEOSGetNumInteriorRings_r(m_context, polygon);
    for (int i = 0; i < holes; ++i) {
        add(GEOSGetInteriorRingN_r(m_context, polygon, i), false);
    }
}

std::vector<Ring> Geos::rings(const GEOSGeom_t *geometry) const {
    std::vector<Ring> found;
    const int type = GEOSGeomTypeId_r(m_context, geometry);
    if (GEOSisEmpty_r(m_context, geometry) == 1) {
        return found;
    }
    if (type == GEOS_POLYGON) {
        add_polygon(geometry, found);
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(m_context, geometry);
        for (int i = 0; i < parts; ++i) {
            const std::vector<Ring> part = rings(GEOSGetGeometryN_r(m_context, geometry, i));
            found.insert(found.end(), part.begin(), part.end());
        }
    }
    return found;
}

std::vector<Ring> valid_rings(const std::vector<Ring> &rings, bool *mended) {
    const Geos geos;
    Shape shape;
    shape.rings = rings;
    std::size_t points_before = 0;
    for (const Ring &ring : rings) {
        points_before += ring.size();
    }
    const Geos::Geometry made = geos.to_geos(shape);
    std::vector<Ring> valid = geos.rings(made.get());
    if (mended != nullptr) {
        std::size_t points_after = 0;
        for (const Ring &ring : valid) {
            points_after += ring.size();
        }
        *mended = valid.size() != rings.size() || points_after != points_before;
    }
    return valid;
}

} // namespace wardmote::geo
