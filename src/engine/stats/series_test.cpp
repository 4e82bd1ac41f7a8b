#include "engine/stats/series.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace wardmote::stats;
using wardmote::core::Month;
using wardmote::core::Period;

namespace {

/// April 2013 to December 2014: 1 each month of the first year, 2 after.
MonthlySeries two_years() {
    std::vector<double> counts(21, 1);
    std::fill(counts.begin() + 12, counts.end(), 2);
    return MonthlySeries::complete({2013, 4}, counts);
}

void lose(MonthlySeries &series, Month month) {
    series.present[static_cast<std::size_t>(month - series.first)] = false;
}

} // namespace

TEST_CASE("year to date adds up the same months of both years") {
    const auto pair = year_to_date(two_years(), {2014, 12}, YearKind::financial);
    CHECK(pair.comparable());
    CHECK(pair.now == Period{{2014, 4}, {2014, 12}});
    CHECK(pair.before == Period{{2013, 4}, {2013, 12}});
    CHECK(pair.now_sum == 18);
    CHECK(pair.before_sum == 9);
    CHECK(pair.months == 9);
}

TEST_CASE("the kind of year says where the year to date starts") {
    const auto series = two_years();
    CHECK(year_to_date(series, {2014, 12}, YearKind::academic).now.first() == Month{2014, 9});
    // The calendar year before starts in January 2013, before the series does.
    CHECK(year_to_date(series, {2014, 12}, YearKind::calendar).refusal == Refusal::missing_months);
    CHECK(year_name({2014, 12}, YearKind::financial) == "2014-15");
    CHECK(year_name({2014, 12}, YearKind::calendar) == "2014");
}

TEST_CASE("a month missing on one side refuses the comparison and is named") {
    auto series = two_years();
    lose(series, {2014, 7});
    const auto pair = year_to_date(series, {2014, 12}, YearKind::financial);
    CHECK(pair.refusal == Refusal::missing_months);
    CHECK(pair.missing == std::vector<Month>{{2014, 7}});
}

TEST_CASE("a month missing on both sides is left out and said") {
    auto series = two_years();
    lose(series, {2013, 7});
    lose(series, {2014, 7});
    const auto pair = year_to_date(series, {2014, 12}, YearKind::financial);
    CHECK(pair.comparable());
    CHECK(pair.left_out == std::vector<Month>{{2014, 7}});
    CHECK(pair.months == 8);
    CHECK(pair.now_sum == 16);
    CHECK(pair.before_sum == 8);
}

TEST_CASE("by choice a one-sided gap is taken out of both sides, or both stop before it") {
    auto series = two_years();
    lose(series, {2014, 12});
    const auto left_out =
        year_to_date(series, {2014, 12}, YearKind::financial, MissingRule::leave_out_of_both);
    CHECK(left_out.comparable());
    CHECK(left_out.now_sum == 16);
    CHECK(left_out.before_sum == 8);
    const auto shorter =
        year_to_date(series, {2014, 12}, YearKind::financial, MissingRule::compare_to_shorter);
    CHECK(shorter.comparable());
    CHECK(shorter.now == Period{{2014, 4}, {2014, 11}});
    CHECK(shorter.before == Period{{2013, 4}, {2013, 11}});
    CHECK(shorter.left_out == std::vector<Month>{{2014, 12}});
}

TEST_CASE("nothing is compared across a declared break") {
    auto series = two_years();
    series.breaks = {{{2014, 4}, "sheds count as homes"}};
    CHECK(year_to_date(series, {2014, 12}, YearKind::financial).refusal == Refusal::series_break);
    // A break at the start of the earlier period is not between the two.
    series.breaks = {{{2013, 4}, "new force system"}};
    CHECK(year_to_date(series, {2014, 12}, YearKind::financial).comparable());
}

TEST_CASE("rolling twelve months and a month a year ago") {
    auto series = MonthlySeries::complete({2013, 1}, std::vector<double>(24, 3));
    series.counts[23] = 10;
    const auto rolling = rolling_twelve(series, {2014, 12});
    CHECK(rolling.now_sum == 43);
    CHECK(rolling.before_sum == 36);
    const auto month = month_on_year_ago(series, {2014, 12});
    CHECK(month.now_sum == 10);
    CHECK(month.before_sum == 3);
    const auto sums = rolling_sums(series, 12);
    CHECK_FALSE(sums[10]);
    CHECK(sums[11] == 36.0);
    CHECK(sums[23] == 43.0);
}

TEST_CASE("the course of the year shows a spike that shrinks") {
    auto series = two_years();
    const auto course = year_to_date_course(series, {2014, 6}, YearKind::financial);
    REQUIRE(course.size() == 3);
    CHECK(course[0].now_sum == 2);
    CHECK(course[2].now_sum == 6);
}

TEST_CASE("yearly totals say nothing of incomplete years") {
    const auto totals = yearly_totals(two_years(), YearKind::financial);
    REQUIRE(totals.size() == 2);
    CHECK(totals[0].name == "2013-14");
    CHECK(totals[0].total == 12.0);
    CHECK_FALSE(totals[1].total);
}

TEST_CASE("negative and not finite figures count as missing, and empty series answer nothing") {
    const auto series =
        MonthlySeries::complete({2014, 1}, {1, -1, std::numeric_limits<double>::quiet_NaN(),
                                            std::numeric_limits<double>::infinity(), 4});
    CHECK(missing_months(series, {{2014, 1}, {2014, 5}}).size() == 3);
    CHECK(sum(series, Period{Month{2014, 5}}) == 4.0);
    CHECK(last_present(series) == Month{2014, 5});
    const MonthlySeries empty{{2014, 1}, {}, {}};
    CHECK_FALSE(empty.period());
    CHECK_FALSE(last_present(empty));
    CHECK(yearly_totals(empty, YearKind::financial).empty());
    CHECK(year_to_date(empty, {2014, 5}, YearKind::financial).refusal == Refusal::no_months);
    CHECK_FALSE(MonthlySeries{{2014, 1}, {1, 2}, {true}}.has({2014, 2}));
}

TEST_CASE("a slice reaches exactly as far as asked") {
    const auto part = slice(two_years(), {{2014, 11}, {2015, 2}});
    CHECK(part.size() == 4);
    CHECK(part.at({2014, 12}) == 2.0);
    CHECK_FALSE(part.has({2015, 1}));
}
