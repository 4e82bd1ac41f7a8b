#include "engine/stats/control_chart.hpp"

#include <doctest/doctest.h>

#include "engine/stats/control_rules.hpp"

using namespace wardmote::stats;
using wardmote::core::Month;
using wardmote::core::Period;

namespace {

const Month start{2013, 1};

/// Twelve months about 30, then `rest`.
MonthlySeries after_baseline(const std::vector<double> &rest) {
    std::vector<double> counts = {28, 32, 29, 31, 30, 33, 27, 31, 29, 32, 28, 30};
    counts.insert(counts.end(), rest.begin(), rest.end());
    return MonthlySeries::complete(start, counts);
}

ControlOptions baseline_2013() {
    ControlOptions options;
    options.baseline = Period{start, start + 11};
    return options;
}

std::vector<unsigned> signals(const std::vector<double> &z) {
    std::vector<RulePoint> points;
    for (const double one : z)
        points.push_back({one, one});
    return rule_signals(points);
}

} // namespace

TEST_CASE("limits stay where the baseline put them") {
    const auto short_chart = control_chart(after_baseline({}), baseline_2013());
    const auto chart = control_chart(after_baseline({90, 95, 100}), baseline_2013());
    // Mean 30; ranges 4 3 2 1 3 6 4 2 3 4 2 have mean 34/11; 2.66 times that is 8.222.
    CHECK(chart.points[14].mean == doctest::Approx(30));
    CHECK(chart.points[14].upper == doctest::Approx(30 + 2.66 * 34 / 11));
    CHECK(chart.points[14].upper == short_chart.points[0].upper);
    CHECK(chart.points[0].baseline);
    CHECK_FALSE(chart.points[12].baseline);
}

TEST_CASE("each of Nelson's rules fires on its own pattern and not one short of it") {
    CHECK(signals({0.5, 3.1, -0.5})[1] == beyond_limits);
    CHECK((signals({0.5, 3.0, -0.5})[1] & beyond_limits) == 0);

    std::vector<double> run(9, 0.5);
    CHECK((signals(run)[0] & nine_one_side) != 0);
    run[4] = 0; // on the mean is on neither side
    CHECK((signals(run)[8] & nine_one_side) == 0);
    CHECK((signals(std::vector<double>(7, -0.5))[6] & nhs_shift) != 0);
    CHECK((signals(std::vector<double>(6, -0.5))[5] & nhs_shift) == 0);

    CHECK((signals({-0.9, -0.5, -0.1, 0.1, 0.5, 0.9})[0] & trend) != 0);
    CHECK((signals({-0.9, -0.5, -0.1, 0.1, 0.1, 0.9})[5] & trend) == 0);

    std::vector<double> turns;
    for (int i = 0; i < 14; ++i)
        turns.push_back(i % 2 == 0 ? 0.5 : -0.5);
    CHECK((signals(turns)[0] & alternating) != 0);
    turns.pop_back();
    CHECK((signals(turns)[0] & alternating) == 0);

    const auto two = signals({2.1, 0, 2.1});
    CHECK((two[0] & two_of_three) != 0);
    CHECK((two[1] & two_of_three) == 0); // the one between is not itself far
    CHECK((signals({2.1, 0, -2.1})[0] & two_of_three) == 0);
    CHECK((signals({1.1, 1.1, 0, 1.1, 1.1})[4] & four_of_five) != 0);
    CHECK((signals({1.1, 1.1, 0, 0.9, 1.1})[4] & four_of_five) == 0);

    CHECK((signals(std::vector<double>(15, 0.1))[0] & too_quiet) != 0);
    CHECK((signals(std::vector<double>(14, 0.1))[0] & too_quiet) == 0);
    const auto wide = signals({1.5, -1.5, 1.5, -1.5, 1.5, -1.5, 1.5, -1.5});
    CHECK((wide[0] & both_sides_far) != 0);
}

TEST_CASE("a run that goes on is the state, with its length") {
    const auto chart = control_chart(after_baseline(std::vector<double>(10, 24)), baseline_2013());
    CHECK(chart.state == ChartState::below_usual);
    CHECK(chart.state_months == 10);
    CHECK(chart.variation == Variation::improving_low);
    ControlOptions higher = baseline_2013();
    higher.polarity = Polarity::higher_is_better;
    CHECK(control_chart(after_baseline(std::vector<double>(10, 24)), higher).variation ==
          Variation::concerning_low);
}

TEST_CASE("one month out of the ordinary is remembered for a year") {
    const auto high = control_chart(after_baseline({29, 45, 31, 29, 32}), baseline_2013());
    CHECK(high.state == ChartState::high_month);
    CHECK(high.state_month == Month{2014, 2});
    CHECK(high.variation == Variation::common_cause); // the last month itself is usual
    std::vector<double> later = {45};
    for (int i = 0; i < 6; ++i)
        later.insert(later.end(), {31, 29});
    CHECK(control_chart(after_baseline(later), baseline_2013()).state == ChartState::usual);
}

TEST_CASE("a decided step starts new limits; without the decision there are none") {
    const auto series = after_baseline({20, 22, 19, 21, 20, 22, 18, 21});
    CHECK(control_chart(series, baseline_2013()).state != ChartState::usual);
    ControlOptions options = baseline_2013();
    options.rebases = {{{2014, 1}, "Board, 3 February 2015"}};
    const auto chart = control_chart(series, options);
    CHECK(chart.state == ChartState::usual);
    CHECK(chart.points[0].mean == doctest::Approx(30));
    CHECK(chart.points[12].mean == doctest::Approx(163.0 / 8));
}

TEST_CASE("a missing month neither breaks a run nor makes a range") {
    auto series = after_baseline(std::vector<double>(10, 24));
    series.present[5] = false;
    series.present[15] = false;
    const auto chart = control_chart(series, baseline_2013());
    CHECK(chart.state_months == 9);
    CHECK_FALSE(chart.points[15].value);
    CHECK(chart.points[15].signals == 0);
}

TEST_CASE("the target is met always, never or now and then") {
    ControlOptions options = baseline_2013();
    for (const auto &[target, expected] : {std::pair{50.0, Assurance::passes},
                                           {10.0, Assurance::fails},
                                           {30.0, Assurance::hit_or_miss}}) {
        options.target = target;
        CHECK(control_chart(after_baseline({}), options).assurance == expected);
    }
}

TEST_CASE("too few, all nought and empty series have an answer") {
    CHECK(control_chart(MonthlySeries{start, {}, {}}).state == ChartState::not_enough);
    const auto few = control_chart(MonthlySeries::complete(start, {1, 2, 3, 4, 5}));
    CHECK(few.state == ChartState::not_enough);
    CHECK(few.points.size() == 5);
    CHECK_FALSE(few.points[0].has_limits);
    for (const ChartKind kind : {ChartKind::xmr, ChartKind::c, ChartKind::u, ChartKind::laney_u}) {
        ControlOptions options;
        options.kind = kind;
        options.exposures = std::vector<double>(12, 100);
        const auto zero =
            control_chart(MonthlySeries::complete(start, std::vector<double>(12, 0)), options);
        CHECK(zero.state == ChartState::usual);
        CHECK(zero.points[11].upper == 0);
    }
    ControlOptions u;
    u.kind = ChartKind::u; // without exposures no month has a rate
    CHECK(control_chart(after_baseline({}), u).state == ChartState::not_enough);
}

TEST_CASE("a declared break without a decision is flagged") {
    auto series = after_baseline({30, 30});
    series.breaks = {{{2014, 1}, "new system"}};
    CHECK(control_chart(series).crosses_break);
    ControlOptions options;
    options.rebases = {{{2014, 1}, "new system"}};
    CHECK_FALSE(control_chart(series, options).crosses_break);
}
