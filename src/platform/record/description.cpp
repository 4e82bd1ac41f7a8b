#include "platform/record/description.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace wardmote::record {

std::size_t Description::index(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &Field::name);
    if (found == fields.end()) {
        throw std::logic_error(fmt::format("{} has no field {}", table, name));
    }
    return static_cast<std::size_t>(found - fields.begin());
}

} // namespace wardmote::record
