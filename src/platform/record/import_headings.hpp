/// Which row of somebody's sheet holds its headings, and which column is which field of a record.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/sheet.hpp"
#include "platform/record/description.hpp"

namespace wardmote::record {

/// Letters and digits in lower case, other signs of ASCII as one space: what is compared when
/// people write one thing in several ways.
std::string folded(std::string_view text);

/// The fields that a file may fill: those that a form of a new record asks for.
std::vector<const Field *> importable_fields(const Description &what);

/// The place among Sheet::rows of the row with the headings: of the first thirty with two cells the
/// one that names most fields, or else the first of them. A lone cell above a table is a title.
std::size_t heading_row(const core::Sheet &sheet, const Description &what);

/// One for each column that has a heading or a cell below it; "Column D" where there is none.
std::vector<std::string> headings_of(const core::Sheet &sheet, std::size_t row);

/// For each heading the name of the field it most likely is, each field once; empty: none.
std::vector<std::string> guessed_fields(const Description &what,
                                        std::span<const std::string> headings);

/// The columns that are put behind those of a file when its refused rows are given back.
inline constexpr std::string_view row_heading = "Row in the file";
inline constexpr std::string_view reason_heading = "Why it was not brought in";

/// The same for the same headings in the same order, whatever their capitals and signs, and
/// whether or not the file is one of refused rows that was given back.
std::string fingerprint(std::span<const std::string> headings);

/// "A", "Z", "AA": as spreadsheet programs name the column of this place, from 0.
std::string column_letters(std::size_t column);

} // namespace wardmote::record
