/// What only the board, or only a funder, is told. Inside reports/ only.
#pragma once

#include <string_view>
#include <vector>

#include "platform/access/permission.hpp"
#include "work/reports/records.hpp"

namespace wardmote::reports {

inline constexpr std::string_view board_report = "board";
inline constexpr std::string_view grant_return = "grant-return";

/// What whoever reads a report must besides be allowed to see, for it tells of that.
std::vector<access::Need> needs_of(std::string_view report);

/// How the plan stands, the action log, risks, duties and money.
void add_board(Records &records, db::Transaction &tx, const Looking &looking);
/// A return to a funder: what was done, what came of it, and spend against each line.
void add_grant_return(Records &records, db::Transaction &tx, const Looking &looking);

} // namespace wardmote::reports
