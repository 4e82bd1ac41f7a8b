#include "platform/chart/intervals.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/canvas.hpp"
#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/ratios.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

std::vector<IntervalRow> in_order(const IntervalInput &input) {
    std::vector<IntervalRow> rows = input.rows;
    if (input.sorted)
        std::stable_sort(rows.begin(), rows.end(), [](const IntervalRow &a, const IntervalRow &b) {
            return a.ratio.value_or(-1) > b.ratio.value_or(-1);
        });
    return rows;
}

std::string counts(const IntervalRow &row, const Words &words) {
    return fmt::format("{} to {}", said(row.before, words), said(row.now, words));
}

bool rose(const IntervalRow &row) {
    return row.ratio && *row.ratio > 1;
}

RatioScale scale_of(const std::vector<IntervalRow> &rows, double left, double right) {
    std::vector<Interval> shown;
    for (const IntervalRow &row : rows) {
        if (row.ratio)
            shown.push_back(row.interval);
    }
    return ratio_scale(shown, left, right);
}

/// An arrow head that points out of the scale.
void draw_arrow(Canvas &canvas, double x, double y, bool right, bool clear) {
    const double back = right ? x - 8 : x + 8;
    canvas.path(clear ? "f-now" : "f-was",
                through({{x, y}, {back, y - 4.5}, {back, y + 4.5}}) + "Z");
}

void draw_interval(Canvas &canvas, const RatioScale &scale, const IntervalRow &row, double y) {
    const double low = row.interval.low > 0 ? scale(row.interval.low) : scale(0);
    const double high =
        std::isfinite(row.interval.high) ? scale(row.interval.high) : scale(scale.most * 2);
    canvas.line(row.clear ? "s-int is-clear" : "s-int", {low, y}, {high, y});
    if (scale.beyond(row.interval.high) || !std::isfinite(row.interval.high))
        draw_arrow(canvas, scale(scale.most), y, true, row.clear);
    if (scale.beyond(row.interval.low) || row.interval.low <= 0)
        draw_arrow(canvas, scale(1 / scale.most), y, false, row.clear);
    if (!scale.beyond(*row.ratio))
        canvas.circle(row.clear ? "f-now" : "f-open", {scale(*row.ratio), y}, 4.5);
}

void draw_scale(Canvas &canvas, const RatioScale &scale, double top, double bottom) {
    for (const RatioMark &mark : scale.marks) {
        const double x = scale(mark.ratio);
        canvas.line("s-grid", {x, top}, {x, bottom});
    }
    canvas.line("s-axis", {scale.middle, top}, {scale.middle, bottom});
    canvas.text({scale.middle, top - 6}, "no change", "t-quiet", Anchor::middle);
    const Room taken = text_room({scale.middle, top - 6}, "no change", "", Anchor::middle);
    for (const RatioMark &mark : scale.marks) {
        const double width = set_width(mark.text);
        const double x = std::clamp(scale(mark.ratio), scale.middle - scale.half - 20 + width / 2,
                                    scale.middle + scale.half + 20 - width / 2);
        if (x - width / 2 > taken.right + 6 || x + width / 2 < taken.left - 6)
            canvas.text({x, top - 6}, mark.text, "t-quiet", Anchor::middle);
    }
}

Html draw_wide(const IntervalInput &input, const Chart &chart) {
    const auto rows = in_order(input);
    constexpr double pitch = 22;
    constexpr double top = 24;
    double names = 40;
    double numbers = 40;
    for (const IntervalRow &row : rows) {
        names = std::max(names, std::min(260.0, set_width(row.name, rose(row) ? "t-b" : "t")));
        numbers = std::max(numbers, set_width(counts(row, input.words), "t-b"));
    }
    Canvas canvas{Size::wide, wide_width,
                  top + pitch * static_cast<double>(std::max<std::size_t>(rows.size(), 1)) + 4};
    const double left = names + 20;
    const double right = wide_width - numbers - 24;
    const RatioScale scale = scale_of(rows, left, right);
    draw_scale(canvas, scale, top, canvas.height());
    double y = top + pitch / 2 + 1;
    for (const IntervalRow &row : rows) {
        const std::string_view bold = rose(row) ? "t-b" : "";
        canvas.text({names, y + 5}, shortened(row.name, names, text_size, rose(row)), bold,
                    Anchor::end);
        if (row.ratio)
            draw_interval(canvas, scale, row, y);
        else
            canvas.text({scale.middle + 8, y + 5}, "no base to compare", "t-quiet");
        canvas.text({wide_width - numbers, y + 5}, counts(row, input.words),
                    rose(row) ? "t-b" : "t-quiet");
        y += pitch;
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

/// Two lines a row: name and counts, and below them the interval across the whole width.
Html draw_narrow(const IntervalInput &input, const Chart &chart) {
    const auto rows = in_order(input);
    constexpr double pitch = 42;
    constexpr double top = 24;
    Canvas canvas{Size::narrow, narrow_width,
                  top + pitch * static_cast<double>(std::max<std::size_t>(rows.size(), 1)) + 4};
    const RatioScale scale = scale_of(rows, 22, narrow_width - 22);
    draw_scale(canvas, scale, top, canvas.height());
    double y = top;
    for (const IntervalRow &row : rows) {
        const std::string_view bold = rose(row) ? "t-b" : "";
        const std::string numbers = counts(row, input.words);
        const double width = set_width(numbers, "t-b");
        const std::string name =
            shortened(row.name, narrow_width - width - 12, text_size, rose(row));
        // The lines of the scale would run through the words: paper under them.
        canvas.rectangle("m-none", {0, y + 2, narrow_width, y + 20});
        canvas.text({0, y + 16}, name, bold);
        canvas.text({narrow_width, y + 16}, numbers, rose(row) ? "t-b" : "t-quiet", Anchor::end);
        if (row.ratio)
            draw_interval(canvas, scale, row, y + 30);
        else
            canvas.text({scale.middle + 8, y + 35}, "no base to compare", "t-quiet t-s");
        y += pitch;
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

std::string change_cell(const IntervalRow &row) {
    if (!row.ratio)
        return "no base";
    if (row.before < least_base_of_percentage)
        return "base under 20";
    return signed_percent(*row.ratio);
}

std::string interval_text(const IntervalRow &row) {
    if (!row.ratio || row.before < least_base_of_percentage)
        return "";
    const std::string high =
        std::isfinite(row.interval.high) ? signed_percent(row.interval.high) : "no limit";
    return signed_percent(row.interval.low) + " to " + high;
}

Table numbers(const IntervalInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{input.name_heading}, {input.before_heading, true}, {input.now_heading, true},
                     {"Change", true},     {"95% interval", true},       {"Verdict"}};
    for (const IntervalRow &row : in_order(input))
        table.rows.push_back({row.name, said(row.before, input.words), said(row.now, input.words),
                              change_cell(row), interval_text(row),
                              !row.ratio   ? ""
                              : !row.clear ? "no clear change"
                              : rose(row)  ? "clear rise"
                                           : "clear fall"});
    return table;
}

struct Tally {
    std::int64_t rises = 0;
    std::int64_t falls = 0;
    std::int64_t same = 0;
    std::vector<std::string> clear;
};

Tally tally_of(const IntervalInput &input) {
    Tally tally;
    for (const IntervalRow &row : in_order(input)) {
        if (row.now > row.before)
            ++tally.rises;
        else if (row.now < row.before)
            ++tally.falls;
        else
            ++tally.same;
        if (!row.clear || !row.ratio)
            continue;
        const std::string change = change_words(row.now, row.before, true);
        tally.clear.push_back(fmt::format("{} ({}{})", row.name, counts(row, input.words),
                                          change.empty() ? "" : ", " + change));
    }
    return tally;
}

std::string intervals_headline(const IntervalInput &input) {
    if (input.rows.empty())
        return input.words.subject + ": nothing to compare yet";
    const Tally tally = tally_of(input);
    return fmt::format("{} fell in {} and rose in {}", input.words.subject,
                       places_counted(tally.falls, input.places), how_many(tally.rises));
}

} // namespace

std::string intervals_sentence(const IntervalInput &input) {
    if (input.rows.empty())
        return fmt::format("There are no {} to compare yet.", input.places);
    const Tally tally = tally_of(input);
    std::string text = fmt::format("Of {} {}, {} rose and {} fell", input.rows.size(), input.places,
                                   how_many(tally.rises), how_many(tally.falls));
    if (tally.same > 0)
        text += fmt::format(" and {} stayed the same", how_many(tally.same));
    if (!input.period.empty())
        text += ", " + input.period;
    if (!input.before_period.empty())
        text += " against " + input.before_period;
    text += '.';
    if (tally.clear.empty())
        return text + " None of the changes is clear: chance alone could explain each.";
    constexpr std::size_t most = 6;
    text += fmt::format(" The change is clear in {}",
                        core::in_words(static_cast<std::int64_t>(tally.clear.size())));
    if (tally.clear.size() <= most)
        text += ": " + core::joined(tally.clear);
    return text + '.';
}

Chart intervals(const IntervalInput &input) {
    Chart chart = started(input.words, intervals_headline(input), intervals_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw_wide(input, chart);
    chart.narrow = draw_narrow(input, chart);
    return chart;
}

} // namespace wardmote::chart
