/// The order of references: "1.9" before "1.10" before "2.1". Inside plan/ only.
#pragma once

#include <string_view>

namespace wardmote::plan {

/// Runs of digits are compared as numbers, anything else letter by letter.
bool ref_before(std::string_view one, std::string_view other);

} // namespace wardmote::plan
