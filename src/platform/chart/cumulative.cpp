#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/labels.hpp"
#include "platform/chart/line.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

/// The input added up, and what both drawings and words need of it.
struct Course {
    std::size_t count = 12; ///< months of the year
    Values now;             ///< running sums of this year
    Values before;
    std::optional<std::size_t> last; ///< of this year's months
    bool whole = false;              ///< this year has all its months
    std::string now_name;            ///< "2014-15"
    std::string before_name;
};

/// Running sums up to the first missing value.
Values added_up(const Values &values, std::size_t count) {
    Values sums(count);
    double sum = 0;
    for (std::size_t i = 0; i < std::min(count, values.size()) && values[i]; ++i) {
        sum += *values[i];
        sums[i] = sum;
    }
    return sums;
}

Course course_of(const CumulativeInput &input) {
    Course course;
    course.count = static_cast<std::size_t>(input.year.months());
    course.now = added_up(input.this_year, course.count);
    course.before = added_up(input.last_year, course.count);
    course.last = last_present(course.now);
    course.whole = course.last && *course.last + 1 == course.count;
    course.now_name = year_name(input.year);
    course.before_name = year_name(input.year.year_before());
    return course;
}

bool projected(const CumulativeInput &input, const Course &course) {
    return input.projection && course.last && !course.whole;
}

void draw_fan(Canvas &canvas, const Frame &frame, Spot from, const Interval &interval,
              std::string_view classes, std::size_t last) {
    canvas.path(classes,
                through({from, frame.spot(last, interval.high), frame.spot(last, interval.low)}) +
                    "Z");
}

std::vector<EndLabel> labels_of(const CumulativeInput &input, const Course &course,
                                const Frame &frame, double room) {
    std::vector<EndLabel> labels;
    const std::size_t end = course.count - 1;
    if (course.before[end]) {
        EndLabel label;
        label.add(said(*course.before[end], input.words), "t-b", room);
        Run year{" in " + course.before_name};
        if (room > 120)
            label.lines.back().push_back(year);
        else
            label.add(course.before_name, "t", room);
        label.point = frame.spot(end, *course.before[end]);
        labels.push_back(label);
    }
    if (course.whole) {
        EndLabel label;
        label.add(fmt::format("{} in {}", said(*course.now[end], input.words), course.now_name),
                  "t-data", room);
        label.point = frame.spot(end, *course.now[end]);
        labels.push_back(label);
    }
    if (projected(input, course)) {
        const Projection &to = *input.projection;
        EndLabel label;
        label.add(fmt::format("about {} projected", said(to.value, input.words)), "t-data", room);
        const std::string range = fmt::format("{} to {}", said(to.likely.low, input.words),
                                              said(to.likely.high, input.words));
        label.add(room > 120 ? range + ", 4 times in 5" : range, "t-quiet", room);
        label.point = frame.spot(end, to.value);
        labels.push_back(label);
    }
    return labels;
}

/// What the picture's lines already cover, so that words keep clear of them.
void take_line(Taken &taken, const Frame &frame, const Values &values) {
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i] && values[i - 1])
            taken.add(frame.spot(i - 1, *values[i - 1]), frame.spot(i, *values[i]));
    }
}

Html draw(const CumulativeInput &input, const Course &course, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    Canvas canvas{size, wide ? wide_width : narrow_width, wide ? 380.0 : 300.0};
    Margins margins;
    margins.top = 24;
    margins.right = wide ? 176 : 96;
    margins.left = wide ? 40 : 34;
    double high = 0;
    for (const Values *values : {&course.now, &course.before}) {
        for (const auto &value : *values)
            high = std::max(high, value.value_or(0));
    }
    const bool fan = projected(input, course);
    if (fan)
        high = std::max(high, input.projection->wide.high);
    const Frame frame =
        make_frame(canvas, margins, course.count, 0, high, input.words.decimals == 0);
    const std::size_t end = course.count - 1;
    draw_values(canvas, frame);
    draw_times(canvas, frame, {input.year.first(), Step::months}, course.count, false);

    Taken taken;
    take_line(taken, frame, course.before);
    take_line(taken, frame, course.now);
    Spot point;
    if (course.last)
        point = frame.spot(*course.last, *course.now[*course.last]);
    if (fan) {
        const Projection &to = *input.projection;
        draw_fan(canvas, frame, point, to.wide, "f-95", end);
        draw_fan(canvas, frame, point, to.likely, "f-80", end);
        for (const double edge : {to.wide.low, to.value, to.wide.high})
            taken.add(point, frame.spot(end, edge));
    }
    draw_line(canvas, frame, course.before, {}, "s-was", "f-was");
    if (fan)
        canvas.path("s-proj", through({point, frame.spot(end, input.projection->value)}));
    draw_line(canvas, frame, course.now, {}, "s-now", "f-now");
    if (course.before[end])
        canvas.circle("f-was", frame.spot(end, *course.before[end]), 4);
    if (course.last)
        canvas.circle("f-now", point, 4.5);
    if (fan)
        canvas.circle("f-open", frame.spot(end, input.projection->value), 4.5);

    if (!course.last && !last_present(course.before))
        draw_nothing(canvas, frame);
    auto labels = labels_of(input, course, frame, margins.right - 12);
    for (const Room &room : draw_end_labels(canvas, frame, labels))
        taken.add(room);
    taken.add({0, frame.area.bottom + 1, canvas.width(), canvas.height()});
    const Room whole{frame.area.left, 2, canvas.width(), frame.area.bottom};
    const auto write = [&](Spot at, const std::string &words, std::string_view classes) {
        const Room room = taken.best(around(at, words, classes), whole);
        write_in(canvas, room, words, classes);
        taken.add(room);
    };
    if (course.last && !course.whole) {
        const core::Month month = input.year.first() + static_cast<int>(*course.last);
        write(point,
              wide ? fmt::format("{} by {}", said(*course.now[*course.last], input.words),
                                 month.text())
                   : fmt::format("{} to {}", said(*course.now[*course.last], input.words),
                                 month.short_name()),
              "t-data");
        if (course.before[*course.last]) {
            const Spot was = frame.spot(*course.last, *course.before[*course.last]);
            canvas.circle("f-was", was, 3.5);
            write(was, said(*course.before[*course.last], input.words), "t-quiet");
        }
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const CumulativeInput &input, const Course &course) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{"Month"},
                     {course.before_name + ", in the month", true},
                     {course.now_name + ", in the month", true},
                     {course.before_name + ", added up", true},
                     {course.now_name + ", added up", true}};
    const auto cell = [&](const Values &values, std::size_t i) -> std::string {
        if (i >= values.size())
            return "";
        return said(values[i], input.words);
    };
    const auto sum = [&](const Values &sums, std::size_t i) {
        return sums[i] ? said(*sums[i], input.words) : "";
    };
    for (std::size_t i = 0; i < course.count; ++i)
        table.rows.push_back({(input.year.first() + static_cast<int>(i)).name(),
                              cell(input.last_year, i), cell(input.this_year, i),
                              sum(course.before, i), sum(course.now, i)});
    if (projected(input, course)) {
        const Projection &to = *input.projection;
        table.rows.push_back({"Projected", "", "", "", said(to.value, input.words)});
        const auto range = [&](std::string_view name, const Interval &interval) {
            table.rows.push_back({std::string{name}, "", "", "",
                                  fmt::format("{} to {}", said(interval.low, input.words),
                                              said(interval.high, input.words))});
        };
        range("80% interval", to.likely);
        range("95% interval", to.wide);
    }
    return table;
}

std::string cumulative_headline(const CumulativeInput &input, const Course &course) {
    const std::string &subject = input.words.subject;
    if (!course.last)
        return fmt::format("{}: no figures yet for {}", subject, course.now_name);
    const auto total = course.before[course.count - 1];
    const auto change = [&](double now, std::optional<double> before) {
        const std::string words = before ? change_words(now, *before, true) : "";
        return words.empty() ? words : ", " + words;
    };
    if (projected(input, course))
        return fmt::format("{} is heading for about {} this year{}", subject,
                           said(input.projection->value, input.words),
                           change(input.projection->value, total));
    const double now = *course.now[*course.last];
    const core::Period so_far{input.year.first(),
                              input.year.first() + static_cast<int>(*course.last)};
    return fmt::format("{}: {} in {}{}", subject, said(now, input.words),
                       course.whole ? course.now_name : so_far.text(),
                       change(now, course.before[*course.last]));
}

} // namespace

std::string cumulative_sentence(const CumulativeInput &input) {
    const Course course = course_of(input);
    if (!course.last)
        return fmt::format("There are no figures for {} yet.", course.now_name);
    const core::Period so_far{input.year.first(),
                              input.year.first() + static_cast<int>(*course.last)};
    const double now = *course.now[*course.last];
    std::string text =
        core::capitalised(fmt::format("{}{} {}", so_far.months() > 1 ? "from " : "in ",
                                      so_far.text(), there_were(now, input.words)));
    if (const auto before = course.before[*course.last]) {
        const std::string more = difference(now, *before, input.words);
        const std::string change = change_words(now, *before);
        text += fmt::format(", {} {} the {} of the same months a year before", more,
                            more == "as many" ? "as" : "than", said(*before, input.words));
        if (!change.empty() && change != "unchanged")
            text += ": " + change;
    }
    text += '.';
    if (projected(input, course)) {
        const Projection &to = *input.projection;
        text +=
            fmt::format(" The year is projected to end at about {}", said(to.value, input.words));
        if (const auto before = course.before[course.count - 1]) {
            const std::string change = change_words(to.value, *before, true);
            text +=
                fmt::format(", against {} in {}", said(*before, input.words), course.before_name);
            if (!change.empty())
                text += ": " + change;
        }
        text += fmt::format(". Four times in five it will end between {} and {}.",
                            said(to.likely.low, input.words), said(to.likely.high, input.words));
    }
    const std::size_t known = *course.last + 1;
    if (known < input.this_year.size() && last_present(input.this_year) > course.last)
        text += fmt::format(" {} is missing, so later months are not added up.",
                            (input.year.first() + static_cast<int>(known)).text());
    return text;
}

Chart cumulative(const CumulativeInput &input) {
    const Course course = course_of(input);
    Chart chart =
        started(input.words, cumulative_headline(input, course), cumulative_sentence(input));
    chart.table = numbers(input, course);
    chart.wide = draw(input, course, chart, Size::wide);
    chart.narrow = draw(input, course, chart, Size::narrow);
    return chart;
}

} // namespace wardmote::chart
