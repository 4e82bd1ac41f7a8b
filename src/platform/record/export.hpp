/// Records for machines: CSV, JSON, and the JSON Schema that says what the JSON holds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/keeper.hpp"
#include "platform/record/references.hpp"

namespace wardmote::record {

/// What every table has besides its fields, and an export may show: "id", "version", "created",
/// "created_by", "changed", "changed_by", "removed".
std::span<const std::string_view> common_columns();
/// The columns of an export when none were chosen: "id" and every field.
std::vector<std::string> all_columns(const Description &what);

/// A heading of column names, which do not change when labels do, and a line a record. Dates are
/// ISO 8601, money pounds without a sign ("1250.50"), yes_no "yes" and "no", choices as stored,
/// references the title of the record. Without `reveal` a sensitive value is "hidden". Throws
/// std::logic_error for a column that there is not.
std::string csv(const Description &what, const Listing &listing,
                std::span<const std::string> columns, const References &references, bool reveal);

/// {"total": 212, "posts": [{"id": "...", "title": "..."}]}. As json_schema() says; without
/// `reveal` a sensitive value is left out.
std::string json(const Description &what, const Listing &listing,
                 std::span<const std::string> columns, bool reveal);
/// One record, every column.
std::string json(const Description &what, const Stored &record, bool reveal);

/// JSON Schema 2020-12 of one record: money is whole pence, a date "2015-02-02", a choice one of
/// its stored values, a reference an id.
std::string json_schema(const Description &what);

} // namespace wardmote::record
