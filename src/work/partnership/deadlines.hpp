/// What a person holds of the partnership's work: days by which something is due, and meetings.
/// Inside partnership/ only.
#pragma once

#include "platform/law/law.hpp"
#include "platform/site/site.hpp"

namespace wardmote::partnership {

/// Actions of meetings, answers to scrutiny, requirements, reviews of risks; papers, for whoever
/// keeps meetings.
void gather_deadlines(db::Transaction &tx, const law::Law &law, const access::Visit &visit,
                      core::Date today, site::Home &home);
/// Those of the last quarter and to come, for whoever may see meetings.
void gather_meetings(db::Transaction &tx, const access::Visit &visit, core::Date today,
                     site::Home &home);

/// One that is not removed.
std::optional<site::Appointment> appointment(db::Transaction &tx, std::string_view meeting);

} // namespace wardmote::partnership
