#include "engine/geo/area_index.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include <geos_c.h>

#include "engine/geo/geos.hpp"

using namespace wardmote::geo;

namespace {

Shape square(double left, double bottom, double side) {
    return {"",
            "",
            {{{left, bottom},
              {left + side, bottom},
              {left + side, bottom + side},
              {left, bottom + side}}}};
}

} // namespace

TEST_CASE("a point is found in the square it lies in, and in none outside") {
    const AreaIndex index{{square(0, 0, 1), square(1, 0, 1)}};
    CHECK(index.find({0.5, 0.5}) == 0);
    CHECK(index.find({1.5, 0.5}) == 1);
    CHECK(index.find({2.5, 0.5}) == -1);
    CHECK(index.find({0.5, -0.1}) == -1);
}

TEST_CASE("a point on a shared border lies in exactly one of the two areas") {
    // The half-open rule: the border belongs to the area east of it, or north of it.
    const AreaIndex across{{square(0, 0, 1), square(1, 0, 1)}};
    CHECK(across.find({1, 0.5}) == 1);
    const AreaIndex above{{square(0, 0, 1), square(0, 1, 1)}};
    CHECK(above.find({0.5, 1}) == 1);
    const AreaIndex four{{square(0, 0, 1), square(1, 0, 1), square(0, 1, 1), square(1, 1, 1)}};
    CHECK(four.find({1, 1}) == 3);
}

TEST_CASE("a point on the outer border of all belongs to the area whose border it is") {
    const AreaIndex index{{square(0, 0, 1), square(1, 0, 1)}};
    CHECK(index.find({2, 0.5}) == 1);
    CHECK(index.find({0.5, 1}) == 0);
    CHECK(index.find({2, 1}) == 1);
    CHECK(index.find({0, 0}) == 0);
}

TEST_CASE("a point in a hole is outside, and in the area that fills the hole") {
    Shape ring = square(0, 0, 10);
    ring.rings.push_back({{4, 4}, {4, 6}, {6, 6}, {6, 4}});
    CHECK(AreaIndex{{ring}}.find({5, 5}) == -1);
    CHECK(AreaIndex{{ring}}.find({3, 5}) == 0);
    CHECK(AreaIndex{{ring, square(4, 4, 2)}}.find({5, 5}) == 1);
}

TEST_CASE("an area of two islands holds points on both and none between") {
    Shape islands = square(0, 0, 1);
    islands.rings.push_back(square(5, 5, 1).rings.front());
    const AreaIndex index{{islands}};
    CHECK(index.find({0.5, 0.5}) == 0);
    CHECK(index.find({5.5, 5.5}) == 0);
    CHECK(index.find({3, 3}) == -1);
}

TEST_CASE("a ray through a vertex crosses the border once") {
    const AreaIndex index{{{"", "", {{{0, 0}, {2, -2}, {4, 0}, {2, 2}}}}}};
    CHECK(index.find({1, 0}) == 0);
    CHECK(index.find({-1, 0}) == -1);
    CHECK(index.find({5, 0}) == -1);
}

TEST_CASE("areas that overlap are all found, the first first") {
    const AreaIndex index{{square(0, 0, 2), square(1, 1, 2)}};
    CHECK(index.find({1.5, 1.5}) == 0);
    CHECK(index.find_all({1.5, 1.5}) == std::vector<std::int32_t>{0, 1});
    CHECK(index.find_all({9, 9}).empty());
}

TEST_CASE("no shapes, empty shapes and coordinates that are no numbers find nothing") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(AreaIndex{{}}.find({0, 0}) == -1);
    CHECK(AreaIndex{{Shape{}}}.find({0, 0}) == -1);
    CHECK(AreaIndex{{Shape{}, square(0, 0, 1)}}.find({0.5, 0.5}) == 1);
    CHECK(AreaIndex{{square(0, 0, 1)}}.find({nan, 0.5}) == -1);
    CHECK(AreaIndex{{square(0, 0, 1)}}.find({0.5, nan}) == -1);
}

TEST_CASE("the index agrees with GEOS on a ragged star for 20,000 points") {
    std::mt19937 random{20150202};
    std::uniform_real_distribution<double> radius{0.3, 1};
    Shape star{"", "", {{}}};
    constexpr int corners = 200;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * 3.14159265358979 * i / corners;
        const double r = radius(random);
        star.rings[0].push_back({r * std::cos(angle), r * std::sin(angle)});
    }
    const AreaIndex index{{star}};
    const Geos geos;
    const Geos::Geometry area = geos.to_geos(star);
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos.handle(), area.get());
    std::uniform_real_distribution<double> place{-1, 1};
    int differ = 0;
    for (int i = 0; i < 20000; ++i) {
        const Point point{place(random), place(random)};
        const Geos::Geometry at =
            geos.own(GEOSGeom_createPointFromXY_r(geos.handle(), point.x, point.y));
        const bool geos_says = GEOSPreparedContains_r(geos.handle(), prepared, at.get()) == 1;
        differ += (index.find(point) == 0) != geos_says ? 1 : 0;
    }
    GEOSPreparedGeom_destroy_r(geos.handle(), prepared);
    CHECK(differ == 0);
}
