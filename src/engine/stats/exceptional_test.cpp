#include "engine/stats/exceptional.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

#include "engine/stats/count_law.hpp"
#include "reference_series_for_test.hpp"

using namespace wardmote::stats;
using State = ExceptionalCount::State;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The settings that the reference answers were made with.
ExceptionalOptions reference_settings() {
    return as_surveillance({.years = 2, .half_window = 2, .season_levels = 1, .trend = false},
                           ExceptionalLaw::delta);
}

ExceptionalCount judge_last(const std::vector<double> &counts,
                            const ExceptionalOptions &options = {}) {
    return exceptional_counts({counts, counts.size()}, counts.size() - 1, options).at(0);
}

/// `years` years of noughts, or of `level`, and then one month with `last`.
std::vector<double> flat(int years, double level, double last) {
    std::vector<double> counts(static_cast<std::size_t>(years * 12 + 2), level);
    counts.back() = last;
    return counts;
}

std::vector<double> many_series(std::size_t rows, std::size_t months) {
    std::mt19937 random{2018};
    std::vector<double> counts;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t month = 0; month < months; ++month) {
            const double level = std::exp(static_cast<double>(row % 9) - 2);
            const double season = 1 + 0.3 * std::sin(static_cast<double>(month) * 0.5236);
            counts.push_back(std::poisson_distribution<int>{level * season}(random));
        }
    return counts;
}

} // namespace

TEST_CASE("Farrington's bounds are those of R surveillance on 500 series of Northumbria") {
    const auto series = read_wide_series(reference_data("bench/nb_sample500_series.csv.gz"));
    const auto answers = read_csv(reference_data("bench/answers/w2_farringtonflexible_500.csv.gz"));
    if (!series || !answers) {
        MESSAGE("skipped: there is no reference data");
        return;
    }
    const auto got = exceptional_counts({series->counts, series->months}, 33, reference_settings());
    REQUIRE(got.size() == 500);
    REQUIRE(answers->size() == 501);
    int alarms = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        const auto &expected = (*answers)[i + 1]; // area, category, number, bound, alarm, expected
        CAPTURE(i);
        CHECK(got[i].bound == doctest::Approx(std::stod(expected[3])).epsilon(1e-9));
        CHECK(got[i].expected == doctest::Approx(std::stod(expected[5])).epsilon(1e-9));
        CHECK(got[i].exceptional == (expected[4] == "TRUE"));
        alarms += got[i].exceptional ? 1 : 0;
    }
    CHECK(alarms == 11);
}

TEST_CASE("a past of noughts alarms on one crime in surveillance, and never here") {
    const auto theirs = judge_last(flat(3, 0, 1), reference_settings());
    CHECK(theirs.bound == doctest::Approx(0.0046).epsilon(0.01)); // as was seen in R
    CHECK(theirs.exceptional);
    for (const int years : {2, 3, 5, 9}) {
        const auto ours = judge_last(flat(years, 0, 1), {.baseline = {.years = 10}});
        CAPTURE(years);
        CHECK(ours.state == State::judged);
        CHECK(ours.bound >= 1);
        CHECK_FALSE(ours.exceptional);
    }
}

TEST_CASE(
    "of R's 21 alarms on 500 sparse series 12 come after none at all; here none on one crime") {
    const auto series = read_wide_series(reference_data("bench/nb_sample500_any.csv.gz"));
    if (!series) {
        MESSAGE("skipped: there is no reference data");
        return;
    }
    const SeriesTable table{series->counts, series->months};
    int alarms = 0;
    int after_none = 0;
    for (const auto &one : exceptional_counts(table, 33, reference_settings())) {
        alarms += one.exceptional ? 1 : 0;
        after_none += one.exceptional && one.expected < 1e-6 ? 1 : 0;
    }
    CHECK(alarms == 21);
    CHECK(after_none == 12);
    for (const auto &one : exceptional_counts(table, 33))
        CHECK((one.observed >= 2 || one.observed <= one.bound));
}

TEST_CASE("after noughts the next count is held against half a crime in the months seen") {
    // Windows of three months in three years, and the one month of this year's window that is not
    // left out: none of two. Size 1/2, ratio 1 + 1/9, so mean 1/18 and P(Y >= 1) =
    // 1 - 0.9^0.5 = 0.05132; P(Y = 1) = 0.9^0.5 * 0.5 * 0.1 = 0.04743, so P(Y >= 2) = 0.00388.
    const auto one = judge_last(flat(3, 0, 1), {.baseline = {.trend = false}});
    CHECK(one.expected == doctest::Approx(1.0 / 18));
    CHECK(one.p == doctest::Approx(1 - std::sqrt(0.9)).epsilon(1e-12));
    CHECK(one.bound == 1);
    const auto two = judge_last(flat(3, 0, 2), {.baseline = {.trend = false}});
    CHECK(two.p == doctest::Approx(0.00388253704696).epsilon(1e-12));
    CHECK(two.exceptional);
}

TEST_CASE("an outbreak of last year does not hide this year's") {
    auto counts = flat(3, 10, 30);
    counts[25] = 90; // the same month a year ago
    const auto weighted = judge_last(counts);
    const auto plain = judge_last(counts, {.baseline = {.reweight = false}});
    CHECK(weighted.exceptional);
    CHECK_FALSE(plain.exceptional);
    CHECK(weighted.expected < 13);
    CHECK(plain.expected > 15);
}

TEST_CASE("a steady fall is expected to go on, and a season to come back") {
    // Numbers without noise lie on their own line: 10^6 e^(-0.02 * 60).
    std::vector<double> falling;
    for (int month = 0; month <= 60; ++month)
        falling.push_back(1e6 * std::exp(-0.02 * month));
    const auto fall = judge_last(falling, {.baseline = {.season_levels = 1}});
    CHECK(fall.expected == doctest::Approx(1e6 * std::exp(-1.2)).epsilon(1e-5));
    // Every twelfth month is 40, the rest 20; half a count of prior in the five past peaks.
    std::vector<double> peaks;
    for (int month = 0; month <= 60; ++month)
        peaks.push_back(month % 12 == 0 ? 40 : 20);
    const auto peak =
        judge_last(peaks, {.baseline = {.half_window = 0, .season_levels = 12, .trend = false}});
    CHECK(peak.expected == doctest::Approx(40 + 0.5 / 5));
    CHECK_FALSE(peak.exceptional);
}

TEST_CASE("a trend that would run off above all that was seen is not carried on") {
    std::vector<double> rising;
    for (int month = 0; month <= 60; ++month)
        rising.push_back(std::round(100 * std::exp(0.03 * month)));
    const auto judged = judge_last(rising, {.baseline = {.season_levels = 1}});
    CHECK(judged.expected < *std::max_element(rising.begin(), rising.end() - 1));
}

TEST_CASE("the answers follow the series, in any order and on one thread or two") {
    constexpr std::size_t months = 40;
    constexpr std::size_t rows = 700;
    const auto counts = many_series(rows, months);
    std::vector<double> reversed;
    for (std::size_t row = rows; row-- > 0;)
        reversed.insert(reversed.end(), counts.begin() + static_cast<long>(row * months),
                        counts.begin() + static_cast<long>((row + 1) * months));
    const auto one = exceptional_counts({counts, months}, 39, {}, {.threads = 1});
    const auto two = exceptional_counts({counts, months}, 39, {}, {.threads = 2});
    const auto back = exceptional_counts({reversed, months}, 39);
    for (std::size_t i = 0; i < rows; ++i) {
        REQUIRE(one[i].state == State::judged);
        CHECK(one[i].bound == two[i].bound);
        CHECK(one[i].q == two[i].q);
        CHECK(one[i].bound == back[rows - 1 - i].bound);
        CHECK(one[i].q == back[rows - 1 - i].q);
    }
}

TEST_CASE("on counts of chance few are named: no more than the bound allows, and hardly any by q") {
    constexpr std::size_t months = 62;
    constexpr std::size_t rows = 5000;
    const auto judged = exceptional_counts({many_series(rows, months), months}, 61);
    const auto above = std::count_if(judged.begin(), judged.end(),
                                     [](const auto &one) { return one.observed > one.bound; });
    const auto named = std::count_if(judged.begin(), judged.end(),
                                     [](const auto &one) { return one.exceptional; });
    CHECK(above <= 0.01 * rows + 3 * std::sqrt(0.01 * rows));
    CHECK(named <= 2);
}

TEST_CASE("q is Benjamini and Hochberg's, worked by hand") {
    // Two series alike and one quiet: p1 = p2 < p3, so q1 = q2 = p1 * 3 / 2.
    std::vector<double> counts = flat(3, 5, 15);
    const auto twice = counts;
    const auto quiet = flat(3, 5, 5);
    counts.insert(counts.end(), twice.begin(), twice.end());
    counts.insert(counts.end(), quiet.begin(), quiet.end());
    const auto judged = exceptional_counts({counts, quiet.size()}, quiet.size() - 1);
    CHECK(judged[0].q == doctest::Approx(judged[0].p * 1.5));
    CHECK(judged[0].q == judged[1].q);
    CHECK(judged[2].q == doctest::Approx(judged[2].p));
}

TEST_CASE("the past of a month: windows, the months between, and what is left out") {
    // Judged: month 33. Two windows of three months round 9 and 21, nine months between in nine
    // levels, of which 31 and 32 are left out.
    const auto flexible = Baseline::of(33, {});
    REQUIRE(flexible);
    CHECK(flexible->years() == 2);
    REQUIRE(flexible->rows().size() == 23); // 8 to 30
    CHECK(flexible->rows().front().month == 8);
    CHECK(flexible->rows().front().time == -25);
    for (const auto &row : flexible->rows())
        CHECK(row.level == (row.month - 8) % 12 - std::min((row.month - 8) % 12, std::size_t{2}));
    // 1996: five windows of seven months, one level, nothing of this year.
    const auto windows = Baseline::of(70, farrington_1996());
    REQUIRE(windows);
    CHECK(windows->rows().size() == 35);
    CHECK(std::all_of(windows->rows().begin(), windows->rows().end(),
                      [](const auto &row) { return row.level == 0; }));
}

TEST_CASE("a trend is kept only when it is as sure as asked") {
    std::vector<double> level, falling;
    for (int month = 0; month <= 60; ++month) {
        level.push_back(month % 2 == 0 ? 20 : 30);
        falling.push_back(std::round((month % 2 == 0 ? 40 : 60) * std::exp(-0.02 * month)));
    }
    FarringtonOptions options{.season_levels = 1};
    CHECK(Baseline::of(60, options)->fit(level)->trend != 0);
    CHECK(Baseline::of(60, options)->fit(falling)->trend == doctest::Approx(-0.02).epsilon(0.01));
    options.trend_p = 0.05;
    CHECK(Baseline::of(60, options)->fit(level)->trend == 0);
    CHECK(Baseline::of(60, options)->fit(falling)->trend == doctest::Approx(-0.02).epsilon(0.01));
}

TEST_CASE("the same series twice over have the same q") {
    auto counts = many_series(300, 40);
    const auto once = exceptional_counts({counts, 40}, 39);
    const auto copy = counts;
    counts.insert(counts.end(), copy.begin(), copy.end());
    const auto twice = exceptional_counts({counts, 40}, 39);
    for (std::size_t i = 0; i < once.size(); ++i) {
        CHECK(twice[i].q == doctest::Approx(once[i].q));
        CHECK(twice[i].bound == once[i].bound);
    }
}

TEST_CASE("judging can be watched and stopped") {
    const auto counts = many_series(1000, 40);
    double told = 0;
    exceptional_counts({counts, 40}, 39, {}, {.progress = [&](double done) { told = done; }});
    CHECK(told == 1);
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(exceptional_counts({counts, 40}, 39, {}, {.stop = source.get_token()}),
                    Stopped);
}

TEST_CASE("what cannot be judged is said") {
    CHECK(judge_last(std::vector<double>(12, 3)).state == State::too_short);
    CHECK(judge_last(flat(3, 4, missing)).state == State::no_figure);
    CHECK(judge_last(flat(3, 4, -1)).state == State::no_figure);
    auto no_past = flat(3, missing, 4);
    CHECK(judge_last(no_past).state == State::too_short);
    CHECK(exceptional_counts({std::vector<double>(7, 1), 3}, 2).empty());
    CHECK(exceptional_counts({std::vector<double>(6, 1), 3}, 3).empty());
    CHECK(exceptional_counts({}, 0).empty());
    CHECK(exceptional_counts({flat(3, 4, 4), 38}, 37, {.alpha = 0}).empty());
    CHECK_FALSE(Baseline::of(60, {.years = 0}));
    CHECK_FALSE(Baseline::of(60, {.half_window = 6}));
}

TEST_CASE("missing months are left out of the past, not taken for noughts") {
    auto counts = flat(3, 8, 9);
    const auto whole = judge_last(counts, {.baseline = {.trend = false}});
    counts[1] = missing;
    counts[25] = missing;
    const auto holed = judge_last(counts, {.baseline = {.trend = false}});
    CHECK(whole.expected == doctest::Approx(8 + 0.5 / 9)); // nine months of windows
    CHECK(holed.expected == doctest::Approx(8 + 0.5 / 7));
}

TEST_CASE("counts of two thousand million are judged like others") {
    const double huge = 2147483648.0;
    const auto usual = judge_last(flat(3, huge, huge), {.baseline = {.trend = false}});
    CHECK(usual.expected == doctest::Approx(huge));
    CHECK(usual.p == doctest::Approx(0.5).epsilon(0.01));
    CHECK(usual.bound == doctest::Approx(huge + 2.326 * std::sqrt(huge * 10 / 9)).epsilon(1e-6));
    CHECK(judge_last(flat(3, huge, 1.1 * huge)).exceptional);
}

TEST_CASE("a trend that has no best value is left out") {
    std::vector<double> counts(62, 0.0);
    counts[60] = counts[48] = 0;
    counts[58] = 7; // the only crimes are the latest months of their level
    counts[61] = 1;
    const auto judged = judge_last(counts);
    CHECK(judged.state == State::judged);
    CHECK(std::isfinite(judged.expected));
    CHECK_FALSE(judged.exceptional);
}

TEST_CASE("tails and bounds of counts agree with each other and with sums by hand") {
    // Poisson 2: e^-2 (1 + 2 + 2) = 0.67668.
    CHECK(CountLaw{2, 1}.at_least(3) == doctest::Approx(1 - 0.676676416).epsilon(1e-8));
    // Negative binomial of size 1 and ratio 2 is geometric: P(Y >= k) = 2^-k.
    CHECK(CountLaw{1, 2}.at_least(30) == doctest::Approx(std::pow(2.0, -30)).epsilon(1e-10));
    CHECK(CountLaw{1, 2}.bound(1.0 / 8) == 2);
    CHECK(CountLaw{0, 2}.at_least(1) == 0);
    CHECK(CountLaw{0, 2}.bound(0.01) == 0);
    CHECK(CountLaw{5, 1}.at_least(0) == 1);
    for (const double mean : {0.01, 0.7, 40.0, 1500.0, 3e5, 2e9}) {
        for (const double ratio : {1.0, 1.1, 7.0, 400.0}) {
            const CountLaw law{mean, ratio};
            const double bound = law.bound(0.005);
            CAPTURE(mean);
            CAPTURE(ratio);
            CHECK(law.at_least(bound + 1) <= 0.005 * (1 + 1e-9));
            CHECK((bound == 0 || law.at_least(bound) > 0.005 * (1 - 1e-9)));
        }
    }
}
