#include "platform/chart/choropleth.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/canvas.hpp"
#include "platform/chart/metrics.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/plot_map.hpp"
#include "platform/chart/wording.hpp"

namespace wardmote::chart {

namespace {

constexpr double line_height = 14;

/// As printed: so that a value said to be 12.0 is in the class that begins at 12.
double rounded(double value, const Words &words) {
    const double power = std::pow(10.0, words.decimals);
    return std::round(value * power) / power;
}

std::vector<double> limits_of(const ChoroplethInput &input) {
    if (!input.limits.empty())
        return input.limits;
    std::vector<double> values;
    for (const MapArea &area : input.areas) {
        if (area.value)
            values.push_back(rounded(*area.value, input.words));
    }
    return class_limits(std::move(values));
}

/// Areas with a value, highest first.
std::vector<const MapArea *> ranked(const ChoroplethInput &input) {
    std::vector<const MapArea *> areas;
    for (const MapArea &area : input.areas) {
        if (area.value)
            areas.push_back(&area);
    }
    std::stable_sort(areas.begin(), areas.end(),
                     [](const MapArea *a, const MapArea *b) { return *a->value > *b->value; });
    return areas;
}

struct LegendEntry {
    int map_class = 1;
    std::string range;
    std::int64_t count = 0;
};

std::vector<LegendEntry> legend_of(const ChoroplethInput &input,
                                   const std::vector<double> &limits) {
    const auto areas = ranked(input);
    if (areas.empty())
        return {};
    const double unit = std::pow(10.0, -input.words.decimals);
    std::vector<LegendEntry> legend;
    for (std::size_t i = 0; i <= limits.size(); ++i) {
        LegendEntry entry;
        if (limits.empty())
            entry.range = said(*areas.front()->value, input.words);
        else if (i == 0)
            entry.range = "under " + said(limits[0], input.words);
        else if (i == limits.size())
            entry.range = said(limits[i - 1], input.words) + " or more";
        else if (limits[i] - limits[i - 1] < 1.5 * unit)
            entry.range = said(limits[i - 1], input.words);
        else
            entry.range = fmt::format("{} to {}", said(limits[i - 1], input.words),
                                      said(limits[i] - unit, input.words));
        entry.map_class = class_of(i == 0 ? -1e300 : limits[i - 1], limits);
        for (const MapArea *area : areas) {
            if (class_of(rounded(*area->value, input.words), limits) == entry.map_class)
                ++entry.count;
        }
        legend.push_back(std::move(entry));
    }
    return legend;
}

std::string counted(const LegendEntry &entry, const ChoroplethInput &input) {
    const bool one = entry.count == 1 && input.places.ends_with('s');
    return fmt::format("{} {}", core::number(entry.count),
                       one ? input.places.substr(0, input.places.size() - 1) : input.places);
}

/// Draws the legend from the top and returns where it ends.
double draw_legend(Canvas &canvas, const ChoroplethInput &input,
                   const std::vector<LegendEntry> &legend) {
    if (legend.empty())
        return 0;
    if (!canvas.wide()) {
        double y = 0;
        for (const LegendEntry &entry : legend) {
            canvas.rectangle(fmt::format("m{} s-edge", entry.map_class),
                             {0.5, y + 0.5, 26.5, y + 16.5});
            canvas.text({36, y + 13}, entry.range);
            canvas.text({canvas.width(), y + 13}, counted(entry, input), "t-quiet", Anchor::end);
            y += 21;
        }
        return y;
    }
    const double step = canvas.width() / 5;
    double x = 0;
    for (const LegendEntry &entry : legend) {
        canvas.rectangle(fmt::format("m{} s-edge", entry.map_class),
                         {x + 0.5, 0.5, x + step - 0.5, 15.5});
        canvas.text({x, 32}, entry.range);
        canvas.text({x, 49}, counted(entry, input), "t-quiet");
        x += step;
    }
    return 56;
}

/// The ways to write an area, best first: its name on one line or two over its value, or the
/// value alone.
std::vector<std::vector<std::string>> writings(const MapArea &area, const Words &words) {
    const std::string &name = area.short_name.empty() ? area.shape.name : area.short_name;
    const std::string value = area.value ? said(*area.value, words) : "no figure";
    std::vector<std::vector<std::string>> ways{{name, value}};
    auto halves = wrapped(name, text_width(name, small_text_size) * 0.62, small_text_size);
    if (halves.size() > 1) {
        halves.push_back(value);
        ways.push_back(std::move(halves));
    }
    ways.push_back({value});
    return ways;
}

void draw_label(Canvas &canvas, const Outline &outline, const MapArea &area, const Words &words,
                int map_class) {
    const bool light = map_class >= 4;
    for (const auto &lines : writings(area, words)) {
        double width = 0;
        for (std::size_t i = 0; i < lines.size(); ++i)
            width = std::max(width, text_width(lines[i], small_text_size, i + 1 == lines.size()));
        const double height = line_height * static_cast<double>(lines.size());
        const auto room = room_inside(outline, width + 6, height + 4);
        if (!room)
            continue;
        double y = room->top + 2 + 11;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool value = i + 1 == lines.size();
            canvas.text({(room->left + room->right) / 2, y}, lines[i],
                        value ? (light ? "t-inv t-b t-s" : "t-b t-s")
                              : (light ? "t-inv t-s" : "t-s"),
                        Anchor::middle);
            y += line_height;
        }
        return;
    }
}

Html draw(const ChoroplethInput &input, const Chart &chart, Size size) {
    const bool wide = size == Size::wide;
    const double width = wide ? wide_width : narrow_width;
    std::vector<geo::Shape> shapes;
    for (const MapArea &area : input.areas)
        shapes.push_back(area.shape);
    const auto limits = limits_of(input);
    const auto legend = legend_of(input, limits);
    const double top = legend.empty() ? 4
                       : wide         ? 66
                                      : 21 * static_cast<double>(legend.size()) + 10;
    const double height =
        std::clamp(height_at_width(shapes, width - 8), 60.0, wide ? 600.0 : 420.0);
    Canvas canvas{size, width, top + height + 8};
    draw_legend(canvas, input, legend);
    const auto outlines = plotted(shapes, {4, top, width - 4, top + height});

    // The rim goes first: the areas drawn over it leave only its outer edge.
    std::string rim;
    for (const Outline &outline : outlines)
        rim += path_of(outline);
    if (!rim.empty())
        canvas.path("m-rim", rim);
    std::vector<int> classes;
    for (std::size_t i = 0; i < input.areas.size(); ++i) {
        const MapArea &area = input.areas[i];
        classes.push_back(area.value ? class_of(rounded(*area.value, input.words), limits) : 0);
        if (outlines[i].empty())
            continue;
        const std::string fill =
            classes[i] > 0 ? fmt::format("m m{}", classes[i]) : "m-none s-edge";
        if (!area.href.empty())
            canvas.open_link(
                area.href, fmt::format("{}: {}", area.shape.name,
                                       area.value ? said(*area.value, input.words) : "no figure"));
        canvas.path(fill, path_of(outlines[i]));
        if (!area.href.empty())
            canvas.close_link();
    }
    for (std::size_t i = 0; i < input.areas.size(); ++i) {
        if (!input.areas[i].chosen || outlines[i].empty())
            continue;
        canvas.path("m-halo", path_of(outlines[i]));
        canvas.path("m-on", path_of(outlines[i]));
    }
    for (std::size_t i = 0; i < input.areas.size(); ++i) {
        if (!outlines[i].empty())
            draw_label(canvas, outlines[i], input.areas[i], input.words, classes[i]);
    }
    return canvas.finish(chart.headline + ". " + chart.sentence);
}

Table numbers(const ChoroplethInput &input) {
    Table table;
    table.caption = input.words.subtitle;
    table.columns = {{input.name_heading}, {input.value_heading, true}};
    for (const MapArea *area : ranked(input))
        table.rows.push_back({area->shape.name, said(*area->value, input.words)});
    for (const MapArea &area : input.areas) {
        if (!area.value)
            table.rows.push_back({area.shape.name, std::string{missing}});
    }
    return table;
}

std::string map_headline(const ChoroplethInput &input) {
    const auto areas = ranked(input);
    if (areas.empty())
        return input.words.subject + ": no figures yet";
    std::string text = fmt::format("{} is highest in {}: {}", input.words.subject,
                                   areas[0]->shape.name, said(*areas[0]->value, input.words));
    if (areas.size() > 1)
        text += fmt::format("; next is {} with {}", areas[1]->shape.name,
                            said(*areas[1]->value, input.words));
    return text;
}

} // namespace

std::string choropleth_sentence(const ChoroplethInput &input) {
    const auto areas = ranked(input);
    if (areas.empty())
        return fmt::format("There are no figures for these {} yet.", input.places);
    const auto named = [&](const MapArea *area) {
        return fmt::format("{} ({})", area->shape.name, said(*area->value, input.words));
    };
    std::vector<std::string> top;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, areas.size()); ++i)
        top.push_back(named(areas[i]));
    std::string text = fmt::format("{}: highest in {}", input.value_heading, core::joined(top));
    if (areas.size() > 3)
        text += fmt::format(", lowest in {}", named(areas.back()));
    text += '.';
    if (areas.size() > 4) {
        const std::size_t half = areas.size() / 2;
        const double middle = areas.size() % 2 == 1
                                  ? *areas[half]->value
                                  : (*areas[half - 1]->value + *areas[half]->value) / 2;
        text += fmt::format(" The median of the {} {} is {}.", areas.size(), input.places,
                            said(middle, input.words));
    }
    std::vector<std::string> without;
    for (const MapArea &area : input.areas) {
        if (!area.value)
            without.push_back(area.shape.name);
    }
    if (!without.empty() && without.size() <= 4)
        text += fmt::format(" There is no figure for {}.", core::joined(without));
    else if (!without.empty())
        text += fmt::format(" There is no figure for {} {}.", without.size(), input.places);
    return text;
}

Chart choropleth(const ChoroplethInput &input) {
    Chart chart = started(input.words, map_headline(input), choropleth_sentence(input));
    chart.table = numbers(input);
    chart.wide = draw(input, chart, Size::wide);
    chart.narrow = draw(input, chart, Size::narrow);
    return chart;
}

} // namespace wardmote::chart
