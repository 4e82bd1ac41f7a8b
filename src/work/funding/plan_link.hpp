/// All that funding asks of the plan: which actions stand on a post or a project. Inside funding/
/// only.
#pragma once

#include <string>
#include <vector>

#include "work/funding/line.hpp"

namespace wardmote::funding {

struct LinkedAction {
    std::string id, ref, title;
    std::string how;  ///< "In progress, due 31 March 2015"
    std::string line; ///< id of the line it stands on
};
/// The actions of a year whose post is that of a line, or whose money is said to come from a
/// line's project, each once for each line.
std::vector<LinkedAction> actions_of_lines(db::Transaction &tx, const std::vector<LineMoney> &lines,
                                           core::FinancialYear year);
/// The same of any year, while they are still to be done.
std::vector<LinkedAction> open_actions_of_line(db::Transaction &tx, const std::string &line,
                                               const std::string &post, const std::string &project);

} // namespace wardmote::funding
