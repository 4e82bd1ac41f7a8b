/// The search over everything one may see, and the keys of the site.
#pragma once

namespace wardmote::site {

class Site;

/// /search?q=words
void add_search_page(Site &site);

} // namespace wardmote::site
