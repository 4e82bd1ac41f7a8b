/// A year of the plan as it is shown: its priorities and actions, each judged by what is known.
/// Inside plan/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "work/plan/action.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

/// An owner who was asked has so many days before they are reminded, and named as silent.
inline constexpr int days_to_answer = 7;

/// What is known of an action.
struct Facts {
    ActionState state = ActionState::proposed;
    core::Date starts{1, 1, 1}, due{1, 1, 1};
    std::optional<Rag> said;           ///< by its owner, last
    std::optional<Rag> said_before;    ///< the time before that
    std::optional<int> percent;        ///< likewise
    std::string said_of;               ///< the quarter they said it of
    std::optional<core::Date> waiting; ///< day of the oldest question not answered
    std::string waiting_for;           ///< the quarter it asks about
};

/// What follows from it.
struct Judgement {
    int gone = 0; ///< per cent of the days from start to due
    Rag rag = Rag::on_track;
    std::string why;      ///< in a few words; may be empty
    int overdue = 0;      ///< days
    bool silent = false;  ///< asked more than a week ago, and no answer
    bool differs = false; ///< the owner says another colour
};
/// Off track when overdue, or when the owner's per cent is more than 30 points behind the time gone
/// at the end of the quarter they said it of; at risk when more than 15 behind, silent, or a
/// quarter of the time has gone and nothing was said. Only for an action in progress; any other is
/// on track with nothing to say.
Judgement judge(const Facts &facts, core::Date today);

/// An action in the plan.
struct Line {
    std::string id, ref, title, year;
    ActivityGroup group = ActivityGroup::whole_community;
    std::string priority; ///< id
    std::string priority_title;
    int priority_number = 0;
    std::string lead, lead_name;    ///< id and name of the person; empty: none
    std::string post, organisation; ///< titles
    std::string state_reason;
    std::optional<core::Date> state_on;
    std::string done; ///< what its owner said last
    Facts facts;
    Judgement judged;
};

struct YearPriority {
    std::string id;
    Priority priority;
    std::string year;
};

/// What a year holds. Few statements, however many actions there are.
struct Year {
    std::vector<std::string> years; ///< all there are, latest first
    std::string year;               ///< shown: "2014-15", or "all"; empty: there is none
    std::string id;                 ///< of the plan_year shown; empty: all or none
    std::string strategy;           ///< id of the latest, while there is no year yet
    std::string first_year;         ///< of that strategy
    std::string summary;            ///< of the refresh
    std::vector<YearPriority> priorities;
    std::vector<Line> lines; ///< in order of reference
};
/// Of "2014-15"; of the year that `today` lies in, or else the latest, when `year` is empty; of all
/// when it is "all".
Year load_year(db::Transaction &tx, std::string_view year, core::Date today);

/// Who leads it, as everybody may read it: the post, else the organisation. With `people` the
/// person's name stands before the organisation.
std::string led_by(const Line &line, bool people);

} // namespace wardmote::plan
