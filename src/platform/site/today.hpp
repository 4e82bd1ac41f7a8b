/// What day it is for whoever visits: today in London, but in an example that stands still the day
/// on which it does. Pages and home lists count from it.
#pragma once

#include <functional>

#include "engine/core/calendar.hpp"

namespace wardmote::access {
struct Visit;
}

namespace wardmote::site {

class Site;

using Today = std::function<core::Date(const access::Visit &)>;

/// `today`, or where it is empty what the site's clock says.
Today or_by_clock(const Site &site, const Today &today);

} // namespace wardmote::site
