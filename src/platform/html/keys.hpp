/// The keys of a site, listed for the page that explains them: "/keys".
#pragma once

#include "platform/html/page.hpp"

namespace wardmote::html {

/// The keys that open the sections of `site`, then those that every page knows. Keys of the page
/// one is on are written on its links, and the script's `?` lists them too.
Html keys_list(const Site &site);

} // namespace wardmote::html
