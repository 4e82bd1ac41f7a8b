#include "engine/geo/neighbours.hpp"

#include <doctest/doctest.h>

using namespace wardmote::geo;

namespace {

Shape box(double left, double bottom, double right, double top) {
    return {"", "", {{{left, bottom}, {right, bottom}, {right, top}, {left, top}}}};
}

using Lists = std::vector<std::vector<std::size_t>>;

} // namespace

TEST_CASE("squares of a board touch along borders, and at corners when asked") {
    const std::vector<Shape> board{box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2),
                                   box(1, 1, 2, 2)};
    CHECK(neighbours(board) == Lists{{1, 2}, {0, 3}, {0, 3}, {1, 2}});
    CHECK(neighbours(board, Touch::corner) == Lists{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}});
}

TEST_CASE("a long border meets two short ones though they share no whole edge") {
    CHECK(neighbours({box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)}) ==
          Lists{{1, 2}, {0, 2}, {0, 1}});
}

TEST_CASE("an island has no neighbours, nor has an area without an outline") {
    CHECK(neighbours({box(0, 0, 1, 1), box(5, 5, 6, 6), Shape{}}) == Lists{{}, {}, {}});
}

TEST_CASE("a gap narrower than the tolerance does not part two areas") {
    const std::vector<Shape> pair{box(0, 0, 1, 1), box(1.001, 0, 2, 1)};
    CHECK(neighbours(pair) == Lists{{}, {}});
    CHECK(neighbours(pair, Touch::border, 0.01) == Lists{{1}, {0}});
}

TEST_CASE("with a tolerance a mere corner is still no border") {
    CHECK(neighbours({box(0, 0, 1, 1), box(1, 1, 2, 2)}, Touch::border, 0.01) == Lists{{}, {}});
}
