/// The partnership itself: who its members are, and the documents it keeps.
///
/// The Crime and Disorder Act 1998, section 5, names the responsible authorities of an area; others
/// co-operate (section 5(2)) or are invited (section 5(3)).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/site/today.hpp"

namespace wardmote::jobs {
class Handlers;
}

namespace wardmote::partnership {

struct Rules; ///< rules.hpp

/// Adds the pages of members and documents, their section, and what the home page says of them.
/// `today` is asked which day it is; without it the site's clock is.
void routes(site::Site &site, const site::Today &today = {});
/// Adds meetings, the tracker of duties, risks and scrutiny. Both must outlive the site's router.
void add_governance(site::Site &site, const Rules &rules, const site::Today &today = {});
/// Makes board packs in the background. The site must outlive the handlers.
void add_jobs(const site::Site &site, jobs::Handlers &handlers);

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
