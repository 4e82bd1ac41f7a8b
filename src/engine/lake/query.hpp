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

/// Rows whose `column` is (or, negated, is not) one of `values`. Blank, empty and missing are one
/// value: "".
struct Condition {
    std::string column;
    std::vector<std::string> values;
    bool negated = false;
};

struct CountQuery {
    std::string dataset = {};
    std::vector<Condition> where = {};
    core::Period period;
    core::Instant as_known_on;
    Level level = Level::partnership; ///< one row of counts for each area of this level ...
    /// ... inside the area `within_code` of this level ("" for everywhere)
    std::string within_level = {};
    std::string within_code = {};
    std::string split_by = {}; ///< a column, such as "category", to count apart by; or empty
    std::string owner = {};    ///< whose files: "thames-valley"; or empty for everyone's
};

/// Counts month by month. counts[row][month] goes with areas[row] (and splits[row]) and the months
/// of `period`.
struct CountTable {
    core::Period period;
    std::vector<std::string> areas;  ///< area codes; "" for rows that have no area of the level
    std::vector<std::string> splits; ///< values of split_by, or "" throughout
    std::vector<std::vector<std::int64_t>> counts;
    /// A month without a file is absent, not nought. Where several owners' files speak of the area
    /// asked for (each holding a twentieth of its rows or more), a month wants a file of each.
    std::vector<bool> present;
    std::uint64_t rows = 0;      ///< evidence rows counted
    std::vector<Manifest> files; ///< the files in force for the months of the period
};

/// Yearly figures, from rows that stand for a financial year (period_months = 12). As CountTable,
/// with a column for each year: counts[row][i] goes with years[i].
struct AnnualTable {
    std::vector<core::FinancialYear> years; ///< every year that starts in the period asked for
    std::vector<std::string> areas;
    std::vector<std::string> splits;
    std::vector<std::vector<std::int64_t>> counts;
    std::vector<bool> present;
    std::uint64_t rows = 0;
    std::vector<Manifest> files;
};

/// How far the places named in rows and their points agree, for one area in one month.
struct Disagreement {
    std::string area;
    core::Month month;
    std::uint64_t rows = 0;     ///< rows of the area, by where their point lies or else by code
    std::uint64_t both = 0;     ///< of these, rows with a point in a known area and a known code
    std::uint64_t disagree = 0; ///< of these, rows whose code names another place than their point

    /// disagree / both; nought when there are none to compare.
    double share() const {
        return both == 0 ? 0 : static_cast<double>(disagree) / static_cast<double>(both);
    }
};

/// The months for which the store holds files of one dataset from one owner.
struct Coverage {
    std::string dataset;
    std::string owner;
    std::vector<core::Month> months;  ///< ascending, each once
    std::vector<core::Month> missing; ///< months between the first and the last without a file
    bool yearly = false;              ///< its rows stand for years
    std::uint64_t rows = 0;           ///< kept, in the files in force
    std::uint64_t files = 0;          ///< in force
};

/// An area that the store knows: its code, name, level and what it lies in.
struct Area {
    std::string code;
    std::string name;
    Level level;
    std::string partnership; ///< codes of the areas it lies in, empty where not known
    std::string district;
    std::string ward;
    std::string outline; ///< GeoJSON geometry in degrees, empty where there is no boundary
};

/// Reads a store. Each call sees one consistent set of manifests. Thread-safe.
class Reader {
public:
    virtual ~Reader() = default;

    /// Rows that stand for a month (period_months = 1), summed by their `count`. Throws
    /// std::invalid_argument, naming it, for a column that the dataset does not have.
    virtual CountTable count(const CountQuery &query) const = 0;
    /// Rows that stand for a financial year, for each year that starts in `query.period`.
    virtual AnnualTable annual_counts(const CountQuery &query) const = 0;

    /// For each area of query.level and month of query.period; the conditions hold as in count().
    virtual std::vector<Disagreement> disagreements(const CountQuery &query) const = 0;
    /// What is held, by dataset and owner, as known at `as_known_on`; empty `dataset` means all.
    virtual std::vector<Coverage> coverage(const std::string &dataset,
                                           core::Instant as_known_on) const = 0;
    /// The last month of any file of the dataset; nothing when there is none.
    virtual std::optional<core::Month> latest_month(const std::string &dataset,
                                                    core::Instant as_known_on) const = 0;
    /// The values of a column in the rows that the conditions select, ordered; "" for blank.
    struct Value {
        std::string value;
        std::int64_t count = 0; ///< sum of the rows' `count`
    };
    virtual std::vector<Value> values(const CountQuery &query, const std::string &column) const = 0;
    /// Every manifest received at or before `as_known_on`, superseded ones too, oldest first.
    virtual std::vector<Manifest> manifests(core::Instant as_known_on) const = 0;

    /// Every area of `level` inside `within_code` (of any larger level), or all; ordered by name.
    virtual std::vector<Area> areas(Level level, const std::string &within_code) const = 0;
    /// People or households of each area of `level` for the year nearest to `year`: "residents" |
    /// "households".
    struct Population {
        std::string code;
        std::int64_t people = 0;
        std::string source; ///< manifest id
        int year = 0;
    };
    virtual std::vector<Population> population(Level level, const std::string &kind,
                                               int year) const = 0;
    /// Changes whenever the store's content does; cheap enough to ask on every request.
    virtual std::string generation() const = 0;
};

/// Opens the evidence folder `store` for reading. Throws std::runtime_error when it is not one.
std::unique_ptr<Reader> make_reader(const std::string &store);

} // namespace wardmote::lake
