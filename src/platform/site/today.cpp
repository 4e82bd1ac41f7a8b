#include "platform/site/today.hpp"

#include "platform/site/site.hpp"

namespace wardmote::site {

Today or_by_clock(const Site &site, const Today &today) {
    if (today) {
        return today;
    }
    return [&site](const access::Visit &) { return site.clock().now().london_date(); };
}

} // namespace wardmote::site
