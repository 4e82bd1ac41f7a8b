#include "engine/lake/boundaries_known.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/core.h>

namespace wardmote::lake {

namespace {

std::optional<Level> level_named(std::string_view name) {
    for (const Level level :
         {Level::partnership, Level::district, Level::ward, Level::lsoa21, Level::lsoa11}) {
        if (column_of(level) == name) {
            return level;
        }
    }
    return std::nullopt; // a level that is kept but not placed in, such as MSOAs
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo): quick, and no secret hangs on it.
class Fingerprint {
public:
    void add(std::string_view text) {
        for (const char c : text) {
            m_hash = (m_hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        }
        m_hash *= 0x100000001B3U;
    }
    std::string text() const { return fmt::format("{:016x}", m_hash); }

private:
    std::uint64_t m_hash = 0xCBF29CE484222325U;
};

using Boundaries = std::map<std::pair<Level, std::string>, KnownBoundary>;

void read_boundaries(Connection &connection, const std::string &path, Boundaries &into,
                     KnownAreas &areas) {
    Result rows = connection.query(
        "select level, code, name, vintage, district, district_name, partnership, outline from "
        "read_parquet(" +
        sql_text(path) + ")");
    while (rows.next()) {
        const std::string code{rows.text(1)};
        if (!rows.text(2).empty()) {
            areas.names[code] = rows.text(2);
        }
        if (!rows.text(4).empty() && !rows.text(5).empty()) {
            areas.names.try_emplace(std::string{rows.text(4)}, rows.text(5));
        }
        if (const std::optional<Level> level = level_named(rows.text(0))) {
            into.insert_or_assign(
                {*level, code},
                KnownBoundary{*level, code, std::string{rows.text(2)},
                              static_cast<int>(rows.integer(3)), std::string{rows.text(4)},
                              std::string{rows.text(6)}, std::string{rows.text(7)}});
        }
    }
}

/// A ward drawn again has often a new code: the old ones must not lie under the new.
void drop_superseded(Boundaries &boundaries) {
    std::map<std::pair<Level, std::string>, int> latest;
    const auto group = [](const KnownBoundary &boundary) {
        return std::pair{boundary.level, boundary.district};
    };
    for (const auto &[key, boundary] : boundaries) {
        int &year = latest[group(boundary)];
        year = std::max(year, boundary.vintage);
    }
    std::erase_if(boundaries, [&](const auto &entry) {
        const KnownBoundary &boundary = entry.second;
        const bool redrawn = boundary.level == Level::ward || boundary.level == Level::district;
        return redrawn && boundary.vintage < latest[group(boundary)];
    });
}

/// The lines of one kind of lookup, each later one over the earlier.
struct Lines {
    std::map<std::pair<std::string, std::string>, std::string> changes; ///< (2011, 2021) -> change
};

void read_lookups(Connection &connection, const std::string &path, KnownAreas &areas,
                  Lines &lines) {
    Result rows = connection.query(
        "select kind, lsoa11, lsoa11_name, lsoa21, lsoa21_name, change, ward, ward_name, district, "
        "district_name, partnership, partnership_name, longitude, latitude from read_parquet(" +
        sql_text(path) + ")");
    const auto set = [](CodeToCode &map, std::string_view from, std::string_view to) {
        if (!from.empty() && !to.empty()) {
            map.insert_or_assign(std::string{from}, std::string{to});
        }
    };
    while (rows.next()) {
        const std::string kind{rows.text(0)};
        const std::string lsoa11{rows.text(1)};
        const std::string lsoa21{rows.text(3)};
        const std::string ward{rows.text(6)};
        const std::string district{rows.text(8)};
        for (const std::size_t column : {1U, 6U, 8U, 10U}) {
            if (!rows.text(column).empty() && !rows.text(column + 1).empty()) {
                areas.names.try_emplace(std::string{rows.text(column)}, rows.text(column + 1));
            }
        }
        set(areas.names, lsoa21, rows.text(4));
        if (kind == "lsoa11-lsoa21") {
            lines.changes.insert_or_assign({lsoa11, lsoa21}, std::string{rows.text(5)});
            if (!areas.lsoa21_district.contains(lsoa21)) {
                set(areas.lsoa21_district, lsoa21, district);
            }
        } else if (kind == "lsoa21-ward") {
            set(areas.lsoa21_ward, lsoa21, ward);
            set(areas.lsoa21_district, lsoa21, district);
            set(areas.ward_district, ward, district);
        } else if (kind == "lsoa11-ward") {
            set(areas.lsoa11_ward, lsoa11, ward);
        } else if (kind == "ward-district") {
            set(areas.ward_district, ward, district);
        } else if (kind == "district-partnership") {
            set(areas.district_partnership, district, rows.text(10));
        } else if (kind == "lsoa-centroid") {
            const geo::Point at{rows.real(12), rows.real(13)};
            for (const std::string &code : {lsoa21, lsoa11}) {
                if (!code.empty()) {
                    areas.centroids[code] = at;
                }
            }
        }
    }
}

} // namespace

KnownAreas read_known_areas(const std::string &store, const std::vector<Manifest> &manifests,
                            Connection &connection) {
    std::vector<const Manifest *> order;
    for (const Manifest &manifest : manifests) {
        if (manifest.dataset == "boundaries" || manifest.dataset == "lookups") {
            order.push_back(&manifest);
        }
    }
    std::sort(order.begin(), order.end(), [](const Manifest *a, const Manifest *b) {
        return std::tie(a->received, a->imported, a->id) <
               std::tie(b->received, b->imported, b->id);
    });

    KnownAreas areas;
    Boundaries boundaries;
    Lines lines;
    Fingerprint fingerprint;
    fingerprint.add("placement 1"); // to be raised when the rules of placing change
    for (const Manifest *manifest : order) {
        fingerprint.add(manifest->id);
        fingerprint.add(manifest->data_sha256);
        if (manifest->rows_kept == 0) {
            continue;
        }
        const std::string path = store + "/" + manifest->data;
        if (manifest->dataset == "boundaries") {
            read_boundaries(connection, path, boundaries, areas);
        } else {
            read_lookups(connection, path, areas, lines);
        }
    }
    for (const auto &[pair, change] : lines.changes) {
        areas.successors[pair.first].push_back({pair.second, change});
        areas.predecessors[pair.second].push_back(pair.first);
    }
    drop_superseded(boundaries);
    for (auto &[key, boundary] : boundaries) {
        areas.boundaries.push_back(std::move(boundary));
    }
    areas.fingerprint = fingerprint.text();
    return areas;
}

} // namespace wardmote::lake
