#include "platform/chart/line.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/labels.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

struct Look {
    std::string_view stroke;
    std::string_view dot;
    std::string_view name;
};

Look look_of(LineStyle style) {
    switch (style) {
    case LineStyle::before:
        return {"s-was", "f-was", "t"};
    case LineStyle::third:
        return {"s-third", "f-third", "t"};
    case LineStyle::fourth:
        return {"s-fourth", "f-fourth", "t"};
    case LineStyle::now:
        break;
    }
    return {"s-now", "f-now", "t-data"};
}

std::size_t steps_shown(const LineInput &input) {
    std::size_t count = 0;
    for (const Line &line : input.lines)
        count = std::max(count, line.values.size());
    return count;
}

/// The least and greatest of all that is drawn; nought is always among them.
Interval extent(const LineInput &input) {
    Interval extent;
    const auto take = [&extent](double value) {
        extent.low = std::min(extent.low, value);
        extent.high = std::max(extent.high, value);
    };
    for (const Line &line : input.lines) {
        for (const auto &value : line.values)
            take(value.value_or(0));
        for (const auto &band : line.band) {
            if (band) {
                take(band->low);
                take(band->high);
            }
        }
    }
    return extent;
}

std::optional<Interval> band_at(const Line &line, std::size_t index) {
    if (index >= line.band.size() || !line.values[index])
        return std::nullopt;
    return line.band[index];
}

void draw_band(Canvas &canvas, const Frame &frame, const Line &line,
               const std::vector<Break> &breaks) {
    Values banded(line.values.size());
    for (std::size_t i = 0; i < banded.size(); ++i) {
        if (band_at(line, i))
            banded[i] = line.values[i];
    }
    for (const auto &[first, end] : runs(banded, breaks)) {
        std::vector<Spot> edge;
        for (std::size_t i = first; i < end; ++i)
            edge.push_back(frame.spot(i, line.band[i]->high));
        for (std::size_t i = end; i > first; --i)
            edge.push_back(frame.spot(i - 1, line.band[i - 1]->low));
        canvas.path("f-80", through(edge) + "Z");
    }
}

Html draw(const LineInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    const std::size_t count = steps_shown(input);
    std::vector<EndLabel> labels;
    const bool named = std::any_of(input.lines.begin(), input.lines.end(),
                                   [](const Line &line) { return !line.name.empty(); });
    Margins margins;
    margins.top = input.breaks.empty() ? 14 : 34;
    margins.right = wide ? 176 : named ? 96 : 60;
    margins.left = wide ? 40 : 34;
    const double room = margins.right - 12;
    for (const Line &line : input.lines) {
        const auto last = last_present(line.values);
        if (!last)
            continue;
        EndLabel label = end_label(line.name, said(*line.values[*last], input.words),
                                   look_of(line.style).name, room);
        if (*last + 1 < count)
            label.add("to " + (wide ? input.axis.name(*last) : input.axis.short_name(*last)),
                      "t-quiet", room);
        labels.push_back(std::move(label));
    }
    Canvas canvas{size, wide ? wide_width : narrow_width,
                  std::max(wide ? 320.0 : 260.0, height_of(labels) + margins.top + margins.bottom)};
    const Interval range = extent(input);
    const Frame frame =
        make_frame(canvas, margins, count, range.low, range.high, input.words.decimals == 0);
    for (const Line &line : input.lines)
        draw_band(canvas, frame, line, input.breaks);
    draw_values(canvas, frame);
    draw_times(canvas, frame, input.axis, count);
    draw_breaks(canvas, frame, input.breaks, count);
    // The first line is drawn last, over the others.
    std::size_t at = labels.size();
    for (std::size_t i = input.lines.size(); i > 0; --i) {
        const Line &line = input.lines[i - 1];
        const Look look = look_of(line.style);
        draw_line(canvas, frame, line.values, input.breaks, look.stroke, look.dot);
        if (const auto last = last_present(line.values)) {
            labels[--at].point = frame.spot(*last, *line.values[*last]);
            canvas.circle(look.dot, labels[at].point, 4);
        }
    }
    if (labels.empty())
        draw_nothing(canvas, frame);
    draw_end_labels(canvas, frame, labels);
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const LineInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    for (const Break &one : input.breaks)
        table.caption += fmt::format("{}{}: {}.",
                                     table.caption.empty()          ? ""
                                     : table.caption.ends_with('.') ? " "
                                                                    : ". ",
                                     input.axis.name(one.at), one.text);
    table.columns.push_back({core::capitalised(step_name(input.axis.step))});
    for (const Line &line : input.lines) {
        const std::string name =
            line.name.empty() ? core::capitalised(input.words.many) : line.name;
        table.columns.push_back({name, true});
        if (!line.band.empty()) {
            table.columns.push_back({name + ", low", true});
            table.columns.push_back({name + ", high", true});
        }
    }
    for (std::size_t i = 0; i < steps_shown(input); ++i) {
        std::vector<std::string> row{input.axis.name(i)};
        for (const Line &line : input.lines) {
            const bool there = i < line.values.size();
            row.push_back(said(there ? line.values[i] : std::nullopt, input.words));
            if (line.band.empty())
                continue;
            const auto band = there ? band_at(line, i) : std::nullopt;
            row.push_back(band ? said(band->low, input.words) : "");
            row.push_back(band ? said(band->high, input.words) : "");
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// The step a year before `index`, when it is on the chart, has a value and no break lies between.
std::optional<std::size_t> year_before(const LineInput &input, const Line &line,
                                       std::size_t index) {
    const std::size_t year = input.axis.step == Step::months     ? 12
                             : input.axis.step == Step::quarters ? 4
                                                                 : 1;
    if (index < year || !line.values[index - year])
        return std::nullopt;
    for (const Break &one : input.breaks) {
        if (one.at > index - year && one.at <= index)
            return std::nullopt;
    }
    return index - year;
}

std::string line_headline(const LineInput &input) {
    const Line *line = input.lines.empty() ? nullptr : &input.lines.front();
    const auto last = line ? last_present(line->values) : std::nullopt;
    if (!last)
        return fmt::format("{}: no figures yet", input.words.subject);
    std::string text = fmt::format("{}: {} in {}", input.words.subject,
                                   said(*line->values[*last], input.words), input.axis.name(*last));
    if (const auto before = year_before(input, *line, *last)) {
        const double was = *line->values[*before];
        const double is = *line->values[*last];
        text += is == was ? ", as a year before"
                          : fmt::format(", {} from {} a year before", is < was ? "down" : "up",
                                        said(was, input.words));
    }
    return text;
}

} // namespace

std::string line_sentence(const LineInput &input) {
    if (input.lines.empty() || !last_present(input.lines.front().values))
        return fmt::format("There are no figures for {} yet.", input.words.many);
    const Line &line = input.lines.front();
    const std::size_t last = *last_present(line.values);
    const double is = *line.values[last];
    std::string text = fmt::format("In {} {}", input.axis.name(last), there_were(is, input.words));
    if (!line.name.empty() && input.lines.size() > 1)
        text += fmt::format(" ({})", line.name);
    if (const auto before = year_before(input, line, last)) {
        const double was = *line.values[*before];
        const std::string change = change_words(is, was);
        text += fmt::format(", {} {} the {} of {}", difference(is, was, input.words),
                            difference(is, was, input.words) == "as many" ? "as" : "than",
                            said(was, input.words), input.axis.name(*before));
        if (!change.empty() && change != "unchanged")
            text += ": " + change;
    }
    text += '.';
    for (std::size_t i = 1; i < input.lines.size(); ++i) {
        const Line &other = input.lines[i];
        if (const auto at = last_present(other.values))
            text += fmt::format(" {}: {} in {}.", other.name, said(*other.values[*at], input.words),
                                input.axis.name(*at));
    }
    text += missing_words(input.axis, line.values);
    for (const Break &one : input.breaks) {
        if (one.at > 0 && one.at < steps_shown(input))
            text += fmt::format(" Figures from {} on cannot be compared with those before: {}.",
                                input.axis.name(one.at), one.text);
    }
    return text;
}

Chart line(const LineInput &input) {
    Chart chart = started(input.words, line_headline(input), line_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw(input, chart, Size::wide);
    chart.narrow = draw(input, chart, Size::narrow);
    chart.landscape = chart.table.columns.size() > 7;
    return chart;
}

} // namespace wardmote::chart
