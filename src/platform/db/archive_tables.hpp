/// The tables of a database as its schema tells them, and their rows as JSON lines; inside db/
/// only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.hpp"

namespace wardmote::db {

/// A table with the columns that are data: what an engine computes by itself is left out, as are
/// search indexes and the list of migrations.
struct Table {
    std::string name;
    std::vector<std::string> columns; ///< by name
    bool operator==(const Table &) const = default;
};

/// By name.
std::vector<Table> tables_of(Transaction &tx);

/// Gives each row as the text of a JSON array of its columns; memory does not grow with the table.
void each_row(Transaction &tx, const Table &table,
              const std::function<void(const std::string &)> &visit);
std::uint64_t count_rows(Transaction &tx, const Table &table);

/// Adds a row that each_row() gave. Throws std::runtime_error when the text is no row.
void add_row(Transaction &tx, const Table &table, std::string_view text);

/// The names and hashes of the migrations that were run, in order: "1 0001_tenants 8c1f...".
std::vector<std::string> migrations_of(Transaction &tx);

} // namespace wardmote::db
