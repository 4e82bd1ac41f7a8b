/// What a revision changed: two issues of one month's evidence, held against each other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

/// How often one value became another in a column.
struct ValueChange {
    std::string before; ///< "" for blank
    std::string after;
    std::uint64_t rows = 0;
};

/// What differs in one column among rows that both issues hold.
struct ColumnChange {
    std::string column; ///< "outcome", "category", "location", "lsoa_named", "longitude" ...
    std::uint64_t rows = 0;
    std::vector<ValueChange> most; ///< the ten most frequent, most frequent first
};

/// A row with a reference that differs, for those who want to see.
struct ChangedRow {
    std::string reference;
    std::vector<ValueChange> changes; ///< rows is 1; one for each column that differs ...
    std::vector<std::string> columns; ///< ... named here, in the same order
};

/// One month in two issues. Rows with a reference (a Crime ID) that is once in each issue are
/// matched by it; all others by being wholly alike, as often as they occur.
struct Comparison {
    std::string dataset;
    std::string owner;
    core::Month month;
    Manifest before;
    Manifest after;
    std::uint64_t rows_before = 0;
    std::uint64_t rows_after = 0;
    std::uint64_t same = 0;            ///< matched, and alike in every column
    std::uint64_t changed = 0;         ///< matched by reference, and different in some column
    std::uint64_t only_before = 0;     ///< no longer there
    std::uint64_t only_after = 0;      ///< new
    std::vector<ColumnChange> columns; ///< most rows first
    std::vector<ChangedRow> examples;  ///< the first hundred by reference

    /// How many rows changed in a column; nought when none did.
    std::uint64_t changed_in(const std::string &column) const;
    /// "5,243 of 22,046 rows have another outcome; ...", ready for a page or a terminal.
    std::string sentence() const;
};

/// The issues of one month: every manifest of the dataset and owner that covers it, in the order
/// received.
std::vector<Manifest> issues(const std::vector<Manifest> &manifests, const std::string &dataset,
                             const std::string &owner, core::Month month);

/// Holds two files of a store against each other for one month. What a file has as its line
/// numbers, and the areas that it was given here, are not compared: only what its source says.
/// Throws std::runtime_error when the store has no such file.
Comparison compare_files(const std::string &store, const std::string &before_id,
                         const std::string &after_id, core::Month month);

/// For every dataset, owner and month of which the store holds more than one issue, the last
/// two; `dataset` empty for all.
std::vector<Comparison> compare_revisions(const std::string &store, const std::string &dataset);

} // namespace wardmote::lake
