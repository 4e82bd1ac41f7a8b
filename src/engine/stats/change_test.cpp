#include "engine/stats/change.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace wardmote::stats;

TEST_CASE("the council report's changes come out as it says") {
    const Change sexual = compare_counts(24, 56);
    CHECK(*sexual.percent == doctest::Approx(133.3333).epsilon(1e-5));
    CHECK(sexual.difference == 32);
    CHECK(sexual.verdict == Verdict::rise);
    CHECK(*compare_counts(3500, 5000).percent == doctest::Approx(42.857).epsilon(1e-5));
    CHECK(compare_counts(312, 237).verdict == Verdict::fall);
    CHECK(compare_counts(96, 104).verdict == Verdict::no_clear_change);
}

TEST_CASE("a base of nought is not calculable, however much stands against it") {
    const Change change = compare_counts(0, 1000);
    CHECK(change.verdict == Verdict::not_calculable);
    CHECK_FALSE(change.percent);
    CHECK(std::isinf(change.interval.high));
    CHECK(change.p < 1e-6);
}

TEST_CASE("a base under twenty gives numbers, not a headline per cent") {
    CHECK(compare_counts(19, 30).percent_suppressed);
    CHECK_FALSE(compare_counts(20, 30).percent_suppressed);
}

TEST_CASE("what is not a count is not calculable") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto &[before, now] : {std::pair{nan, 3.0},
                                      {3.0, nan},
                                      {-1.0, 3.0},
                                      {0.0, 0.0},
                                      {3.0, std::numeric_limits<double>::infinity()}})
        CHECK(compare_counts(before, now).verdict == Verdict::not_calculable);
    CHECK(compare_counts(10, 20, {.exposure_now = 0}).verdict == Verdict::not_calculable);
    CHECK(compare_counts(10, 20, {.exposure_before = nan}).verdict == Verdict::not_calculable);
    CHECK(compare_counts(PeriodPair{.now = wardmote::core::Period{{2014, 1}, {2014, 1}},
                                    .before = wardmote::core::Period{{2013, 1}, {2013, 1}},
                                    .refusal = Refusal::missing_months})
              .verdict == Verdict::not_calculable);
}

TEST_CASE("swapping the two counts turns the answer upside down") {
    for (const auto &[a, b] : {std::pair{24.0, 56.0}, {7.0, 15.0}, {9910.0, 8969.0}}) {
        const Change forth = compare_counts(a, b);
        const Change back = compare_counts(b, a);
        CHECK(forth.p == doctest::Approx(back.p));
        CHECK(forth.mid_p == doctest::Approx(back.mid_p));
        CHECK(forth.interval.low == doctest::Approx(1 / back.interval.high));
    }
}

TEST_CASE("the verdict and the mid-p value always agree, and dispersion only adds doubt") {
    for (int before = 1; before <= 60; before += 7) {
        for (int now = 0; now <= 120; now += 5) {
            const Change change = compare_counts(before, now);
            const bool clear = change.verdict != Verdict::no_clear_change;
            CHECK(clear == (change.mid_p < 0.05));
            const Change wider = compare_counts(before, now, {.dispersion = 3});
            CHECK(wider.interval.low <= change.interval.low + 1e-12);
            CHECK(wider.interval.high >= change.interval.high - 1e-9);
            CHECK(change.interval.contains(*change.ratio));
        }
    }
}

TEST_CASE("scaling both exposures changes nothing") {
    const Change one = compare_counts(100, 40, {.exposure_before = 12, .exposure_now = 3});
    const Change two = compare_counts(100, 40, {.exposure_before = 1200, .exposure_now = 300});
    CHECK(one.interval.low == doctest::Approx(two.interval.low).epsilon(1e-12));
    CHECK(one.p == doctest::Approx(two.p).epsilon(1e-12));
}

TEST_CASE("dispersion needs two years with something in them") {
    const wardmote::core::Month first{2012, 1};
    CHECK_FALSE(estimate_dispersion(MonthlySeries::complete(first, std::vector<double>(23, 5)),
                                    first + 22));
    CHECK_FALSE(estimate_dispersion(MonthlySeries::complete(first, std::vector<double>(40, 0)),
                                    first + 39));
    CHECK_FALSE(estimate_dispersion(MonthlySeries{first, {}, {}}, first));
    CHECK(estimate_dispersion(MonthlySeries::complete(first, std::vector<double>(40, 5)),
                              first + 39) == 1.0);
}
