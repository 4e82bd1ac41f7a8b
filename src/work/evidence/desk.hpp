/// The desk that every question about evidence is answered from: settings, measures, the store, and
/// what has been worked out already.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/stats/change.hpp"
#include "engine/stats/control_chart.hpp"
#include "engine/stats/projection.hpp"
#include "engine/stats/series.hpp"
#include "platform/chart/chart.hpp"
#include "work/evidence/evidence.hpp"
#include "work/evidence/series.hpp"

namespace wardmote::evidence {

/// Which months are compared with which.
struct Basis {
    enum class Span { year_to_date, quarter, rolling_twelve };
    enum class Against { last_year, three_years };
    Span span = Span::year_to_date;
    Against against = Against::last_year;
};

/// An Asking with everything filled in.
struct Standpoint {
    core::Date as_at;
    core::Instant as_known_on;
    lake::Area area;
    bool whole = true;               ///< the whole place, not a part of it
    std::optional<core::Month> last; ///< as asked
};

/// A measure with the source that answers it, in that source's words.
struct Served {
    Measure measure;
    const Source *source = nullptr;
    std::shared_ptr<const Counts> counts;
};

/// All that is worked out of one measure in one area up to one month.
struct Analysis {
    Served served;
    Standpoint at;
    stats::MonthlySeries series; ///< up to and including `last`
    core::Month last;
    stats::PeriodPair pair;
    double before = 0; ///< what is shown beside `now`: a sum, or the mean of three years
    stats::Change change;
    stats::Projection projection;
    bool gaps_estimated = false; ///< months without a figure are part of what is projected
    stats::ControlChart control; ///< of the last 24 months
    std::optional<core::Period> baseline;
    std::vector<core::Month> provisional;
    std::vector<core::Month> missing; ///< of the months compared, without a figure

    bool has_rows() const;               ///< some month counts more than nought
    std::string period_in_words() const; ///< "April to December 2014", ", without July" and all
    std::string before_in_words() const; ///< "the same months of 2013"
};

/// Nothing when there is no month to speak of.
std::shared_ptr<const Analysis> work_out(Served served, const Standpoint &at, Basis basis);
std::vector<stats::SeriesBreak> breaks_of(const Measure &measure);

/// One part of the place: how it changed.
struct PartChange {
    lake::Area area;
    stats::PeriodPair pair;
    stats::Change change;
    std::vector<std::optional<double>> this_year, last_year; ///< a month each, of the pair
};

struct Parts {
    std::vector<PartChange> parts; ///< largest rise first
    core::Period now, before;
    std::size_t rising = 0, falling = 0, clear_rises = 0, clear_falls = 0;
    double unplaced = 0; ///< of `now`, in none of the parts
};

class Desk {
public:
    Desk(std::string home, const core::Clock &clock);
    /// With parts of its own making, where there is no folder.
    Desk(Settings settings, std::vector<Measure> measures, std::unique_ptr<lake::Reader> reader,
         const core::Clock &clock);

    const std::string &home() const { return m_home; }
    const Settings &settings() const { return m_settings; }
    const std::vector<Measure> &measures() const { return m_measures; }
    const Measure *measure(std::string_view key) const;
    /// What a dataset is called in its mapping in catalogue/sources; else its name in words.
    std::string dataset_title(const std::string &dataset) const;
    const lake::Reader &reader() const { return *m_reader; }
    core::Date today() const;

    /// Nothing when the area asked for is not known.
    std::optional<Standpoint> standpoint(const Asking &asking) const;
    /// The parts of the place at a level, by name; kept until the store changes.
    std::shared_ptr<const std::vector<lake::Area>> areas(lake::Level level) const;
    /// The scope that holds the counts of the area asked for.
    Scope scope_of(const Standpoint &at) const;
    Scope scope_of(lake::Level level) const;

    /// Nothing when no source of it has come.
    std::optional<Served> serve(const Measure &measure, const Standpoint &at) const;
    /// Nothing when there is no month to speak of.
    std::shared_ptr<const Analysis> analyse(const Measure &measure, const Standpoint &at,
                                            Basis basis = {}) const;
    /// Changes of every part of the place, year to date; nothing when rows do not name them.
    std::shared_ptr<const Parts> parts(const Measure &measure, const Standpoint &at) const;
    /// The parts that the place is shown by: wards of a district, districts of what is wider.
    lake::Level part_level() const;
    std::string part_noun() const; ///< "ward" or "district"
    /// Complete financial years up to the one before `last`'s; of the area asked for.
    std::vector<YearCount> years(const Measure &measure, const Standpoint &at) const;
    std::vector<lake::Manifest> annual_files(const Measure &measure, const Standpoint &at) const;
    /// What `make` draws, kept under `key` until the store changes; nothing too is kept.
    std::shared_ptr<const chart::Chart>
    drawn(const std::string &key,
          const std::function<std::shared_ptr<const chart::Chart>()> &make) const;
    SeriesStore &store() const { return *m_store; }
    std::string generation() const { return m_reader->generation(); }

private:
    template <typename Value, typename Make>
    Value kept(std::map<std::string, Value> &store, const std::string &key, Make make) const;

    std::set<std::string> areas_with_rows(lake::Level level) const;

    std::string m_home;
    const core::Clock &m_clock;
    Settings m_settings;
    std::vector<Measure> m_measures;
    std::map<std::string, std::string> m_titles;
    std::unique_ptr<lake::Reader> m_reader;
    std::unique_ptr<SeriesStore> m_store;
    mutable std::mutex m_mutex;
    mutable std::string m_generation;
    mutable std::map<std::string, std::shared_ptr<const Analysis>> m_analyses;
    mutable std::map<std::string, std::shared_ptr<const Parts>> m_parts;
    mutable std::map<std::string, std::shared_ptr<const std::vector<lake::Area>>> m_areas;
    mutable std::map<std::string, std::shared_ptr<const chart::Chart>> m_drawn;
};

} // namespace wardmote::evidence
