// Answers the blocks of tests/stats/*.test that ask for a spatial statistic.

#include <doctest/doctest.h>

#include "engine/stats/autocorrelation.hpp"
#include "engine/stats/empirical_bayes.hpp"
#include "engine/stats/join_counts.hpp"
#include "engine/stats/local_autocorrelation.hpp"
#include "engine/stats/table_for_test.hpp"
#include "engine/stats/weights.hpp"

namespace wardmote::stats {

namespace {

SpatialWeights weights_of(const Block &block) {
    const Numbers flat = block.numbers("neighbours");
    std::vector<std::vector<std::size_t>> lists;
    auto next = flat.begin();
    for (const double count : block.numbers("counts")) {
        lists.emplace_back();
        for (int i = 0; i < static_cast<int>(count); ++i)
            lists.back().push_back(static_cast<std::size_t>(*next++));
    }
    REQUIRE(next == flat.end());
    SpatialWeights weights{lists};
    const auto how = block.input.find("standardised");
    return how != block.input.end() && how->second.at(0) == "yes" ? row_standardised(weights)
                                                                  : weights;
}

Answers told(const Autocorrelation &result) {
    Answers answers{{"observed", {result.observed}},
                    {"expected", {result.expected}},
                    {"randomised_variance", {result.randomised.variance}},
                    {"randomised_z", {result.randomised.z}},
                    {"randomised_p", {result.randomised.p}}};
    if (result.normal) {
        answers["normal_variance"] = {result.normal->variance};
        answers["normal_z"] = {result.normal->z};
        answers["normal_p"] = {result.normal->p};
    }
    return answers;
}

Answers global(const Block &block, decltype(moran) statistic) {
    return told(statistic(block.numbers("values"), weights_of(block), no_permutation).value());
}

Answers joins(const Block &block) {
    const auto result = join_counts(block.numbers("values"), weights_of(block)).value();
    Answers answers{{"joins", {result.joins}},
                    {"chi_square", {result.chi_square}},
                    {"chi_square_p", {result.chi_square_p}}};
    const auto add = [&](const std::string &kind, const Autocorrelation &one) {
        answers[kind] = {one.observed};
        answers[kind + "_expected"] = {one.expected};
        answers[kind + "_variance"] = {one.randomised.variance};
    };
    add("both", result.both);
    add("neither", result.neither);
    add("mixed", result.mixed);
    return answers;
}

Answers local(const Block &block) {
    const auto areas =
        local_autocorrelation(block.numbers("values"), weights_of(block), no_permutation).value();
    Answers answers;
    for (const LocalAutocorrelation &area : areas) {
        answers["moran"].push_back(area.moran);
        answers["moran_expected"].push_back(area.moran_expected);
        answers["moran_variance"].push_back(area.moran_variance);
        answers["geary"].push_back(area.geary);
        answers["geary_expected"].push_back(area.geary_expected);
        answers["geary_variance"].push_back(area.geary_variance);
        answers["gi"].push_back(area.gi);
        answers["gi_star"].push_back(area.gi_star);
    }
    return answers;
}

Answers first_of_local(const Block &block) {
    Answers answers = local(block);
    for (auto &[name, numbers] : answers)
        numbers.resize(1);
    return answers;
}

/// The first few, if the block asks for no more.
Numbers first_of(const Block &block, Numbers numbers) {
    if (block.input.contains("first"))
        numbers.resize(static_cast<std::size_t>(block.number("first")));
    return numbers;
}

Answers steadied(const Block &block) {
    const auto result =
        empirical_bayes(block.numbers("events"), block.numbers("populations"), block.number("per"))
            .value();
    return {{"rates", first_of(block, result.rates)},
            {"mean", {result.mean}},
            {"variance", {result.variance}}};
}

Answers steadied_by_neighbours(const Block &block) {
    const auto rates =
        spatial_empirical_bayes(block.numbers("events"), block.numbers("populations"),
                                weights_of(block), block.number("per"));
    return {{"rates", first_of(block, rates.value())}};
}

Answers risks(const Block &block) {
    const auto all = excess_risk(block.numbers("events"), block.numbers("populations"));
    return {{"risks", first_of(block, all.value())}};
}

Answers moran_rate(const Block &block) {
    return told(
        moran_of_rates(block.numbers("values"), block.numbers("populations"), weights_of(block))
            .value());
}

} // namespace

Functions spatial_functions() {
    return {
        {"moran", [](const Block &block) { return global(block, moran); }},
        {"geary", [](const Block &block) { return global(block, geary); }},
        {"general_g", [](const Block &block) { return global(block, general_g); }},
        {"join_counts", joins},
        {"local_autocorrelation", local},
        {"first_of_local", first_of_local},
        {"empirical_bayes", steadied},
        {"spatial_empirical_bayes", steadied_by_neighbours},
        {"excess_risk", risks},
        {"moran_of_rates", moran_rate},
    };
}

} // namespace wardmote::stats
