#include "platform/html/html.hpp"

#include <cassert>

namespace wardmote::html {

namespace {

/// What stands for a character that markup has for itself; null: the character.
const char *entity_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return nullptr;
    }
}

/// In runs of what needs nothing, which is nearly all.
void append_escaped(std::string &out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (const auto *entity = entity_of(text[at])) {
            out.append(text, from, at - from);
            out += entity;
            from = at + 1;
        }
    }
    out.append(text, from);
}

} // namespace

Html Html::escaped(std::string_view text) {
    Html html;
    html.m_markup.reserve(text.size());
    append_escaped(html.m_markup, text);
    return html;
}

Html Html::trusted(std::string markup) {
    Html html;
    html.m_markup = std::move(markup);
    return html;
}

Html &Html::operator+=(const Html &more) {
    m_markup += more.m_markup;
    return *this;
}

void Argument::append_to(std::string &out) const {
    if (m_safe)
        out += m_text;
    else
        append_escaped(out, m_text);
}

Html format_arguments(std::string_view pattern, std::span<const Argument> arguments) {
    std::string out;
    std::size_t next = 0;
    while (true) {
        const auto hole = pattern.find("{}");
        out += pattern.substr(0, hole);
        if (hole == pattern.npos)
            break;
        assert(next < arguments.size());
        arguments[next++].append_to(out);
        pattern.remove_prefix(hole + 2);
    }
    assert(next == arguments.size());
    return Html::trusted(std::move(out)); // literal markup and escaped or safe arguments only
}

Html joined(std::span<const Html> parts, Literal between) {
    Html all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            all += between;
        all += parts[i];
    }
    return all;
}

} // namespace wardmote::html
