/// The rolling plan: the strategy, its priorities in force, the actions of each year, what their
/// owners say each quarter, and what is carried from one year into the next.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/db/database.hpp"
#include "work/partnership/partnership.hpp"

namespace wardmote::evidence {
class Workspace;
}
namespace wardmote::jobs {
class Handlers;
struct Schedule;
} // namespace wardmote::jobs
namespace wardmote::law {
class Parameters;
}
namespace wardmote::record {
class Keeper;
}

namespace wardmote::plan {

/// Adds /plan, /actions and what belongs to them. `workspace` gives the figures of an action's
/// measures to those whose evidence it is; null: none. Both must outlive the site's router. `today`
/// is asked which day it is; without it the site's clock is.
void routes(site::Site &site, const evidence::Workspace *workspace);

/// Asks the leads of actions for progress each quarter, and reminds them after a week.
void add_jobs(const site::Site &site, jobs::Handlers &handlers);
std::vector<jobs::Schedule> schedules();

/// An action as others ask for it.
struct ActionSummary {
    std::string id, ref, title;
    std::string year;                     ///< "2014-15"
    std::string state;                    ///< as stored: "in_progress"
    std::string group;                    ///< as stored: "whole_community"
    std::string organisation, lead, post; ///< ids; empty: none
    core::Date due;
    std::optional<core::Money> budget;
    std::string funding, resources;
    std::string about, in_reports, report_figures; ///< as Action has them
};
/// Those in progress that a person leads, nearest due first.
std::vector<ActionSummary> actions_of_lead(db::Transaction &tx, std::string_view person);
/// Those proposed or in progress that a post delivers: they fall when its funding does.
std::vector<ActionSummary> actions_of_post(db::Transaction &tx, std::string_view post);
/// Those proposed or in progress whose money comes from this source, in any case of letters.
std::vector<ActionSummary> actions_funded_by(db::Transaction &tx, std::string_view funding);
/// Those in progress that are past their date on this day.
std::vector<ActionSummary> overdue(db::Transaction &tx, core::Date today);
/// All of one year, in order of reference.
std::vector<ActionSummary> actions_of_year(db::Transaction &tx, std::string_view year);

/// Numbers for reports: of the actions of one year, by state and by group as they are stored.
struct Counts {
    std::int64_t all = 0;
    std::map<std::string, std::int64_t, std::less<>> by_state, by_group;
};
Counts counts(db::Transaction &tx, std::string_view year);

/// How an action of the plan stands: as the plan computes it, and as its owner says.
struct ActionStanding {
    std::string ref, title, priority; ///< the last: the title of the priority it serves
    std::string led_by;               ///< a post, else an organisation
    std::string state;                ///< as stored: "in_progress"
    std::string computed, why;        ///< "At risk", "Owner has not answered for 2014-15 Q3"
    std::string said;                 ///< "On track, 75%"; empty: nothing was said
    std::string direction; ///< of what was said: "better", "worse", "as before"; or empty
    int overdue = 0;       ///< days
    bool silent = false;   ///< asked more than a week ago, and no answer
};
/// Those of one year, by priority and then in order of reference.
std::vector<ActionStanding> standings_of_year(db::Transaction &tx, std::string_view year,
                                              core::Date today);

/// A priority of one year as others ask for it.
struct PrioritySummary {
    std::string id, title, includes;
    std::optional<core::Date> ratified_on;
};
/// Those of one year, in order of number.
std::vector<PrioritySummary> priorities_of_year(db::Transaction &tx, std::string_view year);
/// What the plan of the year after this one has to meet, one a line.
std::string challenges_after(db::Transaction &tx, std::string_view year);

/// The years there are, latest first.
std::vector<std::string> years(db::Transaction &tx);
/// Whether every priority of a year was ratified by a minute, and the limbs of section 6(1), 'a' to
/// 'd', that none serves: for the tracker of duties.
struct Standing {
    std::int64_t priorities = 0, ratified = 0;
    std::string limbs_without;
    std::optional<core::Date> refreshed_on;
};
Standing standing(db::Transaction &tx, std::string_view year);

/// What the plan proves of the duties that the law lays on the partnership, by the names that the
/// catalogue gives them: "plan_limbs".
partnership::Evidences duty_evidence(const law::Parameters &parameters);

/// Makes the plan of the example partnership as its report to the council of February 2015 tells
/// it: the strategy, four priorities and 25 actions of 2014-15 with their quarterly updates, for
/// the transaction's tenant, whose organisations and people are there already.
void make_example_plan(record::Keeper &keeper, db::Transaction &tx);

} // namespace wardmote::plan
