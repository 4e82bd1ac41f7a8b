/// What an entry of the change log says of the fields: {"title": {"before": ..., "after": ...}};
/// inside record/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/db/keys.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::record {

/// Sensitive values stay sealed.
std::string detail_of(const Description &what, const std::vector<Difference> &fields,
                      const db::Keys &keys);
/// In the fields' order. Fields that the description no longer has are left out.
std::vector<Difference> differences_in(const Description &what, std::string_view detail,
                                       const db::Keys &keys);

} // namespace wardmote::record
