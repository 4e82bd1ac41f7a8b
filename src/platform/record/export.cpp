#include "platform/record/export.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/record/field_input.hpp"

namespace wardmote::record {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto common = std::to_array<std::string_view>(
    {"id", "version", "created", "created_by", "changed", "changed_by", "removed"});

bool is_common(std::string_view column) {
    return std::ranges::find(common, column) != common.end();
}

/// The value of a column that every table has.
Value common_value(const Stored &record, std::string_view column) {
    const auto or_nothing = [](const std::string &text) {
        return text.empty() ? Value{} : Value{text};
    };
    if (column == "id") {
        return record.id;
    }
    if (column == "version") {
        return record.version;
    }
    if (column == "created") {
        return record.created;
    }
    if (column == "created_by") {
        return or_nothing(record.created_by);
    }
    if (column == "changed") {
        return record.changed;
    }
    if (column == "changed_by") {
        return or_nothing(record.changed_by);
    }
    return record.removed ? Value{*record.removed} : Value{};
}

/// Hidden as a whole, or as a form would have it typed, with dates and choices as stored.
std::string cell(const Field &field, const Value &value, const References &references,
                 bool reveal) {
    if (db::is_nothing(value)) {
        return {};
    }
    if (field.rules.sensitive && !reveal) {
        return "hidden";
    }
    switch (field.kind) {
    case Kind::money:
    case Kind::yes_no: {
        Typed typed;
        type(field, value, typed);
        return typed.begin()->second;
    }
    case Kind::reference: {
        const auto found = references.find(field.rules.refers_to, db::text_of(value));
        return found ? found->title : std::string{};
    }
    default:
        return db::text_of(value);
    }
}

Json json_value(const Value &value) {
    if (const auto *text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        return *integer;
    }
    if (const auto *real = std::get_if<double>(&value)) {
        return *real;
    }
    return nullptr;
}

Json json_record(const Description &what, const Stored &record,
                 std::span<const std::string> columns, bool reveal) {
    auto json = Json::object();
    for (const auto &column : columns) {
        if (is_common(column)) {
            json[column] = json_value(common_value(record, column));
            continue;
        }
        const auto i = what.index(column);
        if (what.fields[i].rules.sensitive && !reveal) {
            continue;
        }
        const auto &value = record.values[i];
        json[column] = what.fields[i].kind == Kind::yes_no && !db::is_nothing(value)
                           ? Json(db::integer_of(value) != 0)
                           : json_value(value);
    }
    return json;
}

/// What was typed may hold broken UTF-8 only where another program wrote it.
std::string dumped(const Json &json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json field_schema(const Field &field) {
    auto schema = Json::object();
    const auto type = [&](const char *name) {
        if (is_needed(field)) {
            schema["type"] = name;
        } else {
            schema["type"] = {name, "null"};
        }
    };
    schema["title"] = field.label;
    if (!field.rules.hint.empty()) {
        schema["description"] = field.rules.hint;
    }
    switch (field.kind) {
    case Kind::integer:
    case Kind::money:
        type("integer");
        if (field.rules.least) {
            schema["minimum"] = *field.rules.least;
        }
        if (field.rules.most) {
            schema["maximum"] = *field.rules.most;
        }
        if (field.kind == Kind::money) {
            schema["$comment"] = "whole pence";
        }
        break;
    case Kind::yes_no:
        type("boolean");
        break;
    case Kind::choice: {
        auto choices = Json::array();
        for (const auto &choice : field.rules.choices) {
            choices.push_back(choice.value);
        }
        if (!is_needed(field)) {
            choices.push_back(nullptr);
        }
        schema["enum"] = std::move(choices);
        break;
    }
    default:
        type("string");
        if (field.kind == Kind::date) {
            schema["format"] = "date";
        } else if (field.kind == Kind::moment) {
            schema["format"] = "date-time";
        } else if (field.kind == Kind::reference) {
            schema["format"] = "uuid";
            schema["$comment"] = fmt::format("the id of a record of {}", field.rules.refers_to);
        } else {
            schema["maxLength"] = field.rules.max_length;
            if (field.kind == Kind::email) {
                schema["format"] = "email";
            }
        }
    }
    return schema;
}

} // namespace

std::span<const std::string_view> common_columns() {
    return common;
}

std::vector<std::string> all_columns(const Description &what) {
    std::vector<std::string> columns{"id"};
    for (const auto &field : what.fields) {
        columns.emplace_back(field.name);
    }
    return columns;
}

std::string csv(const Description &what, const Listing &listing,
                std::span<const std::string> columns, const References &references, bool reveal) {
    auto lines = core::csv_line(columns);
    std::vector<std::string> cells(columns.size());
    for (const auto &record : listing.records) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (is_common(columns[i])) {
                cells[i] = db::text_of(common_value(record, columns[i]));
            } else {
                const auto at = what.index(columns[i]);
                cells[i] = cell(what.fields[at], record.values[at], references, reveal);
            }
        }
        lines += core::csv_line(cells);
    }
    return lines;
}

std::string json(const Description &what, const Listing &listing,
                 std::span<const std::string> columns, bool reveal) {
    auto records = Json::array();
    for (const auto &record : listing.records) {
        records.push_back(json_record(what, record, columns, reveal));
    }
    return dumped({{"total", listing.total}, {std::string{what.many}, std::move(records)}});
}

std::string json(const Description &what, const Stored &record, bool reveal) {
    std::vector<std::string> columns{common.begin(), common.end()};
    for (const auto &field : what.fields) {
        columns.emplace_back(field.name);
    }
    return dumped(json_record(what, record, columns, reveal));
}

std::string json_schema(const Description &what) {
    auto properties = Json::object();
    auto required = Json::array({"id", "version"});
    properties["id"] = {{"type", "string"}, {"format", "uuid"}};
    properties["version"] = {{"type", "integer"}, {"minimum", 1}};
    for (const auto *moment : {"created", "changed"}) {
        properties[moment] = {{"type", "string"}, {"format", "date-time"}};
    }
    for (const auto *person : {"created_by", "changed_by"}) {
        properties[person] = {{"type", {"string", "null"}}};
    }
    properties["removed"] = {{"type", {"string", "null"}}, {"format", "date-time"}};
    for (const auto &field : what.fields) {
        properties[std::string{field.name}] = field_schema(field);
        if (is_needed(field) && !field.rules.sensitive) { // sensitive ones may be left out
            required.push_back(field.name);
        }
    }
    return dumped({{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", what.one},
                   {"type", "object"},
                   {"properties", std::move(properties)},
                   {"required", std::move(required)},
                   {"additionalProperties", false}});
}

} // namespace wardmote::record
