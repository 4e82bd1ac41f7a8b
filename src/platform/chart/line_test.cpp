#include "platform/chart/line.hpp"

#include <doctest/doctest.h>

#include "platform/chart/drawn_test.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

Words burglary() {
    return {"burglary", "", "Oxford.", "Police.", "Burglary", "burglary", "burglaries"};
}

/// The example's burglaries: 312 from April to December 2013, 421 in the year; 237 in 2014.
CumulativeInput year() {
    return {burglary(),
            core::FinancialYear{2014}.period(),
            {27, 25, 27, 28, 28, 25, 26, 27, 24},
            {32, 36, 34, 38, 34, 35, 37, 36, 30, 35, 33, 41},
            Projection{320, {303, 337}, {294, 346}}};
}

bool has(const std::string &text, std::string_view part) {
    return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("a year adding up says base, result, change and projection") {
    CHECK(cumulative_sentence(year()) ==
          "From April to December 2014 there were 237 burglaries, 75 fewer than the 312 of the "
          "same months a year before: down 24.0%. The year is projected to end at about 320, "
          "against 421 in 2013-14: down 24%. Four times in five it will end between 303 and 337.");
    const Chart chart = cumulative(year());
    CHECK(chart.headline == "Burglary is heading for about 320 this year, down 24%");
    CHECK(chart.table.rows[8] == std::vector<std::string>{"December", "30", "24", "312", "237"});
    CHECK(chart.table.rows[9] == std::vector<std::string>{"January", "35", "", "347", ""});
}

TEST_CASE("the projection is a dotted line to an open point over two bands") {
    const Chart chart = cumulative(year());
    for (const auto &drawing : {chart.wide, chart.narrow}) {
        CHECK(testing::count(drawing, R"(class="s-proj")") == 1);
        CHECK(testing::count(drawing, R"(class="f-open")") == 1);
        CHECK(testing::count(drawing, R"(class="f-80")") == 1);
        CHECK(testing::count(drawing, R"(class="f-95")") == 1);
    }
    auto input = year();
    input.projection.reset();
    CHECK(testing::count(cumulative(input).wide, "s-proj") == 0);
    CHECK_FALSE(has(cumulative_sentence(input), "projected"));
}

TEST_CASE("a missing month stops the adding up, and that is said") {
    auto input = year();
    input.projection.reset();
    input.this_year[3] = std::nullopt;
    const std::string sentence = cumulative_sentence(input);
    CHECK(has(sentence, "From April to June 2014 there were 79 burglaries, 23 fewer than the 102"));
    CHECK(has(sentence, "July 2014 is missing, so later months are not added up."));
}

TEST_CASE("a base under 20 has no percentage") {
    auto input = year();
    input.projection.reset();
    input.this_year = {9};
    input.last_year = Values(12, 10.0);
    CHECK(cumulative_sentence(input) ==
          "In April 2014 there were 9 burglaries, 1 fewer than the 10 of the same months a year "
          "before.");
}

TEST_CASE("a line says its last value beside the same month a year before") {
    LineInput input{burglary(), {{2013, 1}}, {{"", Values(24, 30.0)}}};
    input.lines[0].values[23] = 24;
    CHECK(line_sentence(input) == "In December 2014 there were 24 burglaries, 6 fewer than the 30 "
                                  "of December 2013: down 20.0%.");
    CHECK(line(input).headline == "Burglary: 24 in December 2014, down from 30 a year before");
}

TEST_CASE("a line is not drawn across a missing month") {
    LineInput input{burglary(), {{2014, 1}}, {{"", {1, 2, std::nullopt, 4, 5}}}};
    const Chart chart = line(input);
    CHECK(testing::count(chart.wide, R"(<path class="s-now")") == 2);
    CHECK(has(chart.sentence, "March 2014 is missing."));
    CHECK(chart.table.rows[2] == std::vector<std::string>{"March 2014", "missing"});
    input.lines[0].values[3] = std::nullopt;
    CHECK(testing::count(line(input).wide, R"(<path class="s-now")") == 1);
}

TEST_CASE("a line is neither drawn nor compared across a declared break") {
    LineInput input{burglary(), {{2013, 1}}, {{"", Values(24, 30.0)}}, {{15, "Rules changed"}}};
    const Chart chart = line(input);
    CHECK(testing::count(chart.wide, R"(<path class="s-now")") == 2);
    CHECK(testing::count(chart.wide, R"(class="s-break")") == 1);
    CHECK(chart.sentence == "In December 2014 there were 30 burglaries. Figures from April 2014 on "
                            "cannot be compared with those before: Rules changed.");
}

TEST_CASE("every line is named at its end, and dashes tell them apart without colour") {
    LineInput input{burglary(),
                    {{2014, 1}},
                    {{"Oxford", {5, 6, 7}, LineStyle::now},
                     {"Cherwell", {5, 6, 7}, LineStyle::third},
                     {"Vale", {5, 6, 7}, LineStyle::fourth}}};
    const Chart chart = line(input);
    for (const std::string_view name : {"Oxford", "Cherwell", "Vale"})
        CHECK(testing::count(chart.wide, std::string{">"} + std::string{name} + "<") == 1);
    CHECK(has(chart.wide.str(), R"(stroke-dasharray="8 4")"));
    CHECK(has(chart.wide.str(), R"(stroke-dasharray="2 4")"));
}

TEST_CASE("no figures, one figure and noughts are drawn and said plainly") {
    CHECK(line({burglary(), {{2014, 1}}, {}}).sentence ==
          "There are no figures for burglaries yet.");
    CHECK(line({burglary(), {{2014, 1}}, {{"", {1}}}}).sentence ==
          "In January 2014 there was 1 burglary.");
    const Chart noughts = line({burglary(), {{2014, 1}}, {{"", Values(13, 0.0)}}});
    CHECK(noughts.sentence ==
          "In January 2015 there were 0 burglaries, as many as the 0 of January 2014.");
    CHECK_FALSE(has(noughts.wide.str(), "nan"));
}
