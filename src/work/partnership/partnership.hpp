/// The partnership itself: who its members are, and the documents it keeps.
///
/// The Crime and Disorder Act 1998, section 5, names the responsible authorities of an area; others
/// co-operate (section 5(2)) or are invited (section 5(3)).
#pragma once

#include "work/partnership/duty.hpp" // Evidences: those who keep other records give their proof

namespace wardmote::site {
class Site;
}

namespace wardmote::jobs {
class Handlers;
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

} // namespace wardmote::partnership
