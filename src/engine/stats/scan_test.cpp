#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/random.hpp"
#include "engine/stats/scan.hpp"

using namespace wardmote::stats;

namespace {

using Cases = std::vector<std::int64_t>;
using Numbers = std::vector<double>;

/// Four areas on a line, a hundred people each, eight of twelve cases in the first.
const Numbers line_x{0, 1000, 2000, 10'000}, line_y{0, 0, 0, 0}, hundreds(4, 100);
const Cases line_cases{8, 1, 1, 2};
const ScanPlaces line{line_x, line_y};

/// Areas at random, with a cluster about the first.
struct Town {
    Numbers x, y, population;
    Cases cases;

    explicit Town(std::size_t areas) {
        RandomStream random{11, 0};
        for (std::size_t i = 0; i < areas; ++i) {
            x.push_back(std::floor(random.uniform() * 20'000));
            y.push_back(std::floor(random.uniform() * 20'000));
            population.push_back(std::floor(random.uniform() * 2000) + 1);
            const bool near = std::hypot(x[i] - x[0], y[i] - y[0]) < 4000;
            cases.push_back(
                static_cast<std::int64_t>(random.poisson(population[i] * (near ? 0.01 : 0.004))));
        }
    }
    ScanPlaces places() const { return {x, y}; }
};

void check_alike(const ScanResult &a, const ScanResult &b) {
    REQUIRE(a.clusters.size() == b.clusters.size());
    REQUIRE(!a.clusters.empty());
    for (std::size_t i = 0; i < a.clusters.size(); ++i) {
        CHECK(a.clusters[i].ratio == doctest::Approx(b.clusters[i].ratio).epsilon(1e-9));
        CHECK(a.clusters[i].observed == b.clusters[i].observed);
        CHECK(a.clusters[i].areas.size() == b.clusters[i].areas.size());
        CHECK(a.clusters[i].first_period == b.clusters[i].first_period);
        CHECK(a.clusters[i].last_period == b.clusters[i].last_period);
    }
}

std::string complaint(const auto &work) {
    try {
        work();
    } catch (const std::invalid_argument &error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a cluster has the figures that can be worked out by hand") {
    // 3 expected in each area. 8 ln(8 / 3) + 4 ln(4 / 9) = 4.6029; risk (8 / 3) / (4 / 9) = 6.
    const ScanResult result = spatial_scan(line, line_cases, hundreds);
    CHECK(result.cases == 12);
    CHECK(result.maxima.size() == 999);
    REQUIRE(result.clusters.size() == 1);
    const ScanCluster &cluster = result.clusters[0];
    CHECK(cluster.areas == std::vector<std::size_t>{0});
    CHECK(cluster.centre == 0);
    CHECK(cluster.radius == 0);
    CHECK(cluster.observed == 8);
    CHECK(cluster.expected == doctest::Approx(3));
    CHECK(cluster.relative_risk == doctest::Approx(6));
    CHECK(cluster.ratio == doctest::Approx(4.602913).epsilon(1e-6));
    // One area has 8 or more by chance in 4 x 0.00278 of all maps, one of the three pairs 11 or
    // more, whose ratio is 4.88, in 3 x 13 / 4096: together 0.02, less what is counted twice.
    REQUIRE(cluster.p);
    CHECK(*cluster.p > 0.008);
    CHECK(*cluster.p < 0.032);
}

TEST_CASE("low rates are found when they are asked for") {
    // Areas 1 and 2: 2 where 6 are expected. 2 ln(1 / 3) + 10 ln(10 / 6) = 2.9110.
    const ScanResult result =
        spatial_scan(line, line_cases, hundreds, {.rates = ScanRates::low, .replicates = 9});
    REQUIRE(!result.clusters.empty());
    CHECK(result.clusters[0].observed == 2);
    CHECK(result.clusters[0].areas.size() == 2);
    CHECK(result.clusters[0].ratio == doctest::Approx(2.911031).epsilon(1e-6));
    const ScanResult both = spatial_scan(line, line_cases, hundreds, {.rates = ScanRates::both});
    CHECK(both.clusters.size() == 2);
}

TEST_CASE("the permutation scan expects the product of the margins") {
    // Area 0: 6 of 12; period 0: 6 of 12; 3 expected, 5 seen: 5 ln(5 / 3) + 7 ln(7 / 9) = 0.7949.
    const Cases cases{5, 1, 1, 5};
    const Numbers x{0, 1}, y{0, 0};
    const ScanResult result =
        permutation_scan({x, y}, cases, {.count = 2, .longest = 1}, {.replicates = 0});
    REQUIRE(result.clusters.size() == 2);
    CHECK(result.clusters[0].observed == 5);
    CHECK(result.clusters[0].expected == doctest::Approx(3));
    CHECK(result.clusters[0].ratio == doctest::Approx(0.794927).epsilon(1e-6));
    CHECK(result.clusters[0].relative_risk == doctest::Approx(5.0 / 3));
    CHECK(result.clusters[0].first_period == result.clusters[0].centre);
    CHECK_FALSE(result.clusters[0].p);
}

TEST_CASE("nothing is expected in a missing period, and no window ends or begins in one") {
    // Four periods, the third missing: 2 of area 0's 9 cases before, 7 after.
    const Cases cases{1, 1, 0, 7, 3, 3, 0, 3, 3, 3, 0, 3};
    const Numbers x{0, 1, 2}, y{0, 0, 0}, population(12, 50);
    const ScanPeriods periods{.count = 4, .longest = 2, .missing = {2}};
    const ScanResult result = space_time_scan({x, y}, cases, population, periods);
    REQUIRE(!result.clusters.empty());
    CHECK(result.clusters[0].observed == 7);
    CHECK(result.clusters[0].expected == doctest::Approx(27.0 / 9)); // of nine cells with data
    CHECK(result.clusters[0].first_period == 3);
    CHECK(result.clusters[0].last_period == 3);
    CHECK(complaint([&] {
              permutation_scan({x, y}, cases, {.count = 4, .missing = {0}});
          }) == "There are cases in a period that is said to be missing.");
}

TEST_CASE("a prospective scan finds only what lasts until the end") {
    const Cases cases{9, 1, 1, 1, 1, 1, 1, 5};
    const Numbers x{0, 1}, y{0, 0}, population(8, 50);
    const ScanPeriods past{.count = 4, .longest = 2};
    const ScanPeriods now{.count = 4, .longest = 2, .prospective = true};
    CHECK(space_time_scan({x, y}, cases, population, past).clusters.at(0).observed == 9);
    const ScanResult result = space_time_scan({x, y}, cases, population, now);
    REQUIRE(result.clusters.size() == 1);
    CHECK(result.clusters[0].observed == 5);
    CHECK(result.clusters[0].last_period == 3);
}

TEST_CASE("clusters share no area, and come by ratio") {
    const Town town{300};
    const ScanResult result = spatial_scan(town.places(), town.cases, town.population);
    REQUIRE(result.clusters.size() > 2);
    std::vector<int> times(300, 0);
    for (std::size_t i = 0; i < result.clusters.size(); ++i) {
        for (const std::size_t area : result.clusters[i].areas)
            ++times[area];
        if (i > 0) {
            CHECK(result.clusters[i].ratio <= result.clusters[i - 1].ratio);
            CHECK(*result.clusters[i].p >= *result.clusters[i - 1].p);
        }
    }
    CHECK(*std::max_element(times.begin(), times.end()) == 1);
    CHECK(*result.clusters[0].p == doctest::Approx(0.001));
    CHECK(*result.clusters[0].gumbel_p < 0.001);
}

TEST_CASE("the answer does not depend on the number of threads") {
    const Town town{200};
    const auto run = [&](unsigned threads) {
        return spatial_scan(town.places(), town.cases, town.population, {.replicates = 300},
                            {.threads = threads});
    };
    const ScanResult one = run(1), two = run(2), five = run(5);
    CHECK(one.maxima == two.maxima);
    CHECK(one.maxima == five.maxima);
    check_alike(one, two);
}

TEST_CASE("order of areas, scale of population, shifts and turns of the map change nothing") {
    const Town town{150};
    const ScanSettings settings{.rates = ScanRates::both, .replicates = 0};
    const ScanResult plain = spatial_scan(town.places(), town.cases, town.population, settings);

    Town backwards = town;
    std::reverse(backwards.x.begin(), backwards.x.end());
    std::reverse(backwards.y.begin(), backwards.y.end());
    std::reverse(backwards.cases.begin(), backwards.cases.end());
    std::reverse(backwards.population.begin(), backwards.population.end());
    check_alike(plain,
                spatial_scan(backwards.places(), backwards.cases, backwards.population, settings));

    Town elsewhere = town;
    for (std::size_t i = 0; i < 150; ++i) {
        elsewhere.x[i] = 400'000 + 0.6 * town.x[i] - 0.8 * town.y[i];
        elsewhere.y[i] = 100'000 + 0.8 * town.x[i] + 0.6 * town.y[i];
        elsewhere.population[i] *= 1000;
    }
    check_alike(plain,
                spatial_scan(elsewhere.places(), elsewhere.cases, elsewhere.population, settings));
}

TEST_CASE("an area split into two at one point is found as before") {
    const Town town{120};
    const ScanSettings settings{.replicates = 0};
    Town split = town;
    for (std::size_t i = 0; i < 120; ++i) {
        split.x.push_back(town.x[i]);
        split.y.push_back(town.y[i]);
        split.cases.push_back(town.cases[i] / 2);
        split.cases[i] -= town.cases[i] / 2;
        split.population[i] /= 2;
        split.population.push_back(split.population[i]);
    }
    const ScanResult a = spatial_scan(town.places(), town.cases, town.population, settings);
    const ScanResult b = spatial_scan(split.places(), split.cases, split.population, settings);
    REQUIRE(a.clusters.size() == b.clusters.size());
    for (std::size_t i = 0; i < a.clusters.size(); ++i) {
        CHECK(b.clusters[i].ratio == doctest::Approx(a.clusters[i].ratio).epsilon(1e-9));
        CHECK(b.clusters[i].areas.size() == 2 * a.clusters[i].areas.size());
    }
}

TEST_CASE("a radius or a share keeps windows small") {
    const Town town{200};
    for (const ScanCluster &cluster : spatial_scan(town.places(), town.cases, town.population,
                                                   {.largest_radius = 1500, .replicates = 0})
                                          .clusters)
        CHECK(cluster.radius <= 1500);
    const ScanResult small = spatial_scan(town.places(), town.cases, town.population,
                                          {.largest_share = 0.05, .replicates = 0});
    for (const ScanCluster &cluster : small.clusters)
        CHECK(cluster.expected <= 0.05 * static_cast<double>(small.cases) * (1 + 1e-9));
}

TEST_CASE("an ellipse follows a road that circles cannot, and is penalised as asked") {
    // A map of 15 x 15 villages; nine on one row have four times the cases.
    Numbers x, y, population;
    Cases cases;
    for (int i = 0; i < 225; ++i) {
        x.push_back(i % 15 * 1000);
        y.push_back(i / 15 * 1000); // NOLINT(bugprone-integer-division)
        population.push_back(100);
        cases.push_back(i / 15 == 7 && i % 15 >= 3 && i % 15 <= 11 ? 20 : 5);
    }
    const ScanSettings ellipses{.ellipses = true, .replicates = 0};
    const ScanResult wide = spatial_scan({x, y}, cases, population, ellipses);
    REQUIRE(!wide.clusters.empty());
    CHECK(wide.clusters[0].shape == 5);
    CHECK(wide.clusters[0].angle == 0);
    CHECK(wide.clusters[0].areas.size() == 9);
    CHECK(wide.clusters[0].observed == 180);
    CHECK(wide.clusters[0].radius == doctest::Approx(800)); // 4 km along, over 5
    ScanSettings strong = ellipses;
    strong.ellipse_penalty = 1;
    const ScanResult compact = spatial_scan({x, y}, cases, population, strong);
    const ScanResult circles = spatial_scan({x, y}, cases, population, {.replicates = 0});
    CHECK(compact.clusters[0].ratio < wide.clusters[0].ratio);
    CHECK(compact.clusters[0].ratio >= wide.clusters[0].ratio * 20 / 36 * (1 - 1e-9));
    CHECK(circles.clusters[0].ratio < wide.clusters[0].ratio);
}

TEST_CASE("on a globe the radius is the way along the ground") {
    // One degree along the equator is 6,371,009 m x pi / 180 = 111,195 m.
    const Numbers x{0, 1, 30, 60}, y{0, 0, 0, 0}, population(4, 10);
    const ScanResult result =
        spatial_scan({x, y, true}, Cases{9, 9, 1, 1}, population, {.replicates = 0});
    REQUIRE(result.clusters.size() == 1);
    CHECK(result.clusters[0].observed == 18);
    CHECK(result.clusters[0].radius == doctest::Approx(111'195.08).epsilon(1e-7));
}

TEST_CASE("where there is nothing to find there are no clusters") {
    const auto clusters = [](const Numbers &x, const Cases &cases) {
        const Numbers y(x.size(), 0), population(x.size(), 10);
        return spatial_scan({x, y}, cases, population, {.replicates = 19}).clusters.size();
    };
    CHECK(clusters({}, {}) == 0);
    CHECK(clusters({5}, {7}) == 0); // one area is more than half
    CHECK(clusters({0, 1, 2}, {0, 0, 0}) == 0);
    CHECK(clusters({3, 3, 3}, {1, 5, 1}) == 0); // all at one point
    CHECK(clusters({0, 1, 2}, {4, 4, 4}) == 0); // all alike
    CHECK(clusters({0, 1, 2}, {0, 6, 0}) == 1);
}

TEST_CASE("all cases in one area: the risk outside is nought, the ratio is that of all cases") {
    const Numbers x{0, 1, 2}, y{0, 0, 0}, population(3, 10);
    const ScanResult result = spatial_scan({x, y}, Cases{0, 6, 0}, population);
    REQUIRE(result.clusters.size() == 1);
    CHECK(result.clusters[0].ratio == doctest::Approx(6 * std::log(3.0)));
    CHECK(std::isinf(result.clusters[0].relative_risk));
}

TEST_CASE("areas without people are passed over, unless there are cases in them") {
    const Numbers x{0, 1, 2, 3}, y(4, 0), population{0, 10, 10, 10};
    CHECK(spatial_scan({x, y}, Cases{0, 6, 1, 1}, population).clusters.size() == 1);
    CHECK(complaint([&] {
              spatial_scan({x, y}, Cases{1, 6, 1, 1}, population);
          }) == "There are cases where there is no population.");
}

TEST_CASE("bad input is refused with a sentence") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Numbers x{0, 1, 2}, y{0, 1, 2}, population{1, 1, 1};
    const Cases cases{1, 2, 3};
    const auto refused = [](const auto &work) { return !complaint(work).empty(); };
    CHECK(refused([&] { spatial_scan({Numbers{0, nan, 1}, y}, cases, population); }));
    CHECK(refused([&] { spatial_scan({x, Numbers{0, 1}}, cases, population); }));
    CHECK(refused([&] { spatial_scan({x, y}, Cases{1, -2, 3}, population); }));
    CHECK(refused([&] { spatial_scan({x, y}, Cases{1, 2}, population); }));
    CHECK(refused([&] { spatial_scan({x, y}, cases, Numbers{1, nan, 1}); }));
    CHECK(refused([&] { spatial_scan({x, y}, cases, Numbers{1, -1, 1}); }));
    CHECK(refused([&] { spatial_scan({x, y}, cases, population, {.largest_share = 0}); }));
    CHECK(refused([&] { spatial_scan({x, y}, cases, population, {.largest_share = nan}); }));
    CHECK(refused([&] { spatial_scan({x, y, true}, cases, population, {.ellipses = true}); }));
    CHECK(refused([&] { spatial_scan({x, Numbers{0, 91, 0}, true}, cases, population); }));
    CHECK(refused([&] { permutation_scan({x, y}, cases, {.count = 0}); }));
    CHECK(refused([&] { permutation_scan({x, y}, cases, {.count = 1, .missing = {1}}); }));
    CHECK(refused([&] {
        spatial_scan({x, y}, Cases{1, 2, std::numeric_limits<std::int64_t>::max()}, population);
    }));
}

TEST_CASE("a scan tells its progress and stops when it is asked to") {
    const Town town{100};
    double told = 0;
    spatial_scan(town.places(), town.cases, town.population, {},
                 {.progress = [&](double done) { told = done; }});
    CHECK(told == 1);
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(
        spatial_scan(town.places(), town.cases, town.population, {}, {.stop = source.get_token()}),
        Stopped);
}
