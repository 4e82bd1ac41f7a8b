#include "platform/chart/labels.hpp"

#include <cmath>

#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"

namespace wardmote::chart {

namespace {

constexpr double gap = 12; ///< from the plot to the words

bool is_bold(std::string_view classes) {
    return classes == "t-data" || classes == "t-b";
}

double width_of(const std::vector<Run> &line) {
    double width = 0;
    for (const Run &run : line)
        width += set_width(run.words, run.classes);
    return width;
}

} // namespace

void EndLabel::add(std::string_view words, std::string_view classes, double room) {
    for (const std::string &line : wrapped(words, room, text_size, is_bold(classes)))
        lines.push_back({{line, classes}});
}

EndLabel end_label(std::string_view name, std::string_view value, std::string_view classes,
                   double room) {
    EndLabel label;
    const std::string_view bold = is_bold(classes) ? classes : "t-b";
    if (name.empty()) {
        label.lines.push_back({{std::string{value}, bold}});
        return label;
    }
    label.add(name, classes, room);
    const Run run{" " + std::string{value}, bold};
    auto &last = label.lines.back();
    if (width_of(last) + set_width(run.words, run.classes) <= room)
        last.push_back(run);
    else
        label.lines.push_back({{std::string{value}, bold}});
    return label;
}

double height_of(const std::vector<EndLabel> &labels) {
    double height = 0;
    for (const EndLabel &label : labels)
        height += label.height() + 2;
    return height;
}

std::vector<Room> draw_end_labels(Canvas &canvas, const Frame &frame,
                                  const std::vector<EndLabel> &labels) {
    std::vector<Wish> wishes;
    for (const EndLabel &label : labels)
        wishes.push_back({label.point.y, label.height() + 2});
    // Above the plot stand the words of breaks, below it those of the time axis.
    const auto middles = spread(wishes, frame.area.top - 3, frame.area.bottom + 9);
    std::vector<Room> rooms;
    const double x = frame.area.right + gap;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const EndLabel &label = labels[i];
        const Spot end{x - 3, middles[i]};
        const bool moved = std::fabs(middles[i] - label.point.y) > 7;
        if (moved || label.point.x < frame.area.right - 1)
            canvas.path("s-lead", through({{label.point.x + 5, label.point.y}, end}));
        double baseline = middles[i] - label.height() / 2 + 13;
        Room covered{x, middles[i] - label.height() / 2, x, middles[i] + label.height() / 2};
        for (const auto &line : label.lines) {
            if (line.size() == 1)
                canvas.text({x, baseline}, line[0].words, line[0].classes);
            else
                canvas.text({x, baseline}, line);
            covered.right = std::max(covered.right, x + width_of(line));
            baseline += label_line_height;
        }
        rooms.push_back(covered);
    }
    return rooms;
}

std::vector<Room> around(Spot point, std::string_view words, std::string_view classes) {
    const double width = set_width(words, classes);
    std::vector<Room> rooms;
    const auto add = [&](double left, double top) {
        rooms.push_back({left, top, left + width, top + text_size});
    };
    for (const double away : {6.0, 12.0, 20.0, 30.0, 44.0}) {
        const double above = point.y - away - text_size;
        const double below = point.y + away;
        add(point.x - away - width, above);
        add(point.x + away, below);
        add(point.x - width / 2, above);
        add(point.x - width / 2, below);
        add(point.x + away, above);
        add(point.x - away - width, below);
    }
    return rooms;
}

void write_in(Canvas &canvas, const Room &room, std::string_view words, std::string_view classes) {
    canvas.text({room.left, room.bottom - 3}, words, classes);
}

} // namespace wardmote::chart
