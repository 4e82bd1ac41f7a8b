#include "platform/chart/bars.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/labels.hpp"
#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

std::optional<std::size_t> first_present(const BarsInput &input) {
    for (std::size_t i = 0; i < input.bars.size(); ++i) {
        if (input.bars[i].value)
            return i;
    }
    return std::nullopt;
}

/// The last bar that is counted, not projected.
std::optional<std::size_t> last_counted(const BarsInput &input) {
    for (std::size_t i = input.bars.size(); i > 0; --i) {
        if (input.bars[i - 1].value && input.bars[i - 1].style != BarStyle::projected)
            return i - 1;
    }
    return std::nullopt;
}

const Bar *projection_of(const BarsInput &input) {
    for (const Bar &bar : input.bars) {
        if (bar.value && bar.style == BarStyle::projected)
            return &bar;
    }
    return nullptr;
}

std::string_view look_of(BarStyle style) {
    return style == BarStyle::highlighted ? "f-now"
           : style == BarStyle::projected ? "f-open"
                                          : "f-was";
}

bool labelled(const Bar *bar) {
    return bar && !bar->label.empty();
}

/// Whether any of the highlighted bars that stand together about `index` has a label of its own.
bool labelled_run(const BarsInput &input, std::size_t index) {
    const auto in_run = [&](std::size_t i) { return input.bars[i].style == BarStyle::highlighted; };
    while (index > 0 && in_run(index - 1))
        --index;
    for (; index < input.bars.size() && in_run(index); ++index) {
        if (labelled(&input.bars[index]))
            return true;
    }
    return false;
}

/// What is written over a bar; nothing for most plain ones.
std::string label_of(const BarsInput &input, std::size_t index, bool all) {
    const Bar &bar = input.bars[index];
    if (!bar.label.empty() || !bar.value)
        return bar.label;
    const std::string value = said(*bar.value, input.words);
    if (bar.style == BarStyle::projected)
        return "about " + value;
    // One label speaks for a run of highlighted bars, and a projection's own for the bar before.
    if (bar.style == BarStyle::highlighted)
        return labelled_run(input, index) ? "" : value;
    const bool last = index == last_counted(input) && !labelled(projection_of(input));
    return all || last || index == first_present(input) ? value : "";
}

/// Where a label may stand: over its bar, over it to the left or the right, and ever higher.
std::vector<Room> over(Spot top, double half, std::string_view words, std::string_view classes) {
    const double width = set_width(words, classes);
    std::vector<Room> rooms;
    for (double up = 6; up < 400; up += 4) {
        for (const double left : {top.x - width / 2, top.x - half, top.x + half - width}) {
            const double bottom = top.y - up;
            rooms.push_back({left, bottom - text_size, left + width, bottom});
        }
    }
    return rooms;
}

void draw_labels(Canvas &canvas, const Frame &frame, const BarsInput &input, double half,
                 Taken taken) {
    double widest = 0;
    for (std::size_t i = 0; i < input.bars.size(); ++i) {
        const Bar &bar = input.bars[i];
        if (!bar.value)
            continue;
        const double top = frame.y(bar.interval ? bar.interval->high : *bar.value);
        taken.add(Room{frame.x(i) - half, top, frame.x(i) + half, frame.area.bottom});
        widest = std::max(widest, set_width(said(*bar.value, input.words)));
    }
    const bool all = widest + 6 < frame.pitch;
    const Room whole{frame.area.left, 0, canvas.width() - 1, frame.area.bottom};
    for (std::size_t i = input.bars.size(); i > 0; --i) {
        const Bar &bar = input.bars[i - 1];
        const std::string words = label_of(input, i - 1, all);
        if (words.empty() || !bar.value)
            continue;
        const std::string_view classes = bar.style == BarStyle::plain ? "t-quiet" : "t-data";
        const Spot top = frame.spot(i - 1, bar.interval ? bar.interval->high : *bar.value);
        const Room room = taken.best(over(top, half, words, classes), whole);
        // A computed label that finds no room stays away: the table has it.
        if (taken.covered_by(room) > 0 && bar.label.empty() && bar.style != BarStyle::projected)
            continue;
        if (room.bottom < top.y - 30)
            canvas.path("s-lead",
                        through({{top.x, top.y - 2},
                                 {std::clamp(top.x, room.left, room.right), room.bottom + 2}}));
        write_in(canvas, room, words, classes);
        taken.add(room);
    }
}

/// Names below the bars, as many as fit: counted back from the last.
void draw_names(Canvas &canvas, const Frame &frame, const BarsInput &input) {
    const auto mark = [&](std::size_t i) {
        const double width = text_width(input.bars[i].name, text_size);
        const double x = kept_inside(frame.x(i), width, canvas.width());
        return Room{x - width / 2, 0, x + width / 2, 1};
    };
    for (const std::size_t stride : {1U, 2U, 5U, 10U, 20U, 50U, 100U}) {
        std::vector<std::size_t> kept;
        bool fits = true;
        for (std::size_t i = 0; i < input.bars.size() && fits; ++i) {
            if ((input.bars.size() - 1 - i) % stride != 0)
                continue;
            fits = kept.empty() || mark(i).left > mark(kept.back()).right + 6;
            kept.push_back(i);
        }
        if (!fits)
            continue;
        if (!kept.empty() && kept.front() > 0 && mark(0).right + 6 < mark(kept.front()).left)
            kept.insert(kept.begin(), 0);
        for (const std::size_t i : kept)
            canvas.text({(mark(i).left + mark(i).right) / 2, frame.area.bottom + 22},
                        input.bars[i].name, "t-quiet", Anchor::middle);
        return;
    }
}

Html draw(const BarsInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    Canvas canvas{size, wide ? wide_width : narrow_width,
                  input.breaks.empty() ? (wide ? 260.0 : 230.0) : (wide ? 290.0 : 270.0)};
    double high = 0;
    for (const Bar &bar : input.bars)
        high = std::max({high, bar.value.value_or(0), bar.interval ? bar.interval->high : 0});
    const Margins margins{input.breaks.empty() ? 26.0
                          : wide               ? 58.0
                                               : 68.0,
                          wide ? 16.0 : 6.0, 28, wide ? 40.0 : 34.0};
    const Frame frame =
        make_frame(canvas, margins, input.bars.size(), 0, high, input.words.decimals == 0, true);
    draw_values(canvas, frame);
    draw_names(canvas, frame, input);
    const double half = std::min(30.0, frame.pitch * 0.42);
    for (std::size_t i = 0; i < input.bars.size(); ++i) {
        const Bar &bar = input.bars[i];
        if (!bar.value)
            continue;
        const Spot top = frame.spot(i, *bar.value);
        // The open bar's edge is drawn inside its own width.
        const double inset = bar.style == BarStyle::projected ? 0.8 : 0;
        canvas.rectangle(look_of(bar.style), {top.x - half + inset, top.y + inset,
                                              top.x + half - inset, frame.area.bottom - inset});
        if (bar.interval) {
            const double low = frame.y(bar.interval->low);
            const double up = frame.y(bar.interval->high);
            canvas.line("s-int is-clear", {top.x, low}, {top.x, up});
            for (const double y : {low, up})
                canvas.line("s-int is-clear", {top.x - 5, y}, {top.x + 5, y});
        }
    }
    if (!first_present(input))
        draw_nothing(canvas, frame);
    Taken taken;
    for (const Room &room : draw_breaks(canvas, frame, input.breaks, input.bars.size()))
        taken.add(room);
    for (const Break &one : input.breaks) {
        const double x = frame.x(one.at) - frame.pitch / 2;
        taken.add(Spot{x, frame.area.top - 2}, Spot{x, frame.area.bottom});
    }
    draw_labels(canvas, frame, input, half, std::move(taken));
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const BarsInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{input.step}, {core::capitalised(input.words.many), true}, {"Note"}};
    for (std::size_t i = 0; i < input.bars.size(); ++i) {
        const Bar &bar = input.bars[i];
        std::vector<std::string> notes;
        if (bar.style == BarStyle::projected)
            notes.emplace_back("projected");
        if (bar.interval)
            notes.push_back(fmt::format("{} to {}", said(bar.interval->low, input.words),
                                        said(bar.interval->high, input.words)));
        for (const Break &one : input.breaks) {
            if (one.at == i)
                notes.push_back(one.text);
        }
        table.rows.push_back({bar.name, said(bar.value, input.words), core::joined(notes, ", ")});
    }
    return table;
}

std::string bars_headline(const BarsInput &input) {
    const std::string &subject = input.words.subject;
    const auto first = first_present(input);
    if (!first)
        return subject + ": no figures yet";
    const Bar *projected = projection_of(input);
    const Bar &from = input.bars[*first];
    const Bar &to = projected ? *projected : input.bars[*last_counted(input)];
    if (&from == &to)
        return fmt::format("{}: {} in {}", subject, said(*to.value, input.words), to.name);
    const std::string change = change_words(*to.value, *from.value, true);
    return fmt::format("{}: {}{} in {}, from {} in {}{}", subject, projected ? "about " : "",
                       said(*to.value, input.words), to.name, said(*from.value, input.words),
                       from.name, change.empty() ? "" : ", " + change);
}

} // namespace

std::string bars_sentence(const BarsInput &input) {
    const auto first = first_present(input);
    if (!first)
        return fmt::format("There are no figures for {} yet.", input.words.many);
    const Words &words = input.words;
    std::string text;
    const auto last = last_counted(input);
    if (last) {
        const Bar &from = input.bars[*first];
        const Bar &to = input.bars[*last];
        text = core::capitalised(fmt::format("in {} {}", to.name, there_were(*to.value, words)));
        if (*first < *last) {
            const std::string change = change_words(*to.value, *from.value, true);
            text += fmt::format(", against {} in {}{}", said(*from.value, words), from.name,
                                change.empty() ? "" : ": " + change);
        }
        text += '.';
        const auto counted = [](const Bar &bar) {
            return bar.style == BarStyle::projected ? -1 : bar.value.value_or(-1);
        };
        const auto by_value = [&counted](const Bar &a, const Bar &b) {
            return counted(a) < counted(b);
        };
        const Bar &highest = *std::max_element(input.bars.begin(), input.bars.end(), by_value);
        if (*last - *first > 1)
            text +=
                fmt::format(" The highest is {} in {}.", said(*highest.value, words), highest.name);
    }
    if (const Bar *bar = projection_of(input)) {
        text += fmt::format("{}About {} {} projected for {}", text.empty() ? "" : " ",
                            said(*bar->value, words), *bar->value == 1 ? "is" : "are", bar->name);
        if (bar->interval)
            text += fmt::format(" ({} to {})", said(bar->interval->low, words),
                                said(bar->interval->high, words));
        text += '.';
    }
    for (const Break &one : input.breaks) {
        if (one.at > 0 && one.at < input.bars.size())
            text += fmt::format(" What is counted changed in {} ({}): years before and after it "
                                "are not strictly comparable.",
                                input.bars[one.at].name, one.text);
    }
    return text;
}

Chart bars(const BarsInput &input) {
    Chart chart = started(input.words, bars_headline(input), bars_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw(input, chart, Size::wide);
    chart.narrow = draw(input, chart, Size::narrow);
    return chart;
}

} // namespace wardmote::chart
