#include "platform/db/archive_tables.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "platform/db/archive.hpp"
#include "platform/db/ledger_chain.hpp"

namespace wardmote::db {

namespace {

using nlohmann::json;

// A column of type "integer" is SQLite's own number of the row, in tables that its full-text search
// reads; numbers of ours are bigint.
constexpr std::string_view sqlite_columns =
    "select t.name as table_name, c.name as column_name from pragma_table_list t "
    "join pragma_table_xinfo(t.name) c "
    "where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite%' "
    "and c.hidden = 0 and not (c.pk = 1 and lower(c.type) = 'integer') "
    "order by t.name, c.name";

constexpr std::string_view postgresql_columns =
    "select cast(t.relname as text) as table_name, cast(c.attname as text) as column_name "
    "from pg_class t join pg_attribute c on c.attrelid = t.oid "
    "where t.relkind = 'r' and t.relnamespace = cast(current_schema() as regnamespace) "
    "and c.attnum > 0 and not c.attisdropped and c.attgenerated = '' "
    "order by cast(t.relname as text) collate \"C\", cast(c.attname as text) collate \"C\"";

std::string select_from(const Table &table) {
    return fmt::format("select {} from {}", fmt::join(table.columns, ", "), table.name);
}

/// Text that is no UTF-8, which SQLite takes, as {"bytes": hexadecimal}.
std::string as_text(const json &row) {
    try {
        return row.dump();
    } catch (const json::type_error &) {
        auto safe = row;
        for (auto &value : safe) {
            try {
                value.dump();
            } catch (const json::type_error &) {
                value = {{"bytes", hexadecimal(value.get_ref<const std::string &>())}};
            }
        }
        return safe.dump();
    }
}

json as_json(const Row &row) {
    auto array = json::array();
    for (std::size_t i = 0; i < row.size(); ++i) {
        std::visit(
            [&array]<class T>(const T &value) {
                if constexpr (std::is_same_v<T, std::monostate>) {
                    array.push_back(nullptr);
                } else {
                    array.push_back(value);
                }
            },
            row[i]);
    }
    return array;
}

std::string from_hexadecimal(const std::string &hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

Value value_of(const json &value) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (value.is_number()) {
        return value.get<double>();
    }
    return value.is_object() ? from_hexadecimal(value.at("bytes").get<std::string>())
                             : value.get<std::string>();
}

} // namespace

std::vector<Table> tables_of(Transaction &tx) {
    std::vector<Table> tables;
    tx.each(tx.sqlite() ? sqlite_columns : postgresql_columns, {}, [&tables](const Row &row) {
        const auto name = row.text("table_name");
        if (name == "schema_migration") {
            return;
        }
        if (tables.empty() || tables.back().name != name) {
            tables.push_back({name, {}});
        }
        tables.back().columns.push_back(row.text("column_name"));
    });
    return tables;
}

void each_row(Transaction &tx, const Table &table,
              const std::function<void(const std::string &)> &visit) {
    const auto give = [&visit](const Row &row) { visit(as_text(as_json(row))); };
    if (tx.sqlite()) {
        tx.each(select_from(table), {}, give);
        return;
    }
    // PostgreSQL's library holds a whole answer in memory, so the answer is cut in pieces.
    const auto cursor = "rows_of_" + table.name;
    tx.execute(fmt::format("declare {} no scroll cursor for {}", cursor, select_from(table)));
    for (bool more = true; more;) {
        more = false;
        tx.each(fmt::format("fetch forward 1000 from {}", cursor), {}, [&](const Row &row) {
            more = true;
            give(row);
        });
    }
    tx.execute("close " + cursor);
}

std::uint64_t count_rows(Transaction &tx, const Table &table) {
    return static_cast<std::uint64_t>(
        tx.first("select count(*) as n from " + table.name)->integer("n"));
}

void add_row(Transaction &tx, const Table &table, std::string_view text) {
    Bindings bindings;
    try {
        const auto row = json::parse(text);
        if (row.size() != table.columns.size()) {
            throw std::runtime_error("it has other columns");
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            bindings.push_back({table.columns[i], value_of(row[i])});
        }
    } catch (const json::exception &) {
        throw std::runtime_error(fmt::format("a row of {} in the backup is no row", table.name));
    }
    tx.execute(fmt::format("insert into {} ({}) values (:{})", table.name,
                           fmt::join(table.columns, ", "), fmt::join(table.columns, ", :")),
               bindings);
}

std::vector<std::string> migrations_of(Transaction &tx) {
    std::vector<std::string> all;
    tx.each("select cast(m.number as text) as number, name, hash from schema_migration m "
            "order by m.number",
            {}, [&all](const Row &row) {
                all.push_back(fmt::format("{} {} {}", row.text("number"), row.text("name"),
                                          row.text("hash")));
            });
    return all;
}

std::vector<std::string> compare(Database &one, Database &other) {
    using Counts = std::map<std::string, std::int64_t>;
    const auto tables = [](Database &database) {
        return database.read(Scope::everyone(), [](Transaction &tx) { return tables_of(tx); });
    };
    const auto count = [](Database &database, const Table &table, Counts &counts,
                          std::int64_t step) {
        database.read(Scope::everyone(), [&](Transaction &tx) {
            each_row(tx, table, [&](const std::string &row) { counts[row] += step; });
        });
    };
    const auto ours = tables(one);
    if (ours != tables(other)) {
        return {"the two databases do not have the same tables and columns"};
    }
    std::vector<std::string> differences;
    for (const auto &table : ours) {
        Counts counts;
        count(one, table, counts, 1);
        count(other, table, counts, -1);
        std::int64_t only_one = 0, only_other = 0;
        for (const auto &[row, difference] : counts) {
            (difference > 0 ? only_one : only_other) += std::abs(difference);
        }
        if (only_one + only_other > 0) {
            differences.push_back(
                fmt::format("{}: {} rows are only in the first and {} only in the second",
                            table.name, only_one, only_other));
        }
    }
    return differences;
}

} // namespace wardmote::db
