/// Rows of fields, wherever they come from: a CSV file, a sheet of a spreadsheet, an answer in
/// JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::lake {

/// One row as read. Everything it points to lives until the next row is asked for.
struct Row {
    std::uint64_t line = 0;                   ///< where it starts in its source, from 1
    std::span<const std::string_view> fields; ///< unquoted, in the source's order
    std::string_view
        raw; ///< as it stood, without its line end; empty where the source has no text of its own
    std::string_view problem; ///< why the row cannot be read ("a quote is never closed"), or empty
};

/// Gives rows one after another, header lines and title lines included, in bounded memory.
class RowSource {
public:
    virtual ~RowSource() = default;
    /// False at the end. Throws std::runtime_error when the source itself is damaged.
    virtual bool next(Row &row) = 0;
};

/// The names of the sheets of an .xlsx or .ods file, in their order.
std::vector<std::string> spreadsheet_sheets(const std::string &path);

/// Rows of one sheet: dates as "2014-12-31", whole numbers without decimals, other numbers as short
/// as they are exact, empty cells as "". Row::line is the row number that a spreadsheet program
/// shows. Written in spreadsheet.cpp.
std::unique_ptr<RowSource> open_spreadsheet(const std::string &path, const std::string &sheet);

} // namespace wardmote::lake
