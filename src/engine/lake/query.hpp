/// Questions to the evidence store: how many, in which months, in which areas, as known when.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/lake/manifest.hpp"
#include "engine/lake/placement.hpp"

namespace wardmote::lake {

/// Rows whose `column` is (or, negated, is not) one of `values`. Blank, empty and missing are one value: "".
struct Condition {
    std::string column;
    std::vector<std::string> values;
    bool negated = false;
};

struct CountQuery {
    std::string dataset;
    std::vector<Condition> where;
    core::Period period;
    core::Instant as_known_on;
    Level level = Level::partnership; ///< one row of counts for each area of this level ...
    std::string within_level;         ///< ... inside the area `within_code` of this level ("" for everywhere)
    std::string within_code;
    std::string split_by;             ///< a column, such as "category", to count apart by; or empty
};

/// Counts month by month. counts[row][month] goes with areas[row] (and splits[row]) and the months of `period`.
struct CountTable {
    core::Period period;
    std::vector<std::string> areas;  ///< area codes; "" for rows that have no area of the level
    std::vector<std::string> splits; ///< values of split_by, or "" throughout
    std::vector<std::vector<std::int64_t>> counts;
    std::vector<bool> present;       ///< a month without any file is absent, not nought
    std::uint64_t rows = 0;          ///< evidence rows counted
    std::vector<Manifest> files;     ///< the files in force for the months of the period
};

/// An area that the store knows: its code, name, level and what it lies in.
struct Area {
    std::string code;
    std::string name;
    Level level;
    std::string partnership; ///< codes of the areas it lies in, empty where not known
    std::string district;
    std::string ward;
    std::string outline;     ///< GeoJSON geometry in degrees, empty where there is no boundary
};

/// Reads a store. Each call sees one consistent set of manifests. Thread-safe.
class Reader {
public:
    virtual ~Reader() = default;

    virtual CountTable count(const CountQuery &query) const = 0;
    /// Every area of `level` inside `within_code` (of any larger level), or all; ordered by name.
    virtual std::vector<Area> areas(Level level, const std::string &within_code) const = 0;
    /// People or households of each area of `level` for the year nearest to `year`: "residents" | "households".
    struct Population {
        std::string code;
        std::int64_t people = 0;
        std::string source; ///< manifest id
        int year = 0;
    };
    virtual std::vector<Population> population(Level level, const std::string &kind, int year) const = 0;
    /// Changes whenever the store's content does; cheap enough to ask on every request.
    virtual std::string generation() const = 0;
};

/// Opens the evidence folder `store` for reading. Throws std::runtime_error when it is not one.
std::unique_ptr<Reader> make_reader(const std::string &store);

} // namespace wardmote::lake
