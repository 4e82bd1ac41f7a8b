// Scans of open data beside what SaTScan 10.3.2 answered.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/scan.hpp"
#include "real_data_for_test.hpp"
#include "satscan_files_for_test.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

stats::ScanResult spatial(const fs::path &folder, const std::string &stem, bool degrees,
                          SatscanAreas &areas, std::size_t replicates) {
    areas = satscan_areas(folder / (stem + ".geo"), degrees);
    return stats::spatial_scan(areas.places(), satscan_cases(folder / (stem + ".cas"), areas),
                               satscan_population(folder / (stem + ".pop"), areas),
                               {.replicates = replicates});
}

/// New Mexico as its parameter file has it: brain cancer of 1973 to 1991 by age group and sex,
/// people counted in July 1973, 1982 and 1991. SaTScan draws straight lines between the counts, and
/// takes person-days from the middle of each year.
struct NewMexico {
    static constexpr std::size_t years = 19;
    SatscanAreas areas;
    std::vector<std::int64_t> cases = {};
    std::vector<double> expected = {}; ///< as the strata's rates over the whole state would have it

    explicit NewMexico(const fs::path &folder)
        : areas{satscan_areas(folder / "nm.geo", true)}
        , cases(areas.names.size() * years)
        , expected(areas.names.size() * years) {
        std::map<std::string, std::array<std::vector<double>, 3>> people; // stratum, count, area
        for (const auto &words : words_of_lines(folder / "nm.pop")) {
            auto &counts = people[words.at(3) + " " + words.at(4)];
            auto &count = counts.at((std::stoul(words.at(1)) - 73) / 9);
            count.resize(areas.names.size());
            count[areas.numbers.at(words.at(0))] += std::stod(words.at(2));
        }
        std::map<std::string, double> cases_of;
        for (const auto &words : words_of_lines(folder / "nm.cas")) {
            const std::int64_t count = std::stoll(words.at(1));
            const std::size_t year = std::stoul(words.at(2)) - 1973;
            cases[areas.numbers.at(words.at(0)) * years + year] += count;
            cases_of[words.at(3) + " " + words.at(4)] += static_cast<double>(count);
        }
        for (const auto &[stratum, counts] : people)
            add(counts, cases_of[stratum]);
    }

    void add(const std::array<std::vector<double>, 3> &counts, double cases_of_stratum) {
        std::vector<double> person_days(expected.size());
        for (std::size_t area = 0; area < areas.names.size(); ++area) {
            for (std::size_t year = 0; year < years; ++year) {
                const double begin = day(year, 1), days = day(year + 1, 1) - begin;
                const double middle = begin + days / 2;
                const std::size_t from = middle < day(9, 7) ? 0 : 1;
                const double past =
                    (middle - day(9 * from, 7)) / (day(9 * from + 9, 7) - day(9 * from, 7));
                const double share = std::clamp(past, 0.0, 1.0);
                person_days[area * years + year] =
                    days * std::lerp(counts[from][area], counts[from + 1][area], share);
            }
        }
        const double all = std::accumulate(person_days.begin(), person_days.end(), 0.0);
        for (std::size_t cell = 0; cell < expected.size() && all > 0; ++cell)
            expected[cell] += cases_of_stratum * person_days[cell] / all;
    }

    /// The first of a month, in days.
    static double day(std::size_t years_since_1973, unsigned month) {
        using namespace std::chrono;
        const year_month_day date{year{1973 + static_cast<int>(years_since_1973)},
                                  std::chrono::month{month}, std::chrono::day{1}};
        return static_cast<double>(sys_days{date}.time_since_epoch().count());
    }
};

} // namespace

TEST_CASE("brain cancer in New Mexico, in space and time: the clusters of SaTScan") {
    const fs::path folder = real_data() / "reference" / "scan" / "satscan-sample";
    if (skipped_without(folder))
        return;
    const NewMexico state{folder};
    const auto result = stats::space_time_scan(state.areas.places(), state.cases, state.expected,
                                               {.count = NewMexico::years});
    CHECK(result.cases == 1175);
    REQUIRE(result.clusters.size() >= 2);
    const stats::ScanCluster &first = result.clusters[0];
    CHECK(first.observed == 236);
    CHECK(std::abs(first.expected - 176.22) < 0.0051);
    CHECK(std::abs(first.ratio - 10.979758) < 1e-6);
    CHECK(first.first_period == 12); // 1985
    CHECK(first.last_period == 16);
    CHECK(std::abs(*first.p - 0.014) < 0.015);
    const stats::ScanCluster &second = result.clusters[1];
    REQUIRE(second.areas.size() == 1);
    CHECK(state.areas.names[second.areas[0]] == "Chaves");
    CHECK(second.observed == 16);
    CHECK(std::abs(second.expected - 6.03) < 0.0051);
    CHECK(std::abs(second.ratio - 5.684828) < 1e-6);
    CHECK(second.first_period == 15);
    CHECK(second.last_period == 16);
    CHECK(std::abs(*second.p - 0.692) < 0.08);
}

TEST_CASE("lung cancer in Pennsylvania: a search of all circles, with and without strata") {
    const fs::path folder = real_data() / "reference" / "scan" / "spatialepi";
    if (skipped_without(folder))
        return;
    const auto fields = [](const fs::path &path) {
        std::vector<std::vector<std::string>> rows;
        std::ifstream file{path};
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) {
            std::erase_if(line, [](char c) { return c == '"' || c == '\r'; });
            std::istringstream in{line};
            auto &row = rows.emplace_back();
            for (std::string field; std::getline(in, field, ',');)
                row.push_back(field);
        }
        return rows;
    };
    std::map<std::string, std::size_t> numbers;
    std::vector<std::string> names;
    std::vector<double> x, y;
    for (const auto &row : fields(folder / "pennLC_geo.csv")) {
        numbers.emplace(row.at(0), names.size());
        names.push_back(row.at(0));
        x.push_back(std::stod(row.at(1)));
        y.push_back(std::stod(row.at(2)));
    }
    std::vector<std::int64_t> cases(names.size());
    std::vector<double> population(names.size()), expected(names.size());
    std::map<std::string, std::array<double, 2>> strata; // cases, people
    const auto rows = fields(folder / "pennLC_data.csv");
    const auto stratum = [](const auto &row) { return row.at(3) + row.at(4) + row.at(5); };
    for (const auto &row : rows) {
        cases[numbers.at(row.at(0))] += std::stoll(row.at(1));
        population[numbers.at(row.at(0))] += std::stod(row.at(2));
        strata[stratum(row)][0] += std::stod(row.at(1));
        strata[stratum(row)][1] += std::stod(row.at(2));
    }
    for (const auto &row : rows) {
        const auto &[ill, all] = strata.at(stratum(row));
        expected[numbers.at(row.at(0))] += std::stod(row.at(2)) * ill / all;
    }
    const auto crude = stats::spatial_scan({x, y, true}, cases, population, {.replicates = 0});
    CHECK(std::abs(crude.clusters.at(0).ratio - 36.538616) < 1e-6);
    CHECK(crude.clusters[0].observed == 2359);
    CHECK(std::abs(crude.clusters[0].expected - 2008.2229) < 1e-4);
    CHECK(crude.clusters[0].areas.size() == 7);
    const auto adjusted = stats::spatial_scan({x, y, true}, cases, expected, {.replicates = 0});
    CHECK(std::abs(adjusted.clusters.at(0).ratio - 17.662883) < 1e-6);
    CHECK(adjusted.clusters[0].observed == 1900);
    CHECK(std::abs(adjusted.clusters[0].expected - 1673.6487) < 1e-4);
}

TEST_CASE("burglaries among 62,910 crimes: the five clusters of SaTScan") {
    const fs::path folder = real_data() / "reference" / "scan" / "burglary-1075";
    if (skipped_without(folder))
        return;
    SatscanAreas areas;
    const auto result = spatial(folder, "tv", true, areas, 0);
    CHECK(result.cases == 4105);
    REQUIRE(result.clusters.size() >= 5);
    CHECK(result.clusters[0].observed == 1987);
    CHECK(result.clusters[0].expected == doctest::Approx(1680.89).epsilon(0.005 / 1680));
    const std::vector<double> ratios{46.516636, 34.188548, 26.174508, 20.022701, 15.755488};
    for (std::size_t i = 0; i < ratios.size(); ++i)
        CHECK(std::abs(result.clusters[i].ratio - ratios[i]) < 1e-6);
}

TEST_CASE("cycle thefts: centres, radii, counts, risks and p-values of SaTScan") {
    const fs::path folder = real_data() / "reference" / "bench" / "scan";
    if (skipped_without(folder))
        return;
    struct Told {
        const char *centre;
        double radius;
        std::size_t areas;
        double ratio, p;
        std::int64_t observed;
        double expected, risk;
    };
    const std::vector<Told> told{
        {"E01028588", 3056.33, 54, 849.412190, 0.001, 730, 109.58, 8.90},
        {"E01033415", 548.99, 2, 316.098283, 0.001, 122, 3.54, 36.10},
        {"E01016725", 1070.81, 8, 76.999424, 0.001, 86, 15.69, 5.64},
        {"E01016565", 2413.98, 21, 73.187568, 0.001, 140, 41.70, 3.49},
        {"E01035241", 508.52, 2, 55.356808, 0.001, 35, 2.89, 12.25},
        {"E01032734", 796.21, 4, 54.208062, 0.001, 51, 7.57, 6.85},
        {"E01017634", 407.28, 2, 20.545929, 0.001, 20, 3.08, 6.53},
        {"E01017837", 569.22, 2, 7.551245, 0.362, 16, 5.04, 3.19},
        {"E01016483", 387.91, 2, 7.447485, 0.392, 14, 4.04, 3.47},
    };
    SatscanAreas areas;
    const auto result = spatial(folder, "tvp_bike", false, areas, 999);
    REQUIRE(result.clusters.size() >= told.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        const stats::ScanCluster &cluster = result.clusters[i];
        CAPTURE(i);
        CHECK(cluster.areas.size() == told[i].areas);
        CHECK(cluster.observed == told[i].observed);
        CHECK(std::abs(cluster.ratio - told[i].ratio) < 1e-6);
        CHECK(std::abs(cluster.expected - told[i].expected) < 0.0051);
        CHECK(std::abs(cluster.relative_risk - told[i].risk) < 0.0051);
        CHECK(std::abs(cluster.radius - told[i].radius) < 0.0051);
        CHECK(areas.names[cluster.centre] == told[i].centre);
        // Two Monte Carlo tests of 999: a standard error of 0.022 between them at 0.37.
        CHECK(std::abs(*cluster.p - told[i].p) < (told[i].p > 0.01 ? 0.08 : 1e-9));
    }
}
