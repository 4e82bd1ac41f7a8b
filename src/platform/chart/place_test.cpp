#include "platform/chart/place.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <doctest/doctest.h>

using namespace wardmote::chart;

TEST_CASE("labels that do not touch stay where they wish to be") {
    CHECK(spread({{20, 10}, {60, 10}}, 0, 100) == std::vector<double>{20, 60});
}

TEST_CASE("two labels at one place part evenly") {
    CHECK(spread({{50, 10}, {50, 10}}, 0, 100) == std::vector<double>{45, 55});
}

TEST_CASE("labels are kept within the picture") {
    CHECK(spread({{2, 10}, {99, 10}}, 0, 100) == std::vector<double>{5, 95});
}

TEST_CASE("at any wishes labels never overlap and keep their order") {
    std::mt19937 random{2};
    for (int i = 0; i < 5000; ++i) {
        std::vector<Wish> wishes;
        double total = 0;
        const int count = std::uniform_int_distribution{1, 12}(random);
        for (int j = 0; j < count; ++j) {
            wishes.push_back({std::uniform_real_distribution{-20.0, 320.0}(random),
                              std::uniform_real_distribution{10.0, 40.0}(random)});
            total += wishes.back().height;
        }
        const auto middles = spread(wishes, 0, 300);
        for (std::size_t a = 0; a < wishes.size(); ++a) {
            REQUIRE(middles[a] - wishes[a].height / 2 >= -1e-9);
            if (total <= 300)
                REQUIRE(middles[a] + wishes[a].height / 2 <= 300 + 1e-9);
            for (std::size_t b = 0; b < a; ++b) {
                const double apart = std::fabs(middles[a] - middles[b]);
                REQUIRE(apart >= (wishes[a].height + wishes[b].height) / 2 - 1e-9);
                if (wishes[a].middle - wishes[a].height / 2 < wishes[b].middle &&
                    wishes[a].middle < wishes[b].middle)
                    REQUIRE(middles[a] < middles[b]);
            }
        }
    }
}

TEST_CASE("a line crosses a room when it runs through it or ends in it") {
    const Room room{10, 10, 20, 20};
    CHECK(crosses(room, {0, 15}, {30, 15}));
    CHECK(crosses(room, {15, 15}, {16, 16}));
    CHECK(crosses(room, {0, 0}, {15, 15}));
    CHECK_FALSE(crosses(room, {0, 0}, {30, 5}));
    CHECK_FALSE(crosses(room, {0, 15}, {9, 15}));
    CHECK_FALSE(crosses(room, {15, 35}, {40, 10}));
}

TEST_CASE("the best room is the first free one, and else the one that covers least") {
    Taken taken;
    taken.add(Room{0, 0, 10, 10});
    taken.add({0, 30}, {100, 30});
    const Room whole{0, 0, 100, 100};
    CHECK(taken.best({{5, 5, 15, 15}, {50, 50, 60, 60}, {70, 70, 80, 80}}, whole).left == 50);
    CHECK(taken.best({{5, 5, 15, 15}, {50, 25, 60, 35}}, whole).left == 50);
    CHECK(taken.best({{95, 50, 105, 60}, {5, 5, 15, 15}}, whole).left == 5);
}
