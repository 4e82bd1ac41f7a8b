#include "engine/lake/compare.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

#include <fmt/core.h>

#include "engine/core/text.hpp"
#include "engine/lake/duckdb.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::lake {

namespace {

/// Columns that the import gives a row, and that say nothing of its source.
const std::set<std::string> made_here{"line",        "lsoa21", "lsoa11",   "ward", "district",
                                      "partnership", "placed", "disagree", "owner"};

std::string quoted(const std::string &column) {
    std::string text = "\"";
    for (const char c : column) {
        text += c == '"' ? "\"\"" : std::string{c};
    }
    return text + "\"";
}

/// The columns that both files have and that are to be compared.
std::vector<std::string> common_columns(Connection &connection, const std::string &before,
                                        const std::string &after) {
    const auto columns_of = [&](const std::string &path) {
        std::vector<std::string> names;
        Result rows =
            connection.query("describe select * from read_parquet(" + sql_text(path) + ")");
        while (rows.next()) {
            names.emplace_back(rows.text(0));
        }
        return names;
    };
    const std::vector<std::string> other = columns_of(after);
    std::vector<std::string> common;
    for (const std::string &name : columns_of(before)) {
        if (!made_here.contains(name) && name != "reference" &&
            std::find(other.begin(), other.end(), name) != other.end()) {
            common.push_back(name);
        }
    }
    return common;
}

/// Both files of the month as tables of text, with how often each reference occurs.
void load(Connection &connection, const std::string &table, const std::string &path,
          const std::vector<std::string> &columns, core::Month month) {
    std::string list = "coalesce(\"reference\", '') as reference";
    for (const std::string &column : columns) {
        list += ", coalesce(cast(" + quoted(column) + " as varchar), '') as " + quoted(column);
    }
    connection.run("create or replace temp table " + table +
                   " as select *, case when reference = '' "
                   "then 0 else count(*) over (partition by reference) end as times from (select " +
                   list + " from read_parquet(" + sql_text(path) + ") where \"month\" = date '" +
                   month.first_day().iso() + "')");
}

std::uint64_t whole(Connection &connection, const std::string &sql) {
    Result rows = connection.query(sql);
    return rows.next() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
}

ColumnChange change_in(Connection &connection, const std::string &column) {
    ColumnChange change;
    change.column = column;
    const std::string name = quoted(column);
    Result rows = connection.query(fmt::format(
        "select b.{0}, a.{0}, count(*) as n from matched_before b join matched_after a using "
        "(reference) where b.{0} <> a.{0} group by 1, 2 order by n desc, 1, 2",
        name));
    while (rows.next()) {
        const auto count = static_cast<std::uint64_t>(rows.integer(2));
        change.rows += count;
        if (change.most.size() < 10) {
            change.most.push_back({std::string{rows.text(0)}, std::string{rows.text(1)}, count});
        }
    }
    return change;
}

std::vector<ChangedRow> first_changes(Connection &connection,
                                      const std::vector<std::string> &columns,
                                      const std::string &differ) {
    std::string list = "reference";
    for (const std::string &column : columns) {
        list += ", b." + quoted(column) + ", a." + quoted(column);
    }
    std::vector<ChangedRow> found;
    Result rows = connection.query("select " + list +
                                   " from matched_before b join matched_after a using (reference) "
                                   "where " +
                                   differ + " order by reference limit 100");
    while (rows.next()) {
        ChangedRow changed;
        changed.reference = rows.text(0);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string_view before = rows.text(1 + 2 * i);
            const std::string_view after = rows.text(2 + 2 * i);
            if (before != after) {
                changed.columns.push_back(columns[i]);
                changed.changes.push_back({std::string{before}, std::string{after}, 1});
            }
        }
        found.push_back(std::move(changed));
    }
    return found;
}

/// Rows without a reference of their own: how many of one file the other holds alike.
std::uint64_t alike(Connection &connection, const std::vector<std::string> &columns) {
    std::string list = "reference";
    for (const std::string &column : columns) {
        list += ", " + quoted(column);
    }
    return whole(connection,
                 fmt::format("select count(*) from (select {0} from unmatched_before intersect all "
                             "select {0} from unmatched_after)",
                             list));
}

Comparison compare(const std::string &store, const Manifest &before, const Manifest &after,
                   core::Month month) {
    const Database database;
    Connection connection = database.connect();
    const std::string before_path = store + "/" + before.data;
    const std::string after_path = store + "/" + after.data;
    const std::vector<std::string> columns = common_columns(connection, before_path, after_path);
    load(connection, "before", before_path, columns, month);
    load(connection, "after", after_path, columns, month);
    // Matched: a reference that stands once in each issue.
    for (const auto &[mine, other] : {std::pair{"before", "after"}, std::pair{"after", "before"}}) {
        const std::string once = fmt::format(
            "times = 1 and reference in (select reference from {} where times = 1)", other);
        connection.run(fmt::format(
            "create or replace temp table matched_{0} as select * from {0} where {1}", mine, once));
        connection.run(fmt::format(
            "create or replace temp table unmatched_{0} as select * from {0} where not ({1})", mine,
            once));
    }

    Comparison found{before.dataset, before.owner, month, before, after, 0, 0, 0, 0, 0, 0, {}, {}};
    found.rows_before = whole(connection, "select count(*) from before");
    found.rows_after = whole(connection, "select count(*) from after");
    std::string differ = "false";
    for (const std::string &column : columns) {
        differ += fmt::format(" or b.{0} <> a.{0}", quoted(column));
        ColumnChange change = change_in(connection, column);
        if (change.rows > 0) {
            found.columns.push_back(std::move(change));
        }
    }
    std::stable_sort(found.columns.begin(), found.columns.end(),
                     [](const ColumnChange &a, const ColumnChange &b) { return a.rows > b.rows; });
    const std::uint64_t matched = whole(connection, "select count(*) from matched_before");
    found.changed = whole(connection, "select count(*) from matched_before b join matched_after a "
                                      "using (reference) where " +
                                          differ);
    const std::uint64_t same_unmatched = alike(connection, columns);
    found.same = matched - found.changed + same_unmatched;
    found.only_before = found.rows_before - matched - same_unmatched;
    found.only_after = found.rows_after - matched - same_unmatched;
    found.examples = first_changes(connection, columns, differ);
    return found;
}

std::string in_words(std::uint64_t rows) {
    return core::number(static_cast<std::int64_t>(rows));
}

} // namespace

std::uint64_t Comparison::changed_in(const std::string &column) const {
    for (const ColumnChange &change : columns) {
        if (change.column == column) {
            return change.rows;
        }
    }
    return 0;
}

std::string Comparison::sentence() const {
    std::vector<std::string> parts;
    for (const ColumnChange &change : columns) {
        parts.push_back(fmt::format("{} in {}", in_words(change.rows), change.column));
    }
    return fmt::format(
        "{}, {}, {}: {} rows before, {} after. {} are as they were, {} changed{}, {} went and {} "
        "came.",
        dataset, owner, month.text(), in_words(rows_before), in_words(rows_after), in_words(same),
        in_words(changed), parts.empty() ? "" : " (" + core::joined(parts) + ")",
        in_words(only_before), in_words(only_after));
}

std::vector<Manifest> issues(const std::vector<Manifest> &manifests, const std::string &dataset,
                             const std::string &owner, core::Month month) {
    std::vector<Manifest> found;
    for (const Manifest &manifest : manifests) {
        if (manifest.dataset == dataset && manifest.owner == owner && manifest.covers &&
            manifest.covers->contains(month)) {
            found.push_back(manifest);
        }
    }
    std::sort(found.begin(), found.end(), [](const Manifest &a, const Manifest &b) {
        return std::tie(a.received, a.imported, a.id) < std::tie(b.received, b.imported, b.id);
    });
    return found;
}

Comparison compare_files(const std::string &store, const std::string &before_id,
                         const std::string &after_id, core::Month month) {
    const std::vector<Manifest> all = manifests(store);
    const auto find = [&](const std::string &id) -> const Manifest & {
        for (const Manifest &manifest : all) {
            if (manifest.id == id) {
                return manifest;
            }
        }
        throw std::runtime_error{fmt::format("The store holds no file {}.", id)};
    };
    return compare(store, find(before_id), find(after_id), month);
}

std::vector<Comparison> compare_revisions(const std::string &store, const std::string &dataset) {
    const std::vector<Manifest> all = manifests(store);
    std::set<std::tuple<std::string, std::string, core::Month>> months;
    std::set<std::tuple<std::string, std::string, core::Month>> twice;
    for (const Manifest &manifest : all) {
        if (manifest.covers && (dataset.empty() || manifest.dataset == dataset)) {
            for (const core::Month month : manifest.covers->each()) {
                const std::tuple key{manifest.dataset, manifest.owner, month};
                if (!months.insert(key).second) {
                    twice.insert(key);
                }
            }
        }
    }
    std::vector<Comparison> found;
    for (const auto &[name, owner, month] : twice) {
        const std::vector<Manifest> list = issues(all, name, owner, month);
        found.push_back(compare(store, list[list.size() - 2], list.back(), month));
    }
    return found;
}

} // namespace wardmote::lake
