#include "engine/geo/geojson.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wardmote::geo {

namespace {

using nlohmann::json;

void write_number(std::string &out, double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    out += text == "-0" ? "0" : text;
}

void write_ring(std::string &out, const Ring &ring, int decimals) {
    out += '[';
    for (std::size_t i = 0; i <= ring.size(); ++i) {
        const Point &point = ring[i % ring.size()];
        out += i == 0 ? "[" : ",[";
        write_number(out, point.x, decimals);
        out += ',';
        write_number(out, point.y, decimals);
        out += ']';
    }
    out += ']';
}

/// [outer, hole, hole] for each part.
std::string write_parts(const Shape &shape, int decimals, std::size_t &parts) {
    std::string out;
    parts = 0;
    for (const Ring &ring : shape.rings) {
        if (parts == 0 || signed_area(ring) > 0) {
            out += parts == 0 ? "[" : "],[";
            ++parts;
        } else {
            out += ',';
        }
        write_ring(out, ring, decimals);
    }
    if (parts > 0) {
        out += ']';
    }
    return out;
}

Ring read_ring(const json &points) {
    Ring ring;
    for (const json &point : points) {
        ring.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
    }
    if (ring.size() > 1 && ring.front() == ring.back()) {
        ring.pop_back();
    }
    return ring;
}

/// Reads the coordinates of a geometry as geometry_json() writes it, many times quicker than a
/// parser of all JSON. Nothing when the text is written in any other way.
class QuickReader {
public:
    explicit QuickReader(std::string_view text)
        : m_at{text.data()}
        , m_end{text.data() + text.size()} {}

    std::optional<std::vector<Ring>> read() {
        std::vector<Ring> rings;
        bool good = false;
        if (take(R"({"type":"Polygon","coordinates":)")) {
            good = polygon(rings);
        } else if (take(R"({"type":"MultiPolygon","coordinates":)")) {
            good = list([&] { return polygon(rings); });
        }
        return good && take("}") && m_at == m_end ? std::optional{std::move(rings)} : std::nullopt;
    }

private:
    bool take(std::string_view text) {
        if (!std::string_view{m_at, static_cast<std::size_t>(m_end - m_at)}.starts_with(text)) {
            return false;
        }
        m_at += text.size();
        return true;
    }
    template <typename Item>
    bool list(Item item) {
        if (!take("[")) {
            return false;
        }
        do {
            if (!item()) {
                return false;
            }
        } while (take(","));
        return take("]");
    }
    bool number(double &value) {
        const auto [end, error] = std::from_chars(m_at, m_end, value);
        m_at = end;
        return error == std::errc{};
    }
    bool polygon(std::vector<Ring> &rings) {
        return list([&] {
            Ring &ring = rings.emplace_back();
            const bool good = list([&] {
                Point &point = ring.emplace_back();
                return take("[") && number(point.x) && take(",") && number(point.y) && take("]");
            });
            if (good && ring.size() > 1 && ring.front() == ring.back()) {
                ring.pop_back();
            }
            return good;
        });
    }

    const char *m_at;
    const char *m_end;
};

} // namespace

std::string Feature::property(std::string_view name) const {
    for (const auto &[key, value] : properties) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

std::string geometry_json(const Shape &shape, int decimals) {
    std::size_t parts = 0;
    const std::string written = write_parts(shape, decimals, parts);
    return parts == 1 ? fmt::format(R"({{"type":"Polygon","coordinates":{}}})", written)
                      : fmt::format(R"({{"type":"MultiPolygon","coordinates":[{}]}})", written);
}

std::vector<Ring> read_geometry_json(std::string_view text) {
    if (std::optional<std::vector<Ring>> rings = QuickReader{text}.read()) {
        return std::move(*rings);
    }
    try {
        const json geometry = json::parse(text);
        const auto &type = geometry.at("type").get_ref<const std::string &>();
        const json &coordinates = geometry.at("coordinates");
        std::vector<Ring> rings;
        const auto add = [&](const json &polygon) {
            for (const json &ring : polygon) {
                rings.push_back(read_ring(ring));
            }
        };
        if (type == "Polygon") {
            add(coordinates);
        } else if (type == "MultiPolygon") {
            for (const json &polygon : coordinates) {
                add(polygon);
            }
        } else {
            throw std::runtime_error{fmt::format("An outline cannot be a {}.", type)};
        }
        return rings;
    } catch (const json::exception &error) {
        throw std::runtime_error{
            fmt::format("An outline is not GeoJSON of a polygon: {}.", error.what())};
    }
}

std::string collection_json(const std::vector<Feature> &features, int decimals) {
    std::string out = "{\"type\":\"FeatureCollection\",\"features\":[\n";
    for (std::size_t i = 0; i < features.size(); ++i) {
        out += R"({"type":"Feature","properties":{)";
        bool first = true;
        for (const auto &[key, value] : features[i].properties) {
            out += first ? "" : ",";
            out += json(key).dump() + ":" +
                   json(value).dump(-1, ' ', false, json::error_handler_t::replace);
            first = false;
        }
        out += R"(},"geometry":)" + geometry_json(features[i].shape, decimals) + "}";
        out += i + 1 < features.size() ? ",\n" : "\n";
    }
    return out + "]}\n";
}

} // namespace wardmote::geo
