/// The area columns of a row: filled from where the row says it happened, when it comes in and
/// whenever areas change.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/lake/duckdb.hpp"
#include "engine/lake/findings.hpp"
#include "engine/lake/manifest.hpp"
#include "engine/lake/placement.hpp"

namespace wardmote::lake {

/// The columns every counted dataset's Parquet starts with, by their place.
enum CanonicalColumn : std::size_t {
    c_month,
    c_date,
    c_category,
    c_detail,
    c_count,
    c_period_months,
    c_longitude,
    c_latitude,
    c_location,
    c_lsoa_named,
    c_ward_named,
    c_district_named,
    c_lsoa21,
    c_lsoa11,
    c_ward,
    c_district,
    c_partnership,
    c_placed,
    c_disagree,
    c_reference,
    c_outcome,
    c_flags,
    c_owner,
    c_line,
    canonical_count
};
const std::array<Column, canonical_count> &canonical_columns();

/// All that the store knows of areas, for one import; shared by its threads.
class AreaBook {
public:
    explicit AreaBook(const std::string &store);
    ~AreaBook();
    AreaBook(const AreaBook &) = delete;
    AreaBook &operator=(const AreaBook &) = delete;

    const Placer &placer() const { return *m_placer; }
    const std::string &fingerprint() const { return m_fingerprint; }
    /// "E22000210" for a district, or empty.
    std::string_view partnership_of(std::string_view district) const;
    /// "thames-valley" for a district, as files of data.police.uk call forces; empty where no
    /// lookup says.
    std::string_view force_of(std::string_view district) const;
    bool knows_force(std::string_view force) const;

private:
    std::unique_ptr<Placer> m_placer;
    std::string m_fingerprint;
    std::unordered_map<std::string, std::string> m_partnerships;
    std::unordered_map<std::string, std::string> m_forces;
};

/// Where a row says it was; blank where it does not say.
struct NamedPlace {
    std::optional<double> longitude;
    std::optional<double> latitude;
    std::string_view lsoa;
    std::string_view ward;
    std::string_view district;
};

/// Places rows, each distinct place once. For one thread.
class RowPlacer {
public:
    explicit RowPlacer(const AreaBook &book)
        : m_book{book} {}

    const Placement &place(const NamedPlace &place);
    /// Writes the columns from c_lsoa21 to c_disagree.
    void write(ChunkWriter &chunk, std::size_t row, const NamedPlace &place,
               const Placement &placement) const;
    std::string_view district(const NamedPlace &place, const Placement &placement) const;
    /// Counts what is odd about where the row is. `force` is whose file it is, or empty when it is
    /// no force's.
    void note(FindingCounts &findings, const NamedPlace &place, const Placement &placement,
              std::string_view force) const;

private:
    const AreaBook &m_book;
    std::unordered_map<std::string, Placement> m_seen;
    std::string m_key;
};

} // namespace wardmote::lake
