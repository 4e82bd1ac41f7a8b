/// Boundary files and lookups as the evidence store keeps them: the files that say what areas are.
///
/// They are committed like any other evidence, under the datasets "boundaries" and "lookups". They
/// never supersede one another whole: of each area or line the one latest received is in force, so
/// that thirteen councils' files stand side by side.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

/// A row set aside, with why.
struct RefusedRow {
    std::uint64_t line = 0; ///< in the source; for boundaries the number of the area, from 1
    std::string raw;
    std::string field;  ///< the column at fault, or empty
    std::string reason; ///< a sentence
};

/// The rows of one boundary or lookup file, checked, ready to be written and committed.
struct AreaRows {
    std::string dataset; ///< "boundaries" | "lookups"
    std::string owner;   ///< what it describes: "lsoa21", "ward", "lsoa21-ward" ...
    std::string title;   ///< "84 LSOAs of 2021", for a line of a report
    std::vector<Column> columns;
    std::vector<std::vector<Value>> rows; ///< one Value a column
    std::vector<RefusedRow> refused;
    std::vector<Finding> findings;
    std::uint64_t rows_in = 0; ///< always rows + refused + repeated
    std::uint64_t repeated = 0;
};

/// Writes the rows as Parquet; `connection` does the work.
void write_area_rows(const AreaRows &rows, Connection &connection, const std::string &path);

/// Reads a boundary file: GeoJSON, Shapefile (also in a .zip) or GeoPackage, plain or .gz, in any
/// projection. Its level is told from its attributes (LSOA21CD, LSOA11CD, MSOA21CD, WD25CD,
/// LAD24CD, CSP23CD and the like, or "code" and "level"). Nothing when the file holds no areas,
/// such as JSON that is something else. Throws std::runtime_error, with a sentence, when it holds
/// areas of no level known, or is damaged.
std::optional<AreaRows> read_boundary_file(const std::string &path);

/// Columns of the Parquet of "boundaries", in order: level ("lsoa21" | "lsoa11" | "msoa21" |
/// "msoa11" | "ward" | "district" | "partnership"), code, name, vintage (year the code is of,
/// 2025), district, district_name, partnership, outline (GeoJSON geometry in degrees), line.
std::span<const Column> boundary_columns();

} // namespace wardmote::lake
