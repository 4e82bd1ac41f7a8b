/// The reader of CSV: whatever the bytes, every line is passed exactly once and every field lies
/// inside its row.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "engine/lake/csv.hpp"

namespace lake = wardmote::lake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    lake::Meter meter{lake::open_text({reinterpret_cast<const char *>(data), size})};
    try {
        lake::CsvReader reader{meter, "fuzz.csv", lake::CsvOptions{.record_limit = 4096}};
        lake::Row row;
        std::size_t characters = 0;
        while (reader.next(row)) {
            for (const std::string_view field : row.fields) {
                characters += field.size();
                if (!lake::is_utf8(field)) {
                    std::abort();
                }
            }
        }
        if (reader.lines() != meter.lines() || characters > 4 * size + 16) {
            std::abort();
        }
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
