/// How an action and a strategy move along their lifecycles. Inside plan/ only.
#pragma once

#include "platform/site/lifecycle_pages.hpp"

namespace wardmote::plan {

const site::Steered &steered_action();
const site::Steered &steered_strategy();

} // namespace wardmote::plan
