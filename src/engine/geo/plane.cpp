#include "engine/geo/plane.hpp"

#include <proj.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <stdexcept>

namespace wardmote::geo {

namespace {

constexpr double earth_radius = 6'371'008.8;
constexpr double radians = std::numbers::pi / 180;

/// Where the National Grid is a fair map: Great Britain and its waters, without Ireland.
constexpr Box great_britain{-9.0, 49.7, 2.2, 61.0};

struct DropContext {
    void operator()(PJ_CONTEXT *context) const { proj_context_destroy(context); }
};
struct DropProjection {
    void operator()(PJ *projection) const { proj_destroy(projection); }
};

/// PROJ's objects may not be shared by threads, so each thread has its own.
class NationalGrid {
public:
    NationalGrid()
        : m_context{proj_context_create()} {
        std::unique_ptr<PJ, DropProjection> raw{
            proj_create_crs_to_crs(m_context.get(), "OGC:CRS84", "EPSG:27700", nullptr)};
        if (!raw) {
            throw std::runtime_error{"PROJ does not know the British National Grid: its data files "
                                     "are missing (package proj-data)."};
        }
        m_projection.reset(proj_normalize_for_visualization(m_context.get(), raw.get()));
    }
    Point convert(PJ_DIRECTION direction, Point point) const {
        const PJ_COORD out =
            proj_trans(m_projection.get(), direction, proj_coord(point.x, point.y, 0, 0));
        return {out.xy.x, out.xy.y};
    }

private:
    std::unique_ptr<PJ_CONTEXT, DropContext> m_context;
    std::unique_ptr<PJ, DropProjection> m_projection;
};

const NationalGrid &national_grid() {
    thread_local const NationalGrid grid;
    return grid;
}

} // namespace

Plane::Plane(const Box &degrees)
    : m_national_grid{degrees.left >= great_britain.left && degrees.right <= great_britain.right &&
                      degrees.bottom >= great_britain.bottom && degrees.top <= great_britain.top}
    , m_middle{(degrees.left + degrees.right) / 2, (degrees.bottom + degrees.top) / 2} {}

Point Plane::to_metres(Point degrees) const {
    if (m_national_grid) {
        return national_grid().convert(PJ_FWD, degrees);
    }
    return {(degrees.x - m_middle.x) * radians * earth_radius * std::cos(m_middle.y * radians),
            (degrees.y - m_middle.y) * radians * earth_radius};
}

Point Plane::to_degrees(Point metres) const {
    if (m_national_grid) {
        return national_grid().convert(PJ_INV, metres);
    }
    return {m_middle.x + metres.x / (radians * earth_radius * std::cos(m_middle.y * radians)),
            m_middle.y + metres.y / (radians * earth_radius)};
}

std::vector<Shape> to_plane(const std::vector<Shape> &degrees) {
    const Plane plane{bounds(degrees)};
    std::vector<Shape> shapes = degrees;
    for (Shape &shape : shapes) {
        for (Ring &ring : shape.rings) {
            for (Point &point : ring) {
                point = plane.to_metres(point);
            }
        }
    }
    return shapes;
}

double distance_metres(Point from, Point to) {
    const double half_latitude = std::sin((to.y - from.y) * radians / 2);
    const double half_longitude = std::sin((to.x - from.x) * radians / 2);
    const double part = half_latitude * half_latitude + std::cos(from.y * radians) *
                                                            std::cos(to.y * radians) *
                                                            half_longitude * half_longitude;
    return 2 * earth_radius * std::asin(std::min(1.0, std::sqrt(part)));
}

} // namespace wardmote::geo
