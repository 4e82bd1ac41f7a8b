// How often projections' intervals hold on real series: for every area and category, and every
// month of past years, each method is given only what was known then. Prints one table.
//
// Reads the folder that WARDMOTE_DATA names.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/projection.hpp"
#include "real_data.hpp"

using namespace wardmote;

namespace {

using Counts = std::map<std::string, std::map<int, double>>; // series -> month index -> count

/// Police street files: a series for each district and category, and for the force.
Counts police(const std::filesystem::path &folder) {
    Counts counts;
    for (const auto &entry : std::filesystem::directory_iterator{folder}) {
        each_row(entry.path(), [&](const std::vector<std::string> &row) {
            const auto month = row.size() > 9 ? core::Month::parse(row[1]) : std::nullopt;
            if (!month)
                return;
            const auto space = row[8].rfind(' ');
            const std::string district = space == row[8].npos ? "none" : row[8].substr(0, space);
            ++counts[district + "|" + row[9]][month->index()];
            ++counts["force|" + row[9]][month->index()];
        });
    }
    return counts;
}

/// FixMyStreet: a series for each category, each LSOA, and the city.
Counts reports(const std::filesystem::path &folder) {
    Counts counts;
    const auto file = folder / "fms_lsoa_month_oxford_SHEF_A.csv.gz";
    each_row(file, [&](const std::vector<std::string> &row) {
        const auto month = row.size() > 3 ? core::Month::parse(row[0]) : std::nullopt;
        if (!month)
            return;
        const double count = core::parse_real(row[3]).value_or(0);
        for (const auto &key : {std::string{"all"}, "category " + row[2], "area " + row[1]})
            counts[key][month->index()] += count;
    });
    return counts;
}

struct Tally {
    int tries = 0, held80 = 0, held95 = 0;
    std::vector<double> misses; // in per cent of the year
};

std::string_view name(stats::ProjectionMethod method) {
    switch (method) {
    case stats::ProjectionMethod::straight_line:
        return "straight line";
    case stats::ProjectionMethod::seasonal_share:
        return "seasonal share";
    case stats::ProjectionMethod::seasonal_regression:
        break;
    }
    return "seasonal regression";
}

void tell(std::string_view data, const Counts &counts, stats::YearKind kind) {
    constexpr double smallest_year = 12; // a series of less than one a month says little
    std::map<std::pair<std::string, std::string>, Tally> tallies;
    int first = 1 << 30;
    int last = 0;
    for (const auto &[key, months] : counts) {
        first = std::min(first, months.begin()->first);
        last = std::max(last, months.rbegin()->first);
    }
    for (const auto &[key, months] : counts) {
        std::vector<double> values(static_cast<std::size_t>(last - first + 1), 0.0);
        for (const auto &[month, count] : months)
            values[static_cast<std::size_t>(month - first)] = count;
        const auto series = stats::MonthlySeries::complete(core::Month::from_index(first), values);
        for (const auto &year : stats::yearly_totals(series, kind)) {
            if (year.total.value_or(0) < smallest_year)
                continue;
            for (int known = 1; known < 12; ++known) {
                const auto projection = stats::project(series, year.year.first() + (known - 1),
                                                       {.kind = kind, .method = {}});
                std::vector<std::pair<std::string, stats::Forecast>> said;
                for (const auto &one : projection.all)
                    said.emplace_back(name(one.method), one);
                said.emplace_back("the one shown", projection.chosen);
                for (const auto &[method, forecast] : said) {
                    const std::string history =
                        projection.backtests.empty() || projection.backtests[0].tries.empty()
                            ? "none"
                            : "some";
                    const char *part = known <= 4 ? "1 to 4" : known <= 8 ? "5 to 8" : "9 to 11";
                    Tally &tally = tallies[{history + " | " + method, part}];
                    ++tally.tries;
                    tally.held80 += forecast.interval80.contains(*year.total) ? 1 : 0;
                    tally.held95 += forecast.interval95.contains(*year.total) ? 1 : 0;
                    tally.misses.push_back(100 * std::fabs(forecast.value - *year.total) /
                                           *year.total);
                }
            }
        }
    }
    for (auto &[key, tally] : tallies) {
        std::sort(tally.misses.begin(), tally.misses.end());
        fmt::print("| {} | {} | {} | {} | {:.1f}% | {:.0f}% | {:.0f}% |\n", data, key.first,
                   key.second, tally.tries, tally.misses[tally.misses.size() / 2],
                   100.0 * tally.held80 / tally.tries, 100.0 * tally.held95 / tally.tries);
    }
}

} // namespace

int main() {
    const auto data = real_data();
    if (!std::filesystem::exists(data)) {
        fmt::print("No data at {}: set WARDMOTE_DATA. Nothing was measured.\n", data.string());
        return 0;
    }
    fmt::print("| data | past years | method | months known | tries | median miss | 80% held | 95% "
               "held |\n"
               "|---|---|---|---|---|---|---|---|\n");
    tell("FixMyStreet Oxford", reports(data / "fixmystreet"), stats::YearKind::financial);
    tell("Northumbria police", police(data / "police/northumbria/street"),
         stats::YearKind::calendar);
}
