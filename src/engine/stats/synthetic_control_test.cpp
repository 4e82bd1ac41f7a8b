#include "engine/stats/synthetic_control.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include "engine/stats/nearest_mixture.hpp"

using namespace wardmote::stats;

namespace {

std::vector<double> random_table(std::size_t rows, std::size_t months, unsigned seed) {
    std::mt19937 random{seed};
    std::vector<double> counts;
    for (std::size_t row = 0; row < rows; ++row) {
        const double level = 20 + 3.0 * static_cast<double>(row % 7);
        for (std::size_t month = 0; month < months; ++month)
            counts.push_back(std::poisson_distribution<int>{
                level * (1 + 0.3 * std::sin(static_cast<double>(month) / 2))}(random));
    }
    return counts;
}

std::vector<double> misses(const std::vector<double> &target, const SeriesTable &others,
                           const std::vector<double> &weights) {
    std::vector<double> miss(target.size());
    for (std::size_t month = 0; month < target.size(); ++month) {
        miss[month] = -target[month];
        for (std::size_t row = 0; row < others.size(); ++row)
            miss[month] += weights[row] * others.series(row)[month];
    }
    return miss;
}

double squares(const std::vector<double> &values) {
    return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

/// The nearest point with weights that add up to one and are not negative (Held and others 1974).
std::vector<double> on_simplex(std::vector<double> weights) {
    std::vector<double> sorted = weights;
    std::sort(sorted.begin(), sorted.end(), std::greater{});
    double sum = 0, shift = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sum += sorted[i];
        const double candidate = (sum - 1) / static_cast<double>(i + 1);
        if (sorted[i] > candidate)
            shift = candidate;
    }
    for (double &weight : weights)
        weight = std::max(0.0, weight - shift);
    return weights;
}

/// A second way: projected gradient, with many small steps.
std::vector<double> by_projected_gradient(const std::vector<double> &target,
                                          const SeriesTable &others) {
    std::vector<double> weights(others.size(), 1.0 / static_cast<double>(others.size()));
    const double step = 1 / squares({others.counts.begin(), others.counts.end()});
    for (int round = 0; round < 200000; ++round) {
        const auto miss = misses(target, others, weights);
        for (std::size_t row = 0; row < others.size(); ++row)
            weights[row] -= step * std::inner_product(miss.begin(), miss.end(),
                                                      others.series(row).begin(), 0.0);
        weights = on_simplex(weights);
    }
    return weights;
}

} // namespace

TEST_CASE("a mixture is found again") {
    constexpr std::size_t months = 24;
    const auto counts = random_table(6, months, 1);
    const SeriesTable others{counts, months};
    std::vector<double> target;
    for (std::size_t month = 0; month < months; ++month)
        target.push_back(0.3 * others.series(1)[month] + 0.7 * others.series(4)[month]);
    const auto weights = nearest_mixture(target, others);
    CHECK(weights[1] == doctest::Approx(0.3).epsilon(1e-9));
    CHECK(weights[4] == doctest::Approx(0.7).epsilon(1e-9));
    CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == doctest::Approx(1));
}

TEST_CASE("two series and a target by hand") {
    // Between (0, 0) and (4, 2), nearest to (1, 3): the foot of the perpendicular is (10 / 20) of
    // the way, at (2, 1).
    const std::vector<double> counts{0, 0, 4, 2};
    const std::vector<double> target{1, 3};
    const auto weights = nearest_mixture(target, {counts, 2});
    CHECK(weights[1] == doctest::Approx(0.5));
    // Beyond the end, the end.
    const std::vector<double> far{9, 9};
    CHECK(nearest_mixture(far, {counts, 2})[1] == doctest::Approx(1));
}

TEST_CASE("the nearest mixture is the best there is, by its conditions and by a second way") {
    for (const unsigned seed : {2U, 3U, 4U}) {
        constexpr std::size_t months = 30;
        const auto counts = random_table(8, months, seed);
        const SeriesTable others{counts, months};
        const auto target = random_table(1, months, seed + 100);
        const auto weights = nearest_mixture(target, others);
        const auto miss = misses(target, others, weights);
        const double least = squares(miss);
        // Kuhn and Tucker: no series improves on the miss, those used are level with it.
        for (std::size_t row = 0; row < others.size(); ++row) {
            double slope = 0;
            for (std::size_t month = 0; month < months; ++month)
                slope += miss[month] * (others.series(row)[month] - target[month]);
            CHECK(slope >= least - 1e-9 * squares(counts));
            if (weights[row] > 0)
                CHECK(slope == doctest::Approx(least).epsilon(1e-9));
        }
        const auto second = by_projected_gradient(target, others);
        CHECK(least <= squares(misses(target, others, second)) * (1 + 1e-12));
        for (std::size_t row = 0; row < others.size(); ++row)
            CHECK(std::fabs(weights[row] - second[row]) < 1e-4);
    }
}

TEST_CASE("an action that takes off a third is found, and ranks first among placebos") {
    constexpr std::size_t months = 48;
    constexpr std::size_t first_after = 36;
    const auto counts = random_table(25, months, 7);
    const SeriesTable others{counts, months};
    std::vector<double> treated;
    double taken = 0;
    for (std::size_t month = 0; month < months; ++month) {
        const double usual = (others.series(0)[month] + others.series(1)[month]) / 2;
        treated.push_back(usual * (month < first_after ? 1 : 2.0 / 3));
        taken += month < first_after ? 0 : usual / 3;
    }
    const auto one = synthetic_control(treated, others, first_after, {.threads = 1});
    const auto two = synthetic_control(treated, others, first_after, {.threads = 2});
    REQUIRE(one);
    CHECK(one->weights[0] == doctest::Approx(0.5).epsilon(1e-6));
    CHECK(one->effect == doctest::Approx(-taken).epsilon(1e-6));
    CHECK(one->rank == 1);
    CHECK(one->areas == 26);
    CHECK(one->p == doctest::Approx(1.0 / 26));
    CHECK(one->placebo_ratios == two->placebo_ratios);
}

TEST_CASE("tenfold figures have the same mixture and ratio, in any order of the areas") {
    constexpr std::size_t months = 30;
    const auto counts = random_table(7, months, 21);
    const std::vector<double> others(counts.begin() + months, counts.end());
    const std::vector<double> treated(counts.begin(), counts.begin() + months);
    const auto plain = synthetic_control(treated, {others, months}, 20);
    std::vector<double> tenfold, tenfold_treated;
    for (std::size_t row = 6; row-- > 0;)
        for (std::size_t month = 0; month < months; ++month)
            tenfold.push_back(10 * others[row * months + month]);
    for (const double count : treated)
        tenfold_treated.push_back(10 * count);
    const auto scaled = synthetic_control(tenfold_treated, {tenfold, months}, 20);
    REQUIRE(plain);
    REQUIRE(scaled);
    CHECK(scaled->effect == doctest::Approx(10 * plain->effect));
    CHECK(scaled->ratio == doctest::Approx(plain->ratio));
    CHECK(scaled->rank == plain->rank);
    for (std::size_t row = 0; row < 6; ++row)
        CHECK(scaled->weights[5 - row] == doctest::Approx(plain->weights[row]));
}

TEST_CASE("an area to which nothing was done ranks anywhere") {
    constexpr std::size_t months = 48;
    const auto counts = random_table(21, months, 11);
    double sum = 0;
    for (std::size_t row = 0; row < 21; ++row) {
        std::vector<double> rest;
        for (std::size_t other = 0; other < 21; ++other)
            if (other != row)
                rest.insert(rest.end(), counts.begin() + static_cast<long>(other * months),
                            counts.begin() + static_cast<long>((other + 1) * months));
        const std::span treated{&counts[row * months], months};
        sum += synthetic_control(treated, {rest, months}, 36)->p;
    }
    // Ranks in the 21 tables are nearly 1 to 21: mean near 11 / 21.
    CHECK(sum / 21 == doctest::Approx(11.0 / 21).epsilon(0.2));
}

TEST_CASE("what cannot be compared gives no synthetic control, and gaps leave an area out") {
    const std::vector<double> treated{1, 2, 3, 4};
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> two{1, 2, 3, 4, 2, missing, 2, 2, 0, 0, 0, 0};
    const auto result = synthetic_control(treated, {two, 4}, 2);
    REQUIRE(result);
    CHECK(result->weights == std::vector<double>{1, 0, 0});
    CHECK(std::isnan(result->placebo_ratios[1]));
    CHECK(result->ratio == 0); // the same area: no miss at all
    CHECK_FALSE(synthetic_control(treated, {std::span{two}.first(8), 4}, 2));
    CHECK_FALSE(synthetic_control(treated, {two, 4}, 1));
    CHECK_FALSE(synthetic_control(treated, {two, 4}, 4));
    CHECK_FALSE(synthetic_control(treated, {two, 3}, 2));
    CHECK_FALSE(synthetic_control(std::vector<double>{1, missing, 3, 4}, {two, 4}, 2));
    CHECK(nearest_mixture(treated, {}).empty());
}
