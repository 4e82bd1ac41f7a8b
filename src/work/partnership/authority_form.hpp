/// One form that adds an organisation and makes it a responsible authority. Inside partnership/
/// only.
#pragma once

namespace wardmote::site {
class Site;
}

namespace wardmote::partnership {

void add_authority_form(site::Site &site);

} // namespace wardmote::partnership
