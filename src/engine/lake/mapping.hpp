/// A mapping: how the columns of one kind of file become the canonical columns of the evidence
/// store.
///
/// Mappings are TOML in catalogue/sources, which a partnership may add to; docs are in the comments
/// there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::lake {

/// One count that a wide row gives: the number in `column`, under this category and detail.
struct ValueColumn {
    std::string category;
    std::string detail;
    std::string column;
};

/// The values of a category must add up to the number in `total`, give or take `within`.
struct SumCheck {
    std::string category;
    std::string total;
    double within = 0;
    bool quarantine = true; ///< else the row is kept and the difference said
};

struct Mapping {
    std::string name;
    std::string dataset; ///< where its rows go; its name unless said otherwise
    std::string title;
    std::string kind; ///< "incidents" | "outcomes" | "counts" | "population"
    std::string publisher;
    std::string licence;

    std::vector<std::string> file_names; ///< "{month}-{owner}-street"; also {period} and {any}
    std::string owner;                   ///< when the file's name does not say
    std::optional<core::Month> month;    ///< when neither the rows nor the file's name say
    bool single_month = false;           ///< a file speaks for the month in its name, and no other
    std::string format = "table";        ///< "table" (CSV or spreadsheet) | "json"
    std::vector<std::string>
        sheets; ///< of a spreadsheet, the ones to read; all that fit when empty
    std::vector<std::string> missing; ///< what stands for "not available", besides blank

    std::map<std::string, std::string> columns;                 ///< canonical name -> header
    std::vector<std::pair<std::string, std::string>> extra;     ///< added column -> header
    std::vector<std::string> optional;                          ///< headers that may be absent
    std::vector<std::string> date_forms;                        ///< "31/12/2014", "2014-12-31" ...
    std::map<std::string, std::string, std::less<>> categories; ///< as written -> as kept
    std::vector<ValueColumn> values;
    std::vector<SumCheck> sums;
    std::string totals_column; ///< rows whose column starts with totals_prefix only add up others
    std::string totals_prefix;

    bool reference_once = false;
    bool same_row_repeats = false;
    bool expects_points = false;
    bool expects_lsoa = false;
    std::vector<std::string> required;         ///< canonical columns that may not be blank
    std::vector<std::string> known_categories; ///< empty: any

    /// Every header a file must have.
    std::vector<std::string> headers() const;
};

/// Reads one mapping. Throws std::runtime_error naming `where` and the mistake.
Mapping parse_mapping(std::string_view toml, std::string_view where);

/// The mappings in `catalogues`/sources/*.toml by name; in a later folder they replace those of an
/// earlier one.
std::vector<Mapping> load_mappings(std::span<const std::string> catalogues);

/// What a file's name says of it. `period` is one month for {month}.
struct NameParts {
    std::string owner;
    std::optional<core::Period> period;
};

/// Matches a pattern against a file's name without folder, .gz and extension; more may follow after
/// a full stop, as in "2022-02-northumbria-street.vintage-2022.csv". Nothing when it does not fit.
std::optional<NameParts> match_name(std::string_view pattern, std::string_view file_name);

/// The best mapping for a file with this header: every header it needs is there, whatever their
/// order and case; of several, one whose file name fits, then the one that uses most columns. Null
/// when there is none.
const Mapping *recognise(std::span<const Mapping> mappings,
                         std::span<const std::string_view> header, std::string_view file_name,
                         std::string_view format = "table");

} // namespace wardmote::lake
