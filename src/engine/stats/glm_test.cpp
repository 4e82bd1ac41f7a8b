#include "engine/stats/glm.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

using namespace wardmote::stats;

TEST_CASE("counts that double each step are fitted exactly") {
    const std::vector<double> counts = {2, 4, 8, 16};
    const std::vector<double> design = {1, 0, 1, 1, 1, 2, 1, 3};
    for (const auto &fit :
         {fit_poisson(counts, design, 2), fit_negative_binomial(counts, design, 2)}) {
        REQUIRE(fit);
        CHECK(fit->coefficients[0] == doctest::Approx(std::log(2)));
        CHECK(fit->coefficients[1] == doctest::Approx(std::log(2)));
        CHECK(std::isinf(fit->theta));
        CHECK(fit->converged);
    }
}

TEST_CASE("an offset moves the level by its log and nothing else") {
    const std::vector<double> counts = {3, 9, 4, 12, 7, 30};
    const std::vector<double> ones(6, 1);
    const std::vector<double> offset(6, std::log(10));
    const auto plain = fit_negative_binomial(counts, ones, 1).value();
    const auto moved = fit_negative_binomial(counts, ones, 1, offset).value();
    CHECK(moved.coefficients[0] == doctest::Approx(plain.coefficients[0] - std::log(10)));
    CHECK(moved.theta == doctest::Approx(plain.theta));
    CHECK(plain.fitted[0] == doctest::Approx(65.0 / 6)); // one mean: the plain average
}

TEST_CASE("what cannot be fitted has no fit") {
    const std::vector<double> ones(4, 1);
    const std::vector<double> twice(8, 1); // two equal columns
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(fit_poisson(std::vector<double>{0, 0, 0, 0}, ones, 1));
    CHECK_FALSE(fit_poisson(std::vector<double>{1, nan, 0, 0}, ones, 1));
    CHECK_FALSE(fit_poisson(std::vector<double>{1, -1, 0, 0}, ones, 1));
    CHECK_FALSE(fit_poisson(std::vector<double>{1, 2, 3, 4}, twice, 2));
    CHECK_FALSE(fit_poisson(std::vector<double>{1}, std::vector<double>{1}, 1));
    CHECK_FALSE(fit_poisson({}, {}, 0));
    CHECK_FALSE(fit_negative_binomial(std::vector<double>{1, 2, 3}, ones, 1));
}

TEST_CASE("huge counts are fitted") {
    const std::vector<double> counts = {2147483648.0, 2147483000.0, 2147484000.0, 2147483648.0};
    const auto fit = fit_negative_binomial(counts, std::vector<double>(4, 1), 1);
    REQUIRE(fit);
    CHECK(fit->coefficients[0] == doctest::Approx(std::log(2147483574.0)));
}
