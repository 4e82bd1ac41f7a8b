#include "engine/geo/simplify.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmote::geo;

TEST_CASE("points that lie within the tolerance of the line are dropped") {
    const Shape wavy{"W", "Wavy", {{{0, 0}, {2, 0.1}, {4, 0}, {4, 4}, {0, 4}}}};
    const std::vector<Shape> out = simplified({wavy}, 0.2);
    CHECK(out[0].code == "W");
    CHECK(out[0].rings[0].size() == 4);
    CHECK(simplified({wavy}, 0.05)[0].rings[0].size() == 5);
}

TEST_CASE("a border between two areas stays one line for both") {
    // The common border wiggles between (2,0) and (2,4); each area meets it at other starting
    // points.
    const Shape west{"", "", {{{0, 0}, {2, 0}, {2.1, 1}, {1.5, 2}, {2.1, 3}, {2, 4}, {0, 4}}}};
    const Shape east{"", "", {{{4, 4}, {2, 4}, {2.1, 3}, {1.5, 2}, {2.1, 1}, {2, 0}, {4, 0}}}};
    const std::vector<Shape> out = simplified({west, east}, 0.4);
    const std::vector<Shape> back = simplified({east, west}, 0.4);
    CHECK(area(out[0]) + area(out[1]) == doctest::Approx(16));
    CHECK(out[0].rings[0].size() == 5); // the corner at (1.5, 2) stays, those at 2.1 go
    CHECK(std::count(out[1].rings[0].begin(), out[1].rings[0].end(), Point{1.5, 2}) == 1);
    CHECK(area(back[1]) == doctest::Approx(area(out[0])));
}

TEST_CASE("an island too small for the tolerance keeps its points, and so does what surrounds it") {
    const Ring island{{4, 4}, {4.1, 4}, {4.1, 4.1}, {4, 4.1}};
    Shape lake{"", "", {{{0, 0}, {9, 0}, {9, 9}, {0, 9}}, {island.rbegin(), island.rend()}}};
    const std::vector<Shape> out = simplified({lake, {"", "", {island}}}, 1);
    CHECK(out[0].rings.size() == 2);
    CHECK(out[0].rings[1].size() == 4);
    CHECK(area(out[1]) == doctest::Approx(0.01));
}

TEST_CASE("no shapes and empty shapes stay as they are") {
    CHECK(simplified({}, 1).empty());
    CHECK(simplified({Shape{"A", "B", {}}}, 1)[0].rings.empty());
}
