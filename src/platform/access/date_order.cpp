#include "platform/access/date_order.hpp"

namespace wardmote::access {

record::Problems check_order(const record::Description &what, const record::Values &values,
                             std::string_view first, std::string_view last) {
    const auto begins = db::text_of(values[what.index(first)]);
    const auto ends = db::text_of(values[what.index(last)]);
    if (!begins.empty() && !ends.empty() && ends < begins) {
        return {{std::string{last}, "The last day must not be before the first day"}};
    }
    return {};
}

} // namespace wardmote::access
