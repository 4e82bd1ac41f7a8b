/// Holds descriptions against the tables that the migrations made.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::record {

/// What does not fit, a sentence each: a field without a column or with one of the wrong type, a
/// column that no field describes, a name in a description that is no field, a primary key other
/// than (tenant, id), and a list that no index gives in its first order (asked of SQLite, whose
/// plans do not depend on what the table holds). Empty when all is well.
std::vector<std::string> mismatches(db::Database &database,
                                    std::span<const Description *const> descriptions);

} // namespace wardmote::record
