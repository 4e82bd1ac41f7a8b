#include "platform/record/import_cell.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/record/field_input.hpp"
#include "platform/record/import_headings.hpp"

namespace wardmote::record {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A date and perhaps a time, as the inputs of a form have them; not yet a real day.
struct Parts {
    std::string day, month, year, time;
};

/// "42037.395833": the days since 30 December 1899, as spreadsheets count them. Only from 1927 to
/// 2199, so that a year or an amount is not taken for a day.
std::optional<Parts> from_serial(std::string_view text) {
    const bool numeric = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
    const auto serial = numeric ? core::parse_real(text) : std::nullopt;
    if (!serial || *serial < 10'000 || *serial >= 109'500) {
        return std::nullopt;
    }
    const auto minutes = std::llround((*serial - std::floor(*serial)) * 24 * 60);
    const auto date = core::Date{1899, 12, 30}.plus_days(static_cast<int>(*serial) +
                                                         static_cast<int>(minutes / (24 * 60)));
    const auto left = minutes % (24 * 60);
    return Parts{std::to_string(date.day()), std::to_string(date.month()),
                 std::to_string(date.year()), fmt::format("{:02}.{:02}", left / 60, left % 60)};
}

/// Runs of digits and runs of letters; whatever is between them is left out.
std::vector<std::string> tokens_of(std::string_view text) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const auto fits = is_digit(text[i]) ? is_digit : is_letter;
        auto end = i;
        while (end < text.size() && fits(text[end])) {
            ++end;
        }
        if (end > i) {
            tokens.push_back(core::lower(text.substr(i, end - i)));
        }
        i = std::max(end, i + 1);
    }
    return tokens;
}

/// A weekday, the ending of "2nd", or the T and Z of ISO 8601.
bool is_idle(std::string_view token) {
    constexpr auto endings =
        std::to_array<std::string_view>({"st", "nd", "rd", "th", "t", "z", "of", "at", "the"});
    constexpr auto days = std::to_array<std::string_view>(
        {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
    return std::ranges::find(endings, token) != endings.end() ||
           (token.size() >= 3 && std::ranges::any_of(days, [&](std::string_view day) {
                return day.starts_with(token);
            }));
}

/// Two figures of a year: from 1970 to 2069.
std::string whole_year(const std::string &year) {
    return year.size() == 2 ? (year < "70" ? "20" : "19") + year : year;
}

/// "2 February 2015", "02/02/2015", "Mon 2nd Feb 15", "2015-02-02 09:30:00": day before month,
/// unless the month is a word or the year comes first.
std::optional<Parts> from_words(std::string_view text) {
    auto tokens = tokens_of(text);
    std::erase_if(tokens, is_idle);
    if (tokens.size() < 3) {
        return std::nullopt;
    }
    Parts parts;
    if (tokens[0].size() == 4 && is_digit(tokens[0][0])) {
        parts = {tokens[2], tokens[1], tokens[0], {}};
    } else if (is_letter(tokens[0][0])) {
        parts = {tokens[1], tokens[0], whole_year(tokens[2]), {}};
    } else {
        parts = {tokens[0], tokens[1], whole_year(tokens[2]), {}};
    }
    if (parts.year.size() != 4 || !is_digit(parts.day[0]) || !is_digit(parts.year[0])) {
        return std::nullopt;
    }
    if (tokens.size() > 3) {
        parts.time = tokens[3];
        if (tokens.size() > 4 && is_digit(tokens[4][0])) {
            parts.time += "." + tokens[4];
        }
        if (is_letter(tokens.back()[0])) {
            parts.time += tokens.back();
        }
    }
    return parts;
}

CellInput date_input(const Field &field, std::string_view cell) {
    auto parts = from_serial(cell);
    if (!parts) {
        parts = from_words(cell);
    }
    if (!parts) {
        return {.inputs = {},
                .problem = fmt::format("{} must be a date, such as 2 February 2015", field.label)};
    }
    CellInput input;
    const auto inputs = inputs_of(field);
    const std::array values{&parts->day, &parts->month, &parts->year, &parts->time};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        input.inputs.emplace_back(inputs[i], *values.at(i));
    }
    return input;
}

/// "(£1,250)" is "-1250"; "12.0" and "£ 12" are "12"; what is no amount stays as it is.
std::string amount(std::string_view cell) {
    std::string text{cell};
    const bool in_brackets = text.size() > 2 && text.front() == '(' && text.back() == ')';
    if (in_brackets) {
        text = "-" + text.substr(1, text.size() - 2);
    }
    std::erase(text, ' ');
    if (text.starts_with("GBP")) {
        text.erase(0, 3);
    }
    const auto point = text.rfind('.');
    if (point != text.npos && point > 0 && point + 1 < text.size() &&
        text.find_first_not_of('0', point + 1) == text.npos) {
        text.erase(point);
    }
    return text;
}

std::string yes_or_no(std::string_view cell) {
    constexpr auto yes = std::to_array<std::string_view>({"yes", "y", "true", "1", "x", "✓", "✔"});
    constexpr auto no = std::to_array<std::string_view>({"no", "n", "false", "0"});
    const auto word = folded(cell);
    return std::ranges::find(yes, word) != yes.end() ? "yes"
           : std::ranges::find(no, word) != no.end() ? "no"
                                                     : std::string{cell};
}

/// What people put where there is nothing: in a field of words it may be meant.
bool says_nothing(const Field &field, std::string_view cell) {
    if (field.kind == Kind::text || field.kind == Kind::paragraph) {
        return cell.empty();
    }
    constexpr auto nothing = std::to_array<std::string_view>({"", "-", "–", "—", "n/a", "N/A"});
    return std::ranges::find(nothing, cell) != nothing.end();
}

} // namespace

NameBook::NameBook(const Description &what, const References &references, Answers answers)
    : m_answers{std::move(answers)} {
    for (const auto *field : importable_fields(what)) {
        auto &all = m_all[field->name];
        auto &names = m_names[field->name];
        if (field->kind == Kind::choice) {
            for (const auto &choice : field->rules.choices) {
                all.emplace_back(choice.value, choice.words);
                names.emplace(folded(choice.words), choice.value);
                if (folded(choice.words) != folded(choice.value)) {
                    names.emplace(folded(choice.value), choice.value);
                }
            }
        } else if (field->kind == Kind::reference) {
            for (const auto &each : references.candidates(field->rules.refers_to)) {
                all.emplace_back(each.id, each.title);
                names.emplace(folded(each.title), each.id);
            }
        }
    }
}

bool NameBook::can_mean(const Field &field, const std::string &value) const {
    const auto names = m_all.find(field.name);
    return names != m_all.end() &&
           std::ranges::find(names->second, value, &std::pair<std::string, std::string>::first) !=
               names->second.end();
}

NameBook::Meaning NameBook::meaning(const Field &field, std::string_view name) const {
    const auto key = folded(name);
    if (const auto answered = m_answers.find(field.name); answered != m_answers.end()) {
        const auto answer = answered->second.find(key);
        // What was answered long ago may be there no longer: then it is asked again.
        if (answer != answered->second.end() &&
            (answer->second.empty() || can_mean(field, answer->second))) {
            return {answer->second, 1};
        }
    }
    const auto names = m_names.find(field.name);
    if (names == m_names.end()) {
        return {{}, 0};
    }
    const auto [from, to] = names->second.equal_range(key);
    const auto count = static_cast<int>(std::distance(from, to));
    return {count == 1 ? from->second : std::string{}, count};
}

const std::vector<std::pair<std::string, std::string>> &NameBook::all(const Field &field) const {
    return m_all.at(field.name);
}

CellInput cell_input(const Field &field, std::string_view cell, const NameBook &names) {
    cell = core::trim(cell);
    if (says_nothing(field, cell)) {
        return {};
    }
    const auto typed = [&](std::string text) {
        return CellInput{.inputs = {{std::string{field.name}, std::move(text)}}, .problem = {}};
    };
    switch (field.kind) {
    case Kind::date:
    case Kind::moment:
        return date_input(field, cell);
    case Kind::integer:
    case Kind::money:
        return typed(amount(cell));
    case Kind::yes_no:
        return typed(yes_or_no(cell));
    case Kind::choice:
    case Kind::reference: {
        auto meaning = names.meaning(field, cell);
        if (meaning.of == 1) {
            return meaning.value.empty() ? CellInput{} : typed(std::move(meaning.value));
        }
        return {.inputs = {},
                .problem = fmt::format(
                    "{}: {} “{}”", field.label,
                    meaning.of == 0 ? "nothing here is called" : "several are called", cell),
                .unknown = true};
    }
    case Kind::text: {
        std::string line{cell};
        std::ranges::replace(line, '\n', ' ');
        std::ranges::replace(line, '\r', ' ');
        return typed(std::move(line));
    }
    default:
        return typed(std::string{cell});
    }
}

} // namespace wardmote::record
