/// Content is what a component shows: text, which gets escaped, or Html, which is already safe.
///
/// Every component takes its words as Content, so both `.text = "Save & close"` and
/// `.text = html::format(...)` do the right thing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/html.hpp"

namespace wardmote::html {

class Content {
public:
    Content() = default;
    // Not explicit, all five: a component's words are given in place.
    Content(Html html)
        : m_html{std::move(html)} {}
    Content(std::string_view words)
        : m_html{Html::escaped(words)} {}
    Content(const std::string &words)
        : m_html{Html::escaped(words)} {}
    Content(const char *words)
        : m_html{Html::escaped(words)} {}

    const Html &html() const { return m_html; }
    bool empty() const { return m_html.empty(); }

private:
    Html m_html;
};

/// One more attribute of an element. The name is part of the program, the value is escaped.
struct Attribute {
    std::string name; ///< letters, digits, '-', '_', ':' and '.'; anything else throws when written
    std::string value;
};
using Attributes = std::vector<Attribute>;

/// ` name="value"` for each; throws std::invalid_argument for a name that could break the markup.
Html attributes(const Attributes &list);
/// ` name="value"`, or nothing when the value is empty.
Html attribute_if(Literal name, std::string_view value);
/// A class list: the first, then the others when they are not empty.
std::string classes(std::string_view first, std::string_view more);

/// Words that lead somewhere.
struct Link {
    std::string text;
    std::string href;
};

/// `<a class="govuk-link" ...>`; an empty href gives the words alone.
Html link(const Link &link);

} // namespace wardmote::html
