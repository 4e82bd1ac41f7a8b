#include "engine/core/money.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::core {

std::optional<Money> Money::parse(std::string_view text) {
    text = trim(text);
    const bool negative = text.starts_with('-');
    if (negative)
        text.remove_prefix(1);
    if (text.starts_with("£"))
        text.remove_prefix(std::string_view{"£"}.size());

    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == text.npos ? "" : text.substr(point + 1);
    if (whole.empty() || (point != text.npos && (fraction.empty() || fraction.size() > 2)))
        return std::nullopt;

    std::string digits;
    const bool grouped = whole.find(',') != whole.npos;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const bool comma_place = grouped && (whole.size() - i) % 4 == 0;
        if (comma_place != (whole[i] == ','))
            return std::nullopt;
        if (!comma_place)
            digits += whole[i];
    }
    digits += fraction;
    digits.append(2 - fraction.size(), '0');
    const auto pence = parse_integer(digits);
    if (!pence || digits.find_first_not_of("0123456789") != digits.npos)
        return std::nullopt;
    return Money{negative ? -*pence : *pence};
}

Money Money::share(std::int64_t basis_points) const {
    const std::int64_t product = m_pence * basis_points;
    const std::int64_t half = product < 0 ? -5'000 : 5'000;
    return Money{(product + half) / 10'000};
}

std::string Money::text() const {
    const std::int64_t size = m_pence < 0 ? -m_pence : m_pence;
    const std::string_view sign = m_pence < 0 ? "−" : "";
    if (size % 100 == 0)
        return fmt::format("{}£{}", sign, number(size / 100));
    return fmt::format("{}£{}.{:02}", sign, number(size / 100), size % 100);
}

} // namespace wardmote::core
