#include "platform/web/address.hpp"

#include <algorithm>
#include <array>

namespace wardmote::web {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Length of the UTF-8 sequence that begins here, 0 when it is not one (RFC 3629, section 4).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, int low, int high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const int first = byte(0);
    if (first >= 0x01 && first <= 0x7f)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return follows(1, 0x80, 0xbf) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const int low = first == 0xe0 ? 0xa0 : 0x80;  // no overlong forms
        const int high = first == 0xed ? 0x9f : 0xbf; // no surrogates
        return follows(1, low, high) && follows(2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const int low = first == 0xf0 ? 0x90 : 0x80;
        const int high = first == 0xf4 ? 0x8f : 0xbf;
        return follows(1, low, high) && follows(2, 0x80, 0xbf) && follows(3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

bool is_text(std::string_view text) {
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size())
            return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return is_text(out) ? std::optional{out} : std::nullopt;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xfU];
    }
    return out;
}

std::optional<Fields> decoded_query(std::string_view query) {
    Fields fields;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        std::string pair{query.substr(0, end)};
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty())
            continue;
        std::ranges::replace(pair, '+', ' ');
        const auto equals = std::min(pair.find('='), pair.size());
        const std::string_view all = pair;
        auto name = percent_decoded(all.substr(0, equals));
        auto value = percent_decoded(equals < all.size() ? all.substr(equals + 1) : "");
        if (!name || !value)
            return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::optional<std::vector<std::string>> decoded_path(std::string_view path) {
    if (path.empty() || path.front() != '/')
        return std::nullopt;
    path.remove_prefix(1);
    std::vector<std::string> segments;
    if (path.empty())
        return segments;
    while (true) {
        const auto end = path.find('/');
        auto segment = percent_decoded(path.substr(0, end));
        if (!segment || *segment == "." || *segment == "..")
            return std::nullopt;
        segments.push_back(std::move(*segment));
        if (end == path.npos)
            return segments;
        path.remove_prefix(end + 1);
    }
}

} // namespace wardmote::web
