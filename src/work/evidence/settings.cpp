#include <filesystem>

#include "work/evidence/evidence.hpp"
#include "work/evidence/toml_reader.hpp"

namespace wardmote::evidence {

toml::table parse_toml_file(const std::string &path) {
    try {
        return toml::parse_file(path);
    } catch (const toml::parse_error &error) {
        throw std::runtime_error{
            fmt::format("{}, line {}: {}.", path, error.source().begin.line, error.description())};
    }
}

namespace {

std::optional<core::Date> read_date(const TomlTable &table, std::string_view key) {
    const auto *node = table.find(key);
    if (!node) {
        return {};
    }
    if (const auto date = node->value_exact<toml::date>()) {
        return core::Date{date->year, date->month, date->day};
    }
    if (const auto words = node->value_exact<std::string>()) {
        if (const auto date = core::Date::parse(*words)) {
            return date;
        }
    }
    table.fail(*node, fmt::format("“{}” must be a date such as 2015-02-02.", key));
}

} // namespace

Settings Settings::read(const std::string &path) {
    Settings settings;
    if (!std::filesystem::exists(path)) {
        return settings;
    }
    const auto document = parse_toml_file(path);
    const TomlTable table{document, path};
    settings.partnership = table.text("partnership", settings.partnership);
    settings.place = table.text("place", settings.place);
    const auto level = table.text("level", "district");
    if (level == "partnership") {
        settings.level = lake::Level::partnership;
    } else if (level != "district") {
        table.fail(*table.find("level"), "“level” must be \"partnership\" or \"district\".");
    }
    settings.area = table.text("area", std::string{});
    settings.as_at = read_date(table, "as_at");
    settings.footer = table.text("footer", std::string{});
    settings.example = table.yes("example", false);
    settings.first_year = static_cast<int>(table.integer("first_year", 0, 1900, 2200));
    for (const auto &priority : table.tables("priorities")) {
        priority.only({"key", "title"});
        settings.priorities.push_back({priority.text("key"), priority.text("title")});
    }
    return settings;
}

} // namespace wardmote::evidence
