#include "platform/chart/control.hpp"

#include <doctest/doctest.h>

#include "platform/chart/drawn_test.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

ControlInput example() {
    return {{"control", "", "Oxford.", "Police.", "Burglary", "burglary", "burglaries"},
            {{2013, 1}},
            {38, 36, 44, 32, 36, 34, 38, 34, 35, 37, 36, 30,
             35, 33, 41, 27, 25, 27, 28, 28, 25, 26, 27, 24},
            {{0, 23, 35.83, 24.96, 47, core::CalendarYear{2013}.period()}},
            {{15, 23, SignalKind::run_below}}};
}

} // namespace

TEST_CASE("a control chart says its signals and its limits") {
    const Chart chart = control(example());
    CHECK(chart.headline == "Burglary has been below its usual level since April 2014");
    CHECK(chart.sentence == "All nine months from April to December 2014 lie below the mean of "
                            "2013 (35.8). Usual variation is 25 to 47 (XmR, set from 2013).");
}

TEST_CASE("only the flagged months get a large plum dot") {
    const Chart chart = control(example());
    CHECK(testing::count(chart.wide, R"(class="f-note")") == 9);
    CHECK(testing::count(chart.wide, R"(class="f-now")") == 15);
    CHECK(chart.table.rows[14].back().empty());
    CHECK(chart.table.rows[15].back() == "yes");
}

TEST_CASE("without signals a control chart says that variation is usual") {
    auto input = example();
    input.signals.clear();
    CHECK(control(input).headline == "Burglary shows only its usual variation");
    input.signals = {{2, 2, SignalKind::above_limit}};
    CHECK(control_sentence(input).starts_with("March 2013 (44) is above the upper limit (47)."));
}

TEST_CASE("limits on either side of a break are drawn each over its own months") {
    auto input = example();
    input.limits = {{0, 11, 36, 25, 47, core::CalendarYear{2013}.period()},
                    {12, 23, 28, 20, 36, core::CalendarYear{2014}.period()}};
    input.breaks = {{12, "Sheds counted"}};
    const Chart chart = control(input);
    CHECK(testing::count(chart.wide, R"(class="f-95")") == 2);
    CHECK(testing::count(chart.wide, R"(class="s-mean")") == 2);
    CHECK(testing::count(chart.wide, R"(<path class="s-fine")") == 2);
    CHECK(chart.table.rows[11][2] == "36");
    CHECK(chart.table.rows[12][2] == "28");
}

TEST_CASE("a control chart without figures or limits says so") {
    ControlInput input = example();
    input.limits.clear();
    input.signals.clear();
    CHECK(control_sentence(input) == "There are too few figures to say what is usual.");
    input.values.clear();
    CHECK(control_sentence(input) == "There are no figures for burglaries yet.");
    CHECK(testing::count(control(input).wide, "No figures yet") == 1);
}
