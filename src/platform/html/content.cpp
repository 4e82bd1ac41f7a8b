#include "platform/html/content.hpp"

#include <algorithm>
#include <stdexcept>

namespace wardmote::html {

namespace {

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == ':' || c == '.';
    });
}

} // namespace

Html attributes(const Attributes &list) {
    Html all;
    for (const auto &[name, value] : list) {
        if (!is_name(name))
            throw std::invalid_argument("\"" + name + "\" cannot be the name of an attribute");
        all += format(R"( {}="{}")", name, value);
    }
    return all;
}

Html attribute_if(Literal name, std::string_view value) {
    return value.empty() ? Html{} : format(R"( {}="{}")", Html{name}, value);
}

std::string classes(std::string_view first, std::string_view more) {
    std::string all{first};
    if (!more.empty()) {
        if (!all.empty())
            all += ' ';
        all += more;
    }
    return all;
}

Html link(const Link &link) {
    if (link.href.empty())
        return text(link.text);
    return format(R"(<a class="govuk-link" href="{}">{}</a>)", link.href, link.text);
}

} // namespace wardmote::html
