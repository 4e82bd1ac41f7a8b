// What reports ask of the plan.
#include <algorithm>
#include <doctest/doctest.h>

#include "work/plan/example_for_test.hpp"

namespace wardmote::plan {

namespace {

const core::Date report_day{2015, 2, 2};

ActionStanding standing_of(const std::vector<ActionStanding> &all, std::string_view ref) {
    const auto found = std::ranges::find(all, ref, &ActionStanding::ref);
    REQUIRE(found != all.end());
    return *found;
}

} // namespace

TEST_CASE("reports are told of priorities in their order, and when each was ratified") {
    Example example;
    example.read([&](db::Transaction &tx) {
        const auto priorities = priorities_of_year(tx, "2014-15");
        REQUIRE(priorities.size() == 4);
        CHECK(priorities[1].title == "Violent crime");
        CHECK(priorities[1].ratified_on == core::Date{2014, 3, 12});
        CHECK(priorities_of_year(tx, "2015-16").empty());
        CHECK(challenges_after(tx, "2014-15").starts_with("Develop our approach to organised"));
        CHECK(challenges_after(tx, "2015-16").empty());
    });
}

TEST_CASE("how each action stands is told as computed and as its owner says, with its direction") {
    Example example;
    example.read([&](db::Transaction &tx) {
        const auto all = standings_of_year(tx, "2014-15", report_day);
        REQUIRE(all.size() == 25);
        CHECK(all.front().priority == "Inter-personal abuse"); // the first of the four
        const auto late = standing_of(all, "1.8");
        CHECK(late.overdue == 33); // from 31 December to 2 February: 31 + 2
        CHECK(late.computed == "Off track");
        CHECK(late.said == "On track, 60%");
        CHECK(late.direction == "as before");
        const auto worse = standing_of(all, "3.8");
        CHECK(worse.said == "At risk, 45%");
        CHECK(worse.direction == "worse"); // it was on track in the second quarter
        const auto silent = standing_of(all, "3.7");
        CHECK(silent.silent);
        CHECK(silent.said == "On track, 50%"); // of the second quarter: 75 * 2 / 3
        CHECK(standing_of(all, "1.5").computed == "Finished");
        CHECK(standings_of_year(tx, "2013-14", report_day).empty());
    });
}

TEST_CASE("figures that reports state of an action are two at most") {
    Action action{.added_value = "Together", .report_figures = "a.this\nb.this"};
    CHECK(check_action(record::values_of(action)).empty());
    action.report_figures += "\n\n";
    CHECK(check_action(record::values_of(action)).empty());
    action.report_figures += "c.this";
    REQUIRE(check_action(record::values_of(action)).size() == 1);
    CHECK(check_action(record::values_of(action)).front().field == "report_figures");
}

} // namespace wardmote::plan
