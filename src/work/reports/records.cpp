#include "work/reports/records.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "engine/core/text.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

namespace wardmote::reports {

namespace {

using document::Item;

[[noreturn]] void fail(const std::string &path, const toml::node &node, std::string_view reason) {
    throw std::runtime_error{
        fmt::format("{}, line {}: {}", path, node.source().begin.line, reason)};
}

/// Words, a number or a date of the file, as words; a date keeps its order of year, month, day.
std::string words_of(const std::string &path, const toml::node &node) {
    if (const auto words = node.value_exact<std::string>())
        return *words;
    if (const auto number = node.value_exact<std::int64_t>())
        return std::to_string(*number);
    if (const auto date = node.value_exact<toml::date>())
        return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
    fail(path, node, "words in quotes, a whole number or a date must stand here.");
}

/// What an entry is called when it stands alone in a list.
std::string name_of(const Item &item) {
    for (const auto *field : {"text", "title", "name"})
        if (const auto found = item.find(field); found != item.end())
            return found->second;
    if (const auto found = item.find("date"); found != item.end())
        if (const auto date = core::Date::parse(found->second))
            return date->text();
    return {};
}

Item item_of(const std::string &path, const toml::node &node) {
    Item item;
    if (const auto *table = node.as_table()) {
        for (const auto &[key, value] : *table)
            item[std::string{key.str()}] = words_of(path, value);
        if (const auto date = item.find("date"); date != item.end())
            item.emplace("year", date->second.substr(0, 4));
    } else {
        item["text"] = words_of(path, node);
    }
    if (const auto name = name_of(item); !name.empty())
        item["text"] = name;
    else
        fail(path, node, "an entry needs a text, a title, a name or a date.");
    return item;
}

} // namespace

Records Records::read(const std::string &path) {
    Records records;
    if (!std::filesystem::exists(path))
        return records;
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error &error) {
        throw std::runtime_error{fmt::format("{}, line {}: {}", path, error.source().begin.line,
                                             std::string{error.description()})};
    }
    records.m_present = true;
    const auto take = [&](const std::string &name, const toml::node &node) {
        if (const auto *list = node.as_array())
            for (const auto &entry : *list)
                records.m_lists[name].push_back(item_of(path, entry));
        else
            records.m_texts[name] = words_of(path, node);
    };
    for (const auto &[key, node] : file) {
        const std::string name{key.str()};
        if (const auto *table = node.as_table())
            for (const auto &[field, value] : *table)
                take(name + "." + std::string{field.str()}, value);
        else
            take(name, node);
    }
    return records;
}

std::optional<std::string> Records::text(std::string_view name) const {
    const auto found = m_texts.find(name);
    return found == m_texts.end() || found->second.empty() ? std::nullopt
                                                           : std::optional{found->second};
}

std::optional<std::vector<Item>> Records::list(std::string_view name) const {
    if (const auto whole = m_lists.find(name); whole != m_lists.end())
        return whole->second;
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    const auto whole = m_lists.find(name.substr(0, dot));
    if (whole == m_lists.end())
        return {};
    const auto which = name.substr(dot + 1);
    std::vector<Item> chosen;
    for (const auto &item : whole->second) {
        const auto is = [&](const char *field) {
            const auto found = item.find(field);
            return found != item.end() && found->second == which;
        };
        if (is("strand") || is("kind") || is("section") || is("year"))
            chosen.push_back(item);
    }
    return chosen.empty() ? std::nullopt : std::optional{std::move(chosen)};
}

std::optional<core::Date> Records::last_meeting(core::Date day) const {
    std::optional<core::Date> last;
    for (const auto &meeting : list("meetings").value_or(std::vector<Item>{})) {
        const auto date = meeting.find("date");
        const auto held = date == meeting.end() ? std::nullopt : core::Date::parse(date->second);
        if (held && *held <= day && (!last || *held > *last))
            last = held;
    }
    return last;
}

} // namespace wardmote::reports
