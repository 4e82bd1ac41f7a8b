/// What changed in a record: before and after of each field, and two people's changes side by side.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

/// One field of one change. Empty content is shown as "nothing".
struct Difference {
    std::string field;
    Content before;
    Content after;
};
/// A table of field, before and after; one sentence when nothing differs.
struct Differences {
    Content caption; ///< may be empty
    std::vector<Difference> fields;
};
Html differences(const Differences &differences);

/// One field that two people changed at once.
struct Conflict {
    std::string field;
    Content was;    ///< when the person opened the form
    Content theirs; ///< what is saved now
    Content yours;  ///< what the person typed
};
/// A table of what was, what is saved and what the person typed, above the form that keeps it.
struct Conflicts {
    std::string who;  ///< "Jo Brown"
    std::string when; ///< "today at 3.12pm"
    std::vector<Conflict> fields;
};
Html conflicts(const Conflicts &conflicts);

} // namespace wardmote::html
