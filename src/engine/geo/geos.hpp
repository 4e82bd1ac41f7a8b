/// GEOS, the geometry engine, with its handles owned: for use inside this folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/geo/shape.hpp"

struct GEOSContextHandle_HS;
struct GEOSGeom_t;

namespace wardmote::geo {

/// One thread's conversation with GEOS. What it made must be dropped before it.
class Geos {
public:
    struct Drop {
        GEOSContextHandle_HS *context;
        void operator()(GEOSGeom_t *geometry) const;
    };
    using Geometry = std::unique_ptr<GEOSGeom_t, Drop>;

    Geos();
    ~Geos();
    Geos(const Geos &) = delete;
    Geos &operator=(const Geos &) = delete;

    GEOSContextHandle_HS *handle() const { return m_context; }
    /// Takes ownership. Throws std::runtime_error with what GEOS last said when it is null.
    Geometry own(GEOSGeom_t *geometry) const;

    /// The shape as a MultiPolygon, made valid: crossing borders are resolved by the even-odd rule.
    Geometry to_geos(const Shape &shape) const;
    Geometry points(const std::vector<Point> &points) const;
    /// The rings of all polygons in a geometry, outer rings counter-clockwise, holes clockwise.
    std::vector<Ring> rings(const GEOSGeom_t *geometry) const;

private:
    Geometry ring(const Ring &points) const;
    void add_polygon(const GEOSGeom_t *polygon, std::vector<Ring> &into) const;

    GEOSContextHandle_HS *m_context;
    std::string m_message;
};

/// The rings as a valid area: crossings resolved, slivers without area dropped, directions set
/// right. `mended` (may be null) is set when the rings were not valid as given.
std::vector<Ring> valid_rings(const std::vector<Ring> &rings, bool *mended = nullptr);

} // namespace wardmote::geo
