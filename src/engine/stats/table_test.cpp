/// Runs every block of tests/stats/*.test: expected values made by other programs, in plain text.
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/before_after.hpp"
#include "engine/stats/breaks.hpp"
#include "engine/stats/change.hpp"
#include "engine/stats/control_chart.hpp"
#include "engine/stats/count_law.hpp"
#include "engine/stats/cusum.hpp"
#include "engine/stats/displacement.hpp"
#include "engine/stats/ears.hpp"
#include "engine/stats/exceptional.hpp"
#include "engine/stats/funnel.hpp"
#include "engine/stats/glm.hpp"
#include "engine/stats/nearest_mixture.hpp"
#include "engine/stats/poisson_e_test.hpp"
#include "engine/stats/power.hpp"
#include "engine/stats/projection.hpp"
#include "engine/stats/rates.hpp"
#include "engine/stats/seasonal.hpp"
#include "engine/stats/similarity.hpp"
#include "engine/stats/table_for_test.hpp"

using namespace wardmote::stats;
namespace core = wardmote::core;

namespace {

MonthlySeries series_of(const Block &block) {
    const auto first = core::Month::parse(block.words("first").at(0)).value();
    return MonthlySeries::complete(first, block.numbers("counts"));
}

Numbers both(Interval interval) {
    return {interval.low, interval.high};
}

Answers compare(const Block &block) {
    const Numbers exposures = block.numbers("exposures");
    const Change change = compare_counts(block.number("before"), block.number("now"),
                                         {.exposure_before = exposures.at(0),
                                          .exposure_now = exposures.at(1),
                                          .dispersion = block.number("dispersion"),
                                          .level = block.number("level")});
    return {{"ratio", {change.ratio.value()}},
            {"interval", both(change.interval)},
            {"mid_p", {change.mid_p}},
            {"p", {change.p}}};
}

Answers dispersion(const Block &block) {
    const auto series = series_of(block);
    return {{"dispersion", {estimate_dispersion(series, *last_present(series)).value()}}};
}

Answers fitted(const std::optional<GlmFit> &fit, std::size_t columns) {
    REQUIRE(fit.has_value());
    CHECK(fit->converged);
    Numbers errors;
    for (std::size_t i = 0; i < columns; ++i)
        errors.push_back(std::sqrt(fit->covariance[i * columns + i]));
    return {{"coefficients", fit->coefficients},
            {"standard_errors", errors},
            {"deviance", {fit->deviance}},
            {"pearson", {fit->pearson}},
            {"theta", {fit->theta}}};
}

Answers poisson(const Block &block) {
    const auto series = series_of(block);
    const auto data = seasonal_data(series, *last_present(series));
    return fitted(fit_poisson(data.counts, data.design, seasonal_columns, data.offset),
                  seasonal_columns);
}

Answers negative_binomial(const Block &block) {
    const auto series = series_of(block);
    const auto data = seasonal_data(series, *last_present(series));
    return fitted(fit_negative_binomial(data.counts, data.design, seasonal_columns, data.offset),
                  seasonal_columns);
}

Answers any_design(const Block &block) {
    const auto columns = static_cast<std::size_t>(block.number("columns"));
    return fitted(fit_negative_binomial(block.numbers("counts"), block.numbers("design"), columns),
                  columns);
}

Answers exact_interval(const Block &block) {
    return {{"interval", both(poisson_interval(block.number("count")).value())}};
}

Answers byar(const Block &block) {
    return {{"interval", both(byar_interval(block.number("count")).value())}};
}

Answers plain_rate(const Block &block) {
    const auto result = rate(block.number("count"), block.number("population")).value();
    return {{"value", {result.value}}, {"interval", both(result.interval)}};
}

std::vector<Stratum> strata(const Numbers &counts, const Numbers &populations) {
    std::vector<Stratum> result;
    for (std::size_t i = 0; i < counts.size(); ++i)
        result.push_back({counts[i], populations.at(i)});
    return result;
}

Answers direct(const Block &block) {
    const auto area = strata(block.numbers("counts"), block.numbers("populations"));
    const auto result = directly_standardised(area, block.numbers("standard")).value();
    return {{"value", {result.value}}, {"interval", both(result.interval)}};
}

Answers projected(const Block &block, ProjectionMethod method) {
    const auto series = series_of(block);
    const auto said = forecast(series, *last_present(series), method).value();
    return {{"value", {said.value}},
            {"interval80", both(said.interval80)},
            {"interval95", both(said.interval95)}};
}

Answers control(const Block &block) {
    const std::string kind = block.words("kind").at(0);
    const std::map<std::string, ChartKind> kinds = {{"xmr", ChartKind::xmr},
                                                    {"c", ChartKind::c},
                                                    {"u", ChartKind::u},
                                                    {"laney_u", ChartKind::laney_u}};
    const core::Month first{2013, 1};
    const auto length = static_cast<int>(block.number("baseline"));
    const auto chart = control_chart(MonthlySeries::complete(first, block.numbers("counts")),
                                     {.kind = kinds.at(kind),
                                      .baseline = core::Period{first, first + (length - 1)},
                                      .rebases = {},
                                      .exposures = block.numbers("exposures"),
                                      .target = {}});
    Answers answers{{"mean", {chart.points.at(0).mean}}};
    for (const auto &point : chart.points) {
        answers["lower"].push_back(point.lower);
        answers["upper"].push_back(point.upper);
    }
    return answers;
}

Answers levels(const Block &block) {
    const std::string cost = block.words("cost").at(0);
    PeltOptions options;
    options.cost = cost == "poisson"       ? SegmentCost::poisson
                   : cost == "normal_mean" ? SegmentCost::normal_mean
                                           : SegmentCost::normal_mean_variance;
    options.penalty = block.words("penalty").at(0) == "bic" ? Penalty::bic : Penalty::mbic;
    options.shortest_segment = static_cast<int>(block.number("shortest"));
    const Numbers values = block.numbers("values");
    const auto starts = pelt(values, options);
    CHECK(starts == optimal_partition(values, options));
    return {{"starts", {starts.begin(), starts.end()}}};
}

Answers funnel_limits(const Block &block) {
    const std::string name = block.words("adjustment").at(0);
    FunnelOptions options;
    options.adjustment = name == "none"             ? FunnelAdjustment::none
                         : name == "multiplicative" ? FunnelAdjustment::multiplicative
                                                    : FunnelAdjustment::additive;
    std::vector<FunnelArea> areas;
    for (const Stratum &one : strata(block.numbers("counts"), block.numbers("populations")))
        areas.push_back({"", one.count, one.population});
    const auto result = funnel(areas, options).value();
    Answers answers{{"target", {result.target}}, {"phi", {result.phi}}, {"tau", {result.tau}}};
    for (const auto &point : result.points) {
        answers["z"].push_back(point.z);
        answers["low998"].push_back(point.limits998.low);
        answers["high998"].push_back(point.limits998.high);
    }
    return answers;
}

Answers alike(const Block &block, double (*similarity)(std::string_view, std::string_view)) {
    const auto &names = block.words("names");
    Numbers values;
    for (std::size_t i = 0; i + 1 < names.size(); i += 2)
        values.push_back(similarity(names[i], names[i + 1]));
    return {{"values", values}};
}

Answers count_law(const Block &block) {
    const CountLaw law{block.number("mean"), block.number("ratio")};
    return {{"bound", {law.bound(block.number("alpha"))}},
            {"at_least", {law.at_least(block.number("count"))}}};
}

Answers ears(const Block &block) {
    const std::string rule = block.words("rule").at(0);
    const auto bounds = ears_bounds(block.numbers("counts"),
                                    rule == "c1"   ? EarsRule::c1
                                    : rule == "c2" ? EarsRule::c2
                                                   : EarsRule::c3,
                                    {.alpha = block.number("alpha"), .allow_for_few = false});
    Answers answers;
    for (const double bound : bounds)
        if (!std::isnan(bound))
            answers["bounds"].push_back(bound);
    return answers;
}

Answers cumulative_sum(const Block &block) {
    Answers answers;
    for (const CusumPoint &point :
         cusum(block.numbers("counts"), block.numbers("expected"), {.scale = CusumScale::standard}))
        answers["sums"].push_back(point.sum);
    return answers;
}

Answers exceptional(const Block &block) {
    const Numbers counts = block.numbers("counts");
    const auto judged = exceptional_counts({counts, counts.size()}, counts.size() - 1,
                                           {.baseline = {.trend = block.number("trend") == 1}});
    const ExceptionalCount &one = judged.at(0);
    return {{"expected", {one.expected}},
            {"bound", {one.bound}},
            {"p", {one.p}},
            {"dispersion", {one.dispersion}}};
}

BeforeAfter before_after(const Block &block, const std::string &name) {
    return {block.numbers(name).at(0), block.numbers(name).at(1)};
}

Answers displacement(const Block &block) {
    const auto wdd =
        weighted_displacement_difference({.target = before_after(block, "target"),
                                          .control = before_after(block, "control"),
                                          .around = before_after(block, "around"),
                                          .around_control = before_after(block, "around_control"),
                                          .length_before = block.numbers("lengths").at(0),
                                          .length_after = block.numbers("lengths").at(1)})
            .value();
    return {{"local", {wdd.local.value}},
            {"total", {wdd.total.value}},
            {"standard_error", {wdd.total.standard_error}}};
}

Answers e_test(const Block &block) {
    const Numbers first = block.numbers("first");
    const Numbers second = block.numbers("second");
    return {
        {"p", {poisson_e_test({first.at(0), first.at(1)}, {second.at(0), second.at(1)}).value()}}};
}

Answers differences(const Block &block) {
    const auto found =
        difference_in_differences(block.numbers("target"), block.numbers("control"),
                                  static_cast<std::size_t>(block.number("first_after")))
            .value();
    return {{"ratio", {found.ratio}},
            {"standard_error", {found.standard_error}},
            {"prevented", {found.prevented}}};
}

Answers power(const Block &block) {
    const PlannedAction plan{.before = block.number("before"),
                             .after = block.number("after"),
                             .dispersion = block.number("dispersion")};
    return {{"power", {power_of(plan, block.number("ratio")).value()}}};
}

Answers mixture(const Block &block) {
    const Numbers target = block.numbers("target");
    const Numbers others = block.numbers("others");
    return {{"weights", nearest_mixture(target, {others, target.size()})}};
}

const Functions functions_of_time = {
    {"compare_counts", compare},
    {"estimate_dispersion", dispersion},
    {"fit_poisson", poisson},
    {"fit_negative_binomial", negative_binomial},
    {"fit_design", any_design},
    {"poisson_interval", exact_interval},
    {"byar_interval", byar},
    {"rate", plain_rate},
    {"directly_standardised", direct},
    {"straight_line",
     [](const Block &block) { return projected(block, ProjectionMethod::straight_line); }},
    {"seasonal_share",
     [](const Block &block) { return projected(block, ProjectionMethod::seasonal_share); }},
    {"seasonal_regression",
     [](const Block &block) { return projected(block, ProjectionMethod::seasonal_regression); }},
    {"control_chart", control},
    {"pelt", levels},
    {"funnel", funnel_limits},
    {"jaro", [](const Block &block) { return alike(block, jaro); }},
    {"jaro_winkler", [](const Block &block) { return alike(block, jaro_winkler); }},
    {"count_law", count_law},
    {"ears", ears},
    {"cusum", cumulative_sum},
    {"exceptional", exceptional},
    {"weighted_displacement_difference", displacement},
    {"poisson_e_test", e_test},
    {"difference_in_differences", differences},
    {"power_of", power},
    {"nearest_mixture", mixture},
};

bool near(double got, double expected, double within) {
    return got == expected ||
           std::fabs(got - expected) <= within * std::max(1.0, std::fabs(expected));
}

} // namespace

TEST_CASE("every table of expected values comes out") {
    const std::filesystem::path folder{WARDMOTE_SOURCE_DIR "/tests/stats"};
    Functions functions = spatial_functions();
    functions.insert(functions_of_time.begin(), functions_of_time.end());
    int run = 0;
    for (const auto &entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".test")
            continue;
        for (const Block &block : blocks_of(entry.path())) {
            INFO(entry.path().filename().string(), " line ", block.line, ": ", block.function);
            const Answers answers = functions.at(block.function)(block);
            const double within = to_number(block.expected.at("within").at(0));
            for (const auto &[name, words] : block.expected) {
                if (name == "within")
                    continue;
                const Numbers expected = to_numbers(words);
                const Numbers &got = answers.at(name);
                REQUIRE(got.size() == expected.size());
                for (std::size_t i = 0; i < got.size(); ++i) {
                    INFO(name, " ", i, ": got ", got[i], ", expected ", expected[i]);
                    CHECK(near(got[i], expected[i], within));
                }
            }
            ++run;
        }
    }
    CHECK(run > 100);
}
