/// The rule that a last day is not before the first; for the checks of records in access/.
#pragma once

#include <string_view>

#include "platform/record/description.hpp"

namespace wardmote::access {

/// A problem of the field `last` when its date is before that of the field `first`. ISO dates sort
/// as text does.
record::Problems check_order(const record::Description &what, const record::Values &values,
                             std::string_view first, std::string_view last);

} // namespace wardmote::access
