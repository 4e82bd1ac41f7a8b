#include "platform/chart/choropleth.hpp"

#include <doctest/doctest.h>

#include "platform/chart/drawn_test.hpp"
#include "platform/chart/multiples.hpp"
#include "platform/chart/plot_map.hpp"

using namespace wardmote;
using namespace wardmote::chart;

namespace {

MapArea square(const std::string &name, double left, std::optional<double> value) {
    MapArea area;
    area.shape = {name, name, {{{left, 0}, {left + 1000, 0}, {left + 1000, 1000}, {left, 1000}}}};
    area.value = value;
    return area;
}

ChoroplethInput example() {
    ChoroplethInput input;
    input.words = {"map", "", "Oxford.", "Police.", "Nuisance", "incident", "incidents", 1};
    input.value_heading = "Incidents for every 1,000 residents";
    input.limits = {12, 18, 25, 40};
    input.areas = {square("Carfax", 0, 80.2), square("North & <South>", 1000, 11.96),
                   square("Marston", 2000, std::nullopt), square("Cowley", 3000, 24.9)};
    return input;
}

} // namespace

TEST_CASE("a value belongs to the class whose lower limit it reaches") {
    const std::vector<double> limits{12, 18, 25, 40};
    CHECK(class_of(11.9, limits) == 1);
    CHECK(class_of(12, limits) == 2);
    CHECK(class_of(39.9, limits) == 4);
    CHECK(class_of(40, limits) == 5);
    CHECK(class_of(7, {10}) == 1);
    CHECK(class_of(10, {10}) == 5);
}

TEST_CASE("computed limits are rounded, rising, and split the values") {
    CHECK(class_limits({}).empty());
    CHECK(class_limits({3, 3, 3}).empty());
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i)
        values.push_back(i);
    const auto limits = class_limits(values);
    REQUIRE(limits.size() == 4);
    CHECK(limits[0] == doctest::Approx(20).epsilon(0.11));
    CHECK(limits[3] == doctest::Approx(80).epsilon(0.04));
    CHECK(class_limits({0, 0, 0, 0, 0, 0, 9}).size() == 1);
}

TEST_CASE("each area has the colour of its class as printed, and none without a value") {
    const Chart chart = choropleth(example());
    // One more of each class in the legend. 11.96 is printed as 12.0, so it is in the second.
    CHECK(testing::count(chart.wide, R"(<path class="m m2")") == 1);
    CHECK(testing::count(chart.wide, R"(<path class="m m5")") == 1);
    CHECK(testing::count(chart.wide, R"(<path class="m-none s-edge")") == 1);
    CHECK(testing::count(chart.wide, ">12.0 to 17.9<") == 1);
    CHECK(testing::count(chart.wide, ">40.0 or more<") == 1);
    CHECK(testing::count(chart.wide, ">1 ward<") == 3);
    CHECK(testing::count(chart.wide, ">no figure<") == 1);
    CHECK(chart.sentence == "Incidents for every 1,000 residents: highest in Carfax (80.2), Cowley "
                            "(24.9) and North & <South> (12.0). There is no figure for Marston.");
    CHECK(testing::fault(chart.wide.str()) == "");
}

TEST_CASE("areas lead somewhere only when asked, and then the picture is a group") {
    auto input = example();
    CHECK(testing::count(choropleth(input).wide, R"(role="img")") == 1);
    input.areas[0].href = "?ward=Carfax&year=2014";
    const Chart chart = choropleth(input);
    CHECK(testing::count(chart.wide, R"(role="group")") == 1);
    CHECK(testing::count(chart.wide, R"(<a href="?ward=Carfax&amp;year=2014")") == 1);
}

TEST_CASE("north is up and both directions have one scale") {
    const auto outlines =
        plotted({square("A", 0, 1).shape, square("B", 1000, 1).shape}, {0, 0, 200, 200});
    REQUIRE(outlines[0].size() == 1);
    CHECK(outlines[0][0][0].x == doctest::Approx(0));
    CHECK(outlines[0][0][0].y == doctest::Approx(100)); // (0, 0) is the south-west corner
    CHECK(outlines[1][0][1].x == doctest::Approx(200));
    CHECK(outlines[1][0][2].y == doctest::Approx(0));
}

TEST_CASE("words are only written where they fit inside") {
    const Outline shape{{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
                        {{40, 40}, {60, 40}, {60, 60}, {40, 60}}};
    const auto room = room_inside(shape, 30, 20);
    REQUIRE(room.has_value());
    CHECK_FALSE(room->overlaps({40, 40, 60, 60}));
    CHECK_FALSE(room_inside(shape, 70, 70).has_value());
    CHECK_FALSE(room_inside({}, 1, 1).has_value());
}

TEST_CASE("a map without areas or figures is still a chart") {
    ChoroplethInput input = example();
    input.areas.clear();
    CHECK(choropleth(input).sentence == "There are no figures for these wards yet.");
    input.areas = {square("Carfax", 0, std::nullopt)};
    CHECK(testing::fault(choropleth(input).narrow.str()) == "");
}

TEST_CASE("small multiples print both sums and leave percentages off small bases") {
    MultiplesInput input{{"wards", "", "Oxford.", "Police.", "Nuisance", "incident", "incidents"},
                         "Ward",
                         "wards",
                         {2014, 4}};
    input.items = {{"Carfax", {50, 40}, {60, 60}, true},
                   {"North", {8, 7}, {5, 5}},
                   {"Marston & <Co>", {30, std::nullopt}, {20, 20}}};
    const Chart chart = small_multiples(input);
    // Marston's second month is missing this year, so neither year's is counted.
    CHECK(testing::count(chart.wide, ">20 to 30, +50%<") == 1);
    CHECK(testing::count(chart.wide, ">10 to 15<") == 1);
    CHECK(testing::count(chart.wide, ">120 to 90, −25%<") == 1);
    CHECK(chart.headline == "Nuisance fell in one ward and rose in two");
    const std::string list = multiples_list(input).str();
    CHECK(list.find("<b>Marston &amp; &lt;Co&gt;</b>") != list.npos);
    CHECK(testing::fault(list) == "");
}
