#include "engine/stats/local_autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/board_for_test.hpp"
#include "engine/stats/false_discovery.hpp"
#include "engine/stats/neighbour_draws.hpp"

using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;
using Lists = std::vector<std::vector<std::size_t>>;

bool same(const PermutationRank &a, const PermutationRank &b) {
    return a.replicates == b.replicates && a.as_high == b.as_high && a.as_low == b.as_low;
}

/// The share of ways to choose neighbours for `area` whose sum is not under the observed one, by
/// going through all of them.
double share_as_high(const Numbers &values, const SpatialWeights &weights, std::size_t area) {
    const auto row = weights.values(area);
    double observed = 0;
    for (std::size_t d = 0; d < row.size(); ++d)
        observed += row[d] * values[weights.neighbours(area)[d]];
    double all = 0;
    double as_high = 0;
    std::vector<bool> taken(values.size(), false);
    taken[area] = true;
    const auto choose = [&](auto &&self, std::size_t d, double sum) -> void {
        if (d == row.size()) {
            all += 1;
            as_high += sum >= observed - 1e-9;
            return;
        }
        for (std::size_t j = 0; j < values.size(); ++j) {
            if (!taken[j]) {
                taken[j] = true;
                self(self, d + 1, sum + row[d] * values[j]);
                taken[j] = false;
            }
        }
    };
    choose(choose, 0, 0);
    return as_high / all;
}

/// Every area's share of replicates as high is within four and a half standard errors of the
/// exact one.
void check_ranks(const Numbers &values, const SpatialWeights &weights) {
    const std::uint32_t replicates = 19999;
    const auto ranks = conditional_permutation(values, weights, {.replicates = replicates});
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double exact = share_as_high(values, weights, i);
        const double error = std::sqrt(exact * (1 - exact) / replicates);
        INFO("area ", i, ", exact ", exact);
        CHECK(std::fabs(ranks[i].as_high / double(replicates) - exact) <= 4.5 * error);
    }
}

} // namespace

TEST_CASE("eight replicates drawn together are those that any processor would draw") {
    for (const std::size_t count : {1U, 4U, 5U, 8U, 30U}) {
        for (const std::uint32_t end : {31U, 64U, 34752U, 3000000000U}) {
            std::vector<std::uint32_t> fast(room_for_draws(count)), plain(fast);
            for (std::uint32_t first = 0; first < 80; first += 8) {
                const std::uint64_t seed = 0x123456789abcdefULL;
                CHECK(draw_eight(seed, 17, first, count, end, fast) ==
                      draw_eight_plain(seed, 17, first, count, end, plain));
                CHECK(fast == plain);
            }
        }
    }
}

TEST_CASE("conditional permutation agrees with going through all choices") {
    // Whole numbers with many ties, and few neighbours among many: drawn eight together.
    Numbers counts = skewed(36);
    for (double &value : counts)
        value = std::floor(3 * value);
    check_ranks(counts, SpatialWeights{board(6)});
    // Weights that differ within a row.
    SpatialWeights uneven{board(6)};
    for (std::size_t i = 0; i < uneven.size(); ++i)
        uneven.values(i)[0] = 2.5;
    check_ranks(skewed(36), uneven);
    // So few areas that numbers repeat as a rule.
    check_ranks(skewed(9), SpatialWeights{board(3)});
    check_ranks(skewed(9), row_standardised(SpatialWeights{board(3)}));
}

TEST_CASE("stopping when enough is known leaves the first draws and the answer as they were") {
    const Numbers values = skewed(400);
    const SpatialWeights weights{board(20)};
    const auto all = conditional_permutation(values, weights, {.replicates = 9999});
    const auto some = conditional_permutation(values, weights, {.replicates = 9999, .enough = 25});
    double drawn = 0;
    double ratios = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        drawn += some[i].replicates;
        const auto fewer = std::min(some[i].as_high, some[i].as_low);
        CHECK((fewer == 25 || (fewer < 25 && same(some[i], all[i]))));
        ratios += some[i].p() / all[i].p() / 400;
    }
    // The 25th comes after 25 / p draws on average; 26 over their number is 26 / 24 of p, and less
    // where p is cut off at 1.
    CHECK(ratios > 0.98);
    CHECK(ratios < 1.12);
    // 25 (1 + ln(9999 / 25)) each if nothing gathers.
    CHECK(drawn / 400 < 500);
}

TEST_CASE("ranks are the same on one thread and on two, and other with another seed") {
    const SpatialWeights weights{board(20)};
    const Numbers values = skewed(400);
    const auto one = conditional_permutation(values, weights, {.watch = {.threads = 1}});
    const auto two = conditional_permutation(values, weights, {.watch = {.threads = 2}});
    CHECK(std::equal(one.begin(), one.end(), two.begin(), same));
    const auto other = conditional_permutation(values, weights, {.seed = 2});
    CHECK_FALSE(std::equal(one.begin(), one.end(), other.begin(), same));
}

TEST_CASE("the draws of two areas with the same surroundings are independent") {
    // All areas alike but for their numbers: ranks vary as the binomial law says.
    const std::size_t side = 40;
    Numbers values(side * side);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>((i / side + i % side) % 2); // a chessboard
    const auto ranks = conditional_permutation(values, SpatialWeights{board(side)});
    double sum = 0;
    double squares = 0;
    double inside = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == 0 && i % side > 0 && i % side < side - 1 && i >= side &&
            i < values.size() - side) {
            sum += ranks[i].as_high;
            squares += double(ranks[i].as_high) * ranks[i].as_high;
            ++inside;
        }
    }
    // Four neighbours that are all 1: about one in sixteen.
    const double mean = sum / inside;
    CHECK(mean ==
          doctest::Approx(999 * 800.0 / 1599 * 799 / 1598 * 798 / 1597 * 797 / 1596).epsilon(0.02));
    CHECK((squares / inside - mean * mean) / mean == doctest::Approx(15.0 / 16).epsilon(0.2));
}

TEST_CASE("neither scale, shift, sign nor the order of areas changes a rank's test") {
    const Numbers values = skewed(100);
    const SpatialWeights weights = row_standardised(SpatialWeights{board(10)});
    const auto one = local_autocorrelation(values, weights).value();
    Numbers moved(values);
    for (double &value : moved)
        value = 4096 * value + 16384;
    const auto two = local_autocorrelation(moved, weights).value();
    Numbers turned(values);
    for (double &value : turned)
        value = -value;
    const auto three = local_autocorrelation(turned, weights).value();
    for (std::size_t i = 0; i < values.size(); ++i) {
        CHECK(same(one[i].rank, two[i].rank));
        CHECK(one[i].rank.as_high == three[i].rank.as_low);
        CHECK(one[i].moran == doctest::Approx(three[i].moran));
        CHECK(one[i].gi == doctest::Approx(-three[i].gi));
        CHECK(one[i].gi == doctest::Approx(two[i].gi));
    }
}

TEST_CASE("a corner of high values in a flat board is found and the rest is not") {
    Numbers values(144, 1.0);
    for (const std::size_t i : {0U, 1U, 2U, 12U, 13U, 14U, 24U, 25U, 26U})
        values[i] = 10;
    const auto areas =
        local_autocorrelation(values, SpatialWeights{board(12)}, {.replicates = 9999}).value();
    CHECK(areas[13].quadrant == Quadrant::high_high);
    CHECK(areas[13].gi_star > 5);
    CHECK(areas[143].quadrant == Quadrant::low_low);
    const auto q = adjusted(p_values(areas));
    CHECK(q[13] < 0.05);
    CHECK(q[143] == 1);
}

TEST_CASE("a corner of three high squares out of nine, worked by hand") {
    const Numbers values{10, 10, 1, 10, 1, 1, 1, 1, 1};
    const auto areas = local_autocorrelation(values, SpatialWeights{board(3)}).value();
    // Mean 4, variance 18: 6 / 18 x (6 + 6). Two of the others drawn: mean 6.5, variance
    // 2 x 15.1875 x 6 / 7.
    CHECK(areas[0].moran == doctest::Approx(4));
    CHECK(areas[0].gi == doctest::Approx(13.5 / std::sqrt(26.0357142857)));
    // Both are 10 in one draw of 28.
    CHECK(areas[0].rank.one_sided() == doctest::Approx(1.0 / 28).epsilon(0.5));
    CHECK(areas[0].rank.as_low == 999);
}

TEST_CASE("islands, one value for all, missing values and few areas have a stated answer") {
    const Lists lists{{1}, {0, 2}, {1, 3}, {2}, {}};
    const auto areas =
        local_autocorrelation(Numbers{1, 2, 3, 4, 10}, SpatialWeights{lists}).value();
    CHECK(areas[4].quadrant == Quadrant::none);
    CHECK(std::isnan(areas[4].moran));
    CHECK(std::isnan(areas[4].gi));
    // (10 - 4) over the population's standard deviation, the root of 10.
    CHECK(areas[4].gi_star == doctest::Approx(6 / std::sqrt(10)));
    CHECK(areas[4].rank.replicates == 0);
    CHECK(std::isnan(p_values(areas)[4]));
    CHECK(std::isfinite(p_values(areas)[0]));

    const SpatialWeights ring{board(2)};
    CHECK_FALSE(local_autocorrelation(Numbers{2, 2, 2, 2}, ring));
    CHECK_FALSE(local_autocorrelation(Numbers{2, NAN, 1, 2}, ring));
    CHECK_FALSE(local_autocorrelation(Numbers{1, 2}, SpatialWeights{Lists{{1}, {0}}}));
    CHECK_FALSE(local_autocorrelation({}, SpatialWeights{}));
    CHECK_THROWS_AS(local_autocorrelation(Numbers{1, 2}, ring), std::invalid_argument);
    CHECK_THROWS_AS(conditional_permutation(Numbers{1, NAN, 1, 1}, ring), std::invalid_argument);
}

TEST_CASE("where all other areas are neighbours, nothing can be out of the ordinary") {
    const SpatialWeights all{{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}}};
    const auto areas = local_autocorrelation(Numbers{-0.1, 0.2, 0.3, 0.7}, all).value();
    for (const auto &area : areas) {
        CHECK(area.rank.p() == 1);
        CHECK(area.gi == 0);
        CHECK(area.gi_star == 0);
    }
}

TEST_CASE("the only unlike area among equal ones has surroundings that cannot vary") {
    Numbers values(9, 0.1);
    values[4] = 0.7;
    const auto areas = local_autocorrelation(values, SpatialWeights{board(3)}).value();
    CHECK(areas[4].gi == 0);
    CHECK(areas[4].moran_variance == 0);
    CHECK(areas[4].geary_variance == 0);
    CHECK(areas[4].rank.p() == 1);
    CHECK(areas[0].gi < 0);
}

TEST_CASE("without a pattern one area in twenty has p of at most 0.05, and none is found") {
    RandomStream random{23, 4};
    Numbers values(50 * 50);
    for (double &value : values)
        value = random.normal();
    const auto areas = local_autocorrelation(values, SpatialWeights{board(50)}).value();
    const auto p = p_values(areas);
    const auto under = [](const Numbers &numbers) {
        return std::count_if(numbers.begin(), numbers.end(), [](double x) { return x <= 0.05; });
    };
    // 125 of 2,500 expected; neighbours share neighbours, hence the wide margin.
    CHECK(under(p) > 85);
    CHECK(under(p) < 165);
    CHECK(under(adjusted(p)) == 0);
}

TEST_CASE("local Moran sums to the global one") {
    const SpatialWeights weights = row_standardised(SpatialWeights{board(9)});
    const auto areas = local_autocorrelation(skewed(81), weights, no_permutation).value();
    double sum = 0;
    for (const auto &area : areas)
        sum += area.moran;
    const double mean = sum / 81;
    // Anselin 1995, equation 10: with rows that sum to 1, I is the mean of I_i.
    double numerator = 0;
    double squares = 0;
    const Numbers values = skewed(81);
    const double average = [&] {
        double total = 0;
        for (const double value : values)
            total += value;
        return total / 81;
    }();
    for (std::size_t i = 0; i < 81; ++i) {
        squares += (values[i] - average) * (values[i] - average);
        for (std::size_t d = 0; d < weights.neighbours(i).size(); ++d)
            numerator += weights.values(i)[d] * (values[i] - average) *
                         (values[weights.neighbours(i)[d]] - average);
    }
    CHECK(mean == doctest::Approx(numerator / squares).epsilon(1e-12));
}

TEST_CASE("a local computation can be stopped") {
    std::stop_source source;
    const SpatialWeights weights{board(30)};
    const PermutationOptions options{.watch = {.stop = source.get_token(),
                                               .progress = [&](double) { source.request_stop(); },
                                               .threads = 1}};
    CHECK_THROWS_AS(conditional_permutation(skewed(900), weights, options), Stopped);
}
