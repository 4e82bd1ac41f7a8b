/// A spreadsheet or CSV file that somebody sends: whatever the bytes, it is read within its limits
/// or refused with a sentence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "engine/lake/csv.hpp"
#include "engine/lake/sheets.hpp"

namespace lake = wardmote::lake;
namespace core = wardmote::core;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const lake::SheetLimits limits{.rows = 100, .columns = 10, .cell = 50, .unpacked = 1'000'000};
    const auto read =
        lake::read_sheets("fuzz", {reinterpret_cast<const char *>(data), size}, limits);
    if (const auto *sentence = std::get_if<std::string>(&read)) {
        if (sentence->empty()) {
            std::abort();
        }
        return 0;
    }
    for (const auto &sheet : std::get<std::vector<core::Sheet>>(read)) {
        if (sheet.rows.empty() || sheet.rows.size() > limits.rows) {
            std::abort();
        }
        for (const auto &row : sheet.rows) {
            if (row.cells.size() > limits.columns) {
                std::abort();
            }
            for (const auto &cell : row.cells) {
                if (cell.size() > limits.cell || !lake::is_utf8(cell)) {
                    std::abort();
                }
            }
        }
    }
    return 0;
}
