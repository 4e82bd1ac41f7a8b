#include "engine/stats/autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/board_for_test.hpp"
#include "engine/stats/join_counts.hpp"

using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;
using Lists = std::vector<std::vector<std::size_t>>;

const auto statistics = {moran, geary, general_g};

} // namespace

TEST_CASE("the scale, the order and a doubling of the weights change no global statistic") {
    const Lists lists = board(6);
    const Numbers values = skewed(36);
    Numbers scaled(values);
    for (double &value : scaled)
        value *= 1000;
    // Another order: area i becomes area 7 i modulo 36.
    const auto moved = [](std::size_t i) { return i * 7 % 36; };
    Lists other(36);
    Numbers shuffled(36);
    for (std::size_t i = 0; i < 36; ++i) {
        shuffled[moved(i)] = values[i];
        for (const std::size_t j : lists[i])
            other[moved(i)].push_back(moved(j));
    }
    for (const auto statistic : statistics) {
        const auto one = statistic(values, SpatialWeights{lists}, no_permutation).value();
        for (const auto &same :
             {statistic(scaled, SpatialWeights{lists}, no_permutation).value(),
              statistic(shuffled, SpatialWeights{other}, no_permutation).value()}) {
            CHECK(same.observed == doctest::Approx(one.observed).epsilon(1e-12));
            CHECK(same.randomised.z == doctest::Approx(one.randomised.z).epsilon(1e-9));
        }
    }
}

TEST_CASE("a permutation test agrees with the exact moments, within the error of 9,999 draws") {
    const SpatialWeights weights = row_standardised(SpatialWeights{board(7)});
    const Numbers values = skewed(49);
    const PermutationOptions options{.replicates = 9999, .seed = 3};
    for (const auto statistic : statistics) {
        const auto result = statistic(values, weights, options).value();
        const auto &permuted = result.permuted.value();
        const double deviation = std::sqrt(result.randomised.variance);
        // Four standard errors of the mean; of the variance, about 1.4 % each for a near normal
        // law.
        CHECK(std::fabs(permuted.mean - result.expected) < 4 * deviation / std::sqrt(9999.0));
        CHECK(permuted.variance == doctest::Approx(result.randomised.variance).epsilon(0.06));
        CHECK(permuted.rank.replicates == 9999);
        CHECK(permuted.rank.as_high + permuted.rank.as_low >= 9999);
    }
}

TEST_CASE("a permutation test gives the same answer on one thread and on two") {
    const SpatialWeights weights{board(5)};
    const Numbers values = skewed(25);
    const auto one = moran(values, weights, {.watch = {.threads = 1}});
    const auto two = moran(values, weights, {.watch = {.threads = 2}});
    CHECK(one->permuted->rank.as_high == two->permuted->rank.as_high);
    CHECK(one->permuted->mean == two->permuted->mean);
}

TEST_CASE("a permutation test of values in perfect order finds no replicate like it") {
    Numbers values(64);
    std::iota(values.begin(), values.end(), 0.0);
    const auto result = moran(values, SpatialWeights{board(8)}, {.replicates = 999}).value();
    CHECK(result.permuted->rank.as_high == 0);
    CHECK(result.permuted->rank.one_sided() == doctest::Approx(0.001));
    CHECK(result.permuted->rank.p() == doctest::Approx(0.002));
}

TEST_CASE("a replicate that ties with the observed counts on both sides") {
    // One area apart from three alike, all neighbours of all: every order has the same I.
    const SpatialWeights all{{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}}};
    const auto result = moran(Numbers{0.1, 0.1, 0.1, 0.7}, all, {.replicates = 99}).value();
    CHECK(result.observed == doctest::Approx(-1.0 / 3));
    CHECK(result.permuted->rank.as_high == 99);
    CHECK(result.permuted->rank.as_low == 99);
    CHECK(result.permuted->rank.p() == 1);
    CHECK(result.randomised.variance == doctest::Approx(0));
}

TEST_CASE("values without a pattern to find have no answer, and say so") {
    const SpatialWeights weights{board(2)};
    for (const auto statistic : statistics) {
        CHECK_FALSE(statistic(Numbers{2, 2, 2, 2}, weights, no_permutation));
        CHECK_FALSE(statistic(Numbers{0, 0, 0, 0}, weights, no_permutation));
        CHECK_FALSE(statistic(Numbers{1, NAN, 2, 3}, weights, no_permutation));
        CHECK_FALSE(statistic(Numbers{1, 2, 3}, SpatialWeights{Lists(3)}, no_permutation));
        CHECK_FALSE(statistic(Numbers{1, 2, 3, 4}, SpatialWeights{Lists(4)}, no_permutation));
        CHECK_FALSE(statistic({}, SpatialWeights{}, no_permutation));
        CHECK_THROWS_AS(statistic(Numbers{1, 2}, weights, no_permutation), std::invalid_argument);
    }
    CHECK_FALSE(general_g(Numbers{1, -2, 3, 4}, weights));
    CHECK_FALSE(general_g(Numbers{0, 0, 5, 0}, weights));
    CHECK(moran(Numbers{1, -2, 3, 4}, weights).has_value());
}

TEST_CASE("join counts of all alike or without neighbours have no answer") {
    const SpatialWeights weights{board(2)};
    CHECK_FALSE(join_counts(Numbers{1, 1, 1, 1}, weights));
    CHECK_FALSE(join_counts(Numbers{1, 0, 1, 0}, SpatialWeights{Lists(4)}));
    CHECK_THROWS_AS(join_counts(Numbers{1, 0, 2, 0}, weights), std::invalid_argument);
    const auto result = join_counts(Numbers{1, 1, 0, 0}, weights, {.replicates = 999}).value();
    // Of the six ways to choose two of four squares in a ring, four have the two side by side.
    CHECK(result.both.observed == 1);
    CHECK(result.both.permuted->mean == doctest::Approx(2.0 / 3).epsilon(0.07));
    CHECK(result.both.permuted->rank.as_low == 999);
}
