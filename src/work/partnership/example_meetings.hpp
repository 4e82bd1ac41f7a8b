/// The meetings of the example partnership.
#pragma once

#include "platform/db/database.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::partnership {

/// Makes the board's four meetings of 2014 with their themes, as the report to the council of
/// February 2015 tells them, and the next one, for the transaction's tenant, whose members and
/// people are there already.
void make_example_meetings(record::Keeper &keeper, db::Transaction &tx);

} // namespace wardmote::partnership
