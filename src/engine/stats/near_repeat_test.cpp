#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/near_repeat.hpp"
#include "engine/stats/random.hpp"

using namespace wardmote::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Cloud {
    std::vector<double> x, y;
    std::vector<std::int32_t> time;
    Events events() const { return {x, y, time}; }
};

/// Events on a coarse grid, so that places coincide and distances fall on the ends of bands.
Cloud cloud(std::size_t size, std::uint64_t seed, std::int32_t days) {
    Cloud made;
    RandomStream random{seed, 0};
    for (std::size_t i = 0; i < size; ++i) {
        made.x.push_back(std::floor(random.uniform() * 30) * 50 - 700);
        made.y.push_back(std::floor(random.uniform() * 30) * 50 - 700);
        made.time.push_back(static_cast<std::int32_t>(random.uniform() * days) - days / 2);
    }
    return made;
}

bool inside(double value, const Band &band, BandEnd belongs, bool first) {
    if (belongs == BandEnd::lower)
        return value >= band.from && value < band.to;
    return (value > band.from || (first && value == band.from)) && value <= band.to;
}

/// Counts every pair by the definition.
std::vector<std::int64_t> by_definition(const Cloud &cloud, const NearRepeatOptions &options,
                                        const KnoxTable &table) {
    std::vector<std::int64_t> counts(table.cells.size());
    for (std::size_t i = 0; i < cloud.x.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double dx = std::fabs(cloud.x[i] - cloud.x[j]);
            const double dy = std::fabs(cloud.y[i] - cloud.y[j]);
            const double distance =
                options.metric == Distance::manhattan ? dx + dy : std::sqrt(dx * dx + dy * dy);
            const double apart = std::fabs(double(cloud.time[i]) - double(cloud.time[j]));
            for (std::size_t d = 0; d < table.distances.size(); ++d) {
                const Band &band = table.distances[d];
                const bool first = d == (options.same_place ? 1 : 0);
                const bool here = band.same_place
                                      ? distance == 0
                                      : inside(distance, band, options.belongs, first) &&
                                            !(options.same_place && distance == 0);
                for (std::size_t t = 0; here && t < table.times.size(); ++t)
                    counts[d * table.times.size() + t] +=
                        inside(apart, table.times[t], options.belongs, t == 0);
            }
        }
    }
    return counts;
}

std::vector<std::int64_t> observed(const KnoxTable &table) {
    std::vector<std::int64_t> counts;
    for (const KnoxCell &cell : table.cells)
        counts.push_back(cell.observed);
    return counts;
}

} // namespace

TEST_CASE("observed pairs are those of the definition, for bands of any kind") {
    const std::vector<std::vector<double>> distances = {
        {0, 100, 200, 300}, {0, 100, infinity}, {150, 300, 500}, {50, infinity}, {0, infinity}};
    const std::vector<std::vector<double>> times = {
        {0, 7, 14}, {0, 1, 2, 3, 4, 5, infinity}, {3, 30}, {0.5, 7.5, 9}};
    for (const std::int32_t days : {60, 100'000}) {
        const Cloud events = cloud(400, 3, days);
        for (const auto &d : distances) {
            for (const auto &t : times) {
                for (const BandEnd end : {BandEnd::lower, BandEnd::upper}) {
                    for (const bool same : {true, false}) {
                        for (const Distance metric : {Distance::euclidean, Distance::manhattan}) {
                            const NearRepeatOptions options{.distances = d,
                                                            .times = t,
                                                            .belongs = end,
                                                            .same_place = same,
                                                            .metric = metric,
                                                            .replicates = 2};
                            const KnoxTable table = near_repeat(events.events(), options);
                            CHECK(observed(table) == by_definition(events, options, table));
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("four events by hand") {
    // A and B at one place a day apart, C 100 m east of them on A's day, D far off on B's day.
    // Of the six pairs three are on one day or less than one apart: AC, BD; three are a day apart
    // or more: AB, BC, AD, CD.
    const Cloud events{{0, 0, 100, 5000}, {0, 0, 0, 0}, {10, 11, 10, 11}};
    const KnoxTable table = near_repeat(
        events.events(),
        {.distances = {0, 200, infinity}, .times = {0, 1, infinity}, .replicates = 999});
    CHECK(observed(table) == std::vector<std::int64_t>{0, 1, 1, 1, 1, 2});
    CHECK(table.at(0, 0).expected == doctest::Approx(1.0 * 2 / 6));
    CHECK(table.at(1, 0).expected == doctest::Approx(2.0 * 2 / 6));
    CHECK(table.at(2, 1).expected == doctest::Approx(3.0 * 4 / 6));
    // Over the deals A and B share their day in one of three.
    CHECK(*table.at(0, 0).mean == doctest::Approx(1.0 / 3).epsilon(0.15));
    CHECK(table.at(0, 0).p == 1);
    CHECK(table.at(0, 1).p == doctest::Approx(2.0 / 3).epsilon(0.1));
}

TEST_CASE("the mean of the replicates goes to the expected count, and p is spread evenly") {
    const Cloud events = cloud(600, 9, 100);
    const KnoxTable table =
        near_repeat(events.events(), {.distances = {0, 100, 200, infinity}, .replicates = 1999});
    for (const KnoxCell &cell : table.cells)
        CHECK(std::fabs(*cell.mean - cell.expected) <= 5 * std::sqrt(2 * cell.expected / 1999));
    // Times that have nothing to do with places: p below 0.1 in a tenth of all trials.
    int low = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Cloud one = cloud(150, seed, 60);
        const auto result =
            near_repeat(one.events(), {.distances = {0, 300}, .times = {0, 7}, .replicates = 99});
        low += result.at(1, 0).p <= 0.1;
    }
    CHECK(low >= 8);
    CHECK(low <= 34);
}

TEST_CASE("the answer is the same on one thread and on two, and in any order of events") {
    const Cloud events = cloud(500, 5, 90);
    const auto one = near_repeat(events.events(), {}, {.threads = 1});
    const auto two = near_repeat(events.events(), {}, {.threads = 2});
    REQUIRE(one.cells.size() == two.cells.size());
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
        CHECK(one.cells[i].mean == two.cells[i].mean);
        CHECK(one.cells[i].median == two.cells[i].median);
        CHECK(one.cells[i].p == two.cells[i].p);
    }
    Cloud backwards{{events.x.rbegin(), events.x.rend()},
                    {events.y.rbegin(), events.y.rend()},
                    {events.time.rbegin(), events.time.rend()}};
    CHECK(observed(near_repeat(backwards.events())) == observed(one));
}

TEST_CASE("no events, one, all at one place, and events without a place have defined answers") {
    const KnoxTable none = near_repeat({});
    CHECK(none.events == 0);
    CHECK(none.at(0, 0).observed == 0);
    CHECK(none.at(0, 0).p == 1);
    CHECK_FALSE(none.at(0, 0).ratio_to_mean.has_value());
    CHECK_FALSE(risk_window(none).has_value());

    const Cloud one{{1}, {2}, {3}};
    CHECK(near_repeat(one.events()).at(0, 0).observed == 0);

    const Cloud coincident{{5, 5, 5}, {-5, -5, -5}, {0, 0, 0}};
    const KnoxTable all = near_repeat(coincident.events(), {.replicates = 9});
    CHECK(all.at(0, 0).observed == 3);
    CHECK(all.at(0, 0).ratio_to_mean == 1);
    CHECK(all.at(0, 0).p == 1);

    const Cloud lost{{0, std::nan(""), 1, infinity}, {0, 0, 0, 0}, {1, 1, 1, 1}};
    const KnoxTable kept = near_repeat(lost.events(), {.replicates = 0});
    CHECK(kept.events == 2);
    CHECK(kept.set_aside == 2);
    CHECK(kept.at(1, 0).observed == 1);
    CHECK_FALSE(kept.at(1, 0).mean.has_value());
}

TEST_CASE("bands that do not ascend, and spans that do not match, are refused") {
    const Cloud events{{0, 1}, {0, 1}, {0, 1}};
    for (const std::vector<double> &ends : std::vector<std::vector<double>>{
             {}, {1}, {2, 1}, {1, 1}, {-1, 1}, {std::nan(""), 1}, {0, std::nan("")}}) {
        CHECK_THROWS_AS(near_repeat(events.events(), {.distances = ends}), std::invalid_argument);
        CHECK_THROWS_AS(near_repeat(events.events(), {.times = ends}), std::invalid_argument);
    }
    CHECK_THROWS_AS(near_repeat({events.x, events.y, {}}), std::invalid_argument);
    const Cloud apart{{0, 1}, {0, 1}, {-2'000'000'000, 2'000'000'000}};
    CHECK_THROWS_AS(near_repeat(apart.events()), std::invalid_argument);
}

TEST_CASE("a near repeat computation can be stopped") {
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(near_repeat(cloud(50, 1, 9).events(), {}, {.stop = source.get_token()}),
                    Stopped);
}

namespace {

KnoxCell raised() {
    return {.observed = 9, .expected = 3, .mean = 3, .ratio_to_mean = 3, .p = 0.001};
}

} // namespace

TEST_CASE("the risk window reaches as far as the rule holds for every band in it") {
    KnoxTable table{.distances = {{0, 0, true}, {0, 200}, {200, 400}, {400, 600}},
                    .times = {{0, 7}, {7, 14}, {14, 21}},
                    .cells = std::vector<KnoxCell>(12)};
    const auto cell = [&](std::size_t d, std::size_t t) -> KnoxCell & {
        return table.cells[d * 3 + t];
    };
    cell(0, 0) = raised();
    CHECK_FALSE(risk_window(table).has_value()); // the same place alone is no near repeat
    cell(1, 0) = cell(1, 1) = cell(2, 0) = raised();
    CHECK(risk_window(table) == RiskWindow{200, 14});
    cell(2, 1) = cell(3, 0) = raised();
    CHECK(risk_window(table) == RiskWindow{400, 14});
    cell(1, 0).ratio_to_mean = 1.19;
    CHECK_FALSE(risk_window(table).has_value());
}

TEST_CASE("a risk window in words") {
    CHECK(in_words(RiskWindow{200, 7}) == "within 200 m for 7 days");
    CHECK(in_words(RiskWindow{400, 1}) == "within 400 m on the same day");
    CHECK(in_words(RiskWindow{infinity, 14}) == "at any distance for 14 days");
    CHECK(in_words(RiskWindow{100, infinity}) == "within 100 m for any time");
}
