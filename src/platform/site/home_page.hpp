/// The home page: what must I do today.
#pragma once

namespace wardmote::site {

class Site;

/// "/": due, waiting, changed since I looked, this month; or what to do first.
void add_home_page(Site &site);

} // namespace wardmote::site
