/// Reads a small spreadsheet or CSV file that lies in memory, whole: for files that people send.
#pragma once

#include <string_view>

#include "engine/core/sheet.hpp"

namespace wardmote::lake {

struct SheetLimits {
    std::size_t rows = 10'000; ///< with text in them, of one sheet
    std::size_t columns = 100;
    std::size_t cell = 10'000; ///< bytes
    std::uint64_t unpacked = 100'000'000;
};

/// An XLSX, ODS or CSV file, told by its bytes and not by its name. Cells are as
/// open_spreadsheet() and CsvReader give them, spaces around cut off; a formula is what it came to
/// when the file was saved.
core::SheetsRead read_sheets(std::string_view name, std::string_view bytes,
                             const SheetLimits &limits = {});

} // namespace wardmote::lake
