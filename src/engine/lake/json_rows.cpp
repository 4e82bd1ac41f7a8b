#include "engine/lake/json_rows.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <map>
#include <stdexcept>
#include <utility>

#include "engine/lake/quarantine.hpp"

namespace wardmote::lake {

namespace {

using Json = nlohmann::json;
using Flat = std::vector<std::pair<std::string, std::string>>;

void flatten(const Json &value, const std::string &name, Flat &flat) {
    if (value.is_object()) {
        for (const auto &[key, inner] : value.items()) {
            flatten(inner, name.empty() ? key : name + "." + key, flat);
        }
    } else if (value.is_string()) {
        flat.emplace_back(name, value.get<std::string>());
    } else {
        flat.emplace_back(name, value.is_null() ? "" : value.dump());
    }
}

class JsonRows final : public RowSource {
public:
    explicit JsonRows(const Json &list) {
        for (const Json &entry : list) {
            Flat flat;
            flatten(entry, "", flat);
            for (const auto &[name, value] : flat) {
                if (m_places.try_emplace(name, m_header.size()).second) {
                    m_header.push_back(name);
                }
            }
            m_rows.push_back(std::move(flat));
        }
    }

    bool next(Row &row) override {
        if (m_next > m_rows.size()) {
            return false;
        }
        if (m_next == 0) {
            m_fields.assign(m_header.begin(), m_header.end());
        } else {
            m_fields.assign(m_header.size(), std::string_view{});
            for (const auto &[name, value] : m_rows[m_next - 1]) {
                m_fields[m_places.at(name)] = value;
            }
        }
        row = Row{m_next, m_fields, {}, {}};
        ++m_next;
        return true;
    }

private:
    std::map<std::string, std::size_t> m_places;
    std::vector<std::string> m_header;
    std::vector<Flat> m_rows;
    std::vector<std::string_view> m_fields;
    std::size_t m_next = 0;
};

} // namespace

std::unique_ptr<RowSource> open_json(std::string_view json, std::string_view name) {
    Json parsed;
    try {
        // Depth is bounded before anything recurses over it.
        int deepest = 0;
        parsed = Json::parse(json, [&](int depth, Json::parse_event_t, Json &) {
            deepest = std::max(deepest, depth);
            if (deepest > 32) {
                throw std::runtime_error{"it is nested more than 32 deep"};
            }
            return true;
        });
    } catch (const std::exception &error) {
        throw std::runtime_error{
            fmt::format("{}: is not whole JSON ({}). Fetch it again.", name, error.what())};
    }
    const auto is_object = [](const Json &entry) { return entry.is_object(); };
    if (!parsed.is_array() || !std::all_of(parsed.begin(), parsed.end(), is_object)) {
        throw std::runtime_error{fmt::format(
            "{}: is JSON, but neither a list of objects, as the police API gives, nor boundaries.",
            name)};
    }
    return std::make_unique<JsonRows>(parsed);
}

} // namespace wardmote::lake
