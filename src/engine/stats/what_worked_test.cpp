#include <cmath>

#include <doctest/doctest.h>

#include "engine/stats/displacement.hpp"
#include "engine/stats/poisson_e_test.hpp"

using namespace wardmote::stats;

namespace {

/// The E-test as the paper writes it: a double sum over every pair of counts.
double by_brute_force(const RateCount &one, const RateCount &two, Side side, double difference) {
    const double n1 = one.exposure;
    const double n2 = two.exposure;
    const auto standardised = [&](double x, double y) {
        return (x / n1 - y / n2 - difference) / std::sqrt(x / (n1 * n1) + y / (n2 * n2));
    };
    const double rate2 = (one.count + two.count - difference * n1) / (n1 + n2);
    const double mean1 = n1 * (rate2 + difference);
    const double mean2 = n2 * rate2;
    const double seen = standardised(one.count, two.count);
    double p = 0;
    for (int x = 0; x < 300; ++x)
        for (int y = 0; y < 300; ++y) {
            const double t = standardised(x, y);
            const double margin = 1e-10;
            const bool out =
                side == Side::both ? std::fabs(t) >= std::fabs(seen) - margin : t >= seen - margin;
            if (out)
                p += std::exp(x * std::log(mean1) - mean1 - std::lgamma(x + 1) +
                              y * std::log(mean2) - mean2 - std::lgamma(y + 1));
        }
    return p;
}

} // namespace

TEST_CASE("the E-test gives the values of its paper and of the authors' program") {
    CHECK(*poisson_e_test({0, 100}, {3, 100}) == doctest::Approx(0.0884).epsilon(1e-3));
    CHECK(*poisson_e_test({2, 100}, {6, 100}) == doctest::Approx(0.1749).epsilon(1e-3));
    // As published in the tests of SciPy's poisson_means_test, which hold to 2e-6.
    const auto close = [](std::optional<double> got, double expected) {
        CHECK(std::fabs(got.value() - expected) < 2e-6);
    };
    close(poisson_e_test({20, 10}, {20, 10}), 0.999999756892963);
    close(poisson_e_test({10, 10}, {10, 10}), 0.9999998403241203);
    close(poisson_e_test({50, 15}, {1, 1}, Side::both, 0.05), 0.09920321053409643);
    close(poisson_e_test({3, 100}, {20, 300}), 0.12202725450896404);
    close(poisson_e_test({3, 12}, {4, 20}, Side::first_is_larger), 0.40416087318539173);
    close(poisson_e_test({4, 20}, {3, 100}, Side::first_is_larger), 0.008053640402974236);
    close(poisson_e_test({4, 20}, {3, 10}, Side::first_is_smaller), 0.3083216325432898);
    close(poisson_e_test({1, 1}, {50, 15}, Side::first_is_smaller), 0.09322998607245102);
}

TEST_CASE("the E-test is the sum over every pair of counts") {
    for (const double x : {0.0, 1.0, 4.0, 17.0})
        for (const double y : {0.0, 2.0, 9.0, 30.0})
            for (const double exposure : {1.0, 2.5}) {
                if (x + y == 0)
                    continue;
                CAPTURE(x);
                CAPTURE(y);
                for (const Side side : {Side::both, Side::first_is_larger})
                    CHECK(*poisson_e_test({x, exposure}, {y, 1}, side) ==
                          doctest::Approx(by_brute_force({x, exposure}, {y, 1}, side, 0))
                              .epsilon(1e-6));
            }
    CHECK(*poisson_e_test({9, 2}, {4, 1}, Side::both, 0.5) ==
          doctest::Approx(by_brute_force({9, 2}, {4, 1}, Side::both, 0.5)).epsilon(1e-6));
}

TEST_CASE("the E-test knows what it cannot say, and stands counts of two thousand million") {
    CHECK(*poisson_e_test({0, 1}, {0, 1}) == 1);
    CHECK_FALSE(poisson_e_test({-1, 1}, {2, 1}));
    CHECK_FALSE(poisson_e_test({1.5, 1}, {2, 1}));
    CHECK_FALSE(poisson_e_test({1, 0}, {2, 1}));
    CHECK_FALSE(poisson_e_test({std::nan(""), 1}, {2, 1}));
    // Two deviations apart: the normal law's 0.0455.
    const double huge = 2147483648.0;
    CHECK(*poisson_e_test({huge + std::round(2 * std::sqrt(2 * huge)), 1}, {huge, 1}) ==
          doctest::Approx(0.0455).epsilon(0.002));
}

TEST_CASE("the weighted displacement difference of the paper") {
    // Wheeler and Ratcliffe (2018): 118 fewer, standard error sqrt(1568), z -2.98, -196 to -40.
    const auto wdd = weighted_displacement_difference({.target = {207, 110},
                                                       .control = {308, 318},
                                                       .around = {178, 157},
                                                       .around_control = {150, 140}});
    REQUIRE(wdd);
    CHECK(wdd->total.value == -118);
    CHECK(wdd->total.standard_error == doctest::Approx(std::sqrt(1568.0)));
    CHECK(wdd->total.z == doctest::Approx(-2.98).epsilon(0.001));
    CHECK(std::round(wdd->total.interval.low) == -196);
    CHECK(std::round(wdd->total.interval.high) == -40);
    CHECK(wdd->local.value == -107); // (110 - 207) - (318 - 308)
    CHECK(wdd->local.standard_error == doctest::Approx(std::sqrt(943.0)));
    CHECK(wdd->around.value == -11);
}

TEST_CASE("the weighted displacement difference allows for unequal lengths and sizes") {
    // Published in the tests of the ptools package.
    const auto lengths = weighted_displacement_difference(
        {.target = {80, 20}, .control = {100, 50}, .length_before = 2, .length_after = 1});
    CHECK(lengths->total.value == -20);
    CHECK(lengths->total.standard_error == doctest::Approx(std::sqrt(115.0)));
    const auto sizes = weighted_displacement_difference({.target = {207, 110, 1.2},
                                                         .control = {308, 318, 0.9},
                                                         .around = {178, 157, 1.5},
                                                         .around_control = {150, 140, 1.6}});
    CHECK(sizes->total.value == doctest::Approx(-99.69444444));
    CHECK(sizes->total.standard_error == doctest::Approx(35.4280755));
    CHECK(sizes->total.z == doctest::Approx(-2.813995483));
    CHECK(sizes->total.interval.low == doctest::Approx(-169.1321965));
    CHECK(sizes->total.interval.high == doctest::Approx(-30.25669241));
}

TEST_CASE("the weighted displacement difference of nothing is nothing") {
    const auto none = weighted_displacement_difference({});
    REQUIRE(none);
    CHECK(none->total.value == 0);
    CHECK(none->total.z == 0);
    CHECK_FALSE(weighted_displacement_difference({.target = {-1, 2}}));
    CHECK_FALSE(weighted_displacement_difference({.target = {1, 2, 0}}));
    CHECK_FALSE(weighted_displacement_difference({.length_after = 0}));
    CHECK_FALSE(weighted_displacement_difference({.target = {std::nan(""), 2}}));
}
