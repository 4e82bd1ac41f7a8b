#include "engine/stats/ears.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "engine/stats/cusum.hpp"
#include "reference_series_for_test.hpp"

using namespace wardmote::stats;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

EarsOptions as_published(EarsRule rule) {
    return {.alpha = rule == EarsRule::c3 ? 0.025 : 0.001, .allow_for_few = false};
}

} // namespace

TEST_CASE("the three EARS rules give R surveillance's bounds on 500 series of Northumbria") {
    const auto series = read_wide_series(reference_data("bench/nb_sample500_series.csv.gz"));
    const auto answers = read_csv(reference_data("bench/answers/w2_ears_500.csv.gz"));
    if (!series || !answers) {
        MESSAGE("skipped: there is no reference data");
        return;
    }
    std::map<std::string, std::vector<std::vector<double>>> bounds;
    for (const auto &[name, rule] :
         {std::pair{"C1", EarsRule::c1}, {"C2", EarsRule::c2}, {"C3", EarsRule::c3}})
        for (std::size_t row = 0; row < 500; ++row)
            bounds[name].push_back(ears_bounds(
                {&series->counts[row * series->months], series->months}, rule, as_published(rule)));
    int wrong = 0;
    int compared = 0;
    int none = 0;
    for (std::size_t i = 1; i < answers->size(); ++i) {
        const auto &row = (*answers)[i]; // series, month, rule, bound
        const double got = bounds.at(row[2])[std::stoul(row[0]) - 1][std::stoul(row[1]) - 1];
        const double expected = number_in(row[3]); // with ten figures
        const bool alike = std::isnan(expected)
                               ? std::isnan(got)
                               : std::fabs(got - expected) <= 1e-9 * std::max(1.0, expected);
        wrong += alike ? 0 : 1;
        none += std::isnan(expected) ? 1 : 0;
        ++compared;
    }
    CHECK(wrong == 0);
    CHECK(compared == 500 * (27 + 25 + 23));
    CHECK(none > 0);
}

TEST_CASE("allowing for the few months looked at, C1 alarms a tenth as often on the same series") {
    const auto series = read_wide_series(reference_data("bench/nb_sample500_series.csv.gz"));
    if (!series) {
        MESSAGE("skipped: there is no reference data");
        return;
    }
    const auto alarms = [&](const EarsOptions &options) {
        int total = 0;
        for (std::size_t row = 0; row < 500; ++row) {
            const std::span counts{&series->counts[row * series->months], series->months};
            const auto bounds = ears_bounds(counts, EarsRule::c1, options);
            for (std::size_t month = 0; month < counts.size(); ++month)
                total += counts[month] > bounds[month] ? 1 : 0;
        }
        return total;
    };
    CHECK(alarms(as_published(EarsRule::c1)) == 480); // of 13,500, as R said; 13.5 were promised
    CHECK(alarms({}) < 48);
}

TEST_CASE("EARS bounds by hand") {
    // Mean 5, deviation sqrt(28 / 6) = 2.1602; normal quantile 3.0902 at 0.001.
    const std::vector<double> counts{2, 3, 4, 5, 6, 7, 8, 9};
    const auto plain = ears_bounds(counts, EarsRule::c1, as_published(EarsRule::c1));
    CHECK(std::isnan(plain[6]));
    CHECK(plain[7] == doctest::Approx(5 + 3.090232 * 2.160247).epsilon(1e-6));
    // Student's quantile with 6 degrees of freedom at 0.001 is 5.2076; chance's deviation is
    // sqrt(5) = 2.2361, which is more than 2.1602.
    const auto ours = ears_bounds(counts, EarsRule::c1);
    CHECK(ours[7] == doctest::Approx(5 + 5.207626 * std::sqrt(8.0 / 7) * 2.236068).epsilon(1e-6));
    // One crime after seven months of none.
    const auto quiet = ears_bounds(std::vector<double>(8, 0), EarsRule::c1);
    CHECK(quiet[7] == doctest::Approx(5.207626 * std::sqrt(8.0 / 7)).epsilon(1e-6));
}

TEST_CASE("EARS knows no bound where a month is missing or the options make no sense") {
    std::vector<double> counts(20, 4);
    counts[10] = missing;
    const auto bounds = ears_bounds(counts, EarsRule::c1);
    CHECK_FALSE(std::isnan(bounds[10]));
    for (std::size_t month = 11; month <= 17; ++month)
        CHECK(std::isnan(bounds[month]));
    CHECK_FALSE(std::isnan(bounds[18]));
    counts[10] = -3;
    CHECK(std::isnan(ears_bounds(counts, EarsRule::c2)[14]));
    CHECK(std::isnan(ears_bounds(counts, EarsRule::c1, {.baseline = 2})[19]));
    CHECK(std::isnan(ears_bounds(counts, EarsRule::c1, {.alpha = 0})[19]));
    CHECK(ears_bounds({}, EarsRule::c3).empty());
}

TEST_CASE("a cumulative sum by hand") {
    // Standard scale, mean 4: (y - 4) / 2 - 1.04.
    const std::vector<double> counts{4, 8, 8, 9, 4};
    const std::vector<double> four{4};
    const auto points = cusum(counts, four, {.scale = CusumScale::standard});
    CHECK(points[0].sum == 0);
    CHECK(points[1].sum == doctest::Approx(0.96));
    CHECK(points[2].sum == doctest::Approx(1.92));
    CHECK(points[3].sum == doctest::Approx(3.38));
    CHECK(points[3].alarm);
    CHECK(points[3].months == 3);
    CHECK(points[4].sum == 0); // begun again
    const auto on = cusum(counts, four, {.scale = CusumScale::standard, .restart = false});
    CHECK(on[4].sum == doctest::Approx(2.34));
    CHECK(on[4].alarm);
    // Rossi's scale: (9 - 12 + 2 * 6) / 4 = 2.25.
    const auto rossi = cusum(std::vector<double>{9}, four, {.allowance = 0});
    CHECK(rossi[0].sum == doctest::Approx(2.25));
    // A dispersion of 4 halves the scale.
    const auto wide = cusum(std::vector<double>{9}, four, {.allowance = 0, .dispersion = 4});
    CHECK(wide[0].sum == doctest::Approx(1.125));
}

TEST_CASE("a cumulative sum waits over missing months") {
    const std::vector<double> expected{4, 4, 0, 4};
    const auto points =
        cusum(std::vector<double>{8, missing, 8, 8}, expected, {.scale = CusumScale::standard});
    CHECK(points[1].sum == doctest::Approx(0.96));
    CHECK(points[2].sum == doctest::Approx(0.96));
    CHECK(points[3].sum == doctest::Approx(1.92));
    CHECK(cusum(std::vector<double>{8, 8}, std::vector<double>{1, 2, 3}).empty());
    CHECK(cusum({}, {}).empty());
}
