#include "engine/stats/empirical_bayes.hpp"

#include <cmath>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/board_for_test.hpp"

using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;

} // namespace

TEST_CASE("a small area is drawn further towards the mean than a large one, worked by hand") {
    // Rates 40, 10 and 16.1 to 1,000; their mean, 64 over 4,200, is 15.2.
    const Numbers counts{4, 10, 50};
    const Numbers people{100, 1000, 3100};
    const auto result = empirical_bayes(counts, people).value();
    const double mean = 64.0 / 4200;
    CHECK(result.mean == doctest::Approx(1000 * mean));
    const double spread = (100 * std::pow(0.04 - mean, 2) + 1000 * std::pow(0.01 - mean, 2) +
                           3100 * std::pow(50.0 / 3100 - mean, 2)) /
                          4200;
    // 2.172e-5 between areas, of which chance explains 64 / 4200 / 1400 = 1.088e-5.
    const double variance = spread - mean / 1400;
    CHECK(result.variance == doctest::Approx(1e6 * variance));
    CHECK(result.rates[0] ==
          doctest::Approx(1000 * (mean + variance / (variance + mean / 100) * (0.04 - mean))));
    CHECK(result.rates[0] < 20);
    CHECK(result.rates[2] > 15.5);
}

TEST_CASE("rates that vary no more than chance are all the mean") {
    const auto result = empirical_bayes(Numbers{1, 1, 2}, Numbers{100, 100, 200}).value();
    CHECK(result.variance == 0);
    CHECK(result.rates == Numbers{10, 10, 10});
}

TEST_CASE("an island keeps its own rate among spatially steadied ones") {
    const SpatialWeights weights{{{1}, {0}, {}}};
    const auto rates =
        spatial_empirical_bayes(Numbers{3, 9, 5}, Numbers{1000, 1000, 1000}, weights).value();
    CHECK(rates[2] == doctest::Approx(5));
    CHECK(rates[0] == doctest::Approx(rates[1] - 2 * (rates[1] - 6)));
}

TEST_CASE("rates that cannot be worked out have no answer") {
    const SpatialWeights ring{board(2)};
    const Numbers none(4, 0.0);
    const Numbers people{10, 20, 30, 40};
    for (const Numbers &bad : {Numbers{1, -1, 1, 1}, Numbers{1, NAN, 1, 1}}) {
        CHECK_FALSE(empirical_bayes(bad, people));
        CHECK_FALSE(spatial_empirical_bayes(bad, people, ring));
        CHECK_FALSE(excess_risk(bad, people));
        CHECK_FALSE(moran_of_rates(bad, people, ring));
        CHECK_FALSE(empirical_bayes(people, bad));
    }
    CHECK_FALSE(empirical_bayes(people, none));
    CHECK_FALSE(empirical_bayes({}, {}));
    CHECK(empirical_bayes(none, people)->rates == none);
    CHECK(spatial_empirical_bayes(none, people, ring) == none);
    CHECK_FALSE(excess_risk(none, people));
    CHECK_FALSE(standardised_rates(none, people));
    CHECK_FALSE(moran_of_rates(none, people, ring));
    CHECK_THROWS_AS(excess_risk(none, Numbers{1}), std::invalid_argument);
    CHECK_THROWS_AS(spatial_empirical_bayes(Numbers{1}, Numbers{1}, ring), std::invalid_argument);
}

TEST_CASE("twice the counts and twice the people leave excess risk and standing as they were") {
    const auto one = excess_risk(Numbers{3, 9, 5}, Numbers{100, 200, 300}).value();
    CHECK(excess_risk(Numbers{6, 18, 10}, Numbers{200, 400, 600}) == one);
    // 17 in 600: expected 2.83, 5.67, 8.5.
    CHECK(one[0] == doctest::Approx(3 / (17.0 / 6)));
}

TEST_CASE("Moran of rates can be permuted") {
    const Numbers counts{9, 8, 7, 1, 8, 7, 1, 0, 7, 1, 0, 0, 1, 0, 0, 0};
    const Numbers people(16, 100.0);
    const auto result =
        moran_of_rates(counts, people, SpatialWeights{board(4)}, {.replicates = 999}).value();
    CHECK(result.permuted->rank.p() == doctest::Approx(0.002));
}
