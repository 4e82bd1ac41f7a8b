#include "engine/lake/lookups.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/core.h>

#include "engine/core/text.hpp"

namespace wardmote::lake {

namespace {

/// What one column of a lookup holds: the name of our column, and the year in its own name.
struct Meaning {
    std::string column; ///< "" for columns that say nothing, such as ObjectId
    int vintage = 0;
};

/// Letters only, small; the digits in the middle are the year: "LSOA21CD" and "lsoa21_code" alike.
struct Parts {
    std::string stem;   ///< "lsoa"
    std::string year;   ///< "21"
    std::string suffix; ///< "cd", "code", "nm", "name"
};

Parts parts_of(std::string_view header) {
    Parts parts;
    for (const char raw : core::lower(core::trim(header))) {
        if (raw >= '0' && raw <= '9') {
            parts.year += raw;
        } else if (raw >= 'a' && raw <= 'z') {
            (parts.year.empty() ? parts.stem : parts.suffix) += raw;
        }
    }
    return parts;
}

std::optional<Meaning> meaning_of(std::string_view header) {
    static const std::map<std::string, std::string> plain{{"lsoacd", "lsoa_any"},
                                                          {"latitude", "latitude"},
                                                          {"lat", "latitude"},
                                                          {"longitude", "longitude"},
                                                          {"long", "longitude"},
                                                          {"lon", "longitude"},
                                                          {"changecode", "change"},
                                                          {"chgind", "change"},
                                                          {"chngind", "change"},
                                                          {"objectid", ""},
                                                          {"fid", ""},
                                                          {"globalid", ""}};
    static const std::map<std::string, std::string> areas{
        {"lsoa", "lsoa"},     {"wd", "ward"},         {"ward", "ward"}, {"lad", "district"},
        {"ltla", "district"}, {"csp", "partnership"}, {"pfa", "force"}};
    static const std::set<std::string> code_endings{"cd", "code"};
    static const std::set<std::string> name_endings{"nm", "name"};

    const Parts parts = parts_of(header);
    if (parts.year.empty()) {
        const auto found = plain.find(parts.stem);
        return found == plain.end() ? std::nullopt
                                    : std::optional<Meaning>{Meaning{found->second, 0}};
    }
    const auto area = areas.find(parts.stem);
    if (parts.year.size() != 2) {
        return std::nullopt;
    }
    if (area == areas.end()) {
        return std::nullopt;
    }
    const int vintage = 2000 + static_cast<int>(*core::parse_integer(parts.year));
    std::string column = area->second;
    if (column == "lsoa") {
        if (parts.year != "11" && parts.year != "21") {
            return std::nullopt;
        }
        column += parts.year;
    }
    if (parts.suffix == "nmw") {
        return Meaning{"", 0}; // the Welsh name stands beside the English one
    }
    if (name_endings.contains(parts.suffix)) {
        return Meaning{column + "_name", vintage};
    }
    return code_endings.contains(parts.suffix) ? std::optional<Meaning>{Meaning{column, vintage}}
                                               : std::nullopt;
}

std::string kind_of(const std::set<std::string> &has) {
    const auto all = [&](std::initializer_list<const char *> names) {
        return std::all_of(names.begin(), names.end(),
                           [&](const char *name) { return has.contains(name); });
    };
    if (all({"latitude", "longitude"}) &&
        (has.contains("lsoa_any") || has.contains("lsoa11") || has.contains("lsoa21"))) {
        return "lsoa-centroid";
    }
    if (all({"lsoa11", "lsoa21"})) {
        return "lsoa11-lsoa21";
    }
    if (all({"lsoa21", "ward"})) {
        return "lsoa21-ward";
    }
    if (all({"lsoa11", "ward"})) {
        return "lsoa11-ward";
    }
    if (all({"district", "partnership"})) {
        return "district-partnership";
    }
    return all({"ward", "district"}) ? "ward-district" : "";
}

/// The columns that make a line of each kind what it is: they may not be blank, nor be repeated.
std::vector<std::string> key_of(const std::string &kind) {
    static const std::map<std::string, std::vector<std::string>> keys{
        {"lsoa11-lsoa21", {"lsoa11", "lsoa21"}},
        {"lsoa21-ward", {"lsoa21"}},
        {"lsoa11-ward", {"lsoa11"}},
        {"ward-district", {"ward"}},
        {"district-partnership", {"district"}},
        {"lsoa-centroid", {"lsoa21"}}};
    return keys.at(kind);
}

std::vector<Meaning> meanings(std::span<const std::string_view> header) {
    std::vector<Meaning> found;
    for (const std::string_view name : header) {
        const std::optional<Meaning> meaning = meaning_of(name);
        if (!meaning) {
            return {};
        }
        found.push_back(*meaning);
    }
    return found;
}

/// Turns one row of the source into a row of lookup_columns(), or says why not.
class LineReader {
public:
    LineReader(std::string kind, std::vector<Meaning> meaning)
        : m_kind{std::move(kind)}
        , m_meanings{std::move(meaning)} {
        for (const Meaning &meant : m_meanings) {
            if (meant.column == "ward" || meant.column == "district") {
                m_vintage = std::max(m_vintage, meant.vintage);
            }
        }
    }

    /// The reason and the field at fault are left in `refused` when false is given.
    bool read(const Row &row, std::vector<Value> &out, std::string &key, RefusedRow &refused) {
        std::map<std::string, std::string> cells;
        for (std::size_t i = 0; i < m_meanings.size() && i < row.fields.size(); ++i) {
            const std::string &column = m_meanings[i].column;
            cells[column == "lsoa_any" ? "lsoa21" : column] = core::trim(row.fields[i]);
        }
        refused = {row.line, std::string{row.raw}, "", ""};
        if (!row.problem.empty()) {
            refused.reason = row.problem;
            return false;
        }
        key.clear();
        for (const std::string &column : key_of(m_kind)) {
            if (cells[column].empty()) {
                refused.field = column;
                refused.reason = "The line names no area in this column.";
                return false;
            }
            key += cells[column] + ' ';
        }
        out.clear();
        for (const Column &column : lookup_columns()) {
            if (column.name == "kind") {
                out.emplace_back(m_kind);
            } else if (column.name == "vintage") {
                out.emplace_back(std::int64_t{m_vintage});
            } else if (column.name == "line") {
                out.emplace_back(static_cast<std::int64_t>(row.line));
            } else if (column.type != ColumnType::real) {
                out.emplace_back(cells[column.name]);
            } else if (const auto number = core::parse_real(cells[column.name])) {
                out.emplace_back(*number);
            } else if (m_kind == "lsoa-centroid") {
                refused.field = column.name;
                refused.reason = fmt::format("\"{}\" is not a number.", cells[column.name]);
                return false;
            } else {
                out.emplace_back(std::monostate{});
            }
        }
        return true;
    }

private:
    std::string m_kind;
    std::vector<Meaning> m_meanings;
    int m_vintage = 0;
};

} // namespace

std::span<const Column> lookup_columns() {
    static const std::array<Column, 18> columns{{{"kind", ColumnType::text},
                                                 {"lsoa11", ColumnType::text},
                                                 {"lsoa11_name", ColumnType::text},
                                                 {"lsoa21", ColumnType::text},
                                                 {"lsoa21_name", ColumnType::text},
                                                 {"change", ColumnType::text},
                                                 {"ward", ColumnType::text},
                                                 {"ward_name", ColumnType::text},
                                                 {"district", ColumnType::text},
                                                 {"district_name", ColumnType::text},
                                                 {"partnership", ColumnType::text},
                                                 {"partnership_name", ColumnType::text},
                                                 {"force", ColumnType::text},
                                                 {"force_name", ColumnType::text},
                                                 {"longitude", ColumnType::real},
                                                 {"latitude", ColumnType::real},
                                                 {"vintage", ColumnType::small},
                                                 {"line", ColumnType::integer}}};
    return columns;
}

std::optional<std::string> recognise_lookup(std::span<const std::string_view> header) {
    std::set<std::string> has;
    for (const Meaning &meaning : meanings(header)) {
        has.insert(meaning.column);
    }
    std::string kind = kind_of(has);
    return kind.empty() ? std::nullopt : std::optional<std::string>{std::move(kind)};
}

AreaRows read_lookup(RowSource &source) {
    Row row;
    if (!source.next(row)) {
        throw std::runtime_error{"The file is empty: it has not even a header."};
    }
    const std::optional<std::string> kind = recognise_lookup(row.fields);
    if (!kind) {
        throw std::runtime_error{"The header is not that of a lookup of areas."};
    }
    AreaRows rows;
    rows.dataset = "lookups";
    rows.owner = *kind;
    const std::span<const Column> columns = lookup_columns();
    rows.columns.assign(columns.begin(), columns.end());

    LineReader reader{*kind, meanings(row.fields)};
    std::set<std::string> seen;
    std::vector<Value> values;
    std::string key;
    RefusedRow refused;
    while (source.next(row)) {
        ++rows.rows_in;
        if (!reader.read(row, values, key, refused)) {
            rows.refused.push_back(refused);
        } else if (!seen.insert(key).second) {
            ++rows.repeated;
        } else {
            rows.rows.push_back(values);
        }
    }
    rows.title = fmt::format(
        "{} of {}", core::counted(static_cast<std::int64_t>(rows.rows.size()), "line", "lines"),
        *kind);
    return rows;
}

} // namespace wardmote::lake
