// The law's TOML, read strictly: every fault names file, line and reason.

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "engine/core/text.hpp"
#include "platform/law/parameters.hpp"

namespace wardmote::law {

namespace {

std::string text_of(const std::filesystem::path &file) {
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) {
        throw std::runtime_error{fmt::format("{} cannot be read.", file.string())};
    }
    return text;
}

toml::table parse_toml(std::string_view text, const std::string &file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error &error) {
        throw std::runtime_error{
            fmt::format("{}, line {}: {}", file, error.source().begin.line, error.description())};
    }
}

/// One table of a file; both must outlive it. Every reader throws when the setting is missing or
/// does not fit.
class Row {
public:
    Row(const toml::table &table, const std::string &file)
        : m_table{&table}
        , m_file{&file} {}

    std::string place() const { return place_of(*m_table); }
    [[noreturn]] void fail(std::string_view reason) const {
        throw std::runtime_error{fmt::format("{}: {}", place(), reason)};
    }
    [[noreturn]] void fail(std::string_view key, std::string_view reason) const {
        throw std::runtime_error{fmt::format("{}: “{}” {}", place_of(node(key)), key, reason)};
    }

    /// Refuses a setting that is not one of `known`: a slip of the pen must not be passed over.
    void only(std::initializer_list<std::string_view> known) const {
        for (const auto &[key, node] : *m_table) {
            if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
                fail(key.str(), "is not a setting known here.");
            }
        }
    }

    bool has(std::string_view key) const { return m_table->contains(key); }

    std::string text(std::string_view key) const {
        const auto value = node(key).value_exact<std::string>();
        if (!value || core::trim(*value).empty()) {
            fail(key, "must be words in quotes.");
        }
        return *value;
    }
    std::string text_if_any(std::string_view key) const { return has(key) ? text(key) : ""; }

    std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high) const {
        const auto value = node(key).value_exact<std::int64_t>();
        if (!value || *value < low || *value > high) {
            fail(key, fmt::format("must be a whole number from {} to {}.", low, high));
        }
        return *value;
    }

    bool yes(std::string_view key) const {
        const auto value = node(key).value_exact<bool>();
        if (!value) {
            fail(key, "must be true or false.");
        }
        return *value;
    }

    core::Date date(std::string_view key) const {
        const auto value = node(key).value_exact<toml::date>();
        if (!value) {
            fail(key, "must be a date without quotes, such as 2015-02-02.");
        }
        return {value->year, value->month, value->day}; // TOML has real days only
    }
    std::optional<core::Date> date_if_any(std::string_view key) const {
        return has(key) ? std::optional{date(key)} : std::nullopt;
    }

    /// The tables of a list; none when it is not there.
    std::vector<Row> rows(std::string_view key) const {
        std::vector<Row> found;
        if (!has(key)) {
            return found;
        }
        const auto *list = node(key).as_array();
        if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
            fail(key, "must be a list of tables, each headed by its name in [[double brackets]].");
        }
        for (const auto &item : *list) {
            found.emplace_back(*item.as_table(), *m_file);
        }
        return found;
    }

private:
    std::string place_of(const toml::node &node) const {
        return fmt::format("{}, line {}", *m_file, node.source().begin.line);
    }
    const toml::node &node(std::string_view key) const {
        const auto *found = m_table->get(key);
        if (found == nullptr) {
            fail(fmt::format("“{}” is missing.", key));
        }
        return *found;
    }

    const toml::table *m_table;
    const std::string *m_file;
};

/// Letters, digits and what `also` holds.
bool made_of(std::string_view text, std::string_view also) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || also.find(c) != also.npos;
    });
}

Layer layer_of(const Row &row) {
    const auto text = row.text("layer");
    if (text != "statute" && text != "local") {
        row.fail("layer", "must be “statute” or “local”.");
    }
    return text == "statute" ? Layer::statute : Layer::local;
}

Unit unit_of(const Row &row) {
    const auto text = row.text("unit");
    std::string known;
    for (const auto &kind : unit_kinds) {
        if (kind.name == text) {
            return kind.unit;
        }
        known += fmt::format("{}“{}”", known.empty() ? "" : ", ", kind.name);
    }
    row.fail("unit", fmt::format("must be one of {}.", known));
}

std::int64_t number_of(const Row &row, std::string_view key, Unit unit) {
    return row.integer(key, kind_of(unit).least, kind_of(unit).most);
}

Value value_of(const Row &row, Unit unit) {
    switch (unit) {
    case Unit::yes_or_no:
        return row.yes("value");
    case Unit::words:
        return row.text("value");
    case Unit::day_of_the_year: {
        auto text = row.text("value");
        if (!core::Date::parse("2015-" + text)) { // a year without a 29 February
            row.fail("value", "must be a day that every year has, such as “03-31”.");
        }
        return text;
    }
    default:
        return number_of(row, "value", unit);
    }
}

RuleParameter parameter_of(const Row &row) {
    row.only({"key", "title", "layer", "area", "value", "unit", "least", "most", "valid_from",
              "valid_to", "source", "checked_on", "note"});
    const auto unit = unit_of(row);
    RuleParameter parameter{.key = row.text("key"),
                            .title = row.text("title"),
                            .layer = layer_of(row),
                            .area = row.text_if_any("area"),
                            .value = value_of(row, unit),
                            .unit = unit,
                            .valid_from = row.date("valid_from"),
                            .valid_to = row.date_if_any("valid_to"),
                            .source = row.text("source"),
                            .checked_on = row.date_if_any("checked_on"),
                            .note = row.text_if_any("note"),
                            .place = row.place()};
    if (!made_of(parameter.key, ".-")) {
        row.fail("key", "must be small letters, digits, dots and hyphens.");
    }
    if (!made_of(core::lower(parameter.area), "")) {
        row.fail("area", "must be the code of an area, such as “E07000178”.");
    }
    if (parameter.valid_to && *parameter.valid_to < parameter.valid_from) {
        row.fail("valid_to", "is before “valid_from”.");
    }
    for (const auto &[key, bound] :
         {std::pair{"least", &parameter.least}, std::pair{"most", &parameter.most}}) {
        if (!row.has(key)) {
            continue;
        }
        if (parameter.layer != Layer::statute ||
            !std::holds_alternative<std::int64_t>(parameter.value)) {
            row.fail(key, "is for a number of statute only.");
        }
        *bound = number_of(row, key, unit);
    }
    if (parameter.least.value_or(0) > parameter.most.value_or(kind_of(unit).most) ||
        !parameter.allows(parameter.value)) {
        row.fail("value", "does not lie between “least” and “most”.");
    }
    parameter.id = fmt::format("{}@{}{}{}{}", parameter.key, parameter.valid_from.iso(),
                               parameter.area.empty() ? "" : ":", parameter.area,
                               parameter.layer == Layer::local ? ":local" : "");
    return parameter;
}

} // namespace

BankHolidays BankHolidays::parse(std::string_view toml, const std::string &file) {
    const auto table = parse_toml(toml, file);
    const Row root{table, file};
    root.only({"bank_holidays_from", "bank_holidays_to", "bank_holiday"});
    constexpr int earliest = 1871; // Bank Holidays Act 1871
    constexpr int latest = 2200;
    BankHolidays holidays;
    holidays.m_first_year = static_cast<int>(root.integer("bank_holidays_from", earliest, latest));
    holidays.m_last_year =
        static_cast<int>(root.integer("bank_holidays_to", holidays.m_first_year, latest));
    for (const auto &row : root.rows("bank_holiday")) {
        row.only({"date", "name"});
        const auto date = row.date("date");
        if (!holidays.published(date)) {
            row.fail("date", "lies outside “bank_holidays_from” and “bank_holidays_to”.");
        }
        if (!holidays.m_days.emplace(date, row.text("name")).second) {
            row.fail("date", "has a bank holiday already.");
        }
    }
    return holidays;
}

BankHolidays BankHolidays::read(const std::filesystem::path &file) {
    return parse(text_of(file), file.filename().string());
}

void Parameters::add(std::string_view toml, const std::string &file) {
    const auto table = parse_toml(toml, file);
    const Row root{table, file};
    root.only({"parameter"});
    for (const auto &row : root.rows("parameter")) {
        m_rows.push_back(parameter_of(row));
    }
}

Parameters Parameters::parse(std::string_view toml, const std::string &file) {
    Parameters parameters;
    parameters.add(toml, file);
    parameters.sort_and_check();
    return parameters;
}

Parameters Parameters::read(const std::vector<std::filesystem::path> &folders) {
    Parameters parameters;
    for (const auto &folder : folders) {
        std::vector<std::filesystem::path> files;
        if (std::filesystem::is_directory(folder)) {
            for (const auto &entry : std::filesystem::directory_iterator{folder}) {
                if (entry.path().extension() == ".toml" &&
                    entry.path().filename() != bank_holidays_file) {
                    files.push_back(entry.path());
                }
            }
        }
        std::sort(files.begin(), files.end());
        for (const auto &file : files) {
            parameters.add(text_of(file), file.filename().string());
        }
    }
    parameters.sort_and_check();
    return parameters;
}

} // namespace wardmote::law
