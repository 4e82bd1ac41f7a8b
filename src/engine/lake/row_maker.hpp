/// Turns the rows of a source into rows of the evidence store: mapped, checked, placed, every one
/// accounted for.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/lake/areas_of_rows.hpp"
#include "engine/lake/mapping.hpp"
#include "engine/lake/quarantine.hpp"
#include "engine/lake/row_source.hpp"

namespace wardmote::lake {

/// The account of one file. rows_in is always rows_kept + rows_quarantined + rows_repeated.
struct Tally {
    std::uint64_t rows_in = 0;
    std::uint64_t rows_kept = 0;
    std::uint64_t rows_quarantined = 0;
    std::uint64_t rows_repeated = 0;
    std::uint64_t data_rows = 0;
    std::map<int, std::uint64_t> rows_by_month; ///< by Month::index()
    std::optional<core::Period> covers;
    std::vector<Finding> findings;
};

/// What is asked of a source's rows.
struct SourceTable {
    const Mapping *mapping = nullptr;
    std::vector<std::string> header;
    std::string owner;
    std::optional<core::Period> named_period; ///< what the file's name says
};

class RowMaker {
public:
    /// All that is given must outlive the maker.
    RowMaker(const SourceTable &table, RowSource &rows, const AreaBook &areas,
             QuarantineWriter &quarantine);
    ~RowMaker();
    RowMaker(const RowMaker &) = delete;
    RowMaker &operator=(const RowMaker &) = delete;

    const std::vector<Column> &columns() const;
    /// Writes rows into the chunk from `first` on; returns how many rows the chunk then has.
    std::size_t fill(ChunkWriter &chunk, std::size_t first = 0);
    std::uint64_t rows_so_far() const;
    Tally tally() const; ///< once fill() has returned less than it could

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace wardmote::lake
