/// The yearly refresh: what is carried into the next year, finished or dropped, decided at once;
/// and what differs between two years. Inside plan/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/record/keeper.hpp"
#include "work/plan/action.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/year.hpp"

namespace wardmote::plan {

/// What is to become of an unfinished action.
enum class Fate { carry, finish, drop };

struct Decision {
    std::string action; ///< id
    Fate fate = Fate::carry;
    std::string reason; ///< asked for when it is finished or dropped
};

struct Refresh {
    std::string from; ///< "2014-15"
    std::vector<Decision> decisions;
    std::string summary; ///< what is new and why
    core::Date on{1, 1, 1};
};

/// The unfinished actions of a year, in order of reference: each needs a decision.
std::vector<ActionSummary> unfinished(db::Transaction &tx, std::string_view year);

/// Makes the next year: its priorities, not yet ratified, and the actions carried, each with what
/// it was carried from. Gives the new year, or what stands against it: a decision missing, a reason
/// missing, or that year being there already.
std::pair<std::string, record::Problems> refresh(record::Keeper &keeper, db::Transaction &tx,
                                                 const Refresh &how);

/// Two years side by side.
struct Comparison {
    struct Carried {
        Line before, after;
        std::vector<std::string> changed; ///< labels of the fields that differ
    };
    std::vector<Carried> carried;
    std::vector<Line> added, finished, dropped, left; ///< left: of the earlier year, and unfinished
};
Comparison compare(record::Keeper &keeper, db::Transaction &tx, std::string_view earlier,
                   std::string_view later, core::Date today);

void add_refresh_pages(const Desk &desk);

} // namespace wardmote::plan
