#include "engine/geo/voronoi.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace wardmote::geo;

namespace {

const Shape field{"", "", {{{0, 0}, {10, 0}, {10, 4}, {0, 4}}}};

} // namespace

TEST_CASE("two centres part a field half way between them") {
    // Half way between x = 2 and x = 6 is x = 4: 16 and 24 of the field's 40.
    const std::vector<Shape> wards = voronoi({{"B", "East", {6, 2}}, {"A", "West", {2, 2}}}, field);
    CHECK(wards[0].code == "B");
    CHECK(area(wards[0]) == doctest::Approx(24));
    CHECK(wards[1].name == "West");
    CHECK(area(wards[1]) == doctest::Approx(16));
}

TEST_CASE("many centres cover the outline without gap or overlap") {
    std::vector<Centre> centres;
    for (int i = 0; i < 24; ++i) {
        centres.push_back({"", "", {0.3 + 9.4 * (i % 6) / 5.0 + 0.01 * i, 0.4 + 0.9 * (i / 6)}});
    }
    double sum = 0;
    for (const Shape &ward : voronoi(centres, field)) {
        sum += area(ward);
    }
    CHECK(sum == doctest::Approx(40));
}

TEST_CASE("one centre has the whole outline") {
    const std::vector<Shape> wards = voronoi({{"A", "All", {1, 1}}}, field);
    CHECK(wards.size() == 1);
    CHECK(area(wards[0]) == doctest::Approx(40));
}

TEST_CASE("centres on one line are parted too") {
    const std::vector<Shape> wards =
        voronoi({{"", "", {1, 2}}, {"", "", {5, 2}}, {"", "", {9, 2}}}, field);
    CHECK(area(wards[0]) == doctest::Approx(12));
    CHECK(area(wards[1]) == doctest::Approx(16));
}

TEST_CASE("no centre, and two on one spot, are refused with a reason") {
    CHECK_THROWS_AS(voronoi({}, field), std::invalid_argument);
    CHECK_THROWS_WITH_AS(voronoi({{"A", "Carfax", {1, 1}}, {"B", "North", {1, 1}}}, field),
                         "Carfax and North have one and the same centre.", std::invalid_argument);
}
