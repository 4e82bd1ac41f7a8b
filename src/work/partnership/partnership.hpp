/// The partnership itself: who its members are, and the documents it keeps.
///
/// The Crime and Disorder Act 1998, section 5, names the responsible authorities of an area; others
/// co-operate (section 5(2)) or are invited (section 5(3)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "platform/db/database.hpp"
#include "work/partnership/duty.hpp" // Evidences: those who keep other records give their proof

namespace wardmote::jobs {
class Handlers;
}
namespace wardmote::site {
class Site;
}

namespace wardmote::partnership {

struct Rules; ///< rules.hpp

/// Adds the pages of members and documents, their section, and what the home page says of them.
void routes(site::Site &site);
/// Adds meetings, the tracker of duties, risks and scrutiny. Both must outlive the site's router.
void add_governance(site::Site &site, const Rules &rules);
/// The day of the board that took a decision, when that board took place.
std::optional<core::Date> decided_by_board(db::Transaction &tx, std::string_view decision);
/// Makes board packs in the background. The site must outlive the handlers.
void add_jobs(const site::Site &site, jobs::Handlers &handlers);

/// A member as reports name it.
struct MemberSummary {
    std::string id;
    std::string name; ///< as it stands in a sentence: "the Probation Service"
    bool responsible = false;
};
/// Those who are members on a day: responsible authorities in the order of section 5, then the
/// others by kind of organisation; within a kind by name.
std::vector<MemberSummary> members_on(db::Transaction &tx, core::Date day);

/// A meeting as reports ask for it.
struct MeetingSummary {
    std::string id, title, theme;
    core::Instant starts;
};
/// Meetings of the board that took place up to the end of a day, earliest first.
std::vector<MeetingSummary> board_meetings_to(db::Transaction &tx, core::Date day);

/// The next meeting of the board from a day on, unless it is cancelled.
std::optional<MeetingSummary> next_board_meeting(db::Transaction &tx, core::Date day);

/// Something undertaken at a meeting of the board.
struct OpenAction {
    std::string words, owner; ///< the name of a person; empty: nobody
    std::string meeting;      ///< the title of the one where it was agreed
    core::Date due;
    std::int64_t carried = 0; ///< how many later meetings it came back to
};
/// What was agreed up to a day and not done by it, nearest due first.
std::vector<OpenAction> open_board_actions(db::Transaction &tx, core::Date day);

/// A risk that is open.
struct OpenRisk {
    std::string title, mitigation;
    std::int64_t before = 0, after = 0; ///< likelihood times impact, with nothing done and with
    std::string level;                  ///< "High", of what remains
    std::optional<core::Date> review_on;
};
/// Those open on a day, the worst that remains first.
std::vector<OpenRisk> open_risks(db::Transaction &tx, core::Date day);

/// A duty of the law that the records do not prove.
struct OpenDuty {
    std::string words, source, missing;
    bool overdue = false;
    std::optional<core::Date> by;
};
std::vector<OpenDuty> open_duties(db::Transaction &tx, const Rules &rules, core::Date day);

/// Who chairs, as everybody may read it: by post, not by name.
struct Chair {
    std::string post, organisation;
};
/// Whoever chaired the last meeting of the board up to a day, else whoever has the role of the
/// chair; nothing when they held no post on that day.
std::optional<Chair> chair_on(db::Transaction &tx, core::Date day);

/// What a meeting decided, for whoever must name the minute of it.
struct MeetingDecision {
    std::string id;
    std::string meeting;     ///< its title
    core::Date on;           ///< the day of the meeting, in London
    std::int64_t number = 0; ///< within the meeting
    std::string words;
};
/// Of meetings that were held, the latest meeting first.
std::vector<MeetingDecision> decisions_taken(db::Transaction &tx);

} // namespace wardmote::partnership
