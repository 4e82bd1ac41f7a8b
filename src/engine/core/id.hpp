/// Identifiers of records: UUID version 7, so that they sort by the time they were made (RFC
/// 9562, 5.7).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/clock.hpp"

namespace wardmote::core {

class Id {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    explicit Id(const Bytes &bytes)
        : m_bytes{bytes} {}
    /// A new one, of this moment and 74 random bits from the system's generator.
    static Id make(const Clock &clock);
    /// Reads the usual form, "0193a5a0-7c1e-7abc-8def-0123456789ab", in either case.
    static std::optional<Id> parse(std::string_view text);

    const Bytes &bytes() const { return m_bytes; }
    Instant made() const;
    std::string text() const;

    auto operator<=>(const Id &) const = default;

private:
    Bytes m_bytes;
};

} // namespace wardmote::core
