#include "engine/lake/query.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include <fmt/core.h>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/query_areas.hpp"
#include "engine/lake/query_files.hpp"
#include "engine/lake/query_sql.hpp"

namespace wardmote::lake {

namespace {

/// What one question was answered with: a sum for each area, split and month.
struct Tally {
    struct Cell {
        std::string area;
        std::string split;
        core::Month month;
        std::int64_t sum = 0;
        std::uint64_t rows = 0;
    };
    std::vector<Cell> cells;
};

/// Keeps answers for as long as the files they came from are in force.
template <typename Answer>
class Remembered {
public:
    std::shared_ptr<const Answer> find(const std::string &key) const {
        const std::lock_guard lock{m_mutex};
        const auto found = m_answers.find(key);
        return found == m_answers.end() ? nullptr : found->second;
    }
    std::shared_ptr<const Answer> keep(const std::string &key, Answer answer) {
        auto kept = std::make_shared<const Answer>(std::move(answer));
        const std::lock_guard lock{m_mutex};
        if (m_answers.size() >= limit) {
            m_answers.clear();
        }
        m_answers.insert_or_assign(key, kept);
        return kept;
    }

private:
    static constexpr std::size_t limit = 4096;
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<const Answer>> m_answers;
};

/// The files a question is put to, and what they can be asked.
struct Source {
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<InForce> files;
    std::string sql; ///< empty when no file has rows
    std::shared_ptr<const Schema> schema;
};

std::string key_of(const Sql &sql) {
    std::string key = sql.text;
    for (const lake::Value &value : sql.values) {
        key += '\x1f' + std::get<std::string>(value);
    }
    return key;
}

class StoreReader final : public Reader {
public:
    explicit StoreReader(const std::string &store)
        : m_store{store}
        , m_snapshots{store}
        , m_areas{store} {
        m_snapshots.generation(); // is it an evidence folder at all?
    }

    std::string generation() const override { return m_snapshots.generation(); }

    CountTable count(const CountQuery &query) const override {
        return retried([&] {
            const Source source = source_of(query);
            CountTable table{query.period, {}, {}, {}, {}, 0, {}};
            const auto months = static_cast<std::size_t>(query.period.months());
            fill(table, *tally(source, query, 1), months, [&](core::Month month) {
                return static_cast<std::size_t>(month - query.period.first());
            });
            table.present = months_present(source, query);
            table.files = files_of(source, query);
            return table;
        });
    }

    AnnualTable annual_counts(const CountQuery &query) const override {
        return retried([&] {
            AnnualTable table;
            core::FinancialYear year = core::FinancialYear::containing(query.period.first());
            if (year.first_month() < query.period.first()) {
                year = year + 1;
            }
            for (; year.first_month() <= query.period.last(); year = year + 1) {
                table.years.push_back(year);
            }
            if (table.years.empty()) {
                return table;
            }
            // Whole years, whatever month of them a row stands at.
            CountQuery whole = query;
            whole.period = {table.years.front().first_month(), table.years.back().last_month()};
            const Source source = source_of(whole);
            fill(table, *tally(source, whole, 12), table.years.size(), [&](core::Month month) {
                return static_cast<std::size_t>(
                    core::FinancialYear::containing(month).start_year() -
                    table.years.front().start_year());
            });
            const std::set<std::string> speaking = speaking_owners(source, whole);
            for (const core::FinancialYear each : table.years) {
                table.present.push_back(year_present(source, speaking, each));
            }
            table.files = files_of(source, whole);
            return table;
        });
    }

    std::vector<Disagreement> disagreements(const CountQuery &query) const override {
        return retried([&] {
            std::vector<Disagreement> found;
            const Source source = source_of(query);
            if (source.sql.empty()) {
                return found;
            }
            Sql sql;
            sql.text = fmt::format(
                "select coalesce(\"{0}\", ''), \"month\", count(*), "
                "count(*) filter (where placed = 'both'), count(*) filter (where disagree) "
                "from ({1})",
                column_of(query.level), source.sql);
            sql.add(where_sql(*source.schema, query, 1));
            sql.text += " group by 1, 2 order by 1, 2";
            Connection connection = m_database.connect();
            Result rows = connection.query(sql.text, sql.values);
            while (rows.next()) {
                found.push_back({std::string{rows.text(0)}, core::Month{*rows.date(1)},
                                 static_cast<std::uint64_t>(rows.integer(2)),
                                 static_cast<std::uint64_t>(rows.integer(3)),
                                 static_cast<std::uint64_t>(rows.integer(4))});
            }
            return found;
        });
    }

    std::vector<Value> values(const CountQuery &query, const std::string &column) const override {
        CountQuery split = query;
        split.split_by = column;
        split.level = Level::partnership;
        return retried([&] {
            const Source source = source_of(split);
            std::map<std::string, std::int64_t> sums;
            for (const int months : {1, 12}) {
                for (const Tally::Cell &cell : tally(source, split, months)->cells) {
                    sums[cell.split] += cell.sum;
                }
            }
            std::vector<Value> found;
            for (const auto &[value, sum] : sums) {
                found.push_back({value, sum});
            }
            return found;
        });
    }

    std::vector<Coverage> coverage(const std::string &dataset,
                                   core::Instant as_known_on) const override {
        const std::shared_ptr<const Snapshot> snapshot = m_snapshots.now();
        std::map<std::pair<std::string, std::string>, Coverage> found;
        for (const InForce &file :
             files_in_force(*snapshot, {dataset, "", as_known_on, std::nullopt})) {
            const Manifest &manifest = *file.manifest;
            Coverage &coverage = found[{manifest.dataset, manifest.owner}];
            coverage.dataset = manifest.dataset;
            coverage.owner = manifest.owner;
            coverage.months.insert(coverage.months.end(), file.months.begin(), file.months.end());
            ++coverage.files;
            for (const core::Month month : file.months) {
                const auto rows = manifest.rows_by_month.find(month.iso());
                coverage.rows += rows == manifest.rows_by_month.end() ? 0 : rows->second;
            }
        }
        std::vector<Coverage> all;
        for (auto &[key, coverage] : found) {
            std::sort(coverage.months.begin(), coverage.months.end());
            coverage.yearly = is_yearly(*snapshot, coverage.dataset, coverage.owner);
            const std::set<core::Month> held{coverage.months.begin(), coverage.months.end()};
            for (core::Month month = coverage.months.front(); month < coverage.months.back();
                 ++month) {
                if (!held.contains(month) && !coverage.yearly) {
                    coverage.missing.push_back(month);
                }
            }
            all.push_back(std::move(coverage));
        }
        return all;
    }

    std::optional<core::Month> latest_month(const std::string &dataset,
                                            core::Instant as_known_on) const override {
        std::optional<core::Month> latest;
        for (const InForce &file :
             files_in_force(*m_snapshots.now(), {dataset, "", as_known_on, std::nullopt})) {
            for (const core::Month month : file.months) {
                latest = latest ? std::max(*latest, month) : month;
            }
        }
        return latest;
    }

    std::vector<Manifest> manifests(core::Instant as_known_on) const override {
        std::vector<Manifest> known;
        for (const Manifest &manifest : m_snapshots.now()->manifests) {
            if (manifest.received <= as_known_on) {
                known.push_back(manifest);
            }
        }
        std::stable_sort(known.begin(), known.end(), [](const Manifest &a, const Manifest &b) {
            return std::tie(a.received, a.imported) < std::tie(b.received, b.imported);
        });
        return known;
    }

    std::vector<Area> areas(Level level, const std::string &within_code) const override {
        return m_areas.areas(*m_snapshots.now(), level, within_code);
    }

    std::vector<Population> population(Level level, const std::string &kind,
                                       int year) const override {
        return retried([&] {
            return read_population(m_store, *m_snapshots.now(), m_database, level, kind, year);
        });
    }

private:
    /// A file may be placed again, and the old one go, between the look at the manifests and the
    /// reading: then one look more is enough.
    template <typename Ask>
    auto retried(Ask ask) const -> decltype(ask()) {
        const std::string before = generation();
        try {
            return ask();
        } catch (const std::runtime_error &) {
            if (generation() == before) {
                throw;
            }
        }
        return ask();
    }

    Source source_of(const CountQuery &query) const {
        Source source;
        source.snapshot = m_snapshots.now();
        source.files = files_in_force(
            *source.snapshot, {query.dataset, query.owner, query.as_known_on, query.period});
        source.sql = source_sql(m_store, source.files);
        if (!source.sql.empty()) {
            source.schema = schema_of(source.sql);
        }
        return source;
    }

    std::shared_ptr<const Schema> schema_of(const std::string &sql) const {
        if (const auto known = m_schemas.find(sql)) {
            return known;
        }
        Connection connection = m_database.connect();
        return m_schemas.keep(sql, read_schema(connection, sql));
    }

    std::shared_ptr<const Tally> tally(const Source &source, const CountQuery &query,
                                       int months) const {
        if (source.sql.empty()) {
            return std::make_shared<const Tally>();
        }
        Sql sql;
        sql.text = fmt::format(
            "select coalesce(\"{}\", ''), {}, \"month\", sum(\"count\"), count(*) from ({})",
            column_of(query.level),
            query.split_by.empty() ? "''"
                                   : "coalesce(cast(" + column_sql(*source.schema, query.split_by) +
                                         " as varchar), '')",
            source.sql);
        sql.add(where_sql(*source.schema, query, months));
        sql.text += " group by 1, 2, 3 order by 1, 2, 3";
        const std::string key = key_of(sql);
        if (const auto known = m_tallies.find(key)) {
            return known;
        }
        Tally tally;
        Connection connection = m_database.connect();
        Result rows = connection.query(sql.text, sql.values);
        while (rows.next()) {
            tally.cells.push_back({std::string{rows.text(0)}, std::string{rows.text(1)},
                                   core::Month{*rows.date(2)}, rows.integer(3),
                                   static_cast<std::uint64_t>(rows.integer(4))});
        }
        return m_tallies.keep(key, std::move(tally));
    }

    template <typename Table, typename Place>
    static void fill(Table &table, const Tally &tally, std::size_t width, Place place) {
        for (const Tally::Cell &cell : tally.cells) {
            if (table.areas.empty() || table.areas.back() != cell.area ||
                table.splits.back() != cell.split) {
                table.areas.push_back(cell.area);
                table.splits.push_back(cell.split);
                table.counts.emplace_back(width, 0);
            }
            table.counts.back().at(place(cell.month)) += cell.sum;
            table.rows += cell.rows;
        }
    }

    /// How many rows of the area asked for each owner has, over all its files.
    std::map<std::string, std::int64_t> rows_by_owner(const Source &source,
                                                      const CountQuery &query) const {
        const std::vector<InForce> all = files_in_force(
            *source.snapshot, {query.dataset, query.owner, query.as_known_on, std::nullopt});
        const std::string from = source_sql(m_store, all);
        if (from.empty()) {
            return {};
        }
        Sql sql;
        sql.text = fmt::format("select owner, count(*) from ({}) where {} = ? group by 1", from,
                               column_sql(*schema_of(from), query.within_level));
        sql.values.emplace_back(query.within_code);
        const std::string key = key_of(sql);
        if (const auto known = m_owners.find(key)) {
            return *known;
        }
        std::map<std::string, std::int64_t> found;
        Connection connection = m_database.connect();
        Result rows = connection.query(sql.text, sql.values);
        while (rows.next()) {
            found[std::string{rows.text(0)}] = rows.integer(1);
        }
        return *m_owners.keep(key, std::move(found));
    }

    bool everywhere(const CountQuery &query) const { return query.within_level.empty(); }

    /// The owners whose files must be there for a month to count as present; empty: any will do.
    std::set<std::string> speaking_owners(const Source &source, const CountQuery &query) const {
        const std::set<std::string> owners = owners_of(files_in_force(
            *source.snapshot, {query.dataset, query.owner, query.as_known_on, std::nullopt}));
        if (owners.size() <= 1 || everywhere(query)) {
            return {};
        }
        const auto rows = rows_by_owner(source, query);
        std::int64_t all = 0;
        for (const auto &[owner, count] : rows) {
            all += count;
        }
        std::set<std::string> speaking;
        for (const auto &[owner, count] : rows) {
            if (count * 20 >= all) {
                speaking.insert(owner);
            }
        }
        return speaking;
    }

    std::vector<bool> months_present(const Source &source, const CountQuery &query) const {
        std::set<std::pair<core::Month, std::string>> held;
        std::set<core::Month> any;
        for (const InForce &file : source.files) {
            for (const core::Month month : file.months) {
                held.insert({month, file.manifest->owner});
                any.insert(month);
            }
        }
        const std::set<std::string> speaking = speaking_owners(source, query);
        std::vector<bool> present;
        for (const core::Month month : query.period.each()) {
            present.push_back(
                speaking.empty()
                    ? any.contains(month)
                    : std::all_of(speaking.begin(), speaking.end(), [&](const std::string &owner) {
                          return held.contains({month, owner});
                      }));
        }
        return present;
    }

    static bool year_present(const Source &source, const std::set<std::string> &speaking,
                             core::FinancialYear year) {
        std::set<std::string> held;
        for (const InForce &file : source.files) {
            for (const core::Month month : file.months) {
                if (year.period().contains(month) &&
                    file.manifest->rows_by_month.contains(month.iso())) {
                    held.insert(file.manifest->owner);
                }
            }
        }
        return speaking.empty()
                   ? !held.empty()
                   : std::includes(held.begin(), held.end(), speaking.begin(), speaking.end());
    }

    /// The files in force, of owners who have any row in the area asked for.
    std::vector<Manifest> files_of(const Source &source, const CountQuery &query) const {
        std::optional<std::map<std::string, std::int64_t>> rows;
        if (!everywhere(query) && owners_of(source.files).size() > 1) {
            rows = rows_by_owner(source, query);
        }
        std::vector<Manifest> files;
        for (const InForce &file : source.files) {
            if (!rows || rows->contains(file.manifest->owner)) {
                files.push_back(*file.manifest);
            }
        }
        return files;
    }

    bool is_yearly(const Snapshot &snapshot, const std::string &dataset,
                   const std::string &owner) const {
        for (const Manifest &manifest : snapshot.manifests) {
            if (manifest.dataset == dataset && manifest.owner == owner && manifest.rows_kept > 0) {
                const std::string sql = "select period_months from read_parquet(" +
                                        sql_text(m_store + "/" + manifest.data) + ") limit 1";
                if (const auto known = m_owners.find(sql)) {
                    return known->at("months") == 12;
                }
                Connection connection = m_database.connect();
                Result rows = connection.query(sql);
                const std::int64_t months = rows.next() ? rows.integer(0) : 1;
                m_owners.keep(sql, {{"months", months}});
                return months == 12;
            }
        }
        return false;
    }

    std::string m_store;
    Snapshots m_snapshots;
    AreaBook m_areas;
    Database m_database;
    mutable Remembered<Schema> m_schemas;
    mutable Remembered<Tally> m_tallies;
    mutable Remembered<std::map<std::string, std::int64_t>> m_owners;
};

} // namespace

std::unique_ptr<Reader> make_reader(const std::string &store) {
    return std::make_unique<StoreReader>(store);
}

} // namespace wardmote::lake
