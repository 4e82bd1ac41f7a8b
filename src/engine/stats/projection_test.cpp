#include "engine/stats/projection.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <tbb/global_control.h>

#include "engine/stats/level_drift.hpp"

using namespace wardmote::stats;
using wardmote::core::Month;

namespace {

/// Burglary of homes of the council report: 421 in 2013-14, 312 of them by December; 237 since.
MonthlySeries homes() {
    return MonthlySeries::complete({2013, 4}, {32, 36, 34, 38, 34, 35, 37, 36, 30, 35, 33,
                                               41, 27, 25, 27, 28, 28, 25, 26, 27, 24});
}

/// `years` of the same seasonal year, each `growth` times the one before.
MonthlySeries seasonal(int years, double growth, int months_of_last) {
    constexpr double shape[] = {30, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 60};
    std::vector<double> counts;
    double level = 1;
    for (int year = 0; year < years; ++year, level *= growth) {
        for (int month = 0; month < 12; ++month) {
            if (year + 1 < years || month < months_of_last)
                counts.push_back(std::round(shape[month] * level));
        }
    }
    return MonthlySeries::complete({2005, 4}, counts);
}

} // namespace

TEST_CASE("burglary of homes is heading for about 320") {
    const Projection projection = project(homes(), {2014, 12});
    REQUIRE(projection.possible());
    CHECK(projection.chosen.method == ProjectionMethod::seasonal_share);
    CHECK(projection.because == ChosenBecause::no_history);
    CHECK(projection.chosen.value == doctest::Approx(237.0 * 421 / 312)); // 319.8
    CHECK(projection.so_far == 237);
    CHECK(projection.last_year == 421.0);
    CHECK(projection.last_year_by_now == 312.0);
    // By hand: 82.8 to come, variance 82.8 + 82.8^2 (1/237 + 1/109 + 1/312) = 196.6, so
    // 14 either way by one deviation: 320 - 18 and 320 + 18 at 80%.
    CHECK(projection.chosen.interval80.low == doctest::Approx(302).epsilon(0.005));
    CHECK(projection.chosen.interval80.high == doctest::Approx(338).epsilon(0.005));
    CHECK(projection.all.size() == 2); // 21 months are too few for the regression
}

TEST_CASE("the method that did best in past years is chosen") {
    // Every year alike in shape, so last year's share is right and a straight line is not.
    const auto share = project(seasonal(7, 1.3, 9), {2011, 12});
    REQUIRE(share.backtests.size() == 3);
    CHECK(share.because == ChosenBecause::did_best);
    CHECK(share.chosen.method == ProjectionMethod::seasonal_share);
    CHECK(share.backtest(ProjectionMethod::seasonal_share)->typical_miss < 3);
    CHECK(share.backtest(ProjectionMethod::straight_line)->typical_miss > 20);
    CHECK(share.backtest(ProjectionMethod::seasonal_share)->tries.size() == 5);
}

TEST_CASE("a method that missed past years by more than chance gets wider intervals") {
    // Good and bad last months by turns: last year's share is wrong every time.
    auto series = seasonal(7, 1, 9);
    for (std::size_t year = 0; year < 6; ++year)
        series.counts[year * 12 + 11] = year % 2 == 0 ? 20 : 120;
    const auto projection = project(series, {2011, 12});
    const auto plain = forecast(series, {2011, 12}, ProjectionMethod::seasonal_share).value();
    const Forecast &shown = projection.all[0];
    REQUIRE(shown.method == ProjectionMethod::seasonal_share);
    CHECK(shown.value == plain.value);
    // sqrt((2 + sum of squared misses in deviations) / (2 + years)), from the plain forecasts.
    double squares = 2;
    for (int years = 1; years <= 5; ++years) {
        const Month then = Month{2011, 12} - 12 * years;
        const auto said = forecast(series, then, ProjectionMethod::seasonal_share).value();
        const double actual = *sum(series, year_containing(then, YearKind::financial));
        const auto &held = said.interval80;
        const double z = (actual - said.value) / ((held.high - held.low) / 2 / 1.2816);
        squares += z * z;
    }
    CHECK(shown.widened == doctest::Approx(std::sqrt(squares / 7)).epsilon(0.05));
    CHECK(shown.interval80.high - shown.value ==
          doctest::Approx(shown.widened * (plain.interval80.high - plain.value)).epsilon(0.05));
    CHECK(shown.interval80.low >= projection.so_far);
}

TEST_CASE("with no past year to learn from, a level that moves widens the interval") {
    // Quarters of 100 and 200 by turns and no whole year before: four changes of log 2 (with half a
    // count each, 0.690657), chance 1/100.5 + 1/200.5 = 0.014938, so a step's variance is
    // (0.690657^2 - 0.014938) / (19/9) = 0.218874 a month.
    std::vector<double> counts;
    for (int quarter = 0; quarter < 5; ++quarter)
        for (const double month : {1, 1, 2})
            counts.push_back(month * (quarter % 2 == 0 ? 25 : 50));
    const auto series = MonthlySeries::complete({2013, 10}, counts);
    CHECK(level_drift(series, {2014, 12}) == doctest::Approx(0.218874).epsilon(1e-4));
    const auto projection = project(series, {2014, 12});
    const auto line = forecast(series, {2014, 12}, ProjectionMethod::straight_line).value();
    REQUIRE(projection.because == ChosenBecause::only_one);
    // By the four months of a walk through a year: sqrt(1 + 4 * 0.218874 * (to come /
    // deviation)^2).
    const double deviation = (line.interval80.high - line.interval80.low) / 2 / 1.2816;
    const double moved = (line.value - projection.so_far) / deviation;
    CHECK(projection.chosen.widened ==
          doctest::Approx(std::sqrt(1 + 4 * 0.218874 * moved * moved)).epsilon(1e-4));
    CHECK(projection.chosen.interval80.high > line.interval80.high);
    CHECK(projection.chosen.interval80.low >= projection.so_far);
}

TEST_CASE("a level that moves no more than chance is not said to drift") {
    CHECK(level_drift(homes(), {2014, 3}) == 0);
    CHECK(level_drift(MonthlySeries::complete({2013, 4}, std::vector<double>(8, 9)), {2013, 11}) ==
          0); // two quarters are too few
    CHECK(level_drift(MonthlySeries{{2013, 4}, {}, {}}, {2013, 11}) == 0);
    CHECK(level_drift(MonthlySeries::complete({2013, 4}, std::vector<double>(24, 0)), {2015, 3}) ==
          0);
}

TEST_CASE("methods that did equally well leave the seasonal share") {
    const auto flat = project(MonthlySeries::complete({2005, 4}, std::vector<double>(81, 20)),
                              {2011, 12}, {.method = {}});
    CHECK(flat.chosen.method == ProjectionMethod::seasonal_share);
    CHECK(flat.chosen.value == doctest::Approx(240));
    CHECK(flat.because == ChosenBecause::tie);
}

TEST_CASE("a missing month refuses unless gaps are to be estimated") {
    auto series = homes();
    series.present[15] = false; // July 2014, 28
    const auto refused = project(series, {2014, 12});
    CHECK(refused.refusal == NoProjection::missing_months);
    CHECK(refused.missing == std::vector<Month>{{2014, 7}});
    const auto estimated = project(series, {2014, 12}, {.method = {}, .estimate_gaps = true});
    REQUIRE(estimated.possible());
    // The eight known months are 209 this year and 274 of last year's 421.
    CHECK(estimated.chosen.value == doctest::Approx(209.0 * 421 / 274));
}

TEST_CASE("a declared break stops what would cross it") {
    auto series = homes();
    series.breaks = {{{2014, 8}, "counted anew"}};
    CHECK(project(series, {2014, 12}).refusal == NoProjection::series_break);
    series.breaks = {{{2014, 4}, "counted anew"}};
    const auto projection = project(series, {2014, 12});
    REQUIRE(projection.possible());
    CHECK(projection.chosen.method == ProjectionMethod::straight_line);
    CHECK(projection.because == ChosenBecause::only_one);
}

TEST_CASE("a year that is over is counted, not projected") {
    const auto projection = project(homes(), {2014, 3});
    CHECK(projection.because == ChosenBecause::year_over);
    CHECK(projection.chosen.value == 421);
    CHECK(projection.chosen.interval80 == Interval{421, 421});
}

TEST_CASE("no interval reaches below what has happened, and the wider holds the narrower") {
    for (const double level : {0.0, 0.2, 1.0, 40.0, 3000.0, 2147483648.0}) {
        for (int months = 1; months < 12; ++months) {
            std::vector<double> counts(static_cast<std::size_t>(60 + months), std::round(level));
            counts[3] += 1;
            const auto projection =
                project(MonthlySeries::complete({2005, 4}, counts), Month{2010, 3} + months);
            REQUIRE(projection.possible());
            for (const Forecast &one : projection.all) {
                CAPTURE(level);
                CAPTURE(months);
                CAPTURE(static_cast<int>(one.method));
                CHECK(one.interval95.low >= projection.so_far);
                CHECK(one.interval95.low <= one.interval80.low);
                CHECK(one.interval80.low <= one.value);
                CHECK(one.value <= one.interval80.high);
                CHECK(one.interval80.high <= one.interval95.high);
                CHECK(std::isfinite(one.interval95.high));
            }
        }
    }
}

TEST_CASE("nothing to go by gives no projection") {
    CHECK(project(MonthlySeries{{2014, 4}, {}, {}}, {2014, 12}).refusal ==
          NoProjection::missing_months);
    CHECK(
        project(MonthlySeries{{2014, 4}, {}, {}}, {2014, 12}, {.method = {}, .estimate_gaps = true})
            .refusal == NoProjection::no_method);
    const auto one = project(MonthlySeries::complete({2014, 4}, {5}), {2014, 4});
    REQUIRE(one.possible());
    CHECK(one.chosen.value == 60);
    CHECK(project(homes(), {2014, 12}, {.method = ProjectionMethod::seasonal_regression}).refusal ==
          NoProjection::no_method);
}

TEST_CASE("many series give the same bits on one thread and on four, in their order") {
    std::vector<MonthlySeries> series;
    for (int i = 0; i < 40; ++i)
        series.push_back(seasonal(6, 1 + i / 50.0, 9));
    std::vector<std::vector<Projection>> runs;
    for (const std::size_t threads : {1U, 4U}) {
        const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, threads};
        std::size_t told = 0;
        runs.push_back(project_all(series, {2010, 12}, {},
                                   [&](std::size_t done, std::size_t) { told = done; }));
        CHECK(told == series.size());
    }
    for (std::size_t i = 0; i < series.size(); ++i) {
        REQUIRE(runs[0][i].all.size() == 3);
        for (std::size_t m = 0; m < 3; ++m) {
            CHECK(runs[0][i].all[m].value == runs[1][i].all[m].value);
            CHECK(runs[0][i].all[m].interval80 == runs[1][i].all[m].interval80);
            CHECK(runs[0][i].all[m].interval95 == runs[1][i].all[m].interval95);
        }
        CHECK(runs[0][i].all[1].interval95 == project(series[i], {2010, 12}).all[1].interval95);
    }
}

TEST_CASE("a stop leaves what was not reached marked as stopped") {
    std::stop_source source;
    source.request_stop();
    const std::vector<MonthlySeries> series(3, homes());
    for (const auto &one : project_all(series, {2014, 12}, {}, {}, source.get_token()))
        CHECK(one.refusal == NoProjection::stopped);
}
