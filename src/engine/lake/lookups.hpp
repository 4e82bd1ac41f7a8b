/// Lookups: tables that say which area lies in which, or what became of it at a census.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/lake/boundaries.hpp"
#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

/// What a table with this header looks up, by its area columns as the ONS and others name them
/// (LSOA21CD, lsoa21_code, WD24CD, ward24_code, LAD24CD, ltla24_code, CSP24CD, PFA24CD, CHGIND
/// ...): "lsoa11-lsoa21", "lsoa21-ward", "lsoa11-ward", "ward-district", "district-partnership" or
/// "lsoa-centroid". Nothing when it has any other column: it is then a table of something else.
std::optional<std::string> recognise_lookup(std::span<const std::string_view> header);

/// Reads a lookup whose header is the first row of `rows`. Throws std::runtime_error when
/// recognise_lookup() does not know it.
AreaRows read_lookup(RowSource &rows);

/// Columns of the Parquet of "lookups", in order: kind (as recognise_lookup() says), lsoa11,
/// lsoa11_name, lsoa21, lsoa21_name, change ("U" unchanged, "S" split, "M" merged, "X" irregular),
/// ward, ward_name, district, district_name, partnership, partnership_name, force, force_name,
/// longitude, latitude, vintage (year of the ward or district codes), line.
std::span<const Column> lookup_columns();

} // namespace wardmote::lake
