#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/breaks.hpp"
#include "engine/stats/funnel.hpp"
#include "engine/stats/harm.hpp"
#include "engine/stats/rates.hpp"
#include "engine/stats/similar.hpp"

using namespace wardmote::stats;
using doctest::Approx;
using wardmote::core::Month;
using wardmote::core::Period;

TEST_CASE("age standardisation gives PySAL's published values") {
    // esda/tests/test_smoothing.py: two areas of four age groups.
    const std::vector<Stratum> one = {{30, 1000}, {25, 1000}, {25, 1100}, {15, 900}};
    const std::vector<Stratum> two = {{33, 1000}, {21, 900}, {30, 1100}, {20, 900}};
    const std::vector<double> standard = {1000, 900, 1000, 900};
    const auto first = directly_standardised(one, standard, 1).value();
    CHECK(first.value == Approx(0.02374402).epsilon(1e-6));
    CHECK(first.interval.low == Approx(0.01920491).epsilon(1e-6));
    CHECK(first.interval.high == Approx(0.02904848).epsilon(1e-6));
    const auto second = directly_standardised(two, standard, 1).value();
    CHECK(second.value == Approx(0.02665072).epsilon(1e-6));
    CHECK(second.interval.low == Approx(0.02177143).epsilon(1e-6));
    CHECK(second.interval.high == Approx(0.03230508).epsilon(1e-6));

    const std::vector<Stratum> rates_one = {{100, 1000}, {45, 900}, {120, 1000}, {100, 900}};
    const std::vector<Stratum> rates_two = {{50, 1000}, {30, 900}, {200, 1000}, {80, 900}};
    // PySAL multiplies by the rate of both areas' standards together, 725 of 7,600.
    const double overall = 725.0 / 7600;
    const auto log_normal = IndirectInterval::log_normal;
    const auto third = indirectly_standardised(one, rates_one, 1, 0.95, log_normal).value();
    CHECK(overall * third.ratio == Approx(0.02372382).epsilon(1e-6));
    CHECK(overall * third.ratio_interval.low == Approx(0.0194023).epsilon(1e-6));
    CHECK(overall * third.ratio_interval.high == Approx(0.02900789).epsilon(1e-6));
    const auto fourth = indirectly_standardised(two, rates_two, 1, 0.95, log_normal).value();
    CHECK(overall * fourth.ratio == Approx(0.02610803).epsilon(1e-6));
    CHECK(overall * fourth.ratio_interval.low == Approx(0.02154304).epsilon(1e-6));
    CHECK(overall * fourth.ratio_interval.high == Approx(0.03164035).epsilon(1e-6));
    // Against its own standard alone the rate is that standard's 365 of 3,800 times the ratio.
    CHECK(third.rate.value == Approx(third.ratio * 365 / 3800));
}

TEST_CASE("a rate needs people and a count") {
    CHECK_FALSE(rate(5, 0));
    CHECK_FALSE(rate(-1, 10));
    CHECK_FALSE(rate(std::numeric_limits<double>::quiet_NaN(), 10));
    CHECK_FALSE(directly_standardised({}, {}));
    const std::vector<Stratum> none = {{0, 100}, {0, 200}};
    const std::vector<double> standard = {1, 1};
    CHECK(directly_standardised(none, standard)->value == 0);
    CHECK_FALSE(indirectly_standardised(none, none));
    const auto zero = rate(0, 1000).value();
    CHECK(zero.interval.low == 0);
    CHECK(zero.interval.high == Approx(3.688879).epsilon(1e-6)); // -ln 0.025
}

TEST_CASE("harm is count times weight, most harm first, and says what carries no weight") {
    const HarmWeights weights{.name = "Index",
                              .version = "2026",
                              .unit = "days",
                              .leaves_out_police_detected = true,
                              .weights = {{"homicide", 5475, false},
                                          {"injury", 365, false},
                                          {"theft", 2, false},
                                          {"possession", 3, true}}};
    const std::vector<OffenceCount> counts = {{"theft", 100},     {"injury", 10},
                                              {"homicide", 1},    {"theft", 50},
                                              {"possession", 40}, {"witchcraft", 2}};
    const Harm result = harm(counts, weights);
    CHECK(result.total == 5475 + 3650 + 300);
    REQUIRE(result.lines.size() == 3);
    CHECK(result.lines[0].offence == "homicide");
    CHECK(result.lines[2].count == 150);
    CHECK(result.lines[1].share == Approx(3650.0 / 9425));
    REQUIRE(result.left_out.size() == 1);
    CHECK(result.left_out[0].count == 40);
    REQUIRE(result.unweighted.size() == 1);
    CHECK(result.unweighted[0].offence == "witchcraft");
    CHECK(*result.mean == Approx(9425.0 / 161));
    CHECK(*harm_rate(result, 1000) == Approx(9425));
    CHECK_FALSE(harm_rate(result, 0));
    CHECK(harm({}, weights).total == 0);
    CHECK_FALSE(harm({}, weights).mean);
}

TEST_CASE("a weight given twice or a count below nought is refused by name") {
    HarmWeights weights{.name = "Index", .version = "1", .unit = "days"};
    weights.weights = {{"theft", 2, false}, {"theft", 3, false}};
    CHECK_THROWS_WITH_AS(harm({}, weights), "theft is weighted twice in Index 1.",
                         std::invalid_argument);
    weights.weights.pop_back();
    const std::vector<OffenceCount> wrong = {{"theft", -1}};
    CHECK_THROWS_AS(harm(wrong, weights), std::invalid_argument);
}

TEST_CASE("an area is ranked in its group and set against the average") {
    // Rates 10, 20, 30, 40: mean 25, deviation sqrt(500 / 3) = 12.91.
    const std::vector<AreaCount> areas = {{"d", 400, 10000, 300.0, {}},
                                          {"a", 100, 10000, {}, {}},
                                          {"b", 100, 5000, {}, {}},
                                          {"c", 30, 1000, {}, {}}};
    const auto group = similar_group(areas).value();
    CHECK(group.average == Approx(25));
    CHECK(group.deviation == Approx(12.90994).epsilon(1e-6));
    CHECK(group.find("a")->rank == 1);
    CHECK(group.find("a")->standing == Standing::below);
    CHECK(group.find("b")->standing == Standing::in_line);
    CHECK(group.find("d")->rank == 4);
    CHECK(group.find("d")->standing == Standing::above);
    CHECK(group.find("d")->distance == Approx(60));
    CHECK(group.find("d")->rate_before == 30.0);
    CHECK(group.find("nowhere") == nullptr);
    CHECK_FALSE(similar_group(std::span{areas}.first(1)));
}

TEST_CASE("membership of a group is dated") {
    const std::vector<Membership> memberships = {{"g", "Oxford", {2013, 1}, {}},
                                                 {"g", "Bath", {2013, 1}, Month{2014, 9}},
                                                 {"g", "York", {2014, 10}, {}},
                                                 {"h", "Leeds", {2013, 1}, {}}};
    CHECK(members_in(memberships, "g", {2014, 9}) == std::vector<std::string>{"Bath", "Oxford"});
    CHECK(members_in(memberships, "g", {2014, 10}) == std::vector<std::string>{"Oxford", "York"});
    CHECK(regroupings(memberships, "g", {{2014, 1}, {2014, 12}}) == std::vector<Month>{{2014, 10}});
}

TEST_CASE("a funnel without areas, people or a rate has no answer") {
    CHECK_FALSE(funnel({}));
    const std::vector<FunnelArea> none = {{"a", 0, 100}, {"b", 0, 200}};
    CHECK_FALSE(funnel(none));
    const std::vector<FunnelArea> nobody = {{"a", 1, 0}};
    CHECK_FALSE(funnel(nobody));
    const std::vector<FunnelArea> one = {{"a", 10, 1000}};
    CHECK(funnel(one)->points[0].place == FunnelPlace::within);
}

TEST_CASE("a funnel's places do not depend on the order of the areas") {
    std::vector<FunnelArea> areas;
    for (int i = 1; i <= 12; ++i)
        areas.push_back(
            {std::string(1, static_cast<char>('a' + i)), i == 6 ? 190.0 : 10.0 * i, 1000.0 * i});
    const auto forth = funnel(areas).value();
    std::reverse(areas.begin(), areas.end());
    const auto back = funnel(areas).value();
    for (std::size_t i = 0; i < areas.size(); ++i) {
        CHECK(forth.points[i].area == back.points[i].area);
        CHECK(forth.points[i].place == back.points[i].place);
    }
    CHECK(forth.points[5].place == FunnelPlace::very_high);
    const auto curve = funnel_curve(forth, {}, 1000, 12000, 5);
    REQUIRE(curve.size() == 5);
    CHECK(curve[0].limits998.high > curve[4].limits998.high);
    CHECK(curve[4].population == Approx(12000));
}

TEST_CASE("a step in level is suspected, season is not") {
    std::vector<double> counts;
    for (int i = 0; i < 60; ++i)
        counts.push_back(std::round((i < 30 ? 100 : 150) * (1 + 0.3 * std::sin(i * 0.5235988))));
    auto series = MonthlySeries::complete({2010, 1}, counts);
    const auto found = suspected_breaks(series);
    REQUIRE(found.size() == 1);
    CHECK(std::abs(found[0].month - Month{2012, 7}) <= 1);
    CHECK_FALSE(found[0].declared);
    series.breaks = {{{2012, 7}, "new system"}};
    CHECK(suspected_breaks(series).front().declared);
    for (int i = 0; i < 60; ++i)
        series.counts[static_cast<std::size_t>(i)] =
            std::round(100 * (1 + 0.3 * std::sin(i * 0.5235988)));
    CHECK(suspected_breaks(series).empty());
    CHECK(suspected_breaks(MonthlySeries::complete({2010, 1}, std::vector<double>(60, 0))).empty());
    CHECK(suspected_breaks(MonthlySeries{{2010, 1}, {}, {}}).empty());
    CHECK(pelt({}).empty());
    const std::vector<double> wrong = {1, -2};
    CHECK_THROWS_AS(pelt(wrong), std::invalid_argument);
}
