#include <doctest/doctest.h>

#include <cmath>

#include "engine/geo/plane.hpp"
#include "engine/geo/shape.hpp"

using namespace wardmote::geo;

namespace {

/// A square of side 10 with a hole of side 2 in its middle.
const Shape holed{
    "H", "Holed", {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}}}};

/// An L: a square of side 4 without its upper right quarter. Area 12, centroid by thirds of 4:
/// (1*4 + 3*4 + 1*4) / 12 = 5/3 both ways.
const Shape ell{"L", "Ell", {{{0, 0}, {4, 0}, {4, 2}, {2, 2}, {2, 4}, {0, 4}}}};

} // namespace

TEST_CASE("a ring that runs counter-clockwise has a positive area") {
    CHECK(signed_area({{0, 0}, {3, 0}, {0, 4}}) == doctest::Approx(6));
    CHECK(signed_area({{0, 4}, {3, 0}, {0, 0}}) == doctest::Approx(-6));
    CHECK(signed_area({}) == 0);
}

TEST_CASE("a hole is taken out of an area") {
    CHECK(area(holed) == doctest::Approx(96));
    CHECK(area(Shape{}) == 0);
}

TEST_CASE("the centroid of an L lies five thirds along each arm") {
    CHECK(centroid(ell).x == doctest::Approx(5.0 / 3));
    CHECK(centroid(ell).y == doctest::Approx(5.0 / 3));
}

TEST_CASE("the centroid of a shape without area is the mean of its points") {
    CHECK(centroid({"", "", {{{0, 0}, {2, 2}, {4, 4}}}}) == Point{2, 2});
}

TEST_CASE("the inner point of a holed square is not in the hole") {
    const Point at = inner_point(holed);
    const bool in_hole = at.x > 4 && at.x < 6 && at.y > 4 && at.y < 6;
    CHECK_FALSE(in_hole);
    CHECK(at.x > 0);
    CHECK(at.x < 10);
}

TEST_CASE("the box around no shapes is all noughts") {
    CHECK(bounds({}) == Box{});
    CHECK(bounds({Shape{}}) == Box{});
    CHECK(bounds({ell, holed}) == Box{0, 0, 10, 10});
}

TEST_CASE("a place in Oxford has the National Grid coordinates that the ONS gives it") {
    // Barton & Sandhills ward, BNG_E 455352, BNG_N 207951, LONG -1.199262, LAT 51.76751 (ONS Open
    // Geography Portal, Wards May 2025). The Helmert transformation is good to about 5 m.
    const Plane plane{{-1.31, 51.7, -1.17, 51.8}};
    CHECK(plane.is_national_grid());
    const Point metres = plane.to_metres({-1.199262, 51.76751});
    CHECK(std::abs(metres.x - 455352) < 6);
    CHECK(std::abs(metres.y - 207951) < 6);
    const Point back = plane.to_degrees(metres);
    CHECK(back.x == doctest::Approx(-1.199262).epsilon(1e-6));
    CHECK(back.y == doctest::Approx(51.76751).epsilon(1e-6));
}

TEST_CASE("a place outside Great Britain is drawn on a plane of its own") {
    const Plane plane{{9.9, 49.9, 10.1, 50.1}};
    CHECK_FALSE(plane.is_national_grid());
    CHECK(plane.to_metres({10, 50}) == Point{0, 0});
    // A tenth of a degree of latitude: 6371008.8 * pi / 1800 = 11119.51 m.
    CHECK(plane.to_metres({10, 50.1}).y == doctest::Approx(11119.51).epsilon(1e-6));
    CHECK(plane.to_degrees({0, 11119.508}).y == doctest::Approx(50.1));
}

TEST_CASE("a quarter of the equator is a quarter of the earth's girth") {
    // 2 * pi * 6371008.8 / 4
    CHECK(distance_metres({0, 0}, {90, 0}) == doctest::Approx(10007557.2));
    CHECK(distance_metres({-1.2, 51.7}, {-1.2, 51.7}) == 0);
}
