/// The partnership's evidence at work: its measures, their figures and charts, and the pages that
/// show them.
///
/// A Workspace is a folder HOME:
///   HOME/wardmote.toml    settings (see Settings)
///   HOME/evidence/        the evidence store
///   HOME/catalogue/       what the partnership adds to, or says instead of, the shipped catalogue
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/core/figure.hpp"
#include "engine/lake/query.hpp"
#include "platform/html/page.hpp"
#include "platform/web/router.hpp"

namespace wardmote::chart {
struct Chart;
}

namespace wardmote::evidence {

/// HOME/wardmote.toml:
///
///     partnership = "Oxford Safer Communities Partnership"
///     place = "Oxford"                  # as it stands in a sentence
///     level = "district"                # partnership | district
///     area = "E07000178"
///     as_at = 2015-02-02                # optional: stands still on this day
///     footer = "Example workspace ..."  # optional: said at the foot of every page and report
///     example = true                    # optional
///     first_year = 2003                 # optional: financial years from 2003-04 are "on record"
///     [[priorities]]                    # optional
///     key = "burglary"
///     title = "Burglary and robbery"
struct Settings {
    struct Priority {
        std::string key;
        std::string title;
    };
    std::string partnership = "Community safety partnership";
    std::string place = "the area";
    lake::Level level = lake::Level::district;
    std::string area; ///< code; empty counts everything in the store
    std::optional<core::Date> as_at;
    std::string footer;
    bool example = false;
    int first_year =
        0; ///< "on record" begins with the financial year of this April; 0: all there is
    std::vector<Priority> priorities;

    /// Missing file: the defaults. Throws std::runtime_error naming file, line and reason when it
    /// cannot be read.
    static Settings read(const std::string &path);
};

/// One place a measure's rows may come from. The first that has rows in the store serves.
struct Source {
    std::string dataset;
    std::vector<lake::Condition> where;
    std::vector<std::string> flags; ///< words that must all stand in the row's flags
    std::string words;              ///< the filter in words: "crime type Bicycle theft"
    bool whole_place = false;       ///< its rows name no area: all are the whole place's
    /// What the measure is called when this source serves, where the source counts something else.
    std::string title, short_title, in_sentence, one, many, definition, note;
};

/// What is counted, and what a reader must know of it: one table of catalogue/measures/*.toml.
struct Measure {
    enum class Polarity { lower_is_better, higher_is_better, neither };
    enum class Denominator { none, residents, households };
    struct Break {
        core::Month month; ///< the first month of the new series
        std::string note;
    };
    /// A part of the measure with a key of its own, such as sexual-offences.non-recent.
    struct Part {
        enum class Over { year_to_date, calendar_year, everything };
        std::string key;
        std::string title;
        std::string one, many;
        std::vector<lake::Condition> where;
        std::vector<std::string> flags;
        std::string words;
        Over over = Over::year_to_date;
    };

    std::string key; ///< "burglary-home"
    int version = 1;
    std::string title;       ///< "Burglary of people's homes"
    std::string in_sentence; ///< "burglaries of people's homes", as it stands in a sentence, plural
    std::string one, many;   ///< "burglary", "burglaries"
    std::string
        short_title;        ///< "Burglary of homes", for a headline; singular or plural by `plural`
    bool plural = false;    ///< the short title takes a plural verb
    std::string publisher;  ///< "Police"
    std::string definition; ///< one sentence
    std::vector<Source> sources;
    std::vector<Source> annual; ///< sources of yearly counts before the monthly ones begin
    Polarity polarity = Polarity::neither;
    Denominator denominator = Denominator::none;
    std::vector<Break> breaks;
    int provisional_lag = 0;    ///< the latest months that may still change
    std::string theme;          ///< key of a priority, or empty
    double harm_weight = 0;     ///< of one of it; 0 when none is given
    bool dashboard = true;      ///< shown in the table of measures
    bool district_only = false; ///< never by ward or smaller: few, and of people who could be known
    std::vector<Part> parts;
    std::string file; ///< where it is defined
};

/// How a question is put. Everything left out is answered from the settings and the evidence.
struct Asking {
    std::optional<core::Date> as_at;          ///< "today": chooses the last month
    std::optional<core::Instant> as_known_on; ///< files received later are not seen
    std::string area;                         ///< a code of any level; empty is the whole place
    std::optional<core::Month> last;          ///< last month counted; else the last complete one
};

/// The names behind a figure that counts or ranks: wards that rise, leading categories.
struct Listing {
    std::vector<std::string> items;    ///< "Northfield Brook", "litter" ...: for a sentence
    std::vector<std::string> headings; ///< of the table that shows them whole
    std::vector<std::vector<std::string>> rows; ///< one for each item, in words and numbers
};

struct Dashboard;        // dashboard.hpp
struct DashboardOptions; // dashboard.hpp
class Desk;              // desk.hpp: what the pages are answered from

/// A partnership's folder, opened for reading. Thread-safe.
class Workspace {
public:
    /// Throws std::runtime_error with a sentence when the settings, the measures or the evidence
    /// folder cannot be read. `clock` must outlive the workspace.
    Workspace(std::string home, const core::Clock &clock);
    ~Workspace();
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    const std::string &home() const;
    const Settings &settings() const;
    const std::vector<Measure> &measures() const; ///< in the order of their files
    const Measure *measure(std::string_view key) const;
    const lake::Reader &reader() const;
    /// The day it is here: the settings' as_at, or the clock's day in London.
    core::Date today() const;

    /// The figure of a key such as "burglary-home.projection" (docs/guide/add-a-measure.md lists
    /// them), or nothing when the key is unknown or the evidence cannot answer; why_not() says.
    std::optional<core::Figure> figure(std::string_view key, const Asking &asking = {}) const;
    /// A sentence: why figure() has nothing for `key`.
    std::string why_not(std::string_view key, const Asking &asking = {}) const;
    /// "rise", "fall" or "no clear change", of a figure that is or rests on a comparison; else "".
    std::string verdict(std::string_view key, const Asking &asking = {}) const;
    std::optional<Listing> listing(std::string_view key, const Asking &asking = {}) const;
    /// Charts, by "<measure>.<kind>", kind being year-to-date, control, years, months,
    /// monthly-change, wards, ward-changes or map. An include of platform/chart/chart.hpp is needed
    /// to use it.
    std::optional<chart::Chart> chart(std::string_view name, const Asking &asking = {}) const;
    /// Every key that can be asked, answerable or not.
    std::vector<std::string> keys() const;
    /// An include of work/evidence/dashboard.hpp is needed to use it.
    Dashboard dashboard(const DashboardOptions &options) const;

    const Desk &desk() const { return *m_desk; }

private:
    std::unique_ptr<Desk> m_desk;
};

/// Where the shipped catalogue is: $WARDMOTE_CATALOGUE, else ../share/wardmote/catalogue beside the
/// program, else the one in the source tree.
std::string catalogue_folder();

/// Reads every measure of the folders, a later folder's definition standing instead of an earlier
/// one's of the same key. Throws std::runtime_error naming file, line and reason.
std::vector<Measure> read_measures(const std::vector<std::string> &folders);

/// The titles of the mappings in the folders, by dataset; what cannot be read has none.
std::map<std::string, std::string> read_source_titles(const std::vector<std::string> &folders);

/// What stands around our pages, and is told of what leaves them as a file.
struct Shell {
    std::function<web::Response(const web::Request &, html::Page)> page;
    /// Before the answer goes out: `kind` is "evidence" or "report", `what` names the thing.
    std::function<void(const web::Request &, std::string_view kind, std::string_view what)>
        exported;
};
/// A shell without sign-in, for tests: the partnership's name and the page.
Shell plain_shell(const Workspace &workspace);

/// Adds the pages: /evidence /evidence/:measure /sources /methods /accessibility and what they link
/// to. `workspace` must outlive the router.
void routes(web::Router &router, const Workspace &workspace, const Shell &shell);
/// What changed most, as pictures for the home page; none when nothing has been brought in.
std::vector<html::Html> home_figures(const Workspace &workspace);
/// Works out what the pages are made of, so that the first who asks need not wait.
void warm(const Workspace &workspace);

} // namespace wardmote::evidence
