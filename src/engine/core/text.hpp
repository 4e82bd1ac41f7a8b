/// How numbers, changes and lists are put into words, and how words are read as numbers.
///
/// The words follow one style everywhere: "1,250", "down 24.0%", "Carfax, Holywell and North".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::core {

std::string_view trim(std::string_view text);
std::string lower(std::string_view text); ///< ASCII letters only

/// The whole of `text` as an integer, or nothing.
std::optional<std::int64_t> parse_integer(std::string_view text);
/// The whole of `text` as a finite decimal number, or nothing.
std::optional<double> parse_real(std::string_view text);

std::string number(std::int64_t value);         ///< 1234 is "1,234"; a minus is U+2212
std::string number(double value, int decimals); ///< 1234.56, 1 is "1,234.6"
std::string counted(std::int64_t count, std::string_view one,
                    std::string_view many);     ///< "1 row", "3 rows"
std::string in_words(std::int64_t value);       ///< "five"; from ten up, digits
std::string ordinal(std::int64_t value);        ///< "1st", "22nd"
std::string capitalised(std::string_view text); ///< the first ASCII letter made a capital
/// "a", "a and b", "a, b and c".
std::string joined(std::span<const std::string> items, std::string_view last = " and ");

/// "down 24.0%" or "up 5%"; nought is "unchanged". The size is `percent` rounded to `decimals`.
std::string change_in_words(double percent, int decimals);

/// A CSV field, quoted when RFC 4180 needs it. Text that a spreadsheet would run as a formula gets
/// a leading apostrophe, so that a downloaded file cannot attack its reader.
std::string csv_field(std::string_view text);
/// One CSV line from fields, ended by CR LF.
std::string csv_line(std::span<const std::string> fields);

} // namespace wardmote::core
