#include "engine/lake/boundaries.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/core.h>

#include "engine/core/text.hpp"
#include "engine/geo/files.hpp"

namespace wardmote::lake {

namespace {

/// An attribute such as "WD25CD": the kind of area, the year its codes are of, and whether it is
/// the code.
struct Attribute {
    std::string level;
    int vintage = 0;
    bool is_code = false;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kinds{
    {{"LSOA", "lsoa"},
     {"MSOA", "msoa"},
     {"WD", "ward"},
     {"LAD", "district"},
     {"LTLA", "district"},
     {"CSP", "partnership"}}};

std::string capitals(std::string text) {
    for (char &c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// "LSOA21CD" is ("lsoa21", 2021, code), "WD25NM" ("ward", 2025, name); anything else is nothing.
std::optional<Attribute> read_attribute(std::string_view name) {
    for (const auto &[prefix, level] : kinds) {
        if (!name.starts_with(prefix)) {
            continue;
        }
        const std::string_view rest = name.substr(prefix.size());
        if (rest.size() == 4 && digit(rest[0]) && digit(rest[1]) &&
            (rest.substr(2) == "CD" || rest.substr(2) == "NM")) {
            Attribute attribute{std::string{level}, 2000 + (rest[0] - '0') * 10 + (rest[1] - '0'),
                                rest.substr(2) == "CD"};
            if (level == "lsoa" || level == "msoa") {
                attribute.level += rest.substr(0, 2); // a census apart is an area apart
            }
            return attribute;
        }
    }
    return std::nullopt;
}

/// Smallest first: a file of wards names their districts too.
constexpr std::array<std::string_view, 7> levels{"lsoa21", "lsoa11",   "msoa21",     "msoa11",
                                                 "ward",   "district", "partnership"};

std::string plural(std::string_view level) {
    static const std::map<std::string_view, std::string> words{
        {"lsoa21", "LSOAs of 2021"},    {"lsoa11", "LSOAs of 2011"}, {"msoa21", "MSOAs of 2021"},
        {"msoa11", "MSOAs of 2011"},    {"ward", "wards"},           {"district", "districts"},
        {"partnership", "partnerships"}};
    return words.at(level);
}

/// Which attributes of a layer say what.
struct Columns {
    std::string level;
    int vintage = 0;
    std::string code, name, district, district_name, partnership;
    std::string level_column; ///< for files that name each area's level in an attribute
};

void take(Columns &columns, const std::string &attribute_name) {
    const std::string upper = capitals(attribute_name);
    if (upper == "LADCD_ACTIVE" && columns.district.empty()) {
        columns.district = attribute_name;
    }
    const std::optional<Attribute> attribute = read_attribute(upper);
    if (!attribute) {
        return;
    }
    if (attribute->level == columns.level && attribute->vintage == columns.vintage) {
        (attribute->is_code ? columns.code : columns.name) = attribute_name;
    } else if (attribute->level == "district") {
        (attribute->is_code ? columns.district : columns.district_name) = attribute_name;
    } else if (attribute->level == "partnership" && attribute->is_code) {
        columns.partnership = attribute_name;
    }
}

std::optional<Columns> recognise(const geo::Feature &feature) {
    Columns columns;
    std::size_t best = levels.size();
    for (const auto &[name, value] : feature.properties) {
        const std::optional<Attribute> attribute = read_attribute(capitals(name));
        if (!attribute || !attribute->is_code) {
            continue;
        }
        for (std::size_t i = 0; i < best; ++i) {
            if (levels[i] == attribute->level) {
                best = i;
                columns.level = attribute->level;
                columns.vintage = attribute->vintage;
            }
        }
    }
    if (best < levels.size()) {
        for (const auto &[name, value] : feature.properties) {
            take(columns, name);
        }
        return columns;
    }
    // Files a partnership draws itself, such as schematic wards.
    if (!feature.property("code").empty() && !feature.property("level").empty()) {
        columns.code = "code";
        columns.name = "name";
        columns.level_column = "level";
        columns.district = "district";
        columns.district_name = "district_name";
        columns.partnership = "partnership";
        columns.vintage =
            static_cast<int>(core::parse_integer(feature.property("vintage")).value_or(0));
        return columns;
    }
    return std::nullopt;
}

std::string attribute_names(const geo::Feature &feature) {
    std::vector<std::string> names;
    for (const auto &[name, value] : feature.properties) {
        names.push_back(name);
    }
    return names.empty() ? "none at all" : core::joined(names);
}

/// Adds the areas of one layer to `into`.
class LayerReader {
public:
    LayerReader(AreaRows &into, std::set<std::string> &seen)
        : m_into{into}
        , m_seen{seen} {}

    void add(const geo::Feature &feature, const Columns &columns) {
        const std::uint64_t line = ++m_into.rows_in;
        const std::string level = columns.level_column.empty()
                                      ? columns.level
                                      : core::lower(feature.property(columns.level_column));
        const std::string code = feature.property(columns.code);
        const std::string raw = code + " " + feature.property(columns.name);
        if (std::find(levels.begin(), levels.end(), level) == levels.end()) {
            refuse(line, raw, columns.level_column,
                   fmt::format("\"{}\" is not a level of area that is known.", level));
        } else if (code.empty()) {
            refuse(line, raw, columns.code, "The area has no code.");
        } else if (feature.shape.empty()) {
            refuse(line, raw, "geometry", "The area has no outline.");
        } else if (!m_seen.insert(level + ' ' + code).second) {
            ++m_into.repeated;
        } else {
            m_into.rows.push_back(
                {level, code, feature.property(columns.name), std::int64_t{columns.vintage},
                 parent(feature, columns, level), feature.property(columns.district_name),
                 feature.property(columns.partnership), geo::geometry_json(feature.shape),
                 static_cast<std::int64_t>(line)});
            m_levels.insert(level);
        }
    }

    const std::set<std::string> &levels_found() const { return m_levels; }

private:
    static std::string parent(const geo::Feature &feature, const Columns &columns,
                              const std::string &level) {
        return level == "district" ? std::string{} : feature.property(columns.district);
    }
    void refuse(std::uint64_t line, const std::string &raw, const std::string &field,
                const std::string &reason) {
        m_into.refused.push_back({line, raw, field, reason});
    }

    AreaRows &m_into;
    std::set<std::string> &m_seen;
    std::set<std::string> m_levels;
};

void report_layer(const geo::Layer &layer, AreaRows &rows) {
    if (layer.mended > 0) {
        rows.findings.push_back(
            {"outline-mended",
             fmt::format(
                 "{} crossed or touched themselves and were made valid.",
                 core::counted(static_cast<std::int64_t>(layer.mended), "outline", "outlines")),
             layer.mended});
    }
    if (layer.projection_assumed) {
        rows.findings.push_back(
            {"projection-assumed",
             "The file does not name its projection; its numbers fit degrees or "
             "the National Grid and were read so.",
             layer.features.size()});
    }
}

} // namespace

std::span<const Column> boundary_columns() {
    static const std::array<Column, 9> columns{{{"level", ColumnType::text},
                                                {"code", ColumnType::text},
                                                {"name", ColumnType::text},
                                                {"vintage", ColumnType::small},
                                                {"district", ColumnType::text},
                                                {"district_name", ColumnType::text},
                                                {"partnership", ColumnType::text},
                                                {"outline", ColumnType::text},
                                                {"line", ColumnType::integer}}};
    return columns;
}

std::optional<AreaRows> read_boundary_file(const std::string &path) {
    AreaRows rows;
    rows.dataset = "boundaries";
    const std::span<const Column> columns = boundary_columns();
    rows.columns.assign(columns.begin(), columns.end());
    std::set<std::string> seen;
    LayerReader reader{rows, seen};
    std::string unknown;
    for (const geo::Layer &layer : geo::read_boundaries(path)) {
        const std::optional<Columns> known = recognise(layer.features.front());
        if (!known) {
            unknown = attribute_names(layer.features.front());
            continue;
        }
        for (const geo::Feature &feature : layer.features) {
            reader.add(feature, *known);
        }
        report_layer(layer, rows);
    }
    if (rows.rows_in == 0) {
        if (unknown.empty()) {
            return std::nullopt;
        }
        throw std::runtime_error{fmt::format(
            "{} holds areas, but none of their attributes says what they are (LSOA21CD, WD25CD, "
            "LAD25CD and the like, or \"code\" with \"level\"). It has {}.",
            path, unknown)};
    }
    std::vector<std::string> words;
    for (const std::string &level : reader.levels_found()) {
        rows.owner += (rows.owner.empty() ? "" : "+") + level;
        words.push_back(plural(level));
    }
    rows.title = fmt::format("{} {}", core::number(static_cast<std::int64_t>(rows.rows.size())),
                             words.empty() ? "areas" : core::joined(words));
    return rows;
}

void write_area_rows(const AreaRows &rows, Connection &connection, const std::string &path) {
    std::size_t next = 0;
    const FillChunk fill = [&](ChunkWriter &chunk) {
        std::size_t row = 0;
        for (; row < chunk.capacity() && next < rows.rows.size(); ++row, ++next) {
            for (std::size_t column = 0; column < rows.columns.size(); ++column) {
                const Value &value = rows.rows[next][column];
                if (const auto *text = std::get_if<std::string>(&value)) {
                    if (!text->empty()) { // blank and missing are one thing
                        chunk.text(column, row, *text);
                    }
                } else if (const auto *whole = std::get_if<std::int64_t>(&value)) {
                    chunk.integer(column, row, *whole);
                } else if (const auto *real = std::get_if<double>(&value)) {
                    chunk.real(column, row, *real);
                }
            }
        }
        return row;
    };
    connection.write_parquet(rows.columns, fill, path);
}

} // namespace wardmote::lake
