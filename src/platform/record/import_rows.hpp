/// What bringing in a sheet would do, row by row. Nothing is written here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/sheet.hpp"
#include "platform/record/form.hpp"
#include "platform/record/import_cell.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::record {

/// How a sheet is to be read.
struct Mapping {
    std::size_t heading = 0;         ///< place among Sheet::rows; the rows after it are records
    std::vector<std::string> fields; ///< of each column, by name; empty: it is not brought in
    Answers answers;                 ///< what names mean
    Typed fixed; ///< inputs of a form that hold for every new record, where no cell says other
};

enum class Fate { made, changed, same, refused };

struct PlannedRow {
    std::size_t row = 0; ///< place among Sheet::rows
    Fate fate = Fate::refused;
    std::string title;        ///< what the row calls its record, as it stands there
    std::string id;           ///< of the record that is here; empty: it is new
    std::int64_t version = 0; ///< of that record
    Values before, after;     ///< before: empty when it is new; after: of no use when refused
    Problems problems;        ///< why it is refused
};

/// What stands against a change beyond the description's own rules.
struct ImportRules {
    std::function<bool(const Stored &)> may_change;
    /// `before` is null when the record is new.
    std::function<Problems(const Stored *before, const Values &after)> guard;
};

/// One for each row below the headings. A row changes the record that has its reference, or else
/// its title, within the same record (Description::within); an empty cell leaves what is there.
/// `existing` are those the person may know of.
std::vector<PlannedRow> plan_rows(const Description &what, const core::Sheet &sheet,
                                  const Mapping &mapping, const References &references,
                                  std::span<const Stored> existing, const ImportRules &rules);

/// A name in the file that means nothing here, or several things.
struct UnknownName {
    const Field *field;
    std::string name;  ///< as it first stands there
    std::int64_t rows; ///< that have it
};
/// In the order in which they come; what was answered is left out.
std::vector<UnknownName> unknown_names(const Description &what, const core::Sheet &sheet,
                                       const Mapping &mapping, const NameBook &names);

/// The fields that every record needs and no column brings.
std::vector<Field> missing_fields(const Description &what, const Mapping &mapping);

/// The rows that are refused, as they stand in the file, and behind them the number of each and
/// why.
std::string refused_csv(const Description &what, const core::Sheet &sheet, const Mapping &mapping,
                        std::span<const PlannedRow> rows);

/// "Due, column F, “soon”: Due must be a date, such as 2 February 2015".
std::string reason(const Description &what, const core::Sheet &sheet, const Mapping &mapping,
                   const PlannedRow &row, const Problem &problem);

} // namespace wardmote::record
