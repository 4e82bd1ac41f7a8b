/// The readers of the law's TOML: parameters, bank holidays, and the counting that rests on them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "platform/law/parameters.hpp"

namespace core = wardmote::core;
namespace law = wardmote::law;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char *>(data), size};
    law::BankHolidays holidays;
    try {
        holidays = law::BankHolidays::parse(text, "fuzz.toml");
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    try {
        const auto parameters = law::Parameters::parse(text, "fuzz.toml");
        for (const auto &row : parameters.rows()) {
            row.in_words();
            if (parameters.by_id(row.id) == nullptr ||
                parameters.find(row.key, row.valid_from, row.area) == nullptr) {
                std::abort(); // a row that was read must be found
            }
            if (row.unit < law::Unit::working_days) {
                law::due(row, core::Date{2026, 3, 2}, holidays);
            }
        }
    } catch (const std::runtime_error &) { // refused with a sentence
    }
    return 0;
}
