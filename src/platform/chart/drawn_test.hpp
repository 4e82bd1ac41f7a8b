/// Reads drawings back, for tests: the words on them with the room they take, and whether the
/// markup is well formed.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "platform/chart/canvas.hpp"
#include "platform/chart/chart.hpp"

namespace wardmote::chart::testing {

struct Words {
    std::string text;
    std::string classes;
    Room room;
};

inline std::string attribute(std::string_view tag, std::string_view name) {
    const std::string opening = " " + std::string{name} + "=\"";
    const auto at = tag.find(opening);
    if (at == tag.npos)
        return "";
    const auto from = at + opening.size();
    return std::string{tag.substr(from, tag.find('"', from) - from)};
}

inline std::string unescaped(std::string text) {
    constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto &[entity, letter] : entities) {
        for (auto at = text.find(entity); at != text.npos; at = text.find(entity, at + 1))
            text.replace(at, entity.size(), letter);
    }
    return text;
}

/// Every <text> of a drawing.
inline std::vector<Words> words_on(const Html &drawing) {
    std::vector<Words> found;
    const std::string &svg = drawing.str();
    for (auto at = svg.find("<text"); at != svg.npos; at = svg.find("<text", at + 1)) {
        const auto close = svg.find('>', at);
        const auto end = svg.find("</text>", close);
        const std::string tag = svg.substr(at, close - at);
        // Runs of a line are measured one by one, each in its own classes.
        std::string text;
        double wider = 0;
        for (std::size_t from = close + 1; from < end;) {
            std::string classes = attribute(tag, "class");
            if (svg[from] == '<') {
                const auto run = svg.find('>', from);
                classes = attribute(svg.substr(from, run - from), "class");
                from = run + 1;
            }
            const auto to = std::min(svg.find('<', from), end);
            const std::string piece = unescaped(svg.substr(from, to - from));
            text += piece;
            wider += set_width(piece, classes);
            from = svg.compare(to, 8, "</tspan>") == 0 ? to + 8 : to;
        }
        const std::string anchor = attribute(tag, "text-anchor");
        Words words{text, attribute(tag, "class"), {}};
        words.room = text_room({std::stod(attribute(tag, "x")), std::stod(attribute(tag, "y"))},
                               words.text, words.classes,
                               anchor == "end"      ? Anchor::end
                               : anchor == "middle" ? Anchor::middle
                                                    : Anchor::start);
        if (anchor.empty())
            words.room.right = words.room.left + wider;
        found.push_back(std::move(words));
    }
    return found;
}

/// How many elements a drawing has whose tag holds this text.
inline int count(const Html &drawing, std::string_view part) {
    int found = 0;
    for (auto at = drawing.str().find(part); at != std::string::npos;
         at = drawing.str().find(part, at + 1))
        ++found;
    return found;
}

/// Why the markup is not well-formed XML; empty when it is. HTML's void elements are not known.
inline std::string fault(std::string_view markup) {
    std::vector<std::string> open;
    std::size_t at = 0;
    while (at < markup.size()) {
        if (markup[at] == '&') {
            const auto end = markup.find(';', at);
            if (end == markup.npos || end - at > 8)
                return "a bare &";
        }
        if (markup[at] != '<') {
            ++at;
            continue;
        }
        std::size_t end = at;
        bool quoted = false;
        for (; end < markup.size() && (quoted || markup[end] != '>'); ++end) {
            if (markup[end] == '"')
                quoted = !quoted;
            if (end > at && markup[end] == '<')
                return "a < inside a tag";
        }
        if (end == markup.size())
            return "a tag without its end";
        const std::string_view tag = markup.substr(at + 1, end - at - 1);
        const std::string name{tag.substr(tag[0] == '/' ? 1 : 0)};
        const std::string first = name.substr(0, name.find_first_of(" /"));
        if (tag[0] == '/') {
            if (open.empty() || open.back() != first)
                return "an end of " + first + " that is not open";
            open.pop_back();
        } else if (tag[0] != '?' && tag.back() != '/') {
            open.push_back(first);
        }
        at = end + 1;
    }
    return open.empty() ? "" : open.back() + " stays open";
}

} // namespace wardmote::chart::testing
