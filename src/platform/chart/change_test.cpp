#include "platform/chart/change.hpp"

#include <doctest/doctest.h>

#include "platform/chart/drawn_test.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

/// The example's violence: 152 to 214 in April, up 41%; 1,531 to 1,699 to December, up 11.0%.
ChangeInput violence(ChangeShown shown) {
    return {{"violence", "", "Oxford.", "Police.", "Violence", "offence", "offences"},
            {2014, 4},
            {214, 190, 195, 188, 176, 180, 190, 178, 188},
            {152, 160, 172, 180, 165, 172, 182, 170, 178},
            shown};
}

} // namespace

TEST_CASE("the change of the year to date is worked out at each month end") {
    const Values changes = year_to_date_change(violence(ChangeShown::counts));
    CHECK(*changes[0] == doctest::Approx(100.0 * 62 / 152));
    CHECK(*changes[8] == doctest::Approx(100.0 * 168 / 1531));
    auto input = violence(ChangeShown::counts);
    input.last_year[2] = std::nullopt;
    CHECK_FALSE(year_to_date_change(input)[2].has_value());
    CHECK_FALSE(year_to_date_change(input)[8].has_value());
    input.last_year = {5, 14, 1};
    CHECK_FALSE(year_to_date_change(input)[1].has_value());
    CHECK(year_to_date_change(input)[2].has_value());
}

TEST_CASE("the rise that shrinks is the headline") {
    const Chart chart = monthly_change(violence(ChangeShown::percent_line));
    CHECK(chart.headline == "The rise in violence has shrunk from 41% to 11%");
    CHECK(chart.sentence == "From April to December 2014 there were 1,699 offences, 168 more than "
                            "the 1,531 of the same months a year before: up 11.0%. After April "
                            "2014 the year to date was up 41%.");
    CHECK(chart.table.rows[0] == std::vector<std::string>{"April 2014", "152", "214", "+41%"});
}

TEST_CASE("every month has its bar, and falls hang below the line") {
    CHECK(testing::count(monthly_change(violence(ChangeShown::percent_bars)).wide,
                         R"(<rect class="f-now")") == 9);
    // One more of each in the key.
    const Chart counts = monthly_change(violence(ChangeShown::counts));
    CHECK(testing::count(counts.wide, R"(<rect class="f-now")") == 10);
    CHECK(testing::count(counts.wide, R"(<rect class="f-was")") == 10);
    auto fall = violence(ChangeShown::percent_bars);
    std::swap(fall.this_year, fall.last_year);
    const Chart chart = monthly_change(fall);
    CHECK(testing::count(chart.wide, "−29%") == 1);
    CHECK(chart.headline == "The fall in violence has shrunk from 29% to 10%");
}

TEST_CASE("a month missing leaves no bar") {
    auto input = violence(ChangeShown::counts);
    input.this_year[4] = std::nullopt;
    const Chart chart = monthly_change(input);
    CHECK(testing::count(chart.wide, R"(<rect class="f-now")") == 9);
    CHECK(chart.table.rows[4][2] == "missing");
    CHECK(chart.sentence.find("August 2014 is missing.") != std::string::npos);
}

TEST_CASE("with nothing to compare the chart says so") {
    ChangeInput input = violence(ChangeShown::percent_line);
    input.this_year.clear();
    input.last_year.clear();
    CHECK(monthly_change(input).sentence == "There are no two years of offences to compare yet.");
}
