/// Answers of the police API: rows of one width, or a refusal.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "engine/lake/json_rows.hpp"

namespace lake = wardmote::lake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    try {
        const auto rows =
            lake::open_json({reinterpret_cast<const char *>(data), size}, "fuzz.json");
        lake::Row row;
        std::size_t width = 0;
        for (bool first = true; rows->next(row); first = false) {
            if (!first && row.fields.size() != width) {
                std::abort();
            }
            width = row.fields.size();
        }
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
