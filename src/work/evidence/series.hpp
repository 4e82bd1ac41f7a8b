/// The monthly and yearly counts of one measure in one area, with what is needed to say where they
/// come from; and the store of them that is kept in memory.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/stats/series.hpp"
#include "work/evidence/evidence.hpp"

namespace wardmote::evidence {

/// Which areas: every area of `level` inside `within` (of `within_level`), or everything when it is
/// empty.
struct Scope {
    lake::Level level = lake::Level::district;
    std::string within_level;
    std::string within;
};

/// A source's counts over all areas of a scope, as known at one moment.
struct Counts {
    const Source *source = nullptr;
    lake::CountTable table;       ///< over every month that any file speaks for
    bool rows_are_counts = false; ///< every row counts one, so a sum is also a number of rows

    /// The sum over rows of the area (and, with `flags`, of splits that hold all those words); over
    /// all areas when `area` is empty.
    stats::MonthlySeries series(const std::string &area,
                                const std::vector<stats::SeriesBreak> &breaks) const;
};

/// The files that spoke for `period`: of each owner and month the one in force.
std::vector<lake::Manifest> files_of(const std::vector<lake::Manifest> &files, core::Period period);
core::SourceFile source_file(const lake::Manifest &manifest);

/// A yearly count and where it was found.
struct YearCount {
    core::FinancialYear year;
    double count = 0;
    bool from_months = false; ///< summed from twelve months; else a yearly figure of its own
};

/// Reads counts from the store and keeps them, until the store changes. Thread-safe.
class SeriesStore {
public:
    explicit SeriesStore(const lake::Reader &reader)
        : m_reader{reader} {}

    /// Counts of rows that meet `source` and, beside it, `where` and `flags`; nothing when the
    /// store has no file of its dataset.
    std::shared_ptr<const Counts> counts(const Source &source, const Scope &scope,
                                         core::Instant as_known_on,
                                         const std::vector<lake::Condition> &where = {},
                                         const std::vector<std::string> &flags = {});
    std::shared_ptr<const lake::AnnualTable> annual(const Source &source, const Scope &scope,
                                                    core::Instant as_known_on);
    /// Sums by value of `column` over `period`, largest first.
    std::vector<lake::Reader::Value> values(const Source &source, const Scope &scope,
                                            core::Instant as_known_on, core::Period period,
                                            const std::string &column);
    const lake::Reader &reader() const { return m_reader; }
    std::string generation() const { return m_reader.generation(); }

private:
    template <typename Value, typename Make>
    Value kept(std::map<std::string, Value> &store, const std::string &key, Make make);
    void forget_if_changed();

    const lake::Reader &m_reader;
    std::mutex m_mutex;
    std::string m_generation;
    std::map<std::string, std::shared_ptr<const Counts>> m_counts;
    std::map<std::string, std::shared_ptr<const lake::AnnualTable>> m_annual;
    std::map<std::string, std::vector<lake::Reader::Value>> m_values;
};

} // namespace wardmote::evidence
