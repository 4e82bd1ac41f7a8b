/// The writer of drawings: shapes and words by class, as SVG that a browser, WeasyPrint and
/// rsvg-convert draw alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/chart/place.hpp"
#include "platform/html/html.hpp"

namespace wardmote::chart {

/// A chart is drawn for each of two widths; `cell` is a little picture in a table or a list.
enum class Size { wide, narrow, cell };

inline constexpr double wide_width = 740;
inline constexpr double narrow_width = 330;

enum class Anchor { start, middle, end };

/// A coordinate as written: one decimal at most, never "-0".
std::string place(double coordinate);

/// Words within a line of text that look different from the rest.
struct Run {
    std::string words;
    std::string_view classes = "";
};

/// What words set in these classes cover when they stand at a place on their baseline.
Room text_room(Spot at, std::string_view words, std::string_view classes = "",
               Anchor anchor = Anchor::start);
/// The width in px of words set in these classes.
double set_width(std::string_view words, std::string_view classes = "");

class Canvas {
public:
    Canvas(Size size, double width, double height);

    double width() const { return m_width; }
    double height() const { return m_height; }
    bool wide() const { return m_size == Size::wide; }

    void line(std::string_view classes, Spot from, Spot to);
    void rectangle(std::string_view classes, const Room &room);
    void circle(std::string_view classes, Spot middle, double radius);
    /// `d` is path data: commands and numbers only.
    void path(std::string_view classes, std::string_view d);
    void text(Spot at, std::string_view words, std::string_view classes = "",
              Anchor anchor = Anchor::start);
    void text(Spot at, const std::vector<Run> &runs, Anchor anchor = Anchor::start);
    /// What is drawn until close_link() leads to `href`.
    void open_link(std::string_view href, std::string_view label);
    void close_link();

    /// The whole <svg>. An empty label hides it from screen readers.
    html::Html finish(std::string_view label) const;

private:
    Size m_size;
    double m_width;
    double m_height;
    std::string m_body;
};

/// Path data of an open line through `spots`.
std::string through(const std::vector<Spot> &spots);

} // namespace wardmote::chart
