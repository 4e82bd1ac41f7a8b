#include "platform/chart/multiples.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/canvas.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

constexpr double picture_height = 50;

/// One place with its sums over the months that both years have.
struct Place {
    const Multiple *item = nullptr;
    double now = 0;
    double before = 0;

    std::optional<double> ratio() const {
        if (before <= 0)
            return std::nullopt;
        return now / before;
    }
};

std::vector<Place> in_order(const MultiplesInput &input) {
    std::vector<Place> places;
    for (const Multiple &item : input.items) {
        Place place{&item, 0, 0};
        for (std::size_t i = 0; i < std::min(item.this_year.size(), item.last_year.size()); ++i) {
            if (!item.this_year[i] || !item.last_year[i])
                continue;
            place.now += *item.this_year[i];
            place.before += *item.last_year[i];
        }
        places.push_back(place);
    }
    if (input.sorted)
        std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
            return a.ratio().value_or(-1) > b.ratio().value_or(-1);
        });
    return places;
}

/// "278 to 336, +21%"; without a percentage when the base is under 20.
std::string numbers_of(const Place &place, const Words &words) {
    std::string text = fmt::format("{} to {}", said(place.before, words), said(place.now, words));
    if (place.before >= least_base_of_percentage)
        text += ", " + signed_percent(*place.ratio());
    return text;
}

/// The two lines in a box of this width whose top left corner is at (left, top).
void draw_picture(Canvas &canvas, const Multiple &item, double left, double top, double width) {
    double high = 0;
    for (const Values *values : {&item.this_year, &item.last_year}) {
        for (const auto &value : *values)
            high = std::max(high, value.value_or(0));
    }
    if (high <= 0)
        high = 1;
    const std::size_t count = std::max(item.this_year.size(), item.last_year.size());
    Frame frame;
    frame.y = {0, high, top + picture_height - 1, top + 6};
    frame.start = count > 1 ? left + 2 : left + width / 2;
    frame.pitch = count > 1 ? (width - 8) / static_cast<double>(count - 1) : 0;
    canvas.line("s-grid", {left, top + picture_height - 1},
                {left + width, top + picture_height - 1});
    draw_line(canvas, frame, item.last_year, {}, "s-was", "f-was");
    draw_line(canvas, frame, item.this_year, {}, "s-now", "f-now");
    if (const auto last = last_present(item.this_year))
        canvas.circle("f-now", frame.spot(*last, *item.this_year[*last]), 3);
}

Html draw(const MultiplesInput &input, const Chart &chart, Size size) {
    const auto places = in_order(input);
    const double width = size == Size::wide ? wide_width : narrow_width;
    const std::size_t columns = size == Size::wide ? 5 : 2;
    constexpr double gap = 22;
    const double cell =
        (width - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);

    std::vector<std::vector<std::string>> names;
    std::vector<std::vector<std::string>> numbers;
    for (const Place &place : places) {
        names.push_back(wrapped(place.item->name, cell, text_size, true));
        numbers.push_back(wrapped(numbers_of(place, input.words), cell, text_size, true));
    }
    // A row is as high as its longest name needs; the pictures of a row stand level.
    double height = 0;
    std::vector<double> tops;
    std::vector<std::size_t> lines;
    for (std::size_t i = 0; i < places.size(); i += columns) {
        std::size_t most = 1;
        std::size_t below = 1;
        for (std::size_t j = i; j < std::min(i + columns, places.size()); ++j) {
            most = std::max(most, names[j].size());
            below = std::max(below, numbers[j].size());
        }
        tops.push_back(height);
        lines.push_back(most);
        height += static_cast<double>(most + below) * 17 + picture_height + 21;
    }
    Canvas canvas{size, width, std::max(height - 12, 20.0)};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double left = static_cast<double>(i % columns) * (cell + gap);
        const std::size_t row = i / columns;
        const double base = tops[row] + static_cast<double>(lines[row]) * 17;
        for (std::size_t line = 0; line < names[i].size(); ++line) {
            const double up = static_cast<double>(names[i].size() - 1 - line) * 17;
            canvas.text({left, base - 4 - up}, names[i][line], "t-b");
        }
        draw_picture(canvas, *places[i].item, left, base, cell);
        double baseline = base + picture_height + 17;
        for (const std::string &line : numbers[i]) {
            canvas.text({left, baseline}, line, places[i].item->clear ? "t-b" : "t-quiet");
            baseline += 17;
        }
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const MultiplesInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {
        {input.name_heading}, {"A year before", true}, {"This year", true}, {"Change", true}};
    std::size_t months = 0;
    for (const Multiple &item : input.items)
        months = std::max(months, item.this_year.size());
    for (std::size_t i = 0; i < months; ++i)
        table.columns.push_back({(input.first + static_cast<int>(i)).short_text(), true});
    for (const Place &place : in_order(input)) {
        std::vector<std::string> row{
            place.item->name, said(place.before, input.words), said(place.now, input.words),
            place.before >= least_base_of_percentage ? signed_percent(*place.ratio()) : ""};
        for (std::size_t i = 0; i < months; ++i)
            row.push_back(i < place.item->this_year.size()
                              ? said(place.item->this_year[i], input.words)
                              : "");
        table.rows.push_back(std::move(row));
    }
    return table;
}

struct Tally {
    std::int64_t rises = 0;
    std::int64_t falls = 0;
    std::vector<std::string> clear;
};

Tally tally_of(const MultiplesInput &input) {
    Tally tally;
    for (const Place &place : in_order(input)) {
        tally.rises += place.now > place.before ? 1 : 0;
        tally.falls += place.now < place.before ? 1 : 0;
        if (place.item->clear)
            tally.clear.push_back(
                fmt::format("{} ({})", place.item->name, numbers_of(place, input.words)));
    }
    return tally;
}

} // namespace

std::string multiples_sentence(const MultiplesInput &input) {
    if (input.items.empty())
        return fmt::format("There are no {} to compare yet.", input.places);
    const Tally tally = tally_of(input);
    std::string text =
        fmt::format("Of {} {}, {} rose and {} fell on the same months a year before.",
                    input.items.size(), input.places, how_many(tally.rises), how_many(tally.falls));
    if (!tally.clear.empty() && tally.clear.size() <= 6)
        text += fmt::format(" The change is clear in {}.", core::joined(tally.clear));
    return text;
}

Chart small_multiples(const MultiplesInput &input) {
    const Tally tally = tally_of(input);
    const std::string headline =
        input.items.empty()
            ? input.words.subject + ": nothing to compare yet"
            : fmt::format("{} fell in {} and rose in {}", input.words.subject,
                          places_counted(tally.falls, input.places), how_many(tally.rises));
    Chart chart = started(input.words, headline, multiples_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw(input, chart, Size::wide);
    chart.narrow = draw(input, chart, Size::narrow);
    chart.landscape = chart.table.columns.size() > 7;
    return chart;
}

Html multiples_list(const MultiplesInput &input) {
    std::vector<Html> items;
    for (const Place &place : in_order(input)) {
        Canvas canvas{Size::cell, 150, picture_height};
        draw_picture(canvas, *place.item, 0, 0, 150);
        const Html name = place.item->href.empty()
                              ? html::text(place.item->name)
                              : html::format(R"(<a class="govuk-link" href="{}">{}</a>)",
                                             place.item->href, place.item->name);
        items.push_back(html::format(R"(<li><b>{}</b>{}<span class="{}">{}</span></li>)", name,
                                     canvas.finish(""),
                                     place.item->clear ? "govuk-!-font-weight-bold" : "app-quiet",
                                     numbers_of(place, input.words)));
    }
    return html::format(R"(<ul class="app-multiples">{}</ul>)", html::joined(items, "\n"));
}

} // namespace wardmote::chart
