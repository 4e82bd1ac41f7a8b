#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/linkage.hpp"
#include "engine/stats/people_for_test.hpp"

using namespace wardmote::stats;

using Strings = std::vector<std::string>;

namespace {

LinkageSettings quick_settings() {
    LinkageSettings settings = settings_for(false);
    settings.random_pairs = 50'000;
    return settings;
}

} // namespace

TEST_CASE("a comparison stops at the first level that fits") {
    LinkageTable table{6};
    const auto name =
        table.add_text("Name", Strings{"martha", "MARHTA ", "Mrtha", "Tmesis", "", "Moore"});
    const auto other = table.add_text("Other", Strings{"", "", "", "Moore", "", "Tmesis"});
    const auto birth = table.add_text(
        "Birth", Strings{"19840209", "19840902", "19840210", "19840309", "19990101", "19840229"});
    const std::vector<double> x = {0, 30, 300, 0, std::nan(""), 0};
    const std::vector<double> y = {0, 40, 0, 0, 0, 0};
    const auto home = table.add_places("Home", x, y);
    const Comparer comparer{table,
                            {{name,
                              {{LevelKind::exact},
                               {LevelKind::exchanged, 0, other},
                               {LevelKind::jaro_winkler, 0.96},
                               {LevelKind::edits, 1},
                               {LevelKind::sounds_alike}}},
                             {other, {{LevelKind::exact}}},
                             {birth,
                              {{LevelKind::exact},
                               {LevelKind::day_month},
                               {LevelKind::days, 1},
                               {LevelKind::edits, 1},
                               {LevelKind::beginning, 4}}},
                             {home, {{LevelKind::exact}, {LevelKind::metres, 50}}}}};
    CHECK(comparer.level(0, 0, 0) == 1);
    CHECK(comparer.level(0, 3, 5) == 2);
    CHECK(comparer.level(0, 0, 1) == 3); // 0.9611
    CHECK(comparer.level(0, 0, 2) == 4); // (5/6 + 1 + 1) / 3, raised for the M alone: 0.95
    CHECK(comparer.level(0, 0, 3) == 0);
    CHECK(comparer.level(0, 0, 4) == value_missing);
    CHECK(comparer.level(2, 0, 1) == 2);
    CHECK(comparer.level(2, 0, 2) == 3);
    CHECK(comparer.level(2, 0, 3) == 4);
    CHECK(comparer.level(2, 0, 5) == 4);
    CHECK(comparer.level(2, 1, 5) == 5);
    CHECK(comparer.level(2, 0, 4) == 0);
    CHECK(comparer.level(3, 0, 3) == 1);
    CHECK(comparer.level(3, 0, 1) == 2);
    CHECK(comparer.level(3, 0, 2) == 0);
    CHECK(comparer.level(3, 0, 4) == value_missing);
    const auto pattern = comparer.pattern(0, 1);
    for (std::size_t c = 0; c < comparer.size(); ++c)
        CHECK(comparer.level_in(pattern, c) == comparer.level(c, 0, 1));
    CHECK_THROWS_AS((Comparer{table, {{home, {{LevelKind::edits, 1}}}}}), std::invalid_argument);
    CHECK_THROWS_AS((Comparer{table, {{name, {{LevelKind::metres, 1}}}}}), std::invalid_argument);
    CHECK_THROWS_AS((Comparer{table, {{name, {{LevelKind::exchanged, 0, other}}}}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(table.add_text("Short", Strings{"one"}), std::invalid_argument);
}

TEST_CASE("what is learnt from the patterns of a known model is that model") {
    // Four columns that agree or not, independently: pair counts by arithmetic, not by chance.
    LinkageTable table{2};
    for (const char *name : {"A", "B", "C", "D"})
        table.add_text(name, Strings{"x", "y"});
    std::vector<Comparison> comparisons;
    for (std::size_t c = 0; c < 4; ++c)
        comparisons.push_back({c, {{LevelKind::exact}}});
    const Comparer comparer{table, comparisons};
    const std::vector<double> m = {0.98, 0.97, 0.9, 0.8};
    const std::vector<double> u = {0.001, 0.002, 0.01, 0.1};
    const double prior = 1e-5;
    const double all = 1e11;
    const std::vector<BlockingRule> rules = {{{0}}, {{1}}};
    std::vector<PatternCount> counts;
    for (std::uint32_t agree = 0; agree < 16; ++agree) {
        double links = prior;
        double others = 1 - prior;
        std::uint32_t pattern = 0;
        std::uint32_t radix = 1;
        for (std::size_t c = 0; c < 4; ++c, radix *= 3) {
            const bool yes = agree >> c & 1U;
            links *= yes ? m[c] : 1 - m[c];
            others *= yes ? u[c] : 1 - u[c];
            pattern += radix * (yes ? 2 : 1);
        }
        if ((agree & 3U) != 0)
            counts.push_back({pattern, agree & 3U, std::uint64_t(all * (links + others))});
    }
    LevelShares shares;
    for (std::size_t c = 0; c < 4; ++c) {
        const double agreed = prior * m[c] + (1 - prior) * u[c];
        shares.push_back({1 - agreed, agreed});
    }
    const LinkageModel model = learn(shares, comparer, counts, rules, all);
    for (std::size_t c = 0; c < 4; ++c) {
        INFO(c);
        CHECK(model.learnt[c]);
        CHECK(model.levels[c][1].m == doctest::Approx(m[c]).epsilon(0.002));
        CHECK(model.levels[c][1].u == doctest::Approx(u[c]).epsilon(0.002));
    }
    // The 0.06% of links that agree on neither rule are not seen.
    CHECK(model.prior == doctest::Approx(prior).epsilon(0.002));
    CHECK(LevelEstimate{0.9, 0.01}.weight() == doctest::Approx(std::log2(90)));
    CHECK(probability_of(0) == 0.5);
    CHECK(probability_of(std::log2(99)) == doctest::Approx(0.99));
}

TEST_CASE("columns that every rule fixes are assumed, and said not to be learnt") {
    const MadePeople people = PeopleMaker{2}.with_doubles(200);
    LinkageSettings settings = quick_settings();
    settings.rules = {{{MadePeople::birth}}};
    const Linkage found = link_records(table_of(people, false), settings);
    CHECK_FALSE(found.model.learnt[MadePeople::birth]);
    CHECK(found.model.learnt[MadePeople::surname]);
    CHECK(found.model.levels[MadePeople::birth][1].m == 0.95);
}

TEST_CASE("5,000 people and 5,000 doubles with errors are put together, F1 0.999 or more") {
    const MadePeople people = PeopleMaker{4}.with_doubles(5000);
    LinkageSettings settings = settings_for(true, true);
    settings.random_pairs = 300'000;
    const Linkage found = link_records(table_of(people, true), settings);
    const LinkageScore score = score_of(people, found);
    INFO(score.right, " right, ", score.wrong, " wrong, ", score.missed, " missed");
    CHECK(score.f1() >= 0.999);
    // 5,000 links among 49,995,000 pairs.
    CHECK(found.model.prior == doctest::Approx(5000 / 49'995'000.0).epsilon(0.01));
}

TEST_CASE("the waterfall of a link adds up to its weight, and rare names weigh more") {
    const MadePeople people = PeopleMaker{5}.with_doubles(1000);
    const LinkageTable table = table_of(people, false);
    const LinkageSettings settings = quick_settings();
    const Linkage found = link_records(table, settings);
    REQUIRE(found.links.size() > 800);
    for (const std::size_t i : {0U, 100U, 700U}) {
        const Link &link = found.links[i];
        const auto steps = explain(table, settings, found.model, link.a, link.b);
        CHECK(steps.size() == settings.comparisons.size() + 1);
        double total = 0;
        for (const WaterfallStep &step : steps)
            total += step.weight + step.rarity;
        CHECK(total == doctest::Approx(link.weight));
        CHECK(steps.back().total == doctest::Approx(link.weight));
        CHECK(link.probability == doctest::Approx(probability_of(link.weight)));
        CHECK(steps[0].column == "before anything is compared");
    }
    // Agreement on a name: m / u of the level, times u / share of the others who have the name.
    LinkageTable few{6};
    const auto name = few.add_text("Name", Strings{"Smith", "Smith", "Smith", "Zu", "Zu", "Ba"});
    const LinkageSettings by_name{.comparisons = {compare_exact(name)}, .rules = {}};
    LinkageModel model;
    model.prior = 0.5;
    model.levels = {{{0.1, 0.9}, {0.9, 0.1}}};
    const auto smith = explain(few, by_name, model, 0, 1);
    const auto zu = explain(few, by_name, model, 3, 4);
    CHECK(smith[1].total == doctest::Approx(std::log2(0.9 / (2.0 / 5))));
    CHECK(zu[1].total == doctest::Approx(std::log2(0.9 / (1.0 / 5))));
    CHECK(explain(few, by_name, model, 0, 3)[1].level == "different");
}

TEST_CASE("the same links come out on one thread and on two") {
    const MadePeople people = PeopleMaker{6}.with_doubles(2000);
    const LinkageTable table = table_of(people, false);
    const Linkage one = link_records(table, quick_settings(), {.threads = 1});
    const Linkage two = link_records(table, quick_settings(), {.threads = 2});
    CHECK(one.cluster == two.cluster);
    REQUIRE(one.links.size() == two.links.size());
    for (std::size_t i = 0; i < one.links.size(); ++i) {
        CHECK(one.links[i].a == two.links[i].a);
        CHECK(one.links[i].weight == two.links[i].weight);
    }
}

TEST_CASE("no records, one, none with values, and all alike have defined answers") {
    for (const Strings &values : {Strings{}, Strings{"A"}, Strings{"", "", ""}}) {
        LinkageTable table{values.size()};
        const auto name = table.add_text("Name", values);
        const Linkage found = link_records(
            table,
            {.comparisons = {compare_name(name)}, .rules = {{{name}}}, .random_pairs = 1000});
        CHECK(found.links.empty());
        CHECK(found.compared == 0);
        CHECK(found.cluster.size() == values.size());
    }
    LinkageTable alike{4};
    const auto name = alike.add_text("Name", Strings(4, "A"));
    const auto born = alike.add_text("Birth", Strings(4, "19840209"));
    const Linkage found =
        link_records(alike, {.comparisons = {compare_name(name), compare_date(born)},
                             .rules = {{{name}}, {{born}}},
                             .random_pairs = 1000});
    CHECK(found.compared == 6);
    // Everybody agrees with everybody: agreement says nothing.
    CHECK(std::isfinite(found.model.prior));
    for (const auto &levels : found.model.levels)
        CHECK(std::isfinite(levels[1].weight()));
    const Linkage no_rule = link_records(alike, {.comparisons = {compare_name(name)}, .rules = {}});
    CHECK(no_rule.links.empty());
}
