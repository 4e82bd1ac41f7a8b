/// A table as a file of another program holds it: rows of cells, all of them text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wardmote::core {

struct SheetRow {
    std::uint64_t line = 0; ///< as a spreadsheet program or an editor counts it, from 1
    std::vector<std::string> cells;
    std::string problem; ///< why it could not be read ("a quote is never closed"), or empty
};

/// Rows in their order, those without any text left out.
struct Sheet {
    std::string name; ///< empty: the file has but one
    std::vector<SheetRow> rows;
};

/// The sheets of a file, or a sentence that says why it cannot be read.
using SheetsRead = std::variant<std::vector<Sheet>, std::string>;

/// Reads a file that somebody sent. `name` is what they call it.
using SheetReader = std::function<SheetsRead(std::string_view name, std::string_view bytes)>;

} // namespace wardmote::core
