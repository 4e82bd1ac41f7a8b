#include "work/evidence/series.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace wardmote::evidence {

namespace {

std::string key_of(const Source &source, const Scope &scope, core::Instant as_known_on) {
    std::string key = fmt::format("{}|{}|{}|{}|{}", source.dataset, lake::column_of(scope.level),
                                  scope.within_level, scope.within,
                                  as_known_on.time().time_since_epoch().count());
    for (const auto &condition : source.where) {
        key += fmt::format("|{}{}{}", condition.column, condition.negated ? "!=" : "=",
                           fmt::join(condition.values, ","));
    }
    for (const auto &flag : source.flags) {
        key += "|#" + flag;
    }
    return key;
}

lake::CountQuery query_of(const Source &source, const Scope &scope, core::Instant as_known_on,
                          core::Period period) {
    lake::CountQuery query{.dataset = source.dataset,
                           .where = source.where,
                           .period = period,
                           .as_known_on = as_known_on,
                           .level = scope.level,
                           .within_level = scope.within_level,
                           .within_code = scope.within,
                           .split_by = {},
                           .owner = {}};
    if (source.whole_place) {
        query.level = lake::Level::partnership;
        query.within_level.clear();
        query.within_code.clear();
    }
    return query;
}

Source joined(const Source &source, const std::vector<lake::Condition> &where,
              const std::vector<std::string> &flags) {
    Source whole = source;
    // A part's condition on a column stands instead of the measure's own: a measure of events that
    // leaves shifts out can still have a part that counts the shifts.
    std::erase_if(whole.where, [&where](const lake::Condition &own) {
        return std::any_of(where.begin(), where.end(), [&own](const lake::Condition &parts) {
            return parts.column == own.column;
        });
    });
    whole.where.insert(whole.where.end(), where.begin(), where.end());
    whole.flags.insert(whole.flags.end(), flags.begin(), flags.end());
    return whole;
}

bool has_words(std::string_view flags, const std::vector<std::string> &words) {
    const std::string padded = fmt::format(" {} ", flags);
    return std::all_of(words.begin(), words.end(), [&](const std::string &word) {
        return padded.find(fmt::format(" {} ", word)) != std::string::npos;
    });
}

/// Adds up the splits that hold all `words`, so that one row is left for each area.
void keep_flagged(lake::CountTable &table, const std::vector<std::string> &words) {
    lake::CountTable kept = table;
    kept.areas.clear();
    kept.splits.clear();
    kept.counts.clear();
    std::map<std::string, std::size_t> rows;
    std::int64_t total = 0;
    for (std::size_t row = 0; row < table.areas.size(); ++row) {
        if (!has_words(table.splits[row], words)) {
            continue;
        }
        const auto [place, fresh] = rows.try_emplace(table.areas[row], kept.areas.size());
        if (fresh) {
            kept.areas.push_back(table.areas[row]);
            kept.splits.emplace_back();
            kept.counts.emplace_back(table.counts[row].size(), 0);
        }
        auto &sums = kept.counts[place->second];
        for (std::size_t month = 0; month < sums.size(); ++month) {
            sums[month] += table.counts[row][month];
            total += table.counts[row][month];
        }
    }
    kept.rows = static_cast<std::uint64_t>(total);
    table = std::move(kept);
}

std::int64_t total_of(const lake::CountTable &table) {
    std::int64_t total = 0;
    for (const auto &row : table.counts) {
        total = std::accumulate(row.begin(), row.end(), total);
    }
    return total;
}

/// The months that files of a dataset speak for, from first to last; yearly figures apart.
std::optional<core::Period> extent(const lake::Reader &reader, const std::string &dataset,
                                   core::Instant as_known_on, bool yearly) {
    std::optional<core::Period> extent;
    for (const auto &coverage : reader.coverage(dataset, as_known_on)) {
        if (coverage.yearly != yearly || coverage.months.empty()) {
            continue;
        }
        const core::Period here{coverage.months.front(), coverage.months.back()};
        extent = extent ? core::Period{std::min(extent->first(), here.first()),
                                       std::max(extent->last(), here.last())}
                        : here;
    }
    return extent;
}

} // namespace

stats::MonthlySeries Counts::series(const std::string &area,
                                    const std::vector<stats::SeriesBreak> &breaks) const {
    const auto months = static_cast<std::size_t>(table.period.months());
    stats::MonthlySeries series{table.period.first(), std::vector<double>(months, 0.0),
                                table.present, breaks};
    for (std::size_t row = 0; row < table.areas.size(); ++row) {
        if (!area.empty() && table.areas[row] != area) {
            continue;
        }
        for (std::size_t month = 0; month < months; ++month) {
            series.counts[month] += static_cast<double>(table.counts[row][month]);
        }
    }
    return series;
}

std::vector<lake::Manifest> files_of(const std::vector<lake::Manifest> &files,
                                     core::Period period) {
    std::set<std::string> chosen;
    for (const auto month : period.each()) {
        std::map<std::string, const lake::Manifest *> in_force;
        for (const auto &file : files) {
            if (!file.covers || !file.covers->contains(month)) {
                continue;
            }
            auto &best = in_force[file.owner];
            const auto order = [](const lake::Manifest &one) {
                return std::tuple{one.received, one.imported, one.id};
            };
            if (!best || order(*best) < order(file)) {
                best = &file;
            }
        }
        for (const auto &[owner, file] : in_force) {
            chosen.insert(file->id);
        }
    }
    std::vector<lake::Manifest> result;
    std::copy_if(files.begin(), files.end(), std::back_inserter(result),
                 [&](const lake::Manifest &file) { return chosen.contains(file.id); });
    return result;
}

core::SourceFile source_file(const lake::Manifest &manifest) {
    return {.name = manifest.archive.empty() ? manifest.file_name
                                             : manifest.archive + ": " + manifest.file_name,
            .sha256 = manifest.sha256,
            .dataset = manifest.dataset,
            .publisher = manifest.publisher,
            .licence = manifest.licence,
            .received = manifest.received,
            .rows = manifest.rows_in,
            .kept = manifest.rows_kept,
            .quarantined = manifest.rows_quarantined,
            .repeats = manifest.rows_repeated};
}

void SeriesStore::forget_if_changed() {
    auto now = m_reader.generation();
    if (now != m_generation || m_counts.size() + m_annual.size() + m_values.size() > 4000) {
        m_generation = std::move(now);
        m_counts.clear();
        m_annual.clear();
        m_values.clear();
    }
}

template <typename Value, typename Make>
Value SeriesStore::kept(std::map<std::string, Value> &store, const std::string &key, Make make) {
    {
        const std::scoped_lock lock{m_mutex};
        forget_if_changed();
        if (const auto found = store.find(key); found != store.end()) {
            return found->second;
        }
    }
    // Read outside the lock: two readers may do the same work, but none waits for another.
    Value value = make();
    const std::scoped_lock lock{m_mutex};
    return store.emplace(key, std::move(value)).first->second;
}

std::shared_ptr<const Counts> SeriesStore::counts(const Source &source, const Scope &scope,
                                                  core::Instant as_known_on,
                                                  const std::vector<lake::Condition> &where,
                                                  const std::vector<std::string> &flags) {
    const auto whole = joined(source, where, flags);
    return kept(m_counts, key_of(whole, scope, as_known_on),
                [&]() -> std::shared_ptr<const Counts> {
                    const auto period = extent(m_reader, source.dataset, as_known_on, false);
                    if (!period) {
                        return nullptr;
                    }
                    auto query = query_of(whole, scope, as_known_on, *period);
                    if (!whole.flags.empty()) {
                        query.split_by = "flags";
                    }
                    Counts counts{&source, m_reader.count(query), false};
                    if (!whole.flags.empty()) {
                        keep_flagged(counts.table, whole.flags);
                    }
                    if (std::none_of(counts.table.present.begin(), counts.table.present.end(),
                                     [](bool present) { return present; })) {
                        return nullptr;
                    }
                    counts.rows_are_counts =
                        static_cast<std::int64_t>(counts.table.rows) == total_of(counts.table);
                    return std::make_shared<const Counts>(std::move(counts));
                });
}

std::shared_ptr<const lake::AnnualTable>
SeriesStore::annual(const Source &source, const Scope &scope, core::Instant as_known_on) {
    return kept(m_annual, key_of(source, scope, as_known_on),
                [&]() -> std::shared_ptr<const lake::AnnualTable> {
                    auto period = extent(m_reader, source.dataset, as_known_on, true);
                    if (!period) {
                        return nullptr;
                    }
                    return std::make_shared<const lake::AnnualTable>(
                        m_reader.annual_counts(query_of(source, scope, as_known_on, *period)));
                });
}

std::vector<lake::Reader::Value> SeriesStore::values(const Source &source, const Scope &scope,
                                                     core::Instant as_known_on, core::Period period,
                                                     const std::string &column) {
    const auto key =
        fmt::format("{}|{}|{}", key_of(source, scope, as_known_on), period.iso(), column);
    return kept(m_values, key, [&] {
        auto query = query_of(source, scope, as_known_on, period);
        if (!source.flags.empty()) {
            lake::Condition flagged{"flags", {}, false};
            for (auto &each : m_reader.values(query, "flags")) {
                if (has_words(each.value, source.flags)) {
                    flagged.values.push_back(std::move(each.value));
                }
            }
            if (flagged.values.empty()) {
                return std::vector<lake::Reader::Value>{};
            }
            query.where.push_back(std::move(flagged));
        }
        auto values = m_reader.values(query, column);
        std::stable_sort(values.begin(), values.end(), [](const auto &left, const auto &right) {
            return left.count > right.count;
        });
        return values;
    });
}

} // namespace wardmote::evidence
