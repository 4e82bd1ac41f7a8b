/// Looking around an example partnership as one of its people, without a password. Inside site/
/// only.
#pragma once

#include "platform/access/tenants.hpp"
#include "platform/site/steps.hpp"

namespace wardmote::site {

/// A button for each person; nothing unless the partnership is an example and nobody but this
/// machine can reach the site.
html::Html example_people(const Site &site, const web::Request &request,
                          const access::Tenant &tenant, const Journey &journey);

} // namespace wardmote::site
