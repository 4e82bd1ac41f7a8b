#include "engine/lake/query_areas.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include <fmt/core.h>

#include "engine/lake/boundaries_known.hpp"
#include "engine/lake/query_sql.hpp"

namespace wardmote::lake {

namespace {

const KnownBoundary *outline_of(const KnownAreas &areas, Level level, const std::string &code) {
    const auto at =
        std::lower_bound(areas.boundaries.begin(), areas.boundaries.end(), std::tie(level, code),
                         [](const auto &boundary, const auto &key) {
                             return std::tie(boundary.level, boundary.code) < key;
                         });
    return at != areas.boundaries.end() && at->level == level && at->code == code ? &*at : nullptr;
}

/// The codes of a level that lookups speak of.
std::set<std::string> looked_up(const KnownAreas &areas, Level level) {
    std::set<std::string> codes;
    const auto targets = [&](const CodeToCode &map) {
        for (const auto &[from, to] : map) {
            codes.insert(to);
        }
    };
    const auto sources = [&](const auto &map) {
        for (const auto &[from, to] : map) {
            codes.insert(from);
        }
    };
    switch (level) {
    case Level::partnership:
        targets(areas.district_partnership);
        break;
    case Level::district:
        targets(areas.lsoa21_district);
        targets(areas.ward_district);
        break;
    case Level::ward:
        targets(areas.lsoa21_ward);
        break;
    case Level::lsoa21:
        sources(areas.lsoa21_ward);
        sources(areas.predecessors);
        break;
    case Level::lsoa11:
        sources(areas.successors);
        sources(areas.lsoa11_ward);
        break;
    }
    return codes;
}

std::string text_of(const Placer &placer, std::int32_t code) {
    return code < 0 ? std::string{} : placer.codes()[static_cast<std::size_t>(code)];
}

/// What an area of a level lies in.
Area with_parents(const Placer &placer, const KnownAreas &known, Level level,
                  const std::string &code) {
    Area area{code, "", level, "", "", "", ""};
    const bool lsoa = level == Level::lsoa21 || level == Level::lsoa11;
    if (lsoa || level == Level::ward) {
        const Placement placed =
            lsoa ? placer.place({}, {}, code, "") : placer.place({}, {}, "", code);
        area.partnership = text_of(placer, placed.partnership);
        area.district = text_of(placer, placed.district);
        area.ward = lsoa ? text_of(placer, placed.ward) : "";
    } else if (level == Level::district) {
        const auto partnership = known.district_partnership.find(code);
        const KnownBoundary *outline = outline_of(known, level, code);
        area.partnership = partnership != known.district_partnership.end() ? partnership->second
                           : outline != nullptr                            ? outline->partnership
                                                                           : "";
    }
    const auto name = known.names.find(code);
    area.name = name == known.names.end() ? code : name->second;
    return area;
}

} // namespace

struct AreaBook::Pages {
    std::string fingerprint;
    std::map<Level, std::vector<Area>> areas; ///< by name
};

std::shared_ptr<const AreaBook::Pages> AreaBook::pages(const Snapshot &snapshot) const {
    const std::lock_guard lock{m_mutex};
    if (m_pages && m_generation == snapshot.generation) {
        return m_pages;
    }
    const Database database;
    Connection connection = database.connect();
    const KnownAreas known = read_known_areas(m_store, snapshot.manifests, connection);
    m_generation = snapshot.generation;
    if (m_pages && m_pages->fingerprint == known.fingerprint) {
        return m_pages;
    }
    const std::unique_ptr<Placer> placer = make_placer(known);
    auto made = std::make_shared<Pages>();
    made->fingerprint = known.fingerprint;
    std::map<Level, std::set<std::string>> parents; ///< of areas that have outlines
    for (const Level level :
         {Level::lsoa21, Level::lsoa11, Level::ward, Level::district, Level::partnership}) {
        std::set<std::string> districts_drawn;
        std::map<std::string, Area> found;
        for (const KnownBoundary &boundary : known.boundaries) {
            if (boundary.level == level) {
                Area area = with_parents(*placer, known, level, boundary.code);
                area.outline = boundary.outline;
                districts_drawn.insert(area.district);
                parents[Level::district].insert(area.district);
                parents[Level::partnership].insert(area.partnership);
                found.emplace(boundary.code, std::move(area));
            }
        }
        std::set<std::string> more = looked_up(known, level);
        if (level == Level::district || level == Level::partnership) {
            more.insert(parents[level].begin(), parents[level].end());
        }
        for (const std::string &code : more) {
            if (code.empty() || found.contains(code)) {
                continue;
            }
            Area area = with_parents(*placer, known, level, code);
            // Lookups are of the whole country: areas not drawn are of use where none are.
            const bool large = level == Level::district || level == Level::partnership;
            if (large ? parents[level].empty() || parents[level].contains(code)
                      : !districts_drawn.contains(area.district)) {
                found.emplace(code, std::move(area));
            }
        }
        if (level == Level::district) {
            for (const auto &[code, area] : found) {
                parents[Level::partnership].insert(area.partnership);
            }
        }
        std::vector<Area> &list = made->areas[level];
        for (auto &[code, area] : found) {
            list.push_back(std::move(area));
        }
        std::stable_sort(list.begin(), list.end(), [](const Area &a, const Area &b) {
            return std::tie(a.name, a.code) < std::tie(b.name, b.code);
        });
    }
    m_pages = std::move(made);
    return m_pages;
}

std::vector<Area> AreaBook::areas(const Snapshot &snapshot, Level level,
                                  const std::string &within_code) const {
    const std::vector<Area> &all = pages(snapshot)->areas.at(level);
    const bool any_drawn =
        std::any_of(all.begin(), all.end(), [](const Area &area) { return !area.outline.empty(); });
    std::vector<Area> found;
    for (const Area &area : all) {
        const bool inside = within_code.empty()
                                ? !any_drawn || !area.outline.empty()
                                : area.code == within_code || area.ward == within_code ||
                                      area.district == within_code ||
                                      area.partnership == within_code;
        if (inside) {
            found.push_back(area);
        }
    }
    return found;
}

std::vector<Reader::Population> read_population(const std::string &store, const Snapshot &snapshot,
                                                const Database &database, Level level,
                                                const std::string &kind, int year) {
    struct Estimate {
        const Manifest *manifest;
        int year;
        std::int64_t people = 0;
        std::int64_t without_area = 0;
        std::vector<Reader::Population> areas;
    };
    // Evidence of every time is asked: an estimate received later is still of its own year.
    const core::Instant always{core::Instant::Milliseconds::max()};
    std::vector<Estimate> estimates;
    Connection connection = database.connect();
    for (const InForce &file : files_in_force(snapshot, {"population", "", always, std::nullopt})) {
        const std::string source = source_sql(store, {file});
        if (source.empty()) {
            continue;
        }
        const int of_year = file.months.front().year();
        Estimate estimate{file.manifest, of_year, 0, 0, {}};
        const std::vector<Value> values{kind};
        Result rows = connection.query(
            fmt::format("select coalesce(\"{}\", ''), sum(\"count\") from ({}) where category = ? "
                        "group by 1 order by 1",
                        column_of(level), source),
            values);
        while (rows.next()) {
            const std::string code{rows.text(0)};
            estimate.people += rows.integer(1);
            if (code.empty()) {
                estimate.without_area += rows.integer(1);
            } else {
                estimate.areas.push_back({code, rows.integer(1), file.manifest->id, of_year});
            }
        }
        if (!estimate.areas.empty()) {
            estimates.push_back(std::move(estimate));
        }
    }
    // Area by area: one partnership's own count and the country's census may both be there.
    std::stable_sort(estimates.begin(), estimates.end(), [&](const Estimate &a, const Estimate &b) {
        const auto rank = [&](const Estimate &estimate) {
            return std::tuple{estimate.without_area * 10 > estimate.people,
                              std::abs(estimate.year - year), -estimate.year};
        };
        return rank(a) < rank(b);
    });
    std::map<std::string, Reader::Population> best;
    for (const Estimate &estimate : estimates) {
        for (const Reader::Population &area : estimate.areas) {
            best.emplace(area.code, area);
        }
    }
    std::vector<Reader::Population> found;
    for (const auto &[code, area] : best) {
        found.push_back(area);
    }
    return found;
}

} // namespace wardmote::lake
