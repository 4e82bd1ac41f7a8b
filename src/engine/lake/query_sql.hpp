/// Questions in SQL: the rows of the files in force, and the conditions on them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/query.hpp"
#include "engine/lake/query_files.hpp"

namespace wardmote::lake {

/// A question being put together: text with a ? for each value.
struct Sql {
    std::string text;
    std::vector<lake::Value> values;

    void add(const Sql &other);
};

/// The columns of some files, with their types as DuckDB names them.
using Schema = std::map<std::string, std::string>;

/// select * over the rows of the files, each row from the file in force for its month. Files
/// without rows are left out; "" when there are none with rows.
std::string source_sql(const std::string &store, const std::vector<InForce> &files);

Schema read_schema(Connection &connection, const std::string &source);

/// "column" quoted, once it is sure that there is such a column. Throws std::invalid_argument.
std::string column_sql(const Schema &schema, const std::string &column);

/// One condition; of "flags" it asks whether a word is among them.
Sql condition_sql(const Schema &schema, const Condition &condition);

/// All of a query's conditions, its period and its area, for rows that stand for `months` months.
Sql where_sql(const Schema &schema, const CountQuery &query, int months);

} // namespace wardmote::lake
