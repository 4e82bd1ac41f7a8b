#include "platform/chart/metrics.hpp"

#include <doctest/doctest.h>

using namespace wardmote::chart;

TEST_CASE("words are as wide as Adobe's Helvetica metrics say") {
    // H 722, e 556, l 222, l 222, o 556.
    CHECK(text_width("Hello", 1000) == doctest::Approx(2278));
    CHECK(text_width("1,250", 10) == doctest::Approx(5.56 * 4 + 2.78));
    CHECK(text_width("Wi", 1000, true) == doctest::Approx(944 + 278));
}

TEST_CASE("letters of several bytes count once") {
    CHECK(text_width("−4", 1000) == doctest::Approx(584 + 556));
    CHECK(text_width("’", 1000) == doctest::Approx(222));
    CHECK(text_width("", 14) == 0);
}

TEST_CASE("words are broken at blanks") {
    CHECK(wrapped("Headington Hill and Northway", 120, 14) ==
          std::vector<std::string>{"Headington Hill", "and Northway"});
    CHECK(wrapped("Northway", 10, 14) == std::vector<std::string>{"Northway"});
    CHECK(wrapped("", 10, 14) == std::vector<std::string>{""});
}

TEST_CASE("words too long are shortened, never within a letter") {
    CHECK(shortened("Carfax", 200, 14) == "Carfax");
    CHECK(shortened("Carfax", 40, 14) == "Car…");
    CHECK(shortened("éééé", 30, 14) == "é…");
}
