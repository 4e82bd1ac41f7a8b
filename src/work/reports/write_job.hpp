/// Writing a report in the background, and the pages' part in it. Inside reports/ only.
#pragma once

#include <string>
#include <string_view>

#include "platform/html/html.hpp"
#include "platform/web/request.hpp"

namespace wardmote::evidence {
class Workspace;
}
namespace wardmote::access {
struct Visit;
}
namespace wardmote::site {
class Site;
}

namespace wardmote::reports {

inline constexpr std::string_view write_kind = "report";

/// False when a report tells of what this visit may not see.
bool may_read(const site::Site &site, const access::Visit &visit, std::string_view report);

/// The forms that write each report, and how the writing goes; empty for who may not write any.
html::Html write_forms(const site::Site &site, const evidence::Workspace &workspace,
                       const web::Request &request);
/// Adds POST /reports.
void add_write_page(site::Site &site, const evidence::Workspace &workspace);

} // namespace wardmote::reports
