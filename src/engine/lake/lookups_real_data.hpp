/// Where tests find the real open data, when it is there.
#pragma once

#include "engine/core/real_data_for_test.hpp"

namespace wardmote::lake {

using core::real_data;
using core::skipped_without;

} // namespace wardmote::lake
