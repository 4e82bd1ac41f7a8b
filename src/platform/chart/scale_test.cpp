#include "platform/chart/scale.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

using namespace wardmote::chart;

TEST_CASE("ticks fall on round numbers and take in the data") {
    const Ticks ticks = nice_ticks(0, 421, 6);
    CHECK(ticks.each() == std::vector<double>{0, 100, 200, 300, 400, 500});
    CHECK(ticks.text(500) == "500");
    CHECK(nice_ticks(0, 1000, 3).each() == std::vector<double>{0, 500, 1000});
    CHECK(nice_ticks(-24, 0, 4).each() == std::vector<double>{-30, -20, -10, 0});
}

TEST_CASE("ticks of small values have the decimals they need") {
    const Ticks ticks = nice_ticks(0, 0.3, 4);
    CHECK(ticks.step == doctest::Approx(0.1));
    CHECK(ticks.text(ticks.each()[3]) == "0.3");
    CHECK(nice_ticks(0, 2, 10, true).step == 1);
}

TEST_CASE("a scale of nothing but noughts goes from nought to one") {
    CHECK(nice_ticks(0, 0, 6, true).each() == std::vector<double>{0, 1});
}

TEST_CASE("at any bounds ticks cover them, are few enough, and step by 1, 2 or 5") {
    std::mt19937 random{1};
    for (int i = 0; i < 20'000; ++i) {
        const double size = std::pow(10.0, std::uniform_real_distribution{-3.0, 9.0}(random));
        const double low = -size * std::uniform_real_distribution{0.0, 1.0}(random);
        const double high = size * std::uniform_real_distribution{0.0, 1.0}(random);
        const int most = std::uniform_int_distribution{3, 12}(random);
        const Ticks ticks = nice_ticks(low, high, most);
        CAPTURE(low);
        CAPTURE(high);
        REQUIRE(ticks.low <= low + 1e-6 * size);
        REQUIRE(ticks.high >= high - 1e-6 * size);
        REQUIRE(ticks.each().size() <= static_cast<std::size_t>(most));
        REQUIRE(ticks.each().size() >= 2);
        const double digit =
            ticks.step / std::pow(10.0, std::floor(std::log10(ticks.step * 1.0001)));
        const bool round = std::fabs(digit - 1) < 1e-6 || std::fabs(digit - 2) < 1e-6 ||
                           std::fabs(digit - 5) < 1e-6;
        REQUIRE(round);
    }
}
