/// The steps of an import, shared by the files that carry them out. Others want import.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/lake/areas_of_rows.hpp"
#include "engine/lake/duckdb.hpp"
#include "engine/lake/import.hpp"
#include "engine/lake/inputs.hpp"
#include "engine/lake/mapping.hpp"
#include "engine/lake/row_maker.hpp"
#include "engine/lake/store.hpp"

namespace wardmote::lake {

/// What every step of one import needs.
struct Importing {
    std::string store;
    const ImportOptions *options = nullptr;
    core::Instant received;
    core::Instant started;
    std::vector<Mapping> mappings;
    std::set<std::string> known_names; ///< of files in the store when the import began
    const Staging *staging = nullptr;
    const Database *database = nullptr;
    const AreaBook *areas = nullptr;
    std::function<void(std::uint64_t rows, std::uint64_t bytes)> advance; ///< since the last call
};

/// See Manifest::id.
std::string manifest_id(const std::string &sha256, const std::string &dataset,
                        const std::string &owner, const std::string &month);

/// A manifest with all that does not depend on the rows.
Manifest blank_manifest(const Importing &import, const Input &input, std::size_t place);

/// Imports a boundary or lookup file. What is wrong with the file is in the report.
FileReport import_areas(const Importing &import, const Input &input, std::size_t place);

/// Imports a table, a spreadsheet (a report for each sheet) or an answer in JSON.
std::vector<FileReport> import_table(const Importing &import, const Input &input,
                                     std::size_t place);

/// Imports the mended rows of a quarantine file, whose header `rows` has just given.
FileReport import_mended(const Importing &import, const Input &input, RowSource &rows,
                         const std::function<std::string()> &sha256, std::size_t place);

/// Copies the rows of one file's Parquet, giving each the areas that are known now.
class PlacedCopy {
public:
    PlacedCopy(Connection &connection, const std::string &path, const AreaBook &areas,
               std::string owner);
    const std::vector<Column> &columns() const { return m_columns; }
    /// Writes rows from the start of the chunk; returns how many.
    std::size_t fill(ChunkWriter &chunk);
    /// The findings about places, of the rows copied.
    std::vector<Finding> findings() const { return m_findings.list(); }

private:
    Result m_rows;
    RowPlacer m_placer;
    FindingCounts m_findings;
    std::string m_owner;
    std::string m_force;
    std::vector<Column> m_columns;
    std::int64_t m_last_line = -1;
};

/// `old` without its findings about places, then `fresh`.
std::vector<Finding> with_places(const std::vector<Finding> &old,
                                 const std::vector<Finding> &fresh);

/// Gives every file that was placed with other areas than `import.areas` its areas anew; returns
/// how many.
std::uint64_t place_again(const Importing &import);

/// The sentence of a failure, in a person's words where it is the disk's.
std::string sentence_of(const std::exception &error, const std::string &store);

} // namespace wardmote::lake
