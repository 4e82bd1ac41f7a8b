/// The reader of mappings in TOML, and the matching of file names by what they say.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "engine/lake/date_form.hpp"
#include "engine/lake/mapping.hpp"

namespace lake = wardmote::lake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char *>(data), size};
    try {
        const auto mapping = lake::parse_mapping(text, "fuzz.toml");
        for (const auto &name : mapping.file_names) {
            lake::match_name(name, "2025-01-thames-valley-street.csv.gz");
        }
        for (const auto &form : mapping.date_forms) {
            lake::DateForm{form}.read("2014-12-31");
        }
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
