#include "platform/chart/control.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/labels.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

/// Limits and means are printed with one decimal more than the values, unless they are whole.
std::string level(double value, const Words &words) {
    std::string text = core::number(value, words.decimals + 1);
    const auto point = text.find('.');
    if (words.decimals == 0 && text.substr(point) == ".0")
        text.resize(point);
    return text;
}

bool flagged(const ControlInput &input, std::size_t index) {
    return std::any_of(input.signals.begin(), input.signals.end(), [index](const Signal &signal) {
        return signal.first <= index && index <= signal.last;
    });
}

std::string baseline_name(const Limits &limits) {
    const std::string name = year_name(limits.baseline);
    return name == limits.baseline.text() ? limits.baseline.short_text() : name;
}

Frame frame_of(const Canvas &canvas, const ControlInput &input, Margins margins) {
    double low = 0;
    double high = 0;
    for (const auto &value : input.values) {
        low = std::min(low, value.value_or(0));
        high = std::max(high, value.value_or(0));
    }
    for (const Limits &limits : input.limits) {
        low = std::min(low, limits.lower);
        high = std::max(high, limits.upper);
    }
    return make_frame(canvas, margins, input.values.size(), low, high, input.words.decimals == 0);
}

std::vector<EndLabel> labels_of(const ControlInput &input, const Frame &frame, bool wide,
                                double room) {
    std::vector<EndLabel> labels;
    if (input.limits.empty())
        return labels;
    const Limits &limits = input.limits.back();
    const double x = frame.area.right;
    const auto add = [&](double value, const std::string &words) {
        EndLabel label;
        label.add(level(value, input.words) + " " + words, "t-quiet", room);
        label.point = {x, frame.y(value)};
        labels.push_back(std::move(label));
    };
    add(limits.upper, wide ? "upper limit" : "upper");
    add(limits.mean, wide ? "mean of " + baseline_name(limits) : "mean");
    add(limits.lower, wide ? "lower limit" : "lower");
    return labels;
}

void draw_limits(Canvas &canvas, const Frame &frame, const ControlInput &input) {
    const auto last = input.values.empty() ? 0 : input.values.size() - 1;
    for (const Limits &limits : input.limits) {
        // A half step to either side, so that one set of limits meets the next without a hole.
        const double left =
            limits.first == 0 ? frame.area.left : frame.x(limits.first) - frame.pitch / 2;
        const double right =
            limits.last >= last ? frame.area.right : frame.x(limits.last) + frame.pitch / 2;
        canvas.rectangle("f-95", {left, frame.y(limits.upper), right, frame.y(limits.lower)});
    }
    draw_values(canvas, frame, false);
    for (const Limits &limits : input.limits) {
        const double left =
            limits.first == 0 ? frame.area.left : frame.x(limits.first) - frame.pitch / 2;
        const double right =
            limits.last >= last ? frame.area.right : frame.x(limits.last) + frame.pitch / 2;
        // The edges are lines too: on paper a pale band may not show.
        for (const double edge : {limits.upper, limits.lower})
            canvas.line("s-edge", {left, frame.y(edge)}, {right, frame.y(edge)});
        canvas.line("s-mean", {left, frame.y(limits.mean)}, {right, frame.y(limits.mean)});
    }
}

Html draw(const ControlInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    Canvas canvas{size, wide ? wide_width : narrow_width,
                  input.breaks.empty() ? (wide ? 250.0 : 230.0) : (wide ? 270.0 : 250.0)};
    Margins margins;
    margins.top = input.breaks.empty() ? 14 : 34;
    margins.left = wide ? 40 : 34;
    double room = wide ? 164 : 0;
    for (const Limits &limits : input.limits) {
        for (const double value : {limits.upper, limits.mean, limits.lower})
            room = std::max(room, set_width(level(value, input.words) + " upper"));
    }
    margins.right = input.limits.empty() && !wide ? 14 : room + 14;
    const Frame frame = frame_of(canvas, input, margins);
    draw_limits(canvas, frame, input);
    draw_times(canvas, frame, input.axis, input.values.size());
    draw_breaks(canvas, frame, input.breaks, input.values.size());
    draw_line(canvas, frame, input.values, input.breaks, "s-fine", "f-now");
    for (std::size_t i = 0; i < input.values.size(); ++i) {
        if (!input.values[i])
            continue;
        const Spot spot = frame.spot(i, *input.values[i]);
        if (flagged(input, i)) {
            canvas.circle("f-note", spot, 4.5);
        } else if (frame.pitch > 6) {
            canvas.circle("f-now", spot, 2.5);
        }
    }
    if (!last_present(input.values))
        draw_nothing(canvas, frame);
    draw_end_labels(canvas, frame, labels_of(input, frame, wide, room));
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const ControlInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{core::capitalised(step_name(input.axis.step))},
                     {core::capitalised(input.words.many), true},
                     {"Mean", true},
                     {"Lower limit", true},
                     {"Upper limit", true},
                     {"Signal"}};
    for (std::size_t i = 0; i < input.values.size(); ++i) {
        std::vector<std::string> row{input.axis.name(i),
                                     said(input.values[i], input.words),
                                     "",
                                     "",
                                     "",
                                     flagged(input, i) ? "yes" : ""};
        for (const Limits &limits : input.limits) {
            if (i < limits.first || i > limits.last)
                continue;
            row[2] = level(limits.mean, input.words);
            row[3] = level(limits.lower, input.words);
            row[4] = level(limits.upper, input.words);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

const Limits *limits_at(const ControlInput &input, std::size_t index) {
    for (const Limits &limits : input.limits) {
        if (limits.first <= index && index <= limits.last)
            return &limits;
    }
    return nullptr;
}

std::string span_name(const Axis &axis, const Signal &signal) {
    if (axis.step == Step::months)
        return core::Period{axis.month(signal.first), axis.month(signal.last)}.text();
    if (signal.first == signal.last)
        return axis.name(signal.first);
    return axis.name(signal.first) + " to " + axis.name(signal.last);
}

std::string signal_words(const ControlInput &input, const Signal &signal) {
    const std::string when = span_name(input.axis, signal);
    const Limits *limits = limits_at(input, signal.first);
    const bool above =
        signal.kind == SignalKind::above_limit || signal.kind == SignalKind::run_above;
    switch (signal.kind) {
    case SignalKind::above_limit:
    case SignalKind::below_limit: {
        const bool one = signal.first == signal.last;
        std::string value;
        if (one && signal.first < input.values.size() && input.values[signal.first])
            value = fmt::format(" ({})", said(*input.values[signal.first], input.words));
        std::string limit;
        if (limits)
            limit = fmt::format(" ({})", level(above ? limits->upper : limits->lower, input.words));
        return fmt::format("{}{} {} {} the {} limit{}.", when, value, one ? "is" : "are",
                           above ? "above" : "below", above ? "upper" : "lower", limit);
    }
    case SignalKind::run_above:
    case SignalKind::run_below: {
        const auto steps = static_cast<std::int64_t>(signal.last - signal.first + 1);
        std::string mean = "the mean";
        if (limits)
            mean = fmt::format("the mean of {} ({})", baseline_name(*limits),
                               level(limits->mean, input.words));
        return fmt::format("All {} {} from {} lie {} {}.", core::in_words(steps),
                           step_name(input.axis.step, true), when, above ? "above" : "below", mean);
    }
    case SignalKind::other:
        break;
    }
    return fmt::format("{}: {}.", when, signal.words);
}

std::string control_headline(const ControlInput &input) {
    const std::string &subject = input.words.subject;
    if (!last_present(input.values))
        return subject + ": no figures yet";
    if (input.limits.empty())
        return subject + ": too few figures to say what is usual";
    if (input.signals.empty())
        return subject + " shows only its usual variation";
    const Signal &last =
        *std::max_element(input.signals.begin(), input.signals.end(),
                          [](const Signal &a, const Signal &b) { return a.last < b.last; });
    switch (last.kind) {
    case SignalKind::run_above:
    case SignalKind::run_below: {
        const std::string_view side = last.kind == SignalKind::run_above ? "above" : "below";
        if (last.last == *last_present(input.values))
            return fmt::format("{} has been {} its usual level since {}", subject, side,
                               input.axis.name(last.first));
        return fmt::format("{} was {} its usual level, {}", subject, side,
                           span_name(input.axis, last));
    }
    case SignalKind::above_limit:
        return fmt::format("{} was unusually high, {}", subject, span_name(input.axis, last));
    case SignalKind::below_limit:
        return fmt::format("{} was unusually low, {}", subject, span_name(input.axis, last));
    case SignalKind::other:
        break;
    }
    return fmt::format("{}: {}, {}", subject, last.words, span_name(input.axis, last));
}

} // namespace

std::string control_sentence(const ControlInput &input) {
    if (!last_present(input.values))
        return fmt::format("There are no figures for {} yet.", input.words.many);
    std::string text;
    if (input.limits.empty())
        text = "There are too few figures to say what is usual.";
    else if (input.signals.empty())
        text = fmt::format("All {} values lie within usual variation: {} to {}, around a mean of "
                           "{} set from {}.",
                           input.values.size(), level(input.limits.back().lower, input.words),
                           level(input.limits.back().upper, input.words),
                           level(input.limits.back().mean, input.words),
                           baseline_name(input.limits.back()));
    for (const Signal &signal : input.signals)
        text += (text.empty() ? "" : " ") + signal_words(input, signal);
    if (!input.signals.empty() && !input.limits.empty())
        text += fmt::format(" Usual variation is {} to {} ({}, set from {}).",
                            level(input.limits.back().lower, input.words),
                            level(input.limits.back().upper, input.words), input.method,
                            baseline_name(input.limits.back()));
    text += missing_words(input.axis, input.values);
    for (const Break &one : input.breaks) {
        if (one.at > 0 && one.at < input.values.size())
            text += fmt::format(" What is counted changed from {} on: {}.", input.axis.name(one.at),
                                one.text);
    }
    return text;
}

Chart control(const ControlInput &input) {
    Chart chart = started(input.words, control_headline(input), control_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw(input, chart, Size::wide);
    chart.narrow = draw(input, chart, Size::narrow);
    return chart;
}

} // namespace wardmote::chart
