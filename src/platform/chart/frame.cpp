#include "platform/chart/frame.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"

namespace wardmote::chart {

namespace {

constexpr double gap_between_marks = 6;

std::string month_mark(core::Month month, bool with_year, bool narrow) {
    if (!with_year)
        return month.short_name();
    if (narrow)
        return fmt::format("{} {:02}", month.short_name(), month.year() % 100);
    return month.short_text();
}

/// Marks every `stride` months, at Januaries first of all.
std::vector<TimeMark> month_marks(const Axis &axis, std::size_t count, int stride, bool narrow,
                                  bool years) {
    std::vector<TimeMark> marks;
    for (std::size_t i = 0; i < count; ++i) {
        const core::Month month = axis.month(i);
        if (month.index() % stride != 0)
            continue;
        if (stride >= 12)
            marks.push_back({i, std::to_string(month.year())});
        else if (stride == 6 && narrow)
            marks.push_back({i, month_mark(month, years, narrow)});
        else
            marks.push_back(
                {i, month_mark(month, years && (marks.empty() || month.month() == 1), narrow)});
    }
    if (marks.empty() && count > 0)
        marks.push_back({0, month_mark(axis.month(0), true, narrow)});
    return marks;
}

/// Marks every `stride` steps back from the last.
std::vector<TimeMark> even_marks(const Axis &axis, std::size_t count, int stride) {
    std::vector<TimeMark> marks;
    for (std::size_t i = 0; i < count; ++i) {
        if ((count - 1 - i) % static_cast<std::size_t>(stride) == 0)
            marks.push_back({i, axis.name(i)});
    }
    return marks;
}

} // namespace

double kept_inside(double x, double label_width, double limit) {
    return std::max(label_width / 2, std::min(x, limit - label_width / 2));
}

std::vector<TimeMark> time_marks(const Axis &axis, std::size_t count, double start, double pitch,
                                 double width, bool narrow, bool years) {
    const auto room = [&](const TimeMark &mark) {
        const double wide = text_width(mark.text, text_size);
        const double x = kept_inside(start + pitch * static_cast<double>(mark.index), wide, width);
        return std::pair{x - wide / 2, x + wide / 2};
    };
    const auto fits = [&](const std::vector<TimeMark> &marks) {
        for (std::size_t i = 1; i < marks.size(); ++i) {
            if (room(marks[i]).first < room(marks[i - 1]).second + gap_between_marks)
                return false;
        }
        return true;
    };
    const bool months = axis.step == Step::months;
    constexpr std::array month_strides = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200};
    constexpr std::array even_strides = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    std::vector<TimeMark> marks;
    for (std::size_t i = 0; i < month_strides.size(); ++i) {
        marks = months ? month_marks(axis, count, month_strides[i], narrow, years)
                       : even_marks(axis, count, even_strides[i]);
        if (fits(marks))
            break;
    }
    if (!months && !marks.empty() && marks.front().index > 0) {
        auto with_first = marks;
        with_first.insert(with_first.begin(), TimeMark{0, axis.name(0)});
        if (fits(with_first))
            return with_first;
    }
    return marks;
}

Frame make_frame(const Canvas &canvas, const Margins &margins, std::size_t count, double low,
                 double high, bool whole, bool slots) {
    Frame frame;
    frame.area = {margins.left, margins.top, canvas.width() - margins.right,
                  canvas.height() - margins.bottom};
    const double height = frame.area.bottom - frame.area.top;
    frame.ticks = nice_ticks(std::min(low, 0.0), std::max(high, 0.0),
                             std::max(3, static_cast<int>(height / 34)), whole);
    for (const double tick : frame.ticks.each())
        frame.area.left =
            std::max(frame.area.left, text_width(frame.ticks.text(tick), text_size) + 10);
    frame.y = {frame.ticks.low, frame.ticks.high, frame.area.bottom, frame.area.top};
    const double span = frame.area.right - frame.area.left;
    if (slots) {
        frame.pitch = span / static_cast<double>(std::max<std::size_t>(count, 1));
        frame.start = frame.area.left + frame.pitch / 2;
    } else if (count > 1) {
        frame.pitch = span / static_cast<double>(count - 1);
        frame.start = frame.area.left;
    } else {
        frame.start = frame.area.left + span / 2;
    }
    return frame;
}

void draw_values(Canvas &canvas, const Frame &frame, bool grid) {
    for (const double tick : frame.ticks.each()) {
        const double y = frame.y(tick);
        const bool nought = std::fabs(tick) < frame.ticks.step / 2;
        if (nought || grid)
            canvas.line(nought ? "s-axis" : "s-grid", {frame.area.left, y}, {frame.area.right, y});
        canvas.text({frame.area.left - 8, y + 5}, frame.ticks.text(tick), "t-quiet", Anchor::end);
    }
}

void draw_times(Canvas &canvas, const Frame &frame, const Axis &axis, std::size_t count,
                bool years) {
    for (const TimeMark &mark :
         time_marks(axis, count, frame.start, frame.pitch, canvas.width(), !canvas.wide(), years)) {
        const double x =
            kept_inside(frame.x(mark.index), text_width(mark.text, text_size), canvas.width());
        canvas.text({x, frame.area.bottom + 22}, mark.text, "t-quiet", Anchor::middle);
    }
}

std::vector<Room> draw_breaks(Canvas &canvas, const Frame &frame, const std::vector<Break> &breaks,
                              std::size_t count) {
    std::vector<Room> rooms;
    double taken_to = 0;
    double line = 0;
    for (const Break &one : breaks) {
        if (one.at == 0 || one.at >= count)
            continue;
        const double x = frame.x(one.at) - frame.pitch / 2;
        canvas.line("s-break", {x, frame.area.top - 2}, {x, frame.area.bottom});
        // Words stand to the right of the line, to its left where there is more room for them.
        const double to_right = canvas.width() - x - 4;
        const double to_left = x - 4 - frame.area.left;
        const bool left = text_width(one.text, small_text_size) > to_right && to_left > to_right;
        const std::string words = shortened(one.text, std::max(to_left, to_right), small_text_size);
        const double width = text_width(words, small_text_size);
        const double start = left ? x - 4 - width : x + 4;
        line = start < taken_to + 6 ? line + 14 : 0;
        taken_to = std::max(taken_to, start + width);
        const Spot at{start, frame.area.top - 6 - line};
        canvas.text(at, words, "t-quiet t-s");
        rooms.push_back(text_room(at, words, "t-s"));
    }
    return rooms;
}

std::vector<std::pair<std::size_t, std::size_t>> runs(const Values &values,
                                                      const std::vector<Break> &breaks) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    bool open = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool broken = std::any_of(breaks.begin(), breaks.end(),
                                        [i](const Break &one) { return one.at == i; });
        if (!values[i]) {
            open = false;
        } else if (open && !broken) {
            found.back().second = i + 1;
        } else {
            found.emplace_back(i, i + 1);
            open = true;
        }
    }
    return found;
}

void draw_nothing(Canvas &canvas, const Frame &frame) {
    canvas.text(
        {(frame.area.left + frame.area.right) / 2, (frame.area.top + frame.area.bottom) / 2},
        "No figures yet", "t-quiet", Anchor::middle);
}

void draw_line(Canvas &canvas, const Frame &frame, const Values &values,
               const std::vector<Break> &breaks, std::string_view classes, std::string_view dot) {
    for (const auto &[first, end] : runs(values, breaks)) {
        std::vector<Spot> spots;
        for (std::size_t i = first; i < end; ++i)
            spots.push_back(frame.spot(i, *values[i]));
        if (spots.size() == 1)
            canvas.circle(dot, spots.front(), 2.5);
        else
            canvas.path(classes, through(spots));
    }
}

} // namespace wardmote::chart
