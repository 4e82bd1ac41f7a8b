/// The schema's history: one ordered list of SQL files, run on SQLite and on PostgreSQL alike.
///
/// migrations/NNNN_name.sql is SQL that both understand. A line `-- only sqlite` or
/// `-- only postgresql` begins a part for one engine, `-- both` ends it. `-- append-only TABLE`
/// makes a table that can be read and added to, and never changed, by anyone but its owner. Every
/// table with a column `tenant` gets row-level security on PostgreSQL, without being asked.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::db {

struct Migration {
    int number;
    std::string_view name; ///< "0001_tenants"
    std::string_view sql;
};

/// Those in this program, in order.
std::span<const Migration> migrations();

/// The part of a migration that one engine runs.
std::string for_engine(std::string_view sql, bool sqlite);
/// The tables a migration marks append-only.
std::vector<std::string> append_only_tables(std::string_view sql);

} // namespace wardmote::db
