#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/before_after.hpp"
#include "engine/stats/glm.hpp"
#include "engine/stats/interrupted.hpp"
#include "engine/stats/power.hpp"
#include "engine/stats/seasonal.hpp"

using namespace wardmote::stats;
using wardmote::core::Month;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> counts_about(std::size_t months, double level, double later, unsigned seed) {
    std::mt19937 random{seed};
    std::vector<double> counts;
    for (std::size_t month = 0; month < months; ++month) {
        const double season = 1 + 0.4 * std::sin(static_cast<double>(month) * 0.5236);
        const double mean = level * season * (month < months / 2 ? 1 : later);
        counts.push_back(std::poisson_distribution<int>{mean}(random));
    }
    return counts;
}

} // namespace

TEST_CASE("difference in differences by hand") {
    // Before 80 against 100, after 40 against 100: the ratio is a half, standard error
    // sqrt(1/80 + 1/100 + 1/40 + 1/100) = 0.23979, and 80 without it.
    const std::vector<double> target{20, 20, 20, 20, 10, 10, 10, 10};
    const std::vector<double> control{25, 25, 25, 25, 25, 25, 25, 25};
    const auto found = difference_in_differences(target, control, 4);
    REQUIRE(found);
    CHECK(found->ratio == doctest::Approx(0.5));
    CHECK(found->dispersion == 1);
    CHECK(found->standard_error == doctest::Approx(0.2397916));
    // Student's quantile with six degrees of freedom: 2.446912.
    CHECK(found->interval.low == doctest::Approx(0.5 * std::exp(-2.446912 * 0.2397916)));
    CHECK(found->interval.high == doctest::Approx(0.5 * std::exp(2.446912 * 0.2397916)));
    CHECK(found->without == doctest::Approx(80));
    CHECK(found->prevented == doctest::Approx(40));
    CHECK(found->prevented_interval.low == doctest::Approx(40 / found->interval.high - 40));
    CHECK_FALSE(found->drift); // four months before are too few
}

TEST_CASE("difference in differences is the regression with a level for every month") {
    // A second way: Poisson regression of both places' months on month, place and place x after.
    constexpr std::size_t months = 24;
    const auto target = counts_about(months, 30, 0.7, 5);
    const auto control = counts_about(months, 60, 1.1, 6);
    std::vector<double> counts, design;
    for (std::size_t month = 0; month < months; ++month)
        for (const bool treated : {true, false}) {
            counts.push_back(treated ? target[month] : control[month]);
            for (std::size_t column = 0; column < months; ++column)
                design.push_back(column == month ? 1 : 0);
            design.push_back(treated ? 1 : 0);
            design.push_back(treated && month >= months / 2 ? 1 : 0);
        }
    const auto fit = fit_poisson(counts, design, months + 2);
    REQUIRE(fit);
    const auto found = difference_in_differences(target, control, months / 2);
    REQUIRE(found);
    CHECK(std::log(found->ratio) == doctest::Approx(fit->coefficients.back()).epsilon(1e-8));
    const double dispersion = std::max(1.0, fit->pearson / (months - 2.0));
    CHECK(found->dispersion == doctest::Approx(dispersion).epsilon(1e-6));
    CHECK(found->standard_error ==
          doctest::Approx(std::sqrt(dispersion * fit->covariance.back())).epsilon(1e-6));
    CHECK(found->drift.has_value());
    CHECK(found->drift_p > 0.01);
}

TEST_CASE("a drift before the action is seen") {
    // The target doubles against the control every year, exactly: log 2 a year.
    std::vector<double> target, control;
    for (int month = 0; month < 36; ++month) {
        const double part = std::pow(2, month / 12.0);
        target.push_back(100 * part);
        control.push_back(100);
    }
    const auto found = difference_in_differences(target, control, 24);
    REQUIRE(found);
    REQUIRE(found->drift);
    CHECK(*found->drift == doctest::Approx(std::log(2.0)));
    CHECK(found->drift_p < 0.001);
}

TEST_CASE("difference in differences stands noughts, gaps and too little") {
    const std::vector<double> four{3, 4, 5, 6};
    const auto none = difference_in_differences(std::vector<double>{3, 4, 0, 0}, four, 2);
    REQUIRE(none);
    CHECK(none->ratio == doctest::Approx((0.5 / 11.5) / (7.5 / 7.5)).epsilon(1e-9));
    CHECK(std::isfinite(none->interval.high));
    CHECK(none->prevented == 0); // nothing was counted to compare: half a count is no count
    CHECK_FALSE(difference_in_differences(four, std::vector<double>{0, 0, 0, 0}, 2));
    CHECK_FALSE(difference_in_differences(four, four, 1));
    CHECK_FALSE(difference_in_differences(four, four, 4));
    CHECK_FALSE(difference_in_differences(four, std::vector<double>{1, 2, 3}, 2));
    CHECK_FALSE(difference_in_differences(std::vector<double>{3, missing, 5, 6}, four, 2));
    const auto huge = difference_in_differences(std::vector<double>(8, 2147483648.0),
                                                std::vector<double>(8, 2147483648.0), 4);
    CHECK(huge->ratio == doctest::Approx(1));
}

TEST_CASE("chance alone is called a change about one time in twenty") {
    int called = 0;
    constexpr int tries = 2000;
    for (unsigned i = 0; i < tries; ++i)
        called += difference_in_differences(counts_about(24, 12, 1, 2 * i),
                                            counts_about(24, 25, 1, 2 * i + 1), 12)
                              ->p < 0.05
                      ? 1
                      : 0;
    CHECK(called < 0.07 * tries);
    CHECK(called > 0.02 * tries);
}

namespace {

/// Counts without noise: trend, season, and from month `at` a step and a bend.
MonthlySeries interrupted(int months, int at, double step, double bend) {
    const Month first{2018, 4};
    std::vector<double> counts;
    for (int i = 0; i < months; ++i) {
        const auto row = seasonal_row(first + i, first + at);
        double eta = 6 + month_offset(first + i) + 0.1 * row[1] + 0.2 * row[2] - 0.1 * row[5];
        if (i >= at)
            eta += std::log(step) + std::log(bend) * (i - at) / 12.0;
        counts.push_back(std::exp(eta));
    }
    return MonthlySeries::complete(first, counts);
}

} // namespace

TEST_CASE("a step and a bend are found again, and what it would have been without them") {
    const auto series = interrupted(60, 36, 0.8, 0.9);
    for (const ErrorsFrom errors : {ErrorsFrom::dispersion, ErrorsFrom::newey_west}) {
        const auto found = interrupted_series(series, Month{2021, 4}, {.errors = errors});
        REQUIRE(found);
        CHECK(found->step.ratio == doctest::Approx(0.8).epsilon(1e-6));
        CHECK(found->bend.ratio == doctest::Approx(0.9).epsilon(1e-6));
        CHECK(found->months_before == 36);
        CHECK(found->months_after == 24);
        double without = 0;
        const auto usual = interrupted(60, 60, 1, 1);
        for (std::size_t month = 36; month < 60; ++month) // the trend's origin moved by two years
            without += usual.counts[month] * std::exp(0.1 * 2);
        CHECK(found->without == doctest::Approx(without).epsilon(1e-6));
        CHECK(found->counted < found->without);
    }
}

TEST_CASE("the errors of an interrupted series by hand, where only a step is left to fit") {
    // Newey and West without lags are White's; both ways are held to sums over the same design.
    auto series = interrupted(48, 24, 0.7, 1);
    std::mt19937 random{3};
    for (double &count : series.counts)
        count = std::poisson_distribution<int>{count / 10}(random);
    const Month at{2020, 4};
    const auto plain = interrupted_series(
        series, at, {.errors = ErrorsFrom::newey_west, .lags = 0, .bend = false});
    REQUIRE(plain);
    std::vector<double> design, offset;
    for (int i = 0; i < 48; ++i) {
        const Month month = series.first + i;
        for (const double value : seasonal_row(month, at))
            design.push_back(value);
        design.push_back(i >= 24 ? 1 : 0);
        offset.push_back(month_offset(month));
    }
    const auto fit = fit_poisson(series.counts, design, 7, offset);
    REQUIRE(fit);
    double variance = 0; // of the last coefficient: sum of (bread row . score)^2, times n / (n - k)
    for (std::size_t i = 0; i < 48; ++i) {
        double influence = 0;
        for (std::size_t column = 0; column < 7; ++column)
            influence += fit->covariance[6 * 7 + column] * design[i * 7 + column];
        influence *= series.counts[i] - fit->fitted[i];
        variance += influence * influence * 48 / 41;
    }
    const double reach = 2.019541 * std::sqrt(variance); // Student's with 41 degrees, 97.5 %
    CHECK(std::log(plain->step.interval.high / plain->step.ratio) ==
          doctest::Approx(reach).epsilon(1e-5));
    CHECK(plain->step.interval.contains(0.7));
    CHECK(plain->bend.ratio == 1);
}

TEST_CASE("an interrupted series is refused where it would say nothing") {
    const auto series = interrupted(48, 24, 1, 1);
    CHECK_FALSE(interrupted_series(series, Month{2019, 9}));  // 17 before
    CHECK(interrupted_series(series, Month{2019, 10}));       // 18
    CHECK_FALSE(interrupted_series(series, Month{2021, 11})); // 5 after
    CHECK_FALSE(interrupted_series(MonthlySeries{Month{2020, 1}, {}, {}}, Month{2020, 1}));
    CHECK_FALSE(interrupted_series(MonthlySeries::complete({2018, 4}, std::vector<double>(48, 0)),
                                   Month{2020, 4}));
    auto broken = series;
    broken.breaks = {{Month{2021, 1}, "counted anew"}};
    CHECK_FALSE(interrupted_series(broken, Month{2020, 4}));
    broken.breaks = {{Month{2018, 6}, "counted anew"}};
    CHECK(interrupted_series(broken, Month{2020, 4})->months_before == 22);
    auto holed = series;
    holed.present[3] = false;
    holed.counts[40] = -1;
    const auto found = interrupted_series(holed, Month{2020, 4});
    REQUIRE(found);
    CHECK(found->months_before == 23);
    CHECK(found->months_after == 23);
    CHECK(found->step.ratio == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE(
    "a control ten times as large gives the same ratio with less doubt, and the sides mirror") {
    const auto target = counts_about(24, 20, 0.8, 31);
    auto control = counts_about(24, 20, 1, 32);
    const auto plain = *difference_in_differences(target, control, 12);
    const auto mirrored = *difference_in_differences(control, target, 12);
    CHECK(mirrored.ratio == doctest::Approx(1 / plain.ratio));
    CHECK(mirrored.interval.low == doctest::Approx(1 / plain.interval.high));
    CHECK(mirrored.p == doctest::Approx(plain.p));
    for (double &count : control)
        count *= 10;
    const auto larger = *difference_in_differences(target, control, 12);
    CHECK(larger.ratio == doctest::Approx(plain.ratio));
    CHECK(larger.standard_error / std::sqrt(larger.dispersion) <
          plain.standard_error / std::sqrt(plain.dispersion));
}

TEST_CASE("power by hand") {
    // 100 before and 100 after, a fall to 0.7: se = sqrt(1/100 + 1/70) = 0.155839, log 0.7 =
    // -0.356675, 2.28874 of them; past 1.95996 with chance 0.62885.
    const PlannedAction plan{.before = 100, .after = 100};
    CHECK(*power_of(plan, 0.7) == doctest::Approx(0.6289).epsilon(1e-3));
    CHECK(*power_of(plan, 1) == doctest::Approx(0.05).epsilon(1e-6));
    const double fall = *smallest_fall(plan);
    CHECK(fall == doctest::Approx(0.64).epsilon(0.005)); // se 0.16008, log -0.44629: 2.7879
    CHECK(*power_of(plan, fall) == doctest::Approx(0.8).epsilon(1e-6));
    // The whole of the error is doubled by a dispersion of four.
    CHECK(*power_of({.before = 400, .after = 400, .dispersion = 4}, 0.7) ==
          doctest::Approx(*power_of(plan, 0.7)).epsilon(1e-9));
    CHECK(*smallest_fall({.before = 50, .after = 50}) < fall);
    CHECK_FALSE(smallest_fall({.before = 2, .after = 2}));
}

TEST_CASE("the formula of power is that of drawn counts, within a few in a hundred") {
    const PlannedAction plans[] = {
        {.before = 200, .after = 200},
        {.before = 300, .after = 100},
        {.before = 150, .after = 150, .control_before = 400, .control_after = 380},
        {.before = 400,
         .after = 300,
         .control_before = 800,
         .control_after = 600,
         .dispersion = 3}};
    for (const PlannedAction &plan : plans)
        for (const double ratio : {1.0, 0.8, 0.65, 1.3}) {
            CAPTURE(ratio);
            const double drawn = *simulated_power(plan, ratio);
            CHECK(std::fabs(drawn - *power_of(plan, ratio)) < 0.025);
        }
    CHECK(*simulated_power(plans[3], 0.8, 3000, 1, {.threads = 1}) ==
          *simulated_power(plans[3], 0.8, 3000, 1, {.threads = 2}));
}

TEST_CASE("power is not asked of nothing") {
    CHECK_FALSE(power_of({}, 0.7));
    CHECK_FALSE(power_of({.before = 10, .after = 10}, 0));
    CHECK_FALSE(power_of({.before = 10, .after = 10, .control_before = 5}, 0.7));
    CHECK_FALSE(power_of({.before = missing, .after = 10}, 0.7));
    CHECK_FALSE(smallest_fall({.before = 10, .after = 10}, 1));
    CHECK_FALSE(simulated_power({.before = 10, .after = 10}, 0.7, 0));
}
