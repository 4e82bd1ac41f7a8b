#include "platform/db/value.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::db {

std::string text_of(const Value &value) {
    if (const auto *text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*integer);
    }
    if (const auto *real = std::get_if<double>(&value)) {
        return fmt::format("{}", *real); // the shortest that reads back the same
    }
    return {};
}

std::int64_t integer_of(const Value &value) {
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        return *integer;
    }
    if (const auto *text = std::get_if<std::string>(&value)) {
        if (const auto parsed = core::parse_integer(*text)) {
            return *parsed;
        }
    }
    throw std::runtime_error("a whole number was expected from the database");
}

const Value &Row::operator[](std::string_view column) const {
    const auto found = std::ranges::find(*m_columns, column);
    if (found == m_columns->end()) {
        throw std::out_of_range(fmt::format("the answer has no column {}", column));
    }
    return m_values[static_cast<std::size_t>(found - m_columns->begin())];
}

std::optional<std::string> Row::optional_text(std::string_view column) const {
    const auto &value = (*this)[column];
    return is_nothing(value) ? std::nullopt : std::optional{text_of(value)};
}

std::optional<std::int64_t> Row::optional_integer(std::string_view column) const {
    const auto &value = (*this)[column];
    return is_nothing(value) ? std::nullopt : std::optional{integer_of(value)};
}

} // namespace wardmote::db
