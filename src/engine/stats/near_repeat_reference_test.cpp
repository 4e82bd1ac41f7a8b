/// Near repeats of 522 arsons in Chicago, against the Near Repeat Calculator 1.3 and R NearRepeat
/// 0.1.1. Left out, saying so, where the open data is not.
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <zlib.h>

#include "engine/stats/near_repeat.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::filesystem::path reference_data() {
    return wardmote::real_data() / "reference";
}

bool skipped() {
    return wardmote::skipped_without(reference_data() / "near-repeat");
}

/// Fields of a CSV file, plain or compressed; quoted ones may hold commas.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path &path) {
    std::vector<std::vector<std::string>> rows;
    gzFile file = gzopen(path.c_str(), "rb");
    REQUIRE(file != nullptr);
    bool quoted = false;
    bool fresh = true;
    for (int c = gzgetc(file); c != -1; c = gzgetc(file)) {
        if (c == '\r')
            continue;
        if (c == '\n') {
            fresh = true;
            continue;
        }
        if (fresh)
            rows.push_back({""});
        fresh = false;
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            rows.back().emplace_back();
        else
            rows.back().back() += static_cast<char>(c);
    }
    gzclose(file);
    return rows;
}

struct Arsons {
    std::vector<double> x, y;
    std::vector<std::int32_t> day;
    Events events() const { return {x, y, day}; }
};

Arsons arsons() {
    Arsons read;
    for (const auto &row : rows_of(reference_data() / "near-repeat/chicago_arson.csv")) {
        read.x.push_back(std::stod(row.at(0)));
        read.y.push_back(std::stod(row.at(1)));
        const int year = std::stoi(row.at(2).substr(0, 4));
        const unsigned month = static_cast<unsigned>(std::stoi(row.at(2).substr(5, 2)));
        const unsigned day = static_cast<unsigned>(std::stoi(row.at(2).substr(8, 2)));
        const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                               std::chrono::day{day}};
        read.day.push_back(
            static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count()));
    }
    return read;
}

/// R's table: s, t, observed, ratio_mean[, ratio_median], p; time bands outermost.
void check_against(const std::string &answers, const KnoxTable &table) {
    auto rows = rows_of(reference_data() / "bench/answers" / answers);
    rows.erase(rows.begin());
    REQUIRE(rows.size() == table.cells.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const KnoxCell &cell = table.at(i % table.distances.size(), i / table.distances.size());
        const auto &row = rows[i];
        INFO(row.at(0), " ", row.at(1));
        CHECK(static_cast<double>(cell.observed) == std::stod(row.at(2)));
        const double ratio = std::stod(row.at(3));
        const double p = std::stod(row.back());
        // Two simulations of 999: their means and shares differ by a few standard errors at most.
        if (ratio > 0)
            CHECK(std::fabs(static_cast<double>(cell.observed) / ratio - *cell.mean) <
                  5 * std::sqrt(2 * *cell.mean / 999));
        CHECK(std::fabs(p - cell.p) < 0.002 + 5 * std::sqrt(2 * p * (1 - p) / 999));
        if (row.size() == 6)
            CHECK(std::fabs(cell.ratio_to_median.value() - std::stod(row.at(4))) <=
                  0.35 * std::stod(row.at(4)));
    }
}

} // namespace

TEST_CASE("522 arsons give the pairs of R NearRepeat exactly, ratios and p within chance") {
    if (skipped())
        return;
    const Arsons data = arsons();
    REQUIRE(data.x.size() == 522);
    NearRepeatOptions options{.same_place = false};
    check_against("w5_arson_euclidean.csv.gz", near_repeat(data.events(), options));
    options.metric = Distance::manhattan;
    check_against("w5_arson_manhattan.csv.gz", near_repeat(data.events(), options));
    options.distances = {0, 1, 200, 400, 600, infinity};
    options.times = {0, 2, 3, 4, infinity};
    check_against("w5_arson_nrcbands_manhattan.csv.gz", near_repeat(data.events(), options));
}

TEST_CASE("522 arsons give the pairs of the Near Repeat Calculator exactly") {
    if (skipped())
        return;
    Arsons data = arsons();
    // The calculator keeps coordinates in single precision: two arsons 399.96 m apart are 400 m
    // apart for it, and so in the next band.
    for (auto *coordinates : {&data.x, &data.y}) {
        for (double &value : *coordinates)
            value = static_cast<double>(static_cast<float>(value));
    }
    // What it labels 0 to 1, 2 to 2 and 3 to 3 days are the same day, the next, and the one after.
    const KnoxTable table = near_repeat(data.events(), {.distances = {0, 200, 400, 600, infinity},
                                                        .times = {0, 1, 2, 3, infinity},
                                                        .metric = Distance::manhattan});
    const std::vector<std::int64_t> published = {0, 2,   0, 8, 9, 1,   1,   45,  4,   0,
                                                 0, 140, 6, 0, 0, 234, 393, 710, 770, 133658};
    REQUIRE(table.cells.size() == published.size());
    for (std::size_t i = 0; i < published.size(); ++i)
        CHECK(table.cells[i].observed == published[i]);
    // 99 replicates there, 999 here: the means it printed.
    const std::vector<std::pair<std::size_t, double>> means = {
        {1, 0.0707}, {4, 0.1212}, {5, 0.2727}, {8, 0.3434}, {12, 0.7778}, {16, 410.747}};
    for (const auto &[i, mean] : means)
        CHECK(std::fabs(*table.cells[i].mean - mean) < 5 * std::sqrt(mean / 99 + mean / 999));
    CHECK(in_words(risk_window(table).value()) == "within 600 m on the same day");
}
