#include "platform/chart/change.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/labels.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/place.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

std::size_t months_of(const ChangeInput &input) {
    return std::max(input.this_year.size(), input.last_year.size());
}

std::optional<double> at(const Values &values, std::size_t index) {
    return index < values.size() ? values[index] : std::nullopt;
}

/// "up 41%", "down 3%".
std::string percent(double change) {
    return core::change_in_words(change, 0);
}

std::string signed_percent_of(double change) {
    return signed_percent(1 + change / 100);
}

Axis axis_of(const ChangeInput &input) {
    return {input.first, Step::months};
}

void draw_key(Canvas &canvas, double x, const ChangeInput &input) {
    const core::Period now{input.first, input.first + static_cast<int>(months_of(input)) - 1};
    const auto entry = [&](std::string_view classes, const std::string &words) {
        canvas.rectangle(classes, {x, 4, x + 12, 16});
        canvas.text({x + 18, 15}, words);
        x += 18 + set_width(words) + 24;
    };
    const auto words = [](core::Period period) {
        return period.first().year() == period.last().year() ? std::to_string(period.first().year())
                                                             : year_name(period);
    };
    if (set_width(words(now.year_before()) + words(now)) + 84 < canvas.width() - x) {
        entry("f-was", words(now.year_before()));
        entry("f-now", words(now));
    } else {
        entry("f-was", "a year before");
        entry("f-now", "this year");
    }
}

Html draw_counts(const ChangeInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    const std::size_t count = months_of(input);
    Canvas canvas{size, wide ? wide_width : narrow_width, wide ? 290.0 : 250.0};
    double high = 0;
    for (std::size_t i = 0; i < count; ++i)
        high = std::max(
            {high, at(input.this_year, i).value_or(0), at(input.last_year, i).value_or(0)});
    const Margins margins{44, wide ? 20.0 : 6.0, 28, wide ? 40.0 : 34.0};
    const Frame frame =
        make_frame(canvas, margins, count, 0, high, input.words.decimals == 0, true);
    draw_key(canvas, frame.area.left, input);
    draw_values(canvas, frame);
    draw_times(canvas, frame, axis_of(input), count, false);
    const double bar = std::min(24.0, frame.pitch * 0.38);
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto was = at(input.last_year, i))
            canvas.rectangle("f-was",
                             {frame.x(i) - bar, frame.y(*was), frame.x(i) - 0.5, frame.y(0)});
        if (const auto now = at(input.this_year, i)) {
            canvas.rectangle("f-now",
                             {frame.x(i) + 0.5, frame.y(*now), frame.x(i) + bar, frame.y(0)});
            const std::string words = said(*now, input.words);
            if (set_width(words, "t-s") < frame.pitch / 2 + bar - 4)
                canvas.text({frame.x(i) + bar / 2, frame.y(*now) - 5}, words, "t-s",
                            Anchor::middle);
        }
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

/// Which values are written: all where they fit side by side, else the first, the last and those
/// between at an even pace.
std::vector<std::size_t> written(const Values &values, double pitch, double widest) {
    std::vector<std::size_t> present;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i])
            present.push_back(i);
    }
    const auto every =
        static_cast<std::size_t>(std::max(1.0, std::ceil((widest + 6) / std::max(pitch, 1.0))));
    std::vector<std::size_t> kept;
    for (const std::size_t i : present) {
        // Counted back from the last, which matters most.
        if ((present.back() - i) % every == 0)
            kept.push_back(i);
    }
    return kept;
}

/// Where the words of a point may stand: over it (under it when the change is a fall), straight or
/// a little to the right, then on the other side.
std::vector<Room> beside(Spot point, std::string_view words, std::string_view classes, bool fall) {
    const double width = set_width(words, classes);
    std::vector<Room> rooms;
    for (const bool under : {fall, !fall}) {
        for (const double away : {7.0, 11.0, 16.0}) {
            for (const double shift : {0.0, 0.25, 0.5, -0.25, -0.5}) {
                const double left = point.x - width / 2 + shift * width;
                const double top = under ? point.y + away : point.y - away - text_size;
                rooms.push_back({left, top, left + width, top + text_size});
            }
        }
    }
    return rooms;
}

Html draw_percent(const ChangeInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    const bool bars = input.shown == ChangeShown::percent_bars;
    const Values changes = year_to_date_change(input);
    Canvas canvas{size, wide ? wide_width : narrow_width, wide ? 220.0 : 200.0};
    double low = 0;
    double high = 0;
    for (const auto &change : changes) {
        low = std::min(low, change.value_or(0));
        high = std::max(high, change.value_or(0));
    }
    const Margins margins{30, wide ? 26.0 : 20.0, low < 0 ? 52.0 : 28.0, wide ? 40.0 : 22.0};
    Frame frame = make_frame(canvas, margins, changes.size(), low, high, true, true);
    frame.area.left = margins.left;
    // Every point says its own value, so the scale needs no ticks and can end at the data.
    frame.ticks = {0, 0, 1, 0};
    frame.y = {low, std::max(high, low + 1), frame.area.bottom, frame.area.top};
    const double nought = frame.y(0);
    canvas.line("s-axis", {frame.area.left - 8, nought}, {frame.area.right + 8, nought});
    Frame below = frame;
    below.area.bottom = canvas.height() - 28;
    draw_times(canvas, below, axis_of(input), changes.size(), false);
    if (!bars)
        draw_line(canvas, frame, changes, {}, "s-now", "f-now");
    double widest = 0;
    for (const auto &change : changes) {
        if (change)
            widest = std::max(widest, set_width(signed_percent_of(*change), "t-b"));
    }
    const auto labelled = written(changes, frame.pitch, widest);
    const double half = std::min(20.0, frame.pitch * 0.36);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (!changes[i])
            continue;
        const Spot spot = frame.spot(i, *changes[i]);
        if (bars)
            canvas.rectangle("f-now", {spot.x - half, std::min(spot.y, nought), spot.x + half,
                                       std::max(spot.y, nought)});
        else
            canvas.circle("f-now", spot, 4);
    }
    Taken taken;
    for (std::size_t i = 1; i < changes.size() && !bars; ++i) {
        if (changes[i] && changes[i - 1])
            taken.add(frame.spot(i - 1, *changes[i - 1]), frame.spot(i, *changes[i]));
    }
    const Room whole{0, 0, canvas.width(), below.area.bottom + 4};
    for (const std::size_t i : labelled) {
        const std::string words = signed_percent_of(*changes[i]);
        const std::string_view classes = i == labelled.back() ? "t-data" : "t";
        const Room room =
            taken.best(beside(frame.spot(i, *changes[i]), words, classes, *changes[i] < 0), whole);
        write_in(canvas, room, words, classes);
        taken.add(room);
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const ChangeInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{"Month"},
                     {"A year before", true},
                     {"This year", true},
                     {"Change of the year to date", true}};
    const Values changes = year_to_date_change(input);
    for (std::size_t i = 0; i < months_of(input); ++i)
        table.rows.push_back({axis_of(input).name(i), said(at(input.last_year, i), input.words),
                              said(at(input.this_year, i), input.words),
                              changes[i] ? signed_percent_of(*changes[i]) : ""});
    return table;
}

std::string change_headline(const ChangeInput &input) {
    const Values changes = year_to_date_change(input);
    const auto last = last_present(changes);
    if (!last)
        return input.words.subject + ": nothing to compare yet";
    const auto first = std::find_if(changes.begin(), changes.end(),
                                    [](const auto &change) { return change.has_value(); });
    const double from = **first;
    const double to = *changes[*last];
    const std::string &subject = input.words.subject;
    if (percent(to) == "unchanged")
        return fmt::format("{} stands where it did a year before", subject);
    if (*first == changes[*last] || (from < 0) != (to < 0) || std::fabs(from - to) < 2)
        return fmt::format("{} is {} on the year before", subject, percent(to));
    return fmt::format("The {} in {} has {} from {} to {}%", to < 0 ? "fall" : "rise",
                       core::lower(subject.substr(0, 1)) +
                           subject.substr(std::min<std::size_t>(1, subject.size())),
                       std::fabs(to) < std::fabs(from) ? "shrunk" : "grown",
                       core::number(std::fabs(from), 0) + "%", core::number(std::fabs(to), 0));
}

} // namespace

Values year_to_date_change(const ChangeInput &input) {
    Values changes(months_of(input));
    double now = 0;
    double before = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto this_month = at(input.this_year, i);
        const auto that_month = at(input.last_year, i);
        if (!this_month || !that_month)
            break;
        now += *this_month;
        before += *that_month;
        if (before >= least_base_of_percentage)
            changes[i] = (now / before - 1) * 100;
    }
    return changes;
}

std::string monthly_change_sentence(const ChangeInput &input) {
    const Values changes = year_to_date_change(input);
    const auto last = last_present(changes);
    if (!last)
        return fmt::format("There are no two years of {} to compare yet.", input.words.many);
    const auto first = static_cast<std::size_t>(
        std::find_if(changes.begin(), changes.end(),
                     [](const auto &change) { return change.has_value(); }) -
        changes.begin());
    const Axis axis = axis_of(input);
    double now = 0;
    double before = 0;
    for (std::size_t i = 0; i <= *last; ++i) {
        now += *input.this_year[i];
        before += *input.last_year[i];
    }
    const core::Period so_far{input.first, input.first + static_cast<int>(*last)};
    const std::string more = difference(now, before, input.words);
    std::string text = core::capitalised(
        fmt::format("{}{} {}, {} {} the {} of the same months a year before",
                    *last > 0 ? "from " : "in ", so_far.text(), there_were(now, input.words), more,
                    more == "as many" ? "as" : "than", said(before, input.words)));
    if (const auto change = change_words(now, before); !change.empty() && change != "unchanged")
        text += ": " + change;
    text += '.';
    if (first < *last)
        text += fmt::format(" After {} the year to date was {}.", axis.name(first),
                            percent(*changes[first]));
    text += missing_words(axis, input.this_year);
    return text;
}

Chart monthly_change(const ChangeInput &input) {
    Chart chart = started(input.words, change_headline(input), monthly_change_sentence(input));
    chart.table = numbers(input);
    const bool counts = input.shown == ChangeShown::counts;
    chart.wide =
        counts ? draw_counts(input, chart, Size::wide) : draw_percent(input, chart, Size::wide);
    chart.narrow =
        counts ? draw_counts(input, chart, Size::narrow) : draw_percent(input, chart, Size::narrow);
    return chart;
}

} // namespace wardmote::chart
