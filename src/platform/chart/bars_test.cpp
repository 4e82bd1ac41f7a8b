#include "platform/chart/bars.hpp"

#include <doctest/doctest.h>

#include "platform/chart/drawn_test.hpp"

using namespace wardmote::chart;

namespace {

BarsInput example() {
    BarsInput input;
    input.words = {"bars", "", "Oxford.", "Police.", "Burglary", "burglary", "burglaries"};
    input.bars = {{"1994-95", 2712, BarStyle::highlighted, "over 2,500 a year"},
                  {"1995-96", 2604, BarStyle::highlighted},
                  {"1996-97", 900},
                  {"2013-14", 421},
                  {"2014-15", 320, BarStyle::projected, "", Interval{303, 337}}};
    return input;
}

} // namespace

TEST_CASE("bars say the last count, the first, and the projection") {
    CHECK(bars_sentence(example()) ==
          "In 2013-14 there were 421 burglaries, against 2,712 in 1994-95: down 84%. The highest "
          "is 2,712 in 1994-95. About 320 are projected for 2014-15 (303 to 337).");
    CHECK(bars(example()).headline ==
          "Burglary: about 320 in 2014-15, from 2,712 in 1994-95, down 88%");
}

TEST_CASE("highlighted bars are dark, others grey, the projection open") {
    const Chart chart = bars(example());
    CHECK(testing::count(chart.wide, R"(<rect class="f-now")") == 2);
    CHECK(testing::count(chart.wide, R"(<rect class="f-was")") == 2);
    CHECK(testing::count(chart.wide, R"(<rect class="f-open")") == 1);
    CHECK(testing::count(chart.wide, ">about 320<") == 1);
    CHECK(testing::count(chart.wide, ">over 2,500 a year<") == 1);
    CHECK(chart.table.rows[4] ==
          std::vector<std::string>{"2014-15", "320", "projected, 303 to 337"});
}

TEST_CASE("a break is drawn, and its sentence warns of comparing") {
    auto input = example();
    input.breaks = {{2, "Counting rules changed"}};
    const Chart chart = bars(input);
    CHECK(testing::count(chart.wide, R"(class="s-break")") == 1);
    CHECK(chart.sentence.ends_with("What is counted changed in 1996-97 (Counting rules changed): "
                                   "years before and after it are not strictly comparable."));
    CHECK(chart.table.rows[2][2] == "Counting rules changed");
}

TEST_CASE("a missing year leaves a space, and no bars leave a word") {
    auto input = example();
    input.bars[2].value.reset();
    CHECK(testing::count(bars(input).wide, R"(<rect class="f-was")") == 1);
    CHECK(bars(input).table.rows[2][1] == "missing");
    input.bars.clear();
    CHECK(bars(input).sentence == "There are no figures for burglaries yet.");
    CHECK(testing::count(bars(input).narrow, "No figures yet") == 1);
}
