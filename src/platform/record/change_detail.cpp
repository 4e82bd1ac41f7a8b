#include "platform/record/change_detail.hpp"

#include <nlohmann/json.hpp>

#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

nlohmann::json to_json(const Value &value) {
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

Value from_json(const nlohmann::json &json) {
    if (json.is_string()) {
        return json.get<std::string>();
    }
    if (json.is_number_integer()) {
        return json.get<std::int64_t>();
    }
    if (json.is_number()) {
        return json.get<double>();
    }
    return {};
}

} // namespace

std::string detail_of(const Description &what, const std::vector<Difference> &fields,
                      const db::Keys &keys) {
    auto detail = nlohmann::json::object();
    for (const auto &difference : fields) {
        const auto &field = what.field(difference.field);
        detail[difference.field] = {{"before", to_json(closed(field, difference.before, keys))},
                                    {"after", to_json(closed(field, difference.after, keys))}};
    }
    return detail.dump();
}

std::vector<Difference> differences_in(const Description &what, std::string_view detail,
                                       const db::Keys &keys) {
    const auto json = nlohmann::json::parse(detail, nullptr, false);
    std::vector<Difference> fields;
    for (const auto &field : what.fields) {
        const std::string name{field.name};
        if (!json.is_object() || !json.contains(name) || !json[name].is_object()) {
            continue;
        }
        const auto side = [&](const char *key) {
            return opened(field, from_json(json[name].value(key, nlohmann::json{})), keys);
        };
        fields.push_back({name, side("before"), side("after")});
    }
    return fields;
}

} // namespace wardmote::record
