#include "engine/lake/placement.hpp"

#include <array>
#include <bit>
#include <functional>
#include <mutex>
#include <unordered_map>

#include "engine/geo/area_index.hpp"
#include "engine/geo/geojson.hpp"
#include "engine/lake/boundaries_known.hpp"

namespace wardmote::lake {

namespace {

/// Lets a map of strings be asked with a string_view.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// What a code alone says: itself, and what it lies in.
struct ByCode {
    Placement placement;
    bool lsoa21 = false;
    bool lsoa11 = false;
};

using Codes = std::unordered_map<std::string, ByCode, TextHash, std::equal_to<>>;

/// The outlines of one level, and the code of each.
struct LevelIndex {
    std::vector<std::int32_t> codes;
    std::unique_ptr<geo::AreaIndex> index;

    std::int32_t find(geo::Point point) const {
        const std::int32_t at = index ? index->find(point) : -1;
        return at < 0 ? -1 : codes[static_cast<std::size_t>(at)];
    }
};

std::string value_or_blank(const CodeToCode &map, const std::string &key) {
    const auto found = map.find(key);
    return found == map.end() ? std::string{} : found->second;
}

/// Remembers where points lie, for all threads: many incidents share a map point. What does not fit
/// is worked out again.
class PointMemory {
public:
    template <typename Find>
    Placement find(geo::Point point, Find look) const {
        const Key key{std::bit_cast<std::uint64_t>(point.x), std::bit_cast<std::uint64_t>(point.y)};
        const std::uint64_t hash = mixed(key);
        Shard &shard = m_shards[hash % m_shards.size()];
        Slot &slot = shard.slots[(hash >> 8U) % shard.slots.size()];
        {
            const std::lock_guard lock{shard.mutex};
            if (slot.used && slot.key == key) {
                return slot.placement;
            }
        }
        const Placement placement = look(point);
        const std::lock_guard lock{shard.mutex};
        slot = {key, placement, true};
        return placement;
    }

private:
    using Key = std::array<std::uint64_t, 2>;
    struct Slot {
        Key key{};
        Placement placement;
        bool used = false;
    };
    struct Shard {
        std::mutex mutex;
        std::array<Slot, 2048> slots; ///< a new point takes the place of an old one
    };

    static std::uint64_t mixed(const Key &key) {
        std::uint64_t hash = key[0] * 0x9E3779B97F4A7C15U + key[1];
        hash = (hash ^ (hash >> 32U)) * 0xD6E8FEB86659FD93U;
        return hash ^ (hash >> 32U);
    }

    mutable std::vector<Shard> m_shards = std::vector<Shard>(64);
};

class AreaPlacer final : public Placer {
public:
    explicit AreaPlacer(const KnownAreas &areas)
        : m_fingerprint{areas.fingerprint} {
        add_outlines(areas);
        add_wards(areas);
        add_lsoas(areas);
        m_parents.resize(m_codes.size());
        for (const auto &[code, known] : m_by_code) {
            m_parents[static_cast<std::size_t>(m_numbers.find(code)->second)] = known.placement;
        }
        m_boundaries.clear();
        m_centres.clear();
    }

    Placement place(std::optional<double> longitude, std::optional<double> latitude,
                    std::string_view lsoa_code, std::string_view ward_code) const override {
        Placement point;
        if (longitude && latitude) {
            point = m_memory.find({*longitude, *latitude},
                                  [this](geo::Point at) { return by_point(at); });
        }
        const auto lsoa = lsoa_code.empty() ? m_by_code.end() : m_by_code.find(lsoa_code);
        const bool lsoa_known =
            lsoa != m_by_code.end() && (lsoa->second.lsoa21 || lsoa->second.lsoa11);
        const auto ward = ward_code.empty() ? m_by_code.end() : m_by_code.find(ward_code);

        Placement named = lsoa_known                ? lsoa->second.placement
                          : ward != m_by_code.end() ? ward->second.placement
                                                    : Placement{};
        if (lsoa_known && ward != m_by_code.end()) {
            named.ward = ward->second.placement.ward; // the row's own word goes before a lookup's
        }
        named.by_code = lsoa_known || ward != m_by_code.end();
        Placement placed = point.by_point ? point : named;
        placed.by_code = named.by_code;
        if (point.by_point && named.by_code) {
            placed.disagree = lsoa_known ? differ(point, lsoa->second)
                                         : point.ward >= 0 && point.ward != named.ward;
        }
        if (lsoa_known) {
            placed.only_2011 = !lsoa->second.lsoa21;
            placed.only_2021 = !lsoa->second.lsoa11;
            placed.named_other_census = placed.only_2011;
        }
        return placed;
    }

    const std::vector<std::string> &codes() const override { return m_codes; }
    std::string fingerprint() const override { return m_fingerprint; }

private:
    std::int32_t number(const std::string &code) {
        if (code.empty()) {
            return -1;
        }
        const auto [at, added] =
            m_numbers.try_emplace(code, static_cast<std::int32_t>(m_codes.size()));
        if (added) {
            m_codes.push_back(code);
        }
        return at->second;
    }

    LevelIndex &level(Level level) { return m_levels[static_cast<std::size_t>(level)]; }
    const LevelIndex &level(Level level) const { return m_levels[static_cast<std::size_t>(level)]; }

    void add_outlines(const KnownAreas &areas) {
        std::array<std::vector<geo::Shape>, 5> shapes;
        for (const KnownBoundary &boundary : areas.boundaries) {
            shapes[static_cast<std::size_t>(boundary.level)].push_back(
                {boundary.code, boundary.name, geo::read_geometry_json(boundary.outline)});
            level(boundary.level).codes.push_back(number(boundary.code));
            m_boundaries.emplace(boundary.code, &boundary);
        }
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            m_levels[i].index = std::make_unique<geo::AreaIndex>(shapes[i]);
            for (const geo::Shape &shape : shapes[i]) {
                m_centres.emplace(shape.code, geo::inner_point(shape));
            }
        }
    }

    void set_parents(Placement &placement, const std::string &district,
                     const std::string &partnership, const KnownAreas &areas) {
        const std::string looked_up = value_or_blank(areas.district_partnership, district);
        placement.district = number(district);
        placement.partnership = number(looked_up.empty() ? partnership : looked_up);
    }

    std::string named_district(const std::string &code) const {
        const auto boundary = m_boundaries.find(code);
        return boundary == m_boundaries.end() ? std::string{} : boundary->second->district;
    }
    std::string named_partnership(const std::string &code) const {
        const auto boundary = m_boundaries.find(code);
        return boundary == m_boundaries.end() ? std::string{} : boundary->second->partnership;
    }

    void add_wards(const KnownAreas &areas) {
        const auto add = [&](const std::string &code) {
            if (m_by_code.contains(code)) {
                return;
            }
            ByCode known;
            known.placement.ward = number(code);
            const std::string looked_up = value_or_blank(areas.ward_district, code);
            set_parents(known.placement, looked_up.empty() ? named_district(code) : looked_up,
                        named_partnership(code), areas);
            m_by_code.emplace(code, known);
        };
        for (const KnownBoundary &boundary : areas.boundaries) {
            if (boundary.level == Level::ward) {
                add(boundary.code);
            } else if (boundary.level == Level::district) {
                set_parents(m_districts[number(boundary.code)], boundary.code, boundary.partnership,
                            areas);
            }
        }
        for (const CodeToCode *map : {&areas.lsoa21_ward, &areas.lsoa11_ward}) {
            for (const auto &[lsoa, ward] : *map) {
                add(ward);
            }
        }
        for (const auto &[ward, district] : areas.ward_district) {
            add(ward);
        }
    }

    /// The ward that a lookup gives, unless the outlines are of other wards: then by the LSOA's
    /// centre.
    std::int32_t ward_of(const std::string &lsoa, const std::string &looked_up,
                         const KnownAreas &areas) {
        const LevelIndex &wards = level(Level::ward);
        const auto outline = m_boundaries.find(looked_up);
        if (outline == m_boundaries.end() || outline->second->level != Level::ward) {
            const auto given = areas.centroids.find(lsoa);
            const auto inner = m_centres.find(lsoa);
            const std::int32_t found = given != areas.centroids.end() ? wards.find(given->second)
                                       : inner != m_centres.end()     ? wards.find(inner->second)
                                                                      : -1;
            if (found >= 0) {
                return found;
            }
        }
        return number(looked_up);
    }

    void add_lsoa21(const std::string &code, const KnownAreas &areas) {
        if (code.empty() || m_by_code[code].lsoa21) {
            return;
        }
        ByCode known;
        known.lsoa21 = true;
        known.placement.lsoa21 = number(code);
        const std::string looked_up = value_or_blank(areas.lsoa21_district, code);
        set_parents(known.placement, looked_up.empty() ? named_district(code) : looked_up,
                    named_partnership(code), areas);
        known.placement.ward = ward_of(code, value_or_blank(areas.lsoa21_ward, code), areas);
        const auto before = areas.predecessors.find(code);
        if (before != areas.predecessors.end() && before->second.size() == 1) {
            known.placement.lsoa11 = number(before->second.front());
        }
        m_by_code[code] = known;
    }

    void add_lsoa11(const std::string &code, const KnownAreas &areas) {
        ByCode &known = m_by_code[code];
        if (code.empty() || known.lsoa11) {
            return;
        }
        known.lsoa11 = true;
        known.placement.lsoa11 = number(code);
        if (known.lsoa21) {
            return; // the same code in both: its parents are known already
        }
        Placement &placement = known.placement;
        const auto after = areas.successors.find(code);
        if (after != areas.successors.end()) {
            // Split: what all its parts lie in is known, which part it was is not.
            bool first = true;
            for (const Successor &successor : after->second) {
                const Placement &part = m_by_code[successor.lsoa21].placement;
                placement.ward = first || placement.ward == part.ward ? part.ward : -1;
                placement.district =
                    first || placement.district == part.district ? part.district : -1;
                placement.partnership =
                    first || placement.partnership == part.partnership ? part.partnership : -1;
                first = false;
            }
            placement.lsoa21 =
                after->second.size() == 1 ? number(after->second.front().lsoa21) : -1;
        }
        if (placement.district < 0) {
            set_parents(placement, named_district(code), named_partnership(code), areas);
        }
        if (placement.ward < 0 && after == areas.successors.end()) {
            placement.ward = ward_of(code, value_or_blank(areas.lsoa11_ward, code), areas);
        }
    }

    void add_lsoas(const KnownAreas &areas) {
        for (const KnownBoundary &boundary : areas.boundaries) {
            if (boundary.level == Level::lsoa21) {
                add_lsoa21(boundary.code, areas);
            }
        }
        for (const auto &[code, ward] : areas.lsoa21_ward) {
            add_lsoa21(code, areas);
        }
        for (const auto &[code, before] : areas.predecessors) {
            add_lsoa21(code, areas);
        }
        for (const KnownBoundary &boundary : areas.boundaries) {
            if (boundary.level == Level::lsoa11) {
                add_lsoa11(boundary.code, areas);
            }
        }
        for (const auto &[code, after] : areas.successors) {
            add_lsoa11(code, areas);
        }
        for (const auto &[code, ward] : areas.lsoa11_ward) {
            add_lsoa11(code, areas);
        }
    }

    const Placement *parents(std::int32_t code) const {
        return code < 0 ? nullptr : &m_parents[static_cast<std::size_t>(code)];
    }

    Placement by_point(geo::Point point) const {
        Placement placed;
        placed.lsoa21 = level(Level::lsoa21).find(point);
        placed.lsoa11 = level(Level::lsoa11).find(point);
        placed.ward = level(Level::ward).find(point);
        placed.by_point = placed.lsoa21 >= 0 || placed.lsoa11 >= 0 || placed.ward >= 0;

        const Placement *lsoa = parents(placed.lsoa21 >= 0 ? placed.lsoa21 : placed.lsoa11);
        const Placement *ward = parents(placed.ward);
        if (lsoa != nullptr) {
            placed.lsoa21 = placed.lsoa21 >= 0 ? placed.lsoa21 : lsoa->lsoa21;
            placed.lsoa11 = placed.lsoa11 >= 0 ? placed.lsoa11 : lsoa->lsoa11;
            placed.district = lsoa->district;
            placed.partnership = lsoa->partnership;
            // Generalised outlines may put a point at a city's edge into the next district's ward.
            const bool elsewhere = ward != nullptr && ward->district >= 0 && lsoa->district >= 0 &&
                                   ward->district != lsoa->district;
            if (ward == nullptr || elsewhere) {
                placed.ward = lsoa->ward;
                ward = parents(placed.ward);
            }
        }
        if (placed.district < 0 && ward != nullptr) {
            placed.district = ward->district;
            placed.partnership = ward->partnership;
        }
        if (placed.district < 0) {
            const auto district = m_districts.find(level(Level::district).find(point));
            if (district != m_districts.end()) {
                placed.district = district->second.district;
                placed.partnership = district->second.partnership;
            }
        }
        return placed;
    }

    /// Whether an LSOA named is another than the point's, in the census its code is of; a code of
    /// both is held against the later.
    static bool differ(const Placement &point, const ByCode &named) {
        if (named.lsoa21 && point.lsoa21 >= 0) {
            return point.lsoa21 != named.placement.lsoa21;
        }
        // A code of 2021 alone has no number of 2011, and an outline of 2011 nothing to say of it.
        return named.lsoa11 && point.lsoa11 >= 0 && point.lsoa11 != named.placement.lsoa11;
    }

    std::vector<std::string> m_codes;
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> m_numbers;
    std::array<LevelIndex, 5> m_levels;
    Codes m_by_code;
    std::vector<Placement> m_parents; ///< by number of the code
    std::unordered_map<std::int32_t, Placement> m_districts;
    std::unordered_map<std::string, const KnownBoundary *> m_boundaries; ///< while being made
    std::unordered_map<std::string, geo::Point> m_centres;
    std::string m_fingerprint;
    PointMemory m_memory;
};

} // namespace

std::string_view column_of(Level level) {
    static constexpr std::array<std::string_view, 5> names{"partnership", "district", "ward",
                                                           "lsoa21", "lsoa11"};
    return names[static_cast<std::size_t>(level)];
}

std::unique_ptr<Placer> make_placer(const KnownAreas &areas) {
    return std::make_unique<AreaPlacer>(areas);
}

} // namespace wardmote::lake
