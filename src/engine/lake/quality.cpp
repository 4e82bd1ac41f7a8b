#include "engine/lake/quality.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "engine/core/text.hpp"
#include "engine/lake/query_files.hpp"
#include "engine/lake/query_sql.hpp"

namespace wardmote::lake {

namespace {

std::string rows_in_words(std::uint64_t rows) {
    return core::counted(static_cast<std::int64_t>(rows), "row", "rows");
}

void find_missing(const std::vector<MonthQuality> &months, std::vector<QualityFinding> &found) {
    for (std::size_t i = 1; i < months.size(); ++i) {
        const int gap = months[i].month - months[i - 1].month - 1;
        if (gap > 0) {
            const core::Period period{months[i - 1].month + 1, months[i].month - 1};
            found.push_back(
                {"month-missing",
                 fmt::format("There is no file for {}: {} missing, not nought.", period.text(),
                             gap == 1 ? "the month is" : "the months are"),
                 period, 0});
        }
    }
}

double median(std::vector<std::uint64_t> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? static_cast<double>(values[middle])
                                  : static_cast<double>(values[middle - 1] + values[middle]) / 2;
}

void find_small(const std::vector<MonthQuality> &months, std::vector<QualityFinding> &found) {
    for (std::size_t i = 0; i < months.size(); ++i) {
        std::vector<std::uint64_t> around;
        for (std::size_t j = i < 3 ? 0 : i - 3; j < std::min(months.size(), i + 4); ++j) {
            if (j != i) {
                around.push_back(months[j].rows);
            }
        }
        if (around.size() < 2) {
            continue;
        }
        const double usual = median(around);
        if (usual >= 10 && static_cast<double>(months[i].rows) * 10 <= usual) {
            found.push_back({"month-small",
                             fmt::format("{} has {}, where the months around it have {} in the "
                                         "middle: the file may be cut short.",
                                         months[i].month.text(), rows_in_words(months[i].rows),
                                         core::number(usual, 0)),
                             core::Period{months[i].month}, months[i].rows});
        }
    }
}

/// Rows of one category by month, in the order of `months`.
std::vector<std::uint64_t> series(const std::vector<MonthQuality> &months,
                                  const std::string &category) {
    std::vector<std::uint64_t> counts;
    for (const MonthQuality &month : months) {
        std::uint64_t rows = 0;
        for (const auto &[name, count] : month.categories) {
            rows += name == category ? count : 0;
        }
        counts.push_back(rows);
    }
    return counts;
}

void find_categories(const std::vector<MonthQuality> &months, std::vector<QualityFinding> &found) {
    constexpr std::size_t window = 6;
    std::set<std::string> names;
    for (const MonthQuality &month : months) {
        for (const auto &[name, count] : month.categories) {
            names.insert(name);
        }
    }
    for (const std::string &name : names) {
        const std::vector<std::uint64_t> counts = series(months, name);
        for (std::size_t i = 3; i + 3 <= counts.size(); ++i) {
            std::uint64_t before = 0;
            std::uint64_t after = 0;
            const std::size_t start = i < window ? 0 : i - window;
            const std::size_t end = std::min(counts.size(), i + window);
            for (std::size_t j = start; j < i; ++j) {
                before += counts[j];
            }
            for (std::size_t j = i; j < end; ++j) {
                after += counts[j];
            }
            const std::string shown = name.empty() ? "no category" : name;
            if (before == 0 && counts[i] > 0 && after >= 10 * (end - i)) {
                found.push_back({"category-appears",
                                 fmt::format("\"{}\" first appears in {}: earlier months count it "
                                             "elsewhere, or not at all.",
                                             shown, months[i].month.text()),
                                 core::Period{months[i].month}, after});
            }
            if (after == 0 && counts[i - 1] > 0 && before >= 10 * (i - start)) {
                found.push_back({"category-disappears",
                                 fmt::format("\"{}\" is last seen in {}: later months count it "
                                             "elsewhere, or not at all.",
                                             shown, months[i - 1].month.text()),
                                 core::Period{months[i - 1].month}, before});
            }
        }
    }
}

void find_share(const std::vector<MonthQuality> &months, const std::string &code,
                std::uint64_t MonthQuality::*part, std::uint64_t MonthQuality::*of,
                const std::string &what, std::vector<QualityFinding> &found) {
    std::uint64_t rows = 0;
    std::uint64_t all = 0;
    for (const MonthQuality &month : months) {
        rows += month.*part;
        all += month.*of;
    }
    if (rows > 0) {
        found.push_back(
            {code,
             fmt::format(
                 "{} of {} ({}%) {}.", core::number(static_cast<std::int64_t>(rows)),
                 rows_in_words(all),
                 core::number(100.0 * static_cast<double>(rows) / static_cast<double>(all), 1),
                 what),
             std::nullopt, rows});
    }
}

/// The months of the files in force, with their numbers.
std::vector<MonthQuality> read_months(Connection &connection, const std::string &source,
                                      const std::set<core::Month> &held) {
    std::map<core::Month, MonthQuality> months;
    for (const core::Month month : held) {
        months.emplace(month, MonthQuality{month, 0, 0, 0, 0, 0, 0, {}});
    }
    if (!source.empty()) {
        Result rows = connection.query(
            "select month, coalesce(category, ''), count(*), "
            "count(*) filter (where longitude is null), "
            "count(*) filter (where coalesce(lsoa_named, '') = ''), "
            "count(*) filter (where coalesce(placed, 'none') = 'none'), "
            "count(*) filter (where placed = 'both'), count(*) filter (where disagree) from (" +
            source + ") where period_months = 1 group by 1, 2 order by 1, 2");
        while (rows.next()) {
            const auto at = months.find(core::Month{*rows.date(0)});
            if (at == months.end()) {
                continue;
            }
            const auto number = [&](std::size_t column) {
                return static_cast<std::uint64_t>(rows.integer(column));
            };
            MonthQuality &month = at->second;
            month.categories.emplace_back(rows.text(1), number(2));
            month.rows += number(2);
            month.without_point += number(3);
            month.blank_lsoa += number(4);
            month.unplaced += number(5);
            month.both += number(6);
            month.disagree += number(7);
        }
    }
    std::vector<MonthQuality> list;
    for (auto &[month, quality] : months) {
        list.push_back(std::move(quality));
    }
    return list;
}

} // namespace

std::vector<QualityFinding> find_quality(const std::vector<MonthQuality> &months) {
    std::vector<QualityFinding> found;
    find_missing(months, found);
    find_small(months, found);
    find_categories(months, found);
    // A dataset that never has points, or never names LSOAs, lacks nothing.
    const auto ever = [&](std::uint64_t MonthQuality::*lacking) {
        return std::any_of(months.begin(), months.end(),
                           [&](const MonthQuality &month) { return month.*lacking < month.rows; });
    };
    if (ever(&MonthQuality::without_point)) {
        find_share(months, "no-coordinates", &MonthQuality::without_point, &MonthQuality::rows,
                   "have no coordinates", found);
    }
    if (ever(&MonthQuality::blank_lsoa)) {
        find_share(months, "lsoa-blank", &MonthQuality::blank_lsoa, &MonthQuality::rows,
                   "name no LSOA", found);
    }
    if (ever(&MonthQuality::unplaced)) {
        find_share(months, "unplaced", &MonthQuality::unplaced, &MonthQuality::rows,
                   "could not be placed in any area", found);
    }
    find_share(months, "point-and-code-disagree", &MonthQuality::disagree, &MonthQuality::both,
               "that have both a point and an area code name two different places; the point is "
               "believed",
               found);
    return found;
}

std::vector<QualityReport> quality(const std::string &store, const std::string &dataset,
                                   core::Instant as_known_on) {
    const std::shared_ptr<const Snapshot> snapshot = Snapshots{store}.now();
    std::map<std::pair<std::string, std::string>, std::vector<InForce>> groups;
    for (InForce &file : files_in_force(*snapshot, {dataset, "", as_known_on, std::nullopt})) {
        groups[{file.manifest->dataset, file.manifest->owner}].push_back(std::move(file));
    }
    const Database database;
    Connection connection = database.connect();
    std::vector<QualityReport> reports;
    for (const auto &[key, files] : groups) {
        const std::string source = source_sql(store, files);
        const bool counted =
            source.empty() || read_schema(connection, source).contains("period_months");
        if (!counted) {
            continue;
        }
        std::set<core::Month> held;
        for (const InForce &file : files) {
            held.insert(file.months.begin(), file.months.end());
        }
        if (!source.empty()) {
            Result monthly =
                connection.query("select count(*) from (" + source + ") where period_months = 1");
            if (monthly.next() && monthly.integer(0) == 0) {
                continue; // yearly figures have no months to look at
            }
        }
        QualityReport report{key.first, key.second, read_months(connection, source, held), {}};
        report.findings = find_quality(report.months);
        reports.push_back(std::move(report));
    }
    return reports;
}

} // namespace wardmote::lake
