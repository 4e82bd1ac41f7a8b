#include "platform/chart/intervals.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "platform/chart/cells.hpp"
#include "platform/chart/drawn_test.hpp"
#include "platform/chart/ratios.hpp"

using namespace wardmote::chart;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

IntervalInput example() {
    IntervalInput input;
    input.words = {"wards", "", "Oxford.", "Police.", "Nuisance", "incident", "incidents"};
    input.period = "April to December 2014";
    input.before_period = "the same months of 2013";
    input.rows = {{"Carfax", 616, 513, 513.0 / 616, {0.74, 0.94}, true},
                  {"Northfield Brook", 278, 336, 336.0 / 278, {1.03, 1.42}, true},
                  {"Wolvercote", 73, 76, 76.0 / 73, {0.75, 1.44}, false},
                  {"New ward", 0, 12, std::nullopt, {3, infinite}, false}};
    return input;
}

} // namespace

TEST_CASE("halved and doubled are equally far from no change") {
    const Interval shown[] = {{0.3, 3}};
    const RatioScale scale = ratio_scale(shown, 0, 200);
    CHECK(scale(1) == 100);
    CHECK(scale(2) - 100 == doctest::Approx(100 - scale(0.5)));
    CHECK(scale(1e9) == 200);
    CHECK(scale(0) == 0);
}

TEST_CASE("rows stand from the largest rise to the largest fall, those without a base last") {
    const Chart chart = intervals(example());
    CHECK(chart.table.rows[0] == std::vector<std::string>{"Northfield Brook", "278", "336", "+21%",
                                                          "+3% to +42%", "clear rise"});
    CHECK(chart.table.rows[2][5] == "clear fall");
    CHECK(chart.table.rows[3] ==
          std::vector<std::string>{"New ward", "0", "12", "no base", "", ""});
}

TEST_CASE("a clear change has a filled dot, an unclear one an open dot") {
    const Chart chart = intervals(example());
    CHECK(testing::count(chart.wide, R"(<circle class="f-now")") == 2);
    CHECK(testing::count(chart.wide, R"(<circle class="f-open")") == 1);
    CHECK(testing::count(chart.wide, "no base to compare") == 1);
    CHECK(chart.headline == "Nuisance fell in one ward and rose in three");
    CHECK(chart.sentence ==
          "Of 4 wards, three rose and one fell, April to December 2014 against the same months of "
          "2013. The change is clear in two: Northfield Brook (278 to 336, up 21%) and Carfax (616 "
          "to 513, down 17%).");
}

TEST_CASE("a bound beyond the scale is an arrow") {
    auto input = example();
    input.rows = {{"From one", 1, 40, 40, {6, infinite}, true}};
    const Chart chart = intervals(input);
    CHECK(testing::count(chart.wide, R"(<path class="f-now")") == 1);
    CHECK(testing::count(chart.wide, R"(<circle)") == 0);
    CHECK(chart.table.rows[0][3] == "base under 20");
}

TEST_CASE("a cell has a dot on the scale and an arrow beyond it") {
    CHECK(testing::count(interval_cell(0.76, {0.64, 0.9}, true), R"(circle class="f-now")") == 1);
    CHECK(testing::count(interval_cell(1.1, {0.8, 1.4}, false), R"(circle class="f-open")") == 1);
    const auto arrow = interval_cell(2.8, {1.4, infinite}, true);
    CHECK(testing::count(arrow, "<circle") == 0);
    CHECK(testing::count(arrow, R"(<path class="f-now")") == 1);
    // Without a ratio only the three lines of reference are left.
    CHECK(testing::count(interval_cell(std::nullopt, {}, false), "<line") == 3);
    CHECK(testing::count(arrow, R"(aria-hidden="true")") == 1);
}

TEST_CASE("a sparkline leaves gaps open and marks its signals") {
    const auto drawing = sparkline({{1, 2, std::nullopt, 4, 5, 3}, Interval{1, 4}, {4}});
    CHECK(testing::count(drawing, R"(<path class="s-fine")") == 2);
    CHECK(testing::count(drawing, R"(class="f-note")") == 1);
    CHECK(testing::count(drawing, R"(class="f-95")") == 1);
    CHECK(testing::fault(drawing.str()) == "");
    CHECK(testing::fault(sparkline({{}}).str()) == "");
    CHECK(testing::fault(sparkline({{0, 0, 0}}).str()) == "");
}
