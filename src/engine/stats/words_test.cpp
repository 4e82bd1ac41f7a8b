#include "engine/stats/words.hpp"

#include <doctest/doctest.h>

using namespace wardmote::stats;
using wardmote::core::Month;
using wardmote::core::Period;

TEST_CASE("a change is said in the report's words") {
    CHECK(describe_change(compare_counts(312, 237)) == "down 24.0%");
    CHECK(describe_change(compare_counts(24, 56)) == "more than doubled, from 24 to 56");
    CHECK(describe_change(compare_counts(24, 48)) == "doubled, from 24 to 48");
    CHECK(describe_change(compare_counts(30, 100)) == "more than trebled, from 30 to 100");
    CHECK(describe_change(compare_counts(20, 1000)) == "more than quadrupled, from 20 to 1,000");
    CHECK(change_in_brief(compare_counts(24, 56)) == "up 133.3%");
    CHECK(describe_change(compare_counts(12, 15)) == "from 12 to 15");
    CHECK(describe_change(compare_counts(8, 20)) == "from 8 to 20");
    CHECK(describe_change(compare_counts(0, 20)) == "not calculable");
    CHECK(describe_change(compare_counts(100, 100)) == "unchanged");
    CHECK(verdict_in_words(compare_counts(312, 237).verdict) == "clear fall");
    CHECK(interval_in_words(compare_counts(312, 237)) == "down 36% to down 10%");
    CHECK(interval_in_words(compare_counts(0, 3)).empty());
}

TEST_CASE("a refused comparison says why, and one with gaps says what was left out") {
    auto series = MonthlySeries::complete({2024, 4}, std::vector<double>(21, 30));
    const auto ask = [&](MissingRule rule) {
        return pair_note(year_to_date(series, {2025, 12}, YearKind::financial, rule));
    };
    CHECK(ask(MissingRule::refuse).empty());
    series.present[15] = false;
    CHECK(ask(MissingRule::refuse) == "Not compared: July 2025 has no figure.");
    CHECK(ask(MissingRule::leave_out_of_both) ==
          "Compared without 1 month, July 2025 against July 2024: July 2025 has no figure.");
    series.present[15] = true;
    series.present[20] = false;
    CHECK(ask(MissingRule::compare_to_shorter) ==
          "Compared April to November 2025 only: December 2025 has no figure.");
    series.breaks = {{{2025, 4}, "sheds count as homes"}};
    CHECK(ask(MissingRule::leave_out_of_both) ==
          "Not compared: what is counted changed from April 2025 (sheds count as homes).");
}

TEST_CASE("a projection names its method, range and reason") {
    const auto series =
        MonthlySeries::complete({2013, 4}, {32, 36, 34, 38, 34, 35, 37, 36, 30, 35, 33,
                                            41, 27, 25, 27, 28, 28, 25, 26, 27, 24});
    const auto projection = project(series, {2014, 12});
    CHECK(projection_method_note(projection).starts_with("Seasonal share; 80% interval 30"));
    CHECK(projection_reason(projection) ==
          "Seasonal share, as there are too few past years to try the methods on.");
    CHECK(range_in_words({1462, 1539}) == "1,462 to 1,539");
    CHECK(projection_reason(project(series, {2015, 1})) ==
          "Not projected: January 2015 has no figure.");
    CHECK(projection_method_note(project(series, {2015, 1})).empty());
}

TEST_CASE("a control chart's state is a few plain words") {
    ControlChart chart;
    CHECK(chart_state_in_words(chart) == "Too few months");
    chart.state = ChartState::above_usual;
    chart.state_months = 15;
    CHECK(chart_state_in_words(chart) == "Above usual for 15 months");
    chart.state = ChartState::high_month;
    chart.state_month = Month{2014, 6};
    CHECK(chart_state_in_words(chart) == "High in June");
    chart.state = ChartState::usual;
    CHECK(chart_state_in_words(chart) == "Usual variation");
}
