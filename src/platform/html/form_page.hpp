/// A form as a whole: its token, fields and buttons. What is wrong with it goes into Page::errors.
#pragma once

#include <string>
#include <vector>

#include "platform/html/content.hpp"
#include "platform/html/form.hpp"
#include "platform/html/list.hpp"

namespace wardmote::html {

/// A POST form. Browsers do not check it themselves: the server says what is wrong, in one way.
struct Form {
    std::string action;
    std::string csrf;           ///< sent as the field `csrf`
    std::vector<Hidden> hidden; ///< the version that was opened, for instance
    Html fields;
    std::string button = "Save";
    std::string button_classes;
    Link cancel;       ///< {"Cancel", "/people/12"}; empty: none
    Html more_buttons; ///< between the button and Cancel
    bool sends_files = false;
    bool keeps_draft = true; ///< what is typed survives a closed sign-in; passwords never do
};
Html form(const Form &form);

/// One button that changes something: a POST form of its own. As a link it stands in a line of
/// words or in the header: "Sign out".
struct PostButton {
    std::string action;
    std::string csrf;
    std::vector<Hidden> hidden;
    Content text;
    bool as_link = false;
    std::string classes = "govuk-button--secondary"; ///< of a button
};
Html post_button(const PostButton &button);

} // namespace wardmote::html
