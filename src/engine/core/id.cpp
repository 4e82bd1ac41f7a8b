#include "engine/core/id.hpp"

#include <sodium.h>

namespace wardmote::core {

Id Id::make(const Clock &clock) {
    Bytes bytes;
    randombytes_buf(bytes.data(), bytes.size());
    const auto millis = static_cast<std::uint64_t>(clock.now().time().time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>(0x70U | (bytes[6] & 0x0FU)); // version 7
    bytes[8] = static_cast<std::uint8_t>(0x80U | (bytes[8] & 0x3FU)); // variant of RFC 9562
    return Id{bytes};
}

std::optional<Id> Id::parse(std::string_view text) {
    if (text.size() != 36)
        return std::nullopt;
    Bytes bytes{};
    std::size_t digit = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash_place != (text[i] == '-'))
            return std::nullopt;
        if (dash_place)
            continue;
        const char c = text[i];
        int value = -1;
        if (c >= '0' && c <= '9')
            value = c - '0';
        else if (c >= 'a' && c <= 'f')
            value = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            value = c - 'A' + 10;
        if (value < 0)
            return std::nullopt;
        bytes[digit / 2] = static_cast<std::uint8_t>(bytes[digit / 2] << 4 | value);
        ++digit;
    }
    return Id{bytes};
}

Instant Id::made() const {
    std::int64_t millis = 0;
    for (std::size_t i = 0; i < 6; ++i)
        millis = millis << 8 | m_bytes[i];
    return Instant{Instant::Milliseconds{std::chrono::milliseconds{millis}}};
}

std::string Id::text() const {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < m_bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += hex[m_bytes[i] >> 4];
        text += hex[m_bytes[i] & 0x0F];
    }
    return text;
}

} // namespace wardmote::core
