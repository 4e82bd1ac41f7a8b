#include <cmath>
#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/near_repeat_chains.hpp"

using namespace wardmote::stats;

using Members = std::vector<std::size_t>;

TEST_CASE("a chain holds each event that is within the window of another of it") {
    // In order of time: 3 at 0 m on day 1, 0 at 90 m on day 5, 4 at 180 m on day 9; apart from them
    // 1 and 5 a day apart at 5,000 m; 2 near the first three, but on day 40.
    const std::vector<double> x = {90, 5000, 50, 0, 180, 5000};
    const std::vector<double> y(6, 0);
    const std::vector<std::int32_t> day = {5, 20, 40, 1, 9, 21};
    const Chains found = near_repeat_chains({x, y, day}, {100, 7});
    REQUIRE(found.chains.size() == 2);
    CHECK(found.chains[0] == Chain{3, Members{3, 0, 4}});
    CHECK(found.chains[1] == Chain{1, Members{1, 5}});
    CHECK(found.follows[4] == 0);
    CHECK(found.follows[0] == 3);
    CHECK(found.follows[5] == 1);
    for (const std::size_t i : {1, 2, 3})
        CHECK_FALSE(found.follows[i].has_value());
}

TEST_CASE("both ends of the window are within it") {
    const std::vector<double> x = {0, 100};
    const std::vector<double> y = {0, 0};
    const std::vector<std::int32_t> day = {7, 0};
    CHECK(near_repeat_chains({x, y, day}, {100, 7}).chains.size() == 1);
    CHECK(near_repeat_chains({x, y, day}, {99.9, 7}).chains.empty());
    CHECK(near_repeat_chains({x, y, day}, {100, 6}).chains.empty());
    CHECK(near_repeat_chains({x, y, day}, {100, std::numeric_limits<double>::infinity()})
              .follows[0] == 1);
}

TEST_CASE("an event follows the latest before it, of equally late ones the nearest") {
    const std::vector<double> x = {0, 30, 10, 20};
    const std::vector<double> y(4, 0);
    const std::vector<std::int32_t> day = {3, 2, 1, 2};
    const Chains found = near_repeat_chains({x, y, day}, {100, 7});
    CHECK(found.follows[0] == 3);
    // Of one day: the order of the input.
    CHECK(found.follows[3] == 1);
    CHECK(found.follows[1] == 2);
    REQUIRE(found.chains.size() == 1);
    CHECK(found.chains[0] == Chain{2, Members{2, 1, 3, 0}});
}

TEST_CASE("no events and events without a place are in no chain") {
    CHECK(near_repeat_chains({}, {100, 7}).chains.empty());
    const std::vector<double> x = {0, std::nan(""), 0};
    const std::vector<double> y = {0, 0, 0};
    const std::vector<std::int32_t> day = {1, 1, 1};
    const Chains found = near_repeat_chains({x, y, day}, {100, 7});
    REQUIRE(found.chains.size() == 1);
    CHECK(found.chains[0].members == Members{0, 2});
    CHECK_THROWS_AS(near_repeat_chains({x, y, day}, {0, 7}), std::invalid_argument);
    CHECK_THROWS_AS(near_repeat_chains({x, y, {}}, {1, 7}), std::invalid_argument);
}
