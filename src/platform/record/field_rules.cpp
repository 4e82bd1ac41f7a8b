/// The rules of a field, and the sentences that say how to mend what breaks them.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/record/field_input.hpp"

namespace wardmote::record {

namespace {

/// The number of characters of a text, or nothing when it is not UTF-8 or holds what no form can
/// show: NUL, other control characters.
std::optional<std::size_t> characters(std::string_view text, bool lines) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80                     ? 1
                                   : first >= 0xC2 && first <= 0xDF ? 2
                                   : first >= 0xE0 && first <= 0xEF ? 3
                                   : first >= 0xF0 && first <= 0xF4 ? 4
                                                                    : 0;
        if (length == 0 || i + length > text.size()) {
            return std::nullopt;
        }
        char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80) {
                return std::nullopt;
            }
            point = (point << 6U) | (next & 0x3FU);
        }
        constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
        const bool line_end = lines && (point == '\n' || point == '\t');
        const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
        if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ||
            (control && !line_end)) {
            return std::nullopt;
        }
        i += length;
    }
    return count;
}

/// "What the post is called" as it stands inside a sentence; "NHS number" stays.
std::string inside(std::string_view label) {
    std::string words{label.ends_with('?') ? label.substr(0, label.size() - 1) : label};
    const bool abbreviation = words.size() > 1 && words[1] >= 'A' && words[1] <= 'Z';
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z' && !abbreviation) {
        words[0] = static_cast<char>(words[0] - 'A' + 'a');
    }
    return words;
}

/// The same after "Enter": "what the post is called", "the date it began".
std::string after_verb(std::string_view label) {
    constexpr auto alone = std::to_array<std::string_view>(
        {"what", "who", "whom", "whose", "when", "where", "why", "how", "which", "whether", "the",
         "a", "an", "any", "its", "their", "this", "your"});
    const auto words = inside(label);
    const auto first = std::string_view{words}.substr(0, words.find(' '));
    return std::ranges::find(alone, first) != alone.end() ? words : "the " + words;
}

std::string missing(const Field &field) {
    switch (field.kind) {
    case Kind::yes_no:
        return fmt::format("Select yes or no: {}", inside(field.label));
    case Kind::choice:
    case Kind::reference:
        return fmt::format("Select {}", after_verb(field.label));
    default:
        return fmt::format("Enter {}", after_verb(field.label));
    }
}

std::string outside(const Field &field, std::int64_t number) {
    const auto words = [&](std::int64_t limit) {
        return field.kind == Kind::money ? core::Money::pence(limit).text() : core::number(limit);
    };
    const auto &[least, most] = std::tie(field.rules.least, field.rules.most);
    if ((!least || number >= *least) && (!most || number <= *most)) {
        return {};
    }
    if (least && most) {
        return fmt::format("{} must be between {} and {}", field.label, words(*least),
                           words(*most));
    }
    return least ? fmt::format("{} must be {} or more", field.label, words(*least))
                 : fmt::format("{} must be {} or {}", field.label, words(*most),
                               field.kind == Kind::money ? "less" : "fewer");
}

/// Something, an at sign, and a domain with a dot in it; whether it is theirs only a message tells.
bool is_email(std::string_view text) {
    const auto at = text.find('@');
    const auto domain = at == text.npos ? std::string_view{} : text.substr(at + 1);
    return at != 0 && !domain.empty() && domain.find('@') == domain.npos &&
           text.find(' ') == text.npos && domain.find('.') != domain.npos &&
           !domain.starts_with('.') && !domain.ends_with('.') && !text.starts_with('.') &&
           text.find("..") == text.npos && text.find_first_of("<>()[],;:\\\"") == text.npos;
}

std::string broken_text_rule(const Field &field, const std::string &text) {
    const auto length = characters(text, field.kind == Kind::paragraph);
    if (!length) {
        return fmt::format("{} includes a character that cannot be kept. Type it again",
                           field.label);
    }
    if (*length > static_cast<std::size_t>(field.rules.max_length)) {
        return fmt::format("{} must be {} characters or fewer", field.label,
                           core::number(std::int64_t{field.rules.max_length}));
    }
    if (field.kind == Kind::email && !is_email(text)) {
        return fmt::format("{} must be an e-mail address, like name@example.com", field.label);
    }
    return {};
}

} // namespace

std::string broken_rule(const Field &field, const Value &value, const References &references) {
    if (db::is_nothing(value)) {
        return is_needed(field) ? missing(field) : std::string{};
    }
    const auto *text = std::get_if<std::string>(&value);
    const bool number =
        field.kind == Kind::integer || field.kind == Kind::money || field.kind == Kind::yes_no;
    if (number != std::holds_alternative<std::int64_t>(value) || number == (text != nullptr)) {
        return fmt::format("{} is of the wrong type", field.label);
    }
    switch (field.kind) {
    case Kind::integer:
    case Kind::money:
        return outside(field, std::get<std::int64_t>(value));
    case Kind::yes_no:
        return {};
    case Kind::date:
        return core::Date::parse(*text) ? std::string{}
                                        : fmt::format("{} must be a real date", field.label);
    case Kind::moment:
        return core::Instant::parse(*text)
                   ? std::string{}
                   : fmt::format("{} must be a real date and time", field.label);
    case Kind::choice:
        return std::ranges::find(field.rules.choices, *text, &Choice::value) !=
                       field.rules.choices.end()
                   ? std::string{}
                   : missing(field);
    case Kind::reference:
        return characters(*text, false) && references.find(field.rules.refers_to, *text)
                   ? std::string{}
                   : missing(field);
    default:
        return broken_text_rule(field, *text);
    }
}

} // namespace wardmote::record
