/// Money in whole pence: never in floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wardmote::core {

class Money {
public:
    constexpr Money() = default;
    static constexpr Money pence(std::int64_t pence) { return Money{pence}; }
    static constexpr Money pounds(std::int64_t pounds) { return Money{pounds * 100}; }
    /// Reads "1250", "£1,250", "1,250.5" and "-£3.07"; three decimals, or commas not between groups
    /// of three, are refused.
    static std::optional<Money> parse(std::string_view text);

    constexpr std::int64_t pence() const { return m_pence; }
    constexpr Money operator+(Money other) const { return Money{m_pence + other.m_pence}; }
    constexpr Money operator-(Money other) const { return Money{m_pence - other.m_pence}; }
    constexpr Money operator-() const { return Money{-m_pence}; }
    /// This share of the amount, in hundredths of a per cent, halves rounded away from nought.
    Money share(std::int64_t basis_points) const;

    std::string text() const; ///< "£1,250", or "£1,250.50" where there are pence; "−£3.07"

    constexpr auto operator<=>(const Money &) const = default;

private:
    explicit constexpr Money(std::int64_t pence)
        : m_pence{pence} {}
    std::int64_t m_pence = 0;
};

} // namespace wardmote::core
