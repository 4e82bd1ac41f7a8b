#include "platform/mail/address.hpp"

#include <algorithm>
#include <vector>

#include <glib.h>

#include "engine/core/text.hpp"

namespace wardmote::mail {

namespace {

constexpr std::size_t longest_mailbox = 254; // RFC 3696, erratum 1690
constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 200;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom_character(char c) { // RFC 5322, 3.2.3
    return is_letter_or_digit(c) ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
           label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// The parts between the dots; "a..b" has an empty one.
std::vector<std::string_view> between_dots(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto dot = text.find('.');
        parts.push_back(text.substr(0, dot));
        if (dot == text.npos)
            return parts;
        text.remove_prefix(dot + 1);
    }
}

bool is_local_part(std::string_view local) {
    return local.size() <= longest_local_part &&
           std::ranges::all_of(between_dots(local), [](std::string_view atom) {
               return !atom.empty() && std::ranges::all_of(atom, is_atom_character);
           });
}

bool is_domain(std::string_view domain) {
    const auto labels = between_dots(domain);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return labels.size() >= 2 && std::ranges::all_of(labels, is_label) &&
           !std::ranges::all_of(labels.back(), is_digit); // not an IP address
}

bool is_mailbox(std::string_view text) {
    const auto at = text.rfind('@');
    return text.size() <= longest_mailbox && at != text.npos && is_local_part(text.substr(0, at)) &&
           is_domain(text.substr(at + 1));
}

bool is_one_line(std::string_view text) {
    return g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) != FALSE &&
           std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

} // namespace

std::optional<Address> Address::parse(std::string_view mailbox, std::string_view name) {
    mailbox = core::trim(mailbox);
    name = core::trim(name);
    if (!is_mailbox(mailbox) || name.size() > longest_name || !is_one_line(name))
        return std::nullopt;
    return Address{mailbox, name};
}

std::string Address::domain() const {
    return m_mailbox.substr(m_mailbox.rfind('@') + 1);
}

} // namespace wardmote::mail
