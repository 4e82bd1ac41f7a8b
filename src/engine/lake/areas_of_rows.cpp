#include "engine/lake/areas_of_rows.hpp"

#include <cstring>

#include "engine/core/text.hpp"
#include "engine/lake/boundaries_known.hpp"
#include "engine/lake/import.hpp"

namespace wardmote::lake {

namespace {

/// "Devon & Cornwall" as the police archive names it in files: "devon-and-cornwall".
std::string slug(std::string_view name) {
    std::string text;
    for (const char c : core::lower(name)) {
        if (c == '&') {
            text += "and";
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text += c;
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    return text;
}

std::string_view value_of(const std::unordered_map<std::string, std::string> &map,
                          std::string_view key) {
    const auto found = map.find(std::string{key});
    return found == map.end() ? std::string_view{} : std::string_view{found->second};
}

} // namespace

const std::array<Column, canonical_count> &canonical_columns() {
    static const std::array<Column, canonical_count> columns{{
        {"month", ColumnType::date},       {"date", ColumnType::date},
        {"category", ColumnType::text},    {"detail", ColumnType::text},
        {"count", ColumnType::integer},    {"period_months", ColumnType::small},
        {"longitude", ColumnType::real},   {"latitude", ColumnType::real},
        {"location", ColumnType::text},    {"lsoa_named", ColumnType::text},
        {"ward_named", ColumnType::text},  {"district_named", ColumnType::text},
        {"lsoa21", ColumnType::text},      {"lsoa11", ColumnType::text},
        {"ward", ColumnType::text},        {"district", ColumnType::text},
        {"partnership", ColumnType::text}, {"placed", ColumnType::text},
        {"disagree", ColumnType::boolean}, {"reference", ColumnType::text},
        {"outcome", ColumnType::text},     {"flags", ColumnType::text},
        {"owner", ColumnType::text},       {"line", ColumnType::integer},
    }};
    return columns;
}

AreaBook::AreaBook(const std::string &store) {
    const Database database{{.threads = 1}};
    Connection connection = database.connect();
    const std::vector<Manifest> all = manifests(store);
    const KnownAreas areas = read_known_areas(store, all, connection);
    m_placer = make_placer(areas);
    m_fingerprint = m_placer->fingerprint();
    m_partnerships = {areas.district_partnership.begin(), areas.district_partnership.end()};
    for (const Manifest &manifest : all) {
        if (manifest.dataset == "lookups" && manifest.owner == "district-partnership") {
            auto rows = connection.query("SELECT district, force_name FROM read_parquet(" +
                                         sql_text(store + "/" + manifest.data) + ")");
            while (rows.next()) {
                if (!rows.text(1).empty()) {
                    m_forces.insert_or_assign(std::string{rows.text(0)}, slug(rows.text(1)));
                }
            }
        }
    }
}
AreaBook::~AreaBook() = default;

std::string_view AreaBook::partnership_of(std::string_view district) const {
    return value_of(m_partnerships, district);
}

std::string_view AreaBook::force_of(std::string_view district) const {
    return value_of(m_forces, district);
}

bool AreaBook::knows_force(std::string_view force) const {
    for (const auto &[district, name] : m_forces) {
        if (name == force) {
            return true;
        }
    }
    return false;
}

const Placement &RowPlacer::place(const NamedPlace &place) {
    m_key.clear();
    const double point[2]{place.longitude.value_or(999), place.latitude.value_or(999)};
    m_key.append(reinterpret_cast<const char *>(point), sizeof point);
    m_key.append(place.lsoa).append(1, '|').append(place.ward);
    const auto found = m_seen.find(m_key);
    if (found != m_seen.end()) {
        return found->second;
    }
    if (m_seen.size() > 200'000) { // memory stays bounded however many places a file names
        m_seen.clear();
    }
    return m_seen
        .emplace(m_key,
                 m_book.placer().place(place.longitude, place.latitude, place.lsoa, place.ward))
        .first->second;
}

std::string_view RowPlacer::district(const NamedPlace &place, const Placement &placement) const {
    return placement.district >= 0
               ? m_book.placer().codes()[static_cast<std::size_t>(placement.district)]
               : place.district;
}

void RowPlacer::note(FindingCounts &findings, const NamedPlace &place, const Placement &placement,
                     std::string_view force) const {
    if (!place.lsoa.empty() && !placement.by_code) {
        findings.add(Found::lsoa_unknown);
    }
    if (placement.only_2011) {
        findings.add(Found::only_2011);
    }
    if (placement.only_2021) {
        findings.add(Found::only_2021);
    }
    if (placement.by_point && placement.by_code) {
        findings.add(placement.disagree ? Found::place_disagrees : Found::place_agrees);
    }
    if (!force.empty()) {
        const std::string_view its = m_book.force_of(district(place, placement));
        if (!its.empty() && its != force) {
            findings.add(Found::outside_force);
        }
    }
}

void RowPlacer::write(ChunkWriter &chunk, std::size_t row, const NamedPlace &place,
                      const Placement &placement) const {
    const auto put = [&](CanonicalColumn column, std::int32_t code, std::string_view otherwise) {
        if (code >= 0) {
            chunk.stable_text(column, row, m_book.placer().codes()[static_cast<std::size_t>(code)]);
        } else if (!otherwise.empty()) {
            chunk.text(column, row, otherwise);
        }
    };
    put(c_lsoa21, placement.lsoa21, {});
    put(c_lsoa11, placement.lsoa11, {});
    put(c_ward, placement.ward, placement.by_point || placement.by_code ? "" : place.ward);
    put(c_district, placement.district, place.district);
    const bool by_name = placement.district < 0 && !place.district.empty();
    put(c_partnership, placement.partnership,
        by_name ? m_book.partnership_of(place.district) : std::string_view{});
    const bool by_code = placement.by_code || by_name;
    chunk.stable_text(c_placed, row,
                      placement.by_point ? (placement.by_code ? "both" : "point")
                      : by_code          ? "code"
                                         : "none");
    chunk.boolean(c_disagree, row, placement.disagree);
}

} // namespace wardmote::lake
