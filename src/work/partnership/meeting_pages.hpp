/// The page of a meeting beyond its facts, and what is done on it. Inside partnership/ only.
#pragma once

#include "platform/site/site.hpp"
#include "work/partnership/meeting.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

/// Adds meetings, agenda items, decisions and actions. Both must outlive the router.
void add_meeting_pages(site::Site &site, const Rules &rules);
void add_attendance_pages(site::Site &site);                ///< /meetings/:id/attendance
void add_year_pages(site::Site &site);                      ///< /meetings/year
void add_paper_pages(site::Site &site, const Rules &rules); ///< papers of items, the board pack

/// What stands on a meeting's page below its facts. `refused`: a form of it that was sent and is
/// shown again as it was typed.
html::Html meeting_parts(const site::Site &site, const Rules &rules, db::Transaction &tx,
                         const access::Visit &visit, const record::Stored &stored,
                         const web::Request *refused = nullptr);

/// The meeting of the address (":id"), when this visit may do this with it.
std::optional<record::Stored> find_meeting(const site::Site &site, db::Transaction &tx,
                                           const web::Request &request, access::Act act);
web::Response no_such_meeting();
/// "/meetings/ID" and what stands after it.
std::string meeting_address(std::string_view id, std::string_view part = {});
/// Its page again, with what was wrong.
web::Response refuse_on_meeting(const site::Site &site, const Rules &rules,
                                const web::Request &request, const record::Stored &stored,
                                const std::string &problem);

} // namespace wardmote::partnership
