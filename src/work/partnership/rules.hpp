/// What the work of the partnership is held to: the law's numbers and its duties, read once.
#pragma once

#include <string>
#include <vector>

#include "platform/law/law.hpp"
#include "work/partnership/duty.hpp"

namespace wardmote::partnership {

struct Rules {
    law::Law law;
    std::vector<Duty> duties;
    /// What proves them; whoever keeps other records adds to it before the pages are made.
    Evidences evidences;

    /// From the folders `law` and `duties` of each catalogue, the shipped one first; what a later
    /// one says of a duty stands. Throws std::runtime_error naming file and reason.
    static Rules read(const std::vector<std::string> &catalogues);
};

/// A paper sent after this day is late.
law::Deadline papers_due(const law::Law &law, core::Date meeting);
/// A recommendation sent on this day is answered by the end of the deadline.
law::Deadline answer_due(const law::Law &law, core::Date sent);

} // namespace wardmote::partnership
