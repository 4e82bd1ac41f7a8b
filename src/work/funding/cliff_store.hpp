/// What the funding cliff is computed from. Inside funding/ only.
#pragma once

#include "platform/db/database.hpp"
#include "work/funding/cliff.hpp"

namespace wardmote::funding {

/// Every grant that is agreed or being agreed, its lines, and every post.
CliffInput cliff_input(db::Transaction &tx);
/// From the first to the last year that money is named for, around today, as many as fit a page.
std::pair<core::FinancialYear, core::FinancialYear> years_of(const CliffInput &input,
                                                             core::Date today);

} // namespace wardmote::funding
