#include "engine/core/text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace wardmote::core {

namespace {

std::string grouped(std::string digits) {
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ',');
    return digits;
}

} // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<double> parse_real(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string number(std::int64_t value) {
    if (value < 0)
        return "−" + grouped(fmt::format("{}", 0 - static_cast<std::uint64_t>(value)));
    return grouped(fmt::format("{}", value));
}

std::string number(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", std::fabs(value), decimals);
    const bool nought = text.find_first_not_of("0.") == text.npos;
    const auto point = text.find('.');
    const std::string fraction = point == text.npos ? "" : text.substr(point);
    text = grouped(text.substr(0, point)) + fraction;
    return value < 0 && !nought ? "−" + text : text;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number(count), count == 1 ? one : many);
}

std::string in_words(std::int64_t value) {
    constexpr std::array words = {"nought", "one", "two",   "three", "four",
                                  "five",   "six", "seven", "eight", "nine"};
    if (value >= 0 && value < 10)
        return words[static_cast<std::size_t>(value)];
    return number(value);
}

std::string ordinal(std::int64_t value) {
    const auto tens = value % 100;
    const auto units = value % 10;
    std::string_view ending = "th";
    if (tens < 11 || tens > 13)
        ending = units == 1 ? "st" : units == 2 ? "nd" : units == 3 ? "rd" : "th";
    return number(value) + std::string{ending};
}

std::string capitalised(std::string_view text) {
    std::string result{text};
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
        result[0] = static_cast<char>(result[0] - 'a' + 'A');
    return result;
}

std::string joined(std::span<const std::string> items, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += i + 1 == items.size() ? last : std::string_view{", "};
        text += items[i];
    }
    return text;
}

std::string change_in_words(double percent, int decimals) {
    const std::string size = number(std::fabs(percent), decimals);
    if (size.find_first_not_of("0.") == size.npos)
        return "unchanged";
    return fmt::format("{} {}%", percent < 0 ? "down" : "up", size);
}

std::string csv_field(std::string_view text) {
    std::string value{text};
    const bool is_number = parse_real(text).has_value();
    if (!text.empty() && !is_number &&
        std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos)
        value.insert(0, "'");
    if (value.find_first_of("\",\r\n") == value.npos)
        return value;
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_line(std::span<const std::string> fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            line += ',';
        line += csv_field(fields[i]);
    }
    return line + "\r\n";
}

} // namespace wardmote::core
