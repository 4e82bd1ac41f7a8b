#include "platform/record/field_input.hpp"

#include <algorithm>
#include <array>

#include <date/tz.h>
#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::record {

namespace {

std::string input(const Field &field, std::string_view part) {
    return fmt::format("{}-{}", field.name, part);
}

std::optional<std::int64_t> whole(std::string_view text) {
    return core::parse_integer(core::trim(text));
}

/// "3", "03", "March" or "mar".
std::optional<unsigned> month(std::string_view text) {
    if (const auto number = whole(text)) {
        return *number >= 1 && *number <= 12 ? std::optional{static_cast<unsigned>(*number)}
                                             : std::nullopt;
    }
    const auto name = core::lower(core::trim(text));
    for (unsigned number = 1; number <= 12; ++number) {
        const core::Month month{2000, number};
        if (name == core::lower(month.name()) || name == core::lower(month.short_name())) {
            return number;
        }
    }
    return std::nullopt;
}

std::optional<core::Date> date(const Field &field, const Typed &typed) {
    const auto day = whole(typed_in(typed, input(field, "day")));
    const auto of_year = month(typed_in(typed, input(field, "month")));
    const auto year = whole(typed_in(typed, input(field, "year")));
    if (!day || !of_year || !year || *day < 1 || *day > 31 || *year < 1000 || *year > 9999) {
        return std::nullopt;
    }
    return core::Date::parse(fmt::format("{:04}-{:02}-{:02}", *year, *of_year, *day));
}

/// "8.10am", "8:10 PM", "20.10", "8am": minutes since midnight.
std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
    auto left = core::lower(core::trim(text));
    int half = -1;
    for (const auto &[ending, which] : {std::pair{"am", 0}, std::pair{"pm", 1}}) {
        if (left.ends_with(ending)) {
            half = which;
            left = std::string{core::trim(std::string_view{left}.substr(0, left.size() - 2))};
            break;
        }
    }
    const auto sign = left.find_first_of(".:");
    const auto digits = [](std::string_view part, std::size_t most) {
        const bool all = !part.empty() && part.size() <= most &&
                         std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        return all ? core::parse_integer(part) : std::nullopt;
    };
    auto hours = digits(std::string_view{left}.substr(0, sign), 2);
    const auto minutes =
        sign == left.npos
            ? (half < 0 ? std::nullopt : std::optional<std::int64_t>{0}) // "8" may be either
            : digits(std::string_view{left}.substr(sign + 1), 2);
    if (!hours || !minutes || *minutes > 59 || *hours > 23) {
        return std::nullopt;
    }
    if (half >= 0) {
        if (*hours < 1 || *hours > 12) {
            return std::nullopt;
        }
        hours = *hours % 12 + 12 * half;
    }
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
}

core::Instant in_london(core::Date date, std::chrono::minutes time) {
    const date::local_time<std::chrono::milliseconds> local{date.days().time_since_epoch() + time};
    return core::Instant{date::locate_zone("Europe/London")->to_sys(local, date::choose::earliest)};
}

/// Line ends as one character, spaces around cut off.
std::string tidied(std::string_view text, bool lines) {
    std::string tidy;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            tidy += '\n';
            i += i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0;
        } else {
            tidy += text[i] == '\t' && !lines ? ' ' : text[i];
        }
    }
    return std::string{core::trim(tidy)};
}

Read read_date(const Field &field, const Typed &typed) {
    std::vector<std::string> missing;
    for (const auto part : parts_of(field)) {
        if (core::trim(typed_in(typed, input(field, part))).empty()) {
            missing.emplace_back(part);
        }
    }
    if (missing.size() == parts_of(field).size()) {
        return {};
    }
    if (!missing.empty()) {
        return {{}, fmt::format("{} must include a {}", field.label, core::joined(missing))};
    }
    const auto day = date(field, typed);
    if (!day) {
        return {{}, fmt::format("{} must be a real date", field.label)};
    }
    if (field.kind == Kind::date) {
        return {day->iso(), {}};
    }
    const auto time = time_of_day(typed_in(typed, input(field, "time")));
    if (!time) {
        return {{}, fmt::format("{} must include a time, like 9.30am", field.label)};
    }
    return {in_london(*day, *time).iso(), {}};
}

} // namespace

std::vector<std::string_view> parts_of(const Field &field) {
    if (field.kind == Kind::date) {
        return {"day", "month", "year"};
    }
    if (field.kind == Kind::moment) {
        return {"day", "month", "year", "time"};
    }
    return {};
}

std::vector<std::string> inputs_of(const Field &field) {
    std::vector<std::string> names;
    for (const auto part : parts_of(field)) {
        names.push_back(input(field, part));
    }
    if (names.empty()) {
        names.emplace_back(field.name);
    }
    return names;
}

std::vector<std::string_view> wrong_parts(const Field &field, const Typed &typed) {
    const auto parts = parts_of(field);
    std::vector<std::string_view> missing;
    for (const auto part : parts) {
        if (core::trim(typed_in(typed, input(field, part))).empty()) {
            missing.push_back(part);
        }
    }
    if (!missing.empty() && missing.size() < parts.size()) {
        return missing;
    }
    if (field.kind == Kind::moment && date(field, typed) &&
        !time_of_day(typed_in(typed, input(field, "time")))) {
        return {"time"};
    }
    return parts;
}

std::string_view typed_in(const Typed &typed, std::string_view name) {
    const auto found = typed.find(name);
    return found == typed.end() ? std::string_view{} : std::string_view{found->second};
}

void type(const Field &field, const Value &value, Typed &typed) {
    for (const auto &name : inputs_of(field)) {
        typed[name].clear();
    }
    if (db::is_nothing(value)) {
        return;
    }
    const auto type_date = [&](core::Date date) {
        typed[input(field, "day")] = std::to_string(date.day());
        typed[input(field, "month")] = std::to_string(date.month());
        typed[input(field, "year")] = std::to_string(date.year());
    };
    const std::string name{field.name};
    switch (field.kind) {
    case Kind::date:
        type_date(core::Date::parse(db::text_of(value)).value());
        break;
    case Kind::moment: {
        const auto instant = core::Instant::parse(db::text_of(value)).value();
        type_date(instant.london_date());
        const auto words = instant.text(); // "2 February 2015 at 8.10am"
        typed[input(field, "time")] = words.substr(words.rfind(' ') + 1);
        break;
    }
    case Kind::money: {
        const auto pence = db::integer_of(value);
        const auto size =
            pence < 0 ? 0 - static_cast<std::uint64_t>(pence) : static_cast<std::uint64_t>(pence);
        typed[name] = fmt::format("{}{}", pence < 0 ? "-" : "", size / 100);
        if (size % 100 != 0) {
            typed[name] += fmt::format(".{:02}", size % 100);
        }
        break;
    }
    case Kind::yes_no:
        typed[name] = db::integer_of(value) != 0 ? "yes" : "no";
        break;
    default:
        typed[name] = db::text_of(value);
    }
}

Read read(const Field &field, const Typed &typed) {
    if (!parts_of(field).empty()) {
        return read_date(field, typed);
    }
    auto text = tidied(typed_in(typed, field.name), field.kind == Kind::paragraph);
    if (text.empty()) {
        // A member that is only yes or no cannot be left open: unsaid is no.
        const bool no = field.kind == Kind::yes_no && !is_needed(field) && !field.optional;
        return {no ? Value{std::int64_t{0}} : Value{}, {}};
    }
    switch (field.kind) {
    case Kind::integer:
        std::erase(text, ',');
        if (const auto number = core::parse_integer(text)) {
            return {*number, {}};
        }
        return {{}, fmt::format("{} must be a whole number, like 12", field.label)};
    case Kind::money:
        if (const auto money = core::Money::parse(text)) {
            return {money->pence(), {}};
        }
        return {{}, fmt::format("{} must be an amount of money, like £1,250.50", field.label)};
    case Kind::yes_no:
        if (text == "yes" || text == "no") {
            return {std::int64_t{text == "yes" ? 1 : 0}, {}};
        }
        return {{}, fmt::format("{} must be yes or no", field.label)};
    default:
        return {std::move(text), {}};
    }
}

bool is_needed(const Field &field) {
    return field.rules.required || (!field.optional && field.kind != Kind::yes_no);
}

} // namespace wardmote::record
