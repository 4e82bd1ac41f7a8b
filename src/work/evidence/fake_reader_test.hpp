/// A store of a few rows in memory, for tests of what is worked out from them.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/lake/query.hpp"
#include "work/evidence/desk.hpp"

namespace wardmote::evidence {

/// So many of a category in a month and a ward.
struct FakeRows {
    std::string dataset;
    core::Month month;
    std::string ward;
    std::string category;
    std::int64_t count = 0;
    std::string flags = {};
};

class FakeReader final : public lake::Reader {
public:
    std::vector<FakeRows> rows;
    std::vector<lake::Area> wards;
    std::vector<core::Month> absent; ///< months for which no file has come

    lake::CountTable count(const lake::CountQuery &query) const override {
        lake::CountTable table{.period = query.period};
        std::map<std::pair<std::string, std::string>, std::size_t> places;
        const auto months = static_cast<std::size_t>(query.period.months());
        table.present.assign(months, false);
        for (const auto &row : rows) {
            if (row.dataset != query.dataset || !query.period.contains(row.month) ||
                std::find(absent.begin(), absent.end(), row.month) != absent.end()) {
                continue;
            }
            const auto at = static_cast<std::size_t>(row.month - query.period.first());
            table.present[at] = true;
            if (!meets(row, query.where)) {
                continue;
            }
            const auto area = query.level == lake::Level::ward ? row.ward : std::string{"D1"};
            const auto split = query.split_by == "flags" ? row.flags : std::string{};
            const auto [place, fresh] = places.try_emplace({area, split}, table.areas.size());
            if (fresh) {
                table.areas.push_back(area);
                table.splits.push_back(split);
                table.counts.emplace_back(months, 0);
            }
            table.counts[place->second][at] += row.count;
            table.rows += static_cast<std::uint64_t>(row.count);
        }
        table.files = files(query.dataset);
        return table;
    }

    lake::AnnualTable annual_counts(const lake::CountQuery &) const override { return {}; }
    std::vector<lake::Disagreement> disagreements(const lake::CountQuery &) const override {
        return {};
    }

    std::vector<lake::Coverage> coverage(const std::string &dataset, core::Instant) const override {
        lake::Coverage found{.dataset = dataset};
        std::set<core::Month> months;
        for (const auto &row : rows) {
            if (row.dataset == dataset) {
                months.insert(row.month);
            }
        }
        found.months.assign(months.begin(), months.end());
        return months.empty() ? std::vector<lake::Coverage>{} : std::vector{found};
    }

    std::optional<core::Month> latest_month(const std::string &dataset,
                                            core::Instant known) const override {
        const auto found = coverage(dataset, known);
        return found.empty() ? std::nullopt : std::optional{found.front().months.back()};
    }

    std::vector<Value> values(const lake::CountQuery &query, const std::string &) const override {
        std::map<std::string, std::int64_t> sums;
        for (const auto &row : rows) {
            if (row.dataset == query.dataset && query.period.contains(row.month)) {
                sums[row.category] += row.count;
            }
        }
        std::vector<Value> list;
        for (const auto &[value, sum] : sums) {
            list.push_back({value, sum});
        }
        return list;
    }

    std::vector<lake::Manifest> manifests(core::Instant) const override {
        return files("police-recorded");
    }
    std::vector<lake::Area> areas(lake::Level level, const std::string &) const override {
        return level == lake::Level::ward ? wards : std::vector<lake::Area>{};
    }
    std::vector<Population> population(lake::Level, const std::string &, int) const override {
        return {{"D1", 150000, "population", 2014}};
    }
    std::string generation() const override { return "1"; }

private:
    static bool meets(const FakeRows &row, const std::vector<lake::Condition> &where) {
        return std::all_of(where.begin(), where.end(), [&](const lake::Condition &condition) {
            const bool found = std::find(condition.values.begin(), condition.values.end(),
                                         row.category) != condition.values.end();
            return condition.column != "category" || found != condition.negated;
        });
    }

    static std::vector<lake::Manifest> files(const std::string &dataset) {
        const auto instant = *core::Instant::parse("2015-01-30T09:00:00Z");
        return {{.id = "0123456789abcdef",
                 .dataset = dataset,
                 .owner = "oxford",
                 .file_name = dataset + ".csv",
                 .sha256 = std::string(64, 'a'),
                 .publisher = "The police force",
                 .licence = "Shared within the partnership",
                 .received = instant,
                 .imported = instant,
                 .covers = core::Period{core::Month{2008, 4}, core::Month{2014, 12}}}};
    }
};

} // namespace wardmote::evidence
