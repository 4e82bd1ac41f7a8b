/// Deadlines and meetings as calendar programs read them.
#pragma once

#include <string>
#include <vector>

#include "platform/calendar/icalendar.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

/// All that is gathered for whoever visits and has a day: meetings, deadlines, answers that are
/// waited for. Nothing restricted or sensitive is among them: a calendar is read where this site
/// cannot guard it. `url` is that of the partnership's site.
std::vector<calendar::Event> calendar_of(const Site &site, db::Transaction &tx,
                                         const access::Visit &visit, const std::string &url);

/// "Add to calendar": one meeting, as a file to keep.
web::Response calendar_file(const Site &site, const web::Request &request, db::Transaction &tx,
                            const Appointment &meeting);

} // namespace wardmote::site
