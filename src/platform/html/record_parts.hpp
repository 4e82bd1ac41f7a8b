/// Parts of a record's pages: an empty list, a confirmation, steps of setting up, attached files.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"
#include "platform/html/list.hpp"

namespace wardmote::html {

/// What stands where a list will be: what it will hold and how to start.
struct EmptyState {
    Content title; ///< "No meetings yet"
    Content text;  ///< "Meetings, their papers and decisions will be here."
    Link start;    ///< a button: "Add a meeting"; empty: none
    int heading_level = 2;
};
Html empty_state(const EmptyState &state);

/// The question before a change of state: what will happen, the button, the way back.
struct Confirmation {
    std::string action; ///< POST
    std::string csrf;
    std::vector<Hidden> hidden;
    std::vector<Content> consequences; ///< "The next review starts: 18 March 2015"
    Html fields;                       ///< a reason, where the rule asks for one
    std::string button;                ///< "Remove this organisation"
    bool undoable = true;              ///< false: a warning, and the button says so in red
    Content warning;                   ///< words of that warning
    Link cancel = {"Cancel", {}};
};
Html confirmation(const Confirmation &confirmation);

/// What has been done of a series and what comes next: setting up, publishing.
struct Step {
    enum class State { done, next, later } state = State::later;
    Link what; ///< without href: it cannot be begun yet
    Content note;
};
Html steps(const std::vector<Step> &steps);

struct Attachment {
    std::string name; ///< "Terms of reference.pdf"
    std::string href; ///< downloads it; empty: it cannot be opened yet
    std::string kind; ///< "PDF"
    std::string size; ///< "312 KB"
    Content note;     ///< "Added by Jo Brown on 2 February 2015"
    Content state;    ///< a tag, when there is something to say: "Being checked for viruses"
    std::string remove_href;
};
/// Files of a record; one sentence when there is none.
Html attachments(const std::vector<Attachment> &files);

} // namespace wardmote::html
