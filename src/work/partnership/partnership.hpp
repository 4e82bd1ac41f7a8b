/// The partnership itself: who its members are, and the documents it keeps.
///
/// The Crime and Disorder Act 1998, section 5, names the responsible authorities of an area; others
/// co-operate (section 5(2)) or are invited (section 5(3)).
#pragma once

namespace wardmote::site {
class Site;
}

namespace wardmote::partnership {

/// Adds the pages of members and documents, their section, and what the home page says of them.
void routes(site::Site &site);

} // namespace wardmote::partnership
