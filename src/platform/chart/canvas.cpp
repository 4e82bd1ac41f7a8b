#include "platform/chart/canvas.hpp"

#include <cmath>

#include <fmt/format.h>

#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/palette.hpp"

namespace wardmote::chart {

namespace {

bool has(std::string_view classes, std::string_view wanted) {
    while (!classes.empty()) {
        const auto end = classes.find(' ');
        if (classes.substr(0, end) == wanted)
            return true;
        classes = end == classes.npos ? std::string_view{} : classes.substr(end + 1);
    }
    return false;
}

std::string escaped(std::string_view words) {
    return html::Html::escaped(words).str();
}

std::string_view anchored(Anchor anchor) {
    return anchor == Anchor::start    ? ""
           : anchor == Anchor::middle ? R"( text-anchor="middle")"
                                      : R"( text-anchor="end")";
}

std::string lettered(std::string_view classes) {
    return classes.empty() ? "" : painted(classes);
}

} // namespace

std::string place(double coordinate) {
    const auto tenths = std::llround(coordinate * 10);
    const auto size = tenths < 0 ? -tenths : tenths;
    const std::string_view sign = tenths < 0 ? "-" : "";
    if (size % 10 == 0)
        return fmt::format("{}{}", sign, size / 10);
    return fmt::format("{}{}.{}", sign, size / 10, size % 10);
}

double set_width(std::string_view words, std::string_view classes) {
    return text_width(words, has(classes, "t-s") ? small_text_size : text_size,
                      has(classes, "t-b") || has(classes, "t-data"));
}

Room text_room(Spot at, std::string_view words, std::string_view classes, Anchor anchor) {
    const double size = has(classes, "t-s") ? small_text_size : text_size;
    const double width = set_width(words, classes);
    const double left = at.x - (anchor == Anchor::start    ? 0
                                : anchor == Anchor::middle ? width / 2
                                                           : width);
    return {left, at.y - 0.78 * size, left + width, at.y + 0.22 * size};
}

Canvas::Canvas(Size size, double width, double height)
    : m_size{size}
    , m_width{width}
    , m_height{height} {}

void Canvas::line(std::string_view classes, Spot from, Spot to) {
    m_body += fmt::format(R"(<line{} x1="{}" y1="{}" x2="{}" y2="{}"/>)", painted(classes),
                          place(from.x), place(from.y), place(to.x), place(to.y));
}

void Canvas::rectangle(std::string_view classes, const Room &room) {
    m_body += fmt::format(R"(<rect{} x="{}" y="{}" width="{}" height="{}"/>)", painted(classes),
                          place(room.left), place(room.top), place(room.right - room.left),
                          place(room.bottom - room.top));
}

void Canvas::circle(std::string_view classes, Spot middle, double radius) {
    m_body += fmt::format(R"(<circle{} cx="{}" cy="{}" r="{}"/>)", painted(classes),
                          place(middle.x), place(middle.y), place(radius));
}

void Canvas::path(std::string_view classes, std::string_view d) {
    m_body += fmt::format(R"(<path{} d="{}"/>)", painted(classes), d);
}

void Canvas::text(Spot at, std::string_view words, std::string_view classes, Anchor anchor) {
    m_body += fmt::format(R"(<text x="{}" y="{}"{}{}>{}</text>)", place(at.x), place(at.y),
                          anchored(anchor), lettered(classes), escaped(words));
}

void Canvas::text(Spot at, const std::vector<Run> &runs, Anchor anchor) {
    m_body += fmt::format(R"(<text x="{}" y="{}"{}>)", place(at.x), place(at.y), anchored(anchor));
    for (const Run &run : runs) {
        if (run.classes.empty())
            m_body += escaped(run.words);
        else
            m_body += fmt::format("<tspan{}>{}</tspan>", lettered(run.classes), escaped(run.words));
    }
    m_body += "</text>";
}

void Canvas::open_link(std::string_view href, std::string_view label) {
    m_body += fmt::format(R"(<a href="{}" aria-label="{}">)", escaped(href), escaped(label));
}

void Canvas::close_link() {
    m_body += "</a>";
}

html::Html Canvas::finish(std::string_view label) const {
    std::string_view name = "";
    if (m_size == Size::wide)
        name = R"( class="only-wide")";
    else if (m_size == Size::narrow)
        name = R"( class="only-narrow")";
    // A picture with links inside is a group: role="img" would hide them.
    const bool linked = m_body.find("<a ") != m_body.npos;
    const std::string said = label.empty() ? R"(aria-hidden="true")"
                                           : fmt::format(R"(role="{}" aria-label="{}")",
                                                         linked ? "group" : "img", escaped(label));
    // Safe: every word in the body went through escaped(), all else is written here.
    return html::Html::trusted(
        fmt::format(R"(<svg{} width="{}" height="{}" viewBox="0 0 {} {}" {} focusable="false" )"
                    R"(font-family="{}" font-size="14" fill="{}">{}</svg>)",
                    name, place(m_width), place(m_height), place(m_width), place(m_height), said,
                    font_family, palette::ink, m_body));
}

std::string through(const std::vector<Spot> &spots) {
    std::string d;
    for (const Spot &spot : spots)
        d += fmt::format("{}{} {}", d.empty() ? "M" : "L", place(spot.x), place(spot.y));
    return d;
}

} // namespace wardmote::chart
