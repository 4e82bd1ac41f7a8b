#include "engine/stats/hot_spot_worth.hpp"

#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

using namespace wardmote::stats;
using doctest::Approx;

namespace {

using Numbers = std::vector<double>;
using Flags = std::vector<std::uint8_t>;

} // namespace

TEST_CASE("a map of two cells in ten, worked by hand") {
    const Flags flagged{1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    const Numbers before{30, 20, 10, 5, 5, 5, 5, 0, 0, 0};
    const Numbers after{24, 6, 12, 4, 2, 2, 0, 0, 0, 0};
    const auto worth = hot_spot_worth(flagged, before, after).value();
    CHECK(worth.area_share == Approx(0.2));
    CHECK(worth.hit_rate == Approx(30.0 / 50));
    CHECK(worth.pai == Approx(3));
    // The best two would have been 24 and 12.
    CHECK(worth.pei == Approx(30.0 / 36));
    // 30 of 50 before, 30 of 50 now: (30 / 50) / (50 / 80).
    CHECK(worth.rri == Approx(0.6 / 0.625));
}

TEST_CASE("the best map has a PEI of one, and one of everything a PAI of one") {
    const Numbers after{5, 0, 9, 1};
    CHECK(hot_spot_worth(Flags{1, 0, 1, 0}, {}, after)->pei == Approx(1));
    const auto all = hot_spot_worth(Flags{1, 1, 1, 1}, after, after).value();
    CHECK(all.pai == Approx(1));
    CHECK(all.pei == Approx(1));
    CHECK(all.rri == Approx(1));
}

TEST_CASE("places of unlike size are taken densest first, the last in part") {
    // Densities 3, 2, 1; flagged is the last, of size 4: the best of that size is 6 + 2 of 4.
    const Numbers after{6, 4, 4};
    const Numbers sizes{2, 2, 4};
    const auto worth = hot_spot_worth(Flags{0, 0, 1}, {}, after, sizes).value();
    CHECK(worth.area_share == Approx(0.5));
    CHECK(worth.pai == Approx((4.0 / 14) / 0.5));
    CHECK(worth.pei == Approx(4.0 / 10));
    CHECK_FALSE(worth.rri);
}

TEST_CASE("what is not calculable is left out, what is impossible has no answer") {
    const Flags none{0, 0};
    const auto empty = hot_spot_worth(none, Numbers{1, 2}, Numbers{3, 4}).value();
    CHECK(empty.hit_rate == Approx(0));
    CHECK_FALSE(empty.pai);
    CHECK_FALSE(empty.pei);
    CHECK_FALSE(empty.rri);
    const auto quiet = hot_spot_worth(Flags{1, 0}, Numbers{1, 2}, Numbers{0, 0}).value();
    CHECK_FALSE(quiet.hit_rate);
    CHECK_FALSE(quiet.pai);
    CHECK_FALSE(hot_spot_worth({}, {}, {}));
    CHECK_FALSE(hot_spot_worth(none, {}, Numbers{1, -1}));
    CHECK_FALSE(hot_spot_worth(none, Numbers{1, NAN}, Numbers{1, 1}));
    CHECK_FALSE(hot_spot_worth(none, {}, Numbers{1, 1}, Numbers{0, 1}));
    CHECK_THROWS_AS(hot_spot_worth(none, {}, Numbers{1}), std::invalid_argument);
    CHECK_THROWS_AS(hot_spot_worth(none, {}, Numbers{1, 1}, Numbers{1}), std::invalid_argument);
}

TEST_CASE("the hottest fifth of five cells is one, of equal ones the first") {
    CHECK(hottest(Numbers{1, 7, 7, NAN, 2}, 0.2) == Flags{0, 1, 0, 0, 0});
    CHECK(hottest(Numbers{1, 7, 7, NAN, 2}, 0.4) == Flags{0, 1, 1, 0, 0});
    CHECK(hottest(Numbers{1, 7, 7, NAN, 2}, 1) == Flags{1, 1, 1, 0, 1});
    CHECK(hottest(Numbers{1, 7}, 0.1) == Flags{0, 0});
    CHECK(hottest(Numbers(100, 1.0), 0.05)[4] == 1);
    CHECK(hottest(Numbers(100, 1.0), 0.05)[5] == 0);
    CHECK(hottest(Numbers{5, 4, 3}, 0.5, Numbers{1, 2, 3}) == Flags{1, 1, 0});
}
