/// The few kinds of field that the site's own forms have, and what is wrong with them. Inside site/
/// only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/form.hpp"
#include "platform/html/form_page.hpp"
#include "platform/record/description.hpp"

namespace wardmote::site {

struct Line {
    std::string name, label;
    std::string value;
    std::string hint;
    std::string autocomplete;
    std::string type = "text"; ///< "password": its value is never sent back
};
/// One field, with what `problems` says of it.
html::Html field(const Line &line, const record::Problems &problems = {});

/// For Page::errors: each leads to its field, those of the whole form to `otherwise`.
std::vector<html::ErrorLine> error_lines(const record::Problems &problems,
                                         std::string_view otherwise);

html::Html heading(std::string_view words);
html::Html heading_2(std::string_view words);
html::Html paragraph(const html::Content &words);

} // namespace wardmote::site
