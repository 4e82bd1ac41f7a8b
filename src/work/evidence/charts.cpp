#include "work/evidence/charts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/geo/geojson.hpp"
#include "engine/geo/plane.hpp"
#include "engine/geo/simplify.hpp"
#include "engine/stats/rates.hpp"
#include "engine/stats/words.hpp"
#include "platform/chart/bars.hpp"
#include "platform/chart/change.hpp"
#include "platform/chart/choropleth.hpp"
#include "platform/chart/intervals.hpp"
#include "platform/chart/line.hpp"
#include "work/evidence/sentences.hpp"

namespace wardmote::evidence {

namespace {

chart::Words words_for(const Analysis &analysis, std::string_view kind, std::string subtitle) {
    const auto &measure = analysis.served.measure;
    std::string source = fmt::format("{}, {}.", measure.publisher, analysis.served.source->words);
    for (const auto &note : notes(analysis)) {
        source += " " + note;
    }
    return {.id = fmt::format("{}-{}", measure.key, kind),
            .headline = {},
            .subtitle = std::move(subtitle),
            .source = std::move(source),
            .subject = measure.short_title,
            .one = measure.one,
            .many = measure.many};
}

std::string subtitle_of(const Analysis &analysis, std::string_view what) {
    return fmt::format("{} {}{}", core::capitalised(analysis.served.measure.in_sentence),
                       in_place(analysis.at), what);
}

chart::Values values_of(const stats::MonthlySeries &series, core::Period period) {
    chart::Values values;
    for (const auto month : period.each()) {
        values.push_back(series.at(month));
    }
    return values;
}

std::vector<chart::Break> breaks_of(const Analysis &analysis, core::Month first) {
    std::vector<chart::Break> breaks;
    for (const auto &one : analysis.series.breaks) {
        if (one.month > first && one.month <= analysis.last) {
            breaks.push_back({static_cast<std::size_t>(one.month - first), one.note});
        }
    }
    return breaks;
}

std::optional<chart::Chart> year_to_date(const Analysis &analysis) {
    const auto year = core::FinancialYear::containing(analysis.last).period();
    chart::CumulativeInput input{
        .words = words_for(analysis, "year-to-date",
                           subtitle_of(analysis, ", added up from April of each year")),
        .year = year,
        .this_year = values_of(analysis.series, {year.first(), analysis.last}),
        .last_year = values_of(analysis.series, year.year_before())};
    const auto &projection = analysis.projection;
    if (projection.possible() && projection.because != stats::ChosenBecause::year_over &&
        !analysis.gaps_estimated) {
        const auto &chosen = projection.chosen;
        input.projection = chart::Projection{chosen.value,
                                             {chosen.interval80.low, chosen.interval80.high},
                                             {chosen.interval95.low, chosen.interval95.high}};
    }
    return chart::cumulative(input);
}

std::optional<chart::Chart> control(const Analysis &analysis) {
    const auto &points = analysis.control.points;
    if (points.size() < 6 || analysis.control.state == stats::ChartState::not_enough) {
        return {};
    }
    const auto first = points.front().month;
    const core::Period window{first, points.back().month};
    chart::ControlInput input{
        .words = words_for(analysis, "control",
                           subtitle_of(analysis, fmt::format(" each month, {}", window.text()))),
        .axis = {first, chart::Step::months},
        .values = values_of(analysis.series, window),
        .limits = {},
        .signals = signals_of(analysis.control)};
    const auto &point = points.front();
    input.limits.push_back({0, points.size() - 1, point.mean, point.lower, point.upper,
                            analysis.baseline.value_or(window)});
    return chart::control(input);
}

std::optional<chart::Chart> months(const Analysis &analysis) {
    const auto first = std::max(analysis.series.first, analysis.last - 59);
    return chart::line(
        {.words = words_for(analysis, "months", subtitle_of(analysis, " each month")),
         .axis = {first, chart::Step::months},
         .lines = {{.name = analysis.served.measure.short_title,
                    .values = values_of(analysis.series, {first, analysis.last})}},
         .breaks = breaks_of(analysis, first)});
}

std::optional<chart::Chart> monthly_change(const Analysis &analysis, bool course) {
    const auto now = analysis.pair.now;
    return chart::monthly_change(
        {.words = words_for(analysis, course ? "course" : "monthly-change",
                            subtitle_of(analysis, course ? ": change of the year to date"
                                                         : ", each month and a year before")),
         .first = now.first(),
         .this_year = values_of(analysis.series, now),
         .last_year = values_of(analysis.series, now.year_before()),
         .shown = course ? chart::ChangeShown::percent_line : chart::ChangeShown::counts});
}

std::optional<chart::Chart> years(const Desk &desk, const Measure &measure, const Standpoint &at,
                                  const Analysis *analysis) {
    const auto counts = desk.years(measure, at);
    if (counts.size() < 2) {
        return {};
    }
    chart::Words words{.id = measure.key + "-years",
                       .headline = {},
                       .subtitle =
                           fmt::format("{} {} by financial year",
                                       core::capitalised(measure.in_sentence), in_place(at)),
                       .source = measure.publisher + ".",
                       .subject = measure.short_title,
                       .one = measure.one,
                       .many = measure.many};
    if (analysis) {
        words = words_for(*analysis, "years", subtitle_of(*analysis, " by financial year"));
    }
    chart::BarsInput input{.words = words, .step = "Financial year", .bars = {}};
    auto next = counts.front().year;
    for (const auto &one : counts) {
        for (; next < one.year; next = next + 1) {
            input.bars.push_back({.name = next.name(), .value = {}});
        }
        for (const auto &change : measure.breaks) {
            if (core::FinancialYear::containing(change.month) == one.year && !input.bars.empty()) {
                input.breaks.push_back({input.bars.size(), change.note});
            }
        }
        input.bars.push_back({.name = one.year.name(), .value = one.count});
        next = one.year + 1;
    }
    if (analysis && analysis->projection.possible() &&
        core::FinancialYear::containing(analysis->last) == next) {
        const auto &chosen = analysis->projection.chosen;
        input.bars.push_back(
            {.name = next.name(),
             .value = chosen.value,
             .style = chart::BarStyle::projected,
             .label = about(chosen.value),
             .interval = chart::Interval{chosen.interval80.low, chosen.interval80.high}});
    }
    return chart::bars(input);
}

std::optional<chart::Chart> ward_changes(const Desk &desk, const Measure &measure,
                                         const Standpoint &at, const Analysis &analysis) {
    const auto parts = desk.parts(measure, at);
    if (!parts || !analysis.pair.comparable()) {
        return {};
    }
    chart::IntervalInput input{
        .words = words_for(
            analysis, "ward-changes",
            subtitle_of(analysis, fmt::format(", {} against {}", analysis.period_in_words(),
                                              analysis.before_in_words()))),
        .name_heading = core::capitalised(desk.part_noun()),
        .before_heading = parts->before.short_text(),
        .now_heading = parts->now.short_text(),
        .period = analysis.period_in_words(),
        .before_period = analysis.before_in_words(),
        .rows = {}};
    for (const auto &part : parts->parts) {
        input.rows.push_back({part.area.name,
                              part.pair.before_sum,
                              part.pair.now_sum,
                              part.change.ratio,
                              {part.change.interval.low, part.change.interval.high},
                              part.change.verdict == stats::Verdict::rise ||
                                  part.change.verdict == stats::Verdict::fall});
    }
    return chart::intervals(input);
}

std::optional<chart::Chart> map(const Desk &desk, const Measure &measure, const Standpoint &at,
                                const Analysis &analysis) {
    const auto parts = desk.parts(measure, at);
    if (!parts || !analysis.pair.comparable()) {
        return {};
    }
    const bool homes = measure.denominator == Measure::Denominator::households;
    const bool rated = measure.denominator != Measure::Denominator::none;
    std::map<std::string, double> people;
    if (rated) {
        for (const auto &one : desk.reader().population(
                 desk.part_level(), homes ? "households" : "residents", analysis.last.year())) {
            people[one.code] = static_cast<double>(one.people);
        }
    }
    std::vector<geo::Shape> shapes;
    for (const auto &part : parts->parts) {
        if (part.area.outline.empty()) {
            return {};
        }
        shapes.push_back(
            {part.area.code, part.area.name, geo::read_geometry_json(part.area.outline)});
    }
    const bool rates = !people.empty();
    shapes = geo::simplified(geo::to_plane(shapes), 15);
    const std::string per = homes ? "households" : "residents";
    auto words = words_for(
        analysis, "map",
        subtitle_of(analysis, fmt::format(", {}{}", analysis.period_in_words(),
                                          rates ? ", for every 1,000 " + per : std::string{})));
    words.decimals = rates ? 1 : 0;
    chart::ChoroplethInput input{
        .words = words,
        .name_heading = core::capitalised(desk.part_noun()),
        .value_heading =
            rates ? fmt::format("{} for every 1,000 {}", core::capitalised(measure.many), per)
                  : core::capitalised(measure.many),
        .places = desk.part_noun() + "s",
        .areas = {}};
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto &part = parts->parts[i];
        input.areas.push_back({.shape = std::move(shapes[i]), .value = {}});
        auto &value = input.areas.back().value;
        if (!rates) {
            value = part.pair.now_sum;
        } else if (const auto rate = stats::rate(part.pair.now_sum, people[part.area.code])) {
            value = rate->value;
        }
    }
    return chart::choropleth(input);
}

} // namespace

std::vector<chart::Signal> signals_of(const stats::ControlChart &control) {
    std::vector<chart::Signal> signals;
    std::size_t start = 0;
    int side = 0;
    for (std::size_t i = 0; i <= control.points.size(); ++i) {
        const bool in_run =
            i < control.points.size() && (control.points[i].signals & stats::nine_one_side) != 0;
        const int here = in_run ? control.points[i].side() : 0;
        if (here != side) {
            if (side != 0) {
                signals.push_back(
                    {start, i - 1,
                     side > 0 ? chart::SignalKind::run_above : chart::SignalKind::run_below});
            }
            start = i;
            side = here;
        }
        if (i < control.points.size() && (control.points[i].signals & stats::beyond_limits) != 0 &&
            here == 0) {
            signals.push_back({i, i,
                               control.points[i].side() > 0 ? chart::SignalKind::above_limit
                                                            : chart::SignalKind::below_limit});
        }
    }
    return signals;
}

std::optional<chart::MultiplesInput> ward_multiples(const Desk &desk, const Measure &measure,
                                                    const Standpoint &at,
                                                    const std::string &href_before) {
    auto whole = at;
    whole.whole = true;
    const auto analysis = desk.analyse(measure, whole);
    const auto parts = desk.parts(measure, whole);
    if (!analysis || !parts || !analysis->pair.comparable()) {
        return {};
    }
    const auto period = core::Period{parts->now.first(), parts->now.last()};
    chart::MultiplesInput input{
        .words = words_for(
            *analysis, "wards",
            fmt::format("{} each month, {} to {}. Dark: {}. Grey: {}. Each {} on its own scale "
                        "from zero; the numbers give the size. Largest rise first.",
                        core::capitalised(analysis->served.measure.in_sentence),
                        period.first().name(), period.last().name(), parts->now.last().year(),
                        parts->before.last().year(), desk.part_noun())),
        .name_heading = core::capitalised(desk.part_noun()),
        .places = desk.part_noun() + "s",
        .first = period.first(),
        .items = {}};
    for (const auto &part : parts->parts) {
        input.items.push_back({.name = part.area.name,
                               .this_year = part.this_year,
                               .last_year = part.last_year,
                               .clear = part.change.verdict == stats::Verdict::rise ||
                                        part.change.verdict == stats::Verdict::fall,
                               .href = href_before.empty() ? "" : href_before + part.area.code});
    }
    return input;
}

namespace {

std::optional<chart::Chart> draw(const Desk &desk, const Measure &measure, std::string_view kind,
                                 const Standpoint &at) {
    const auto analysis = desk.analyse(measure, at);
    if (kind == "years") {
        return years(desk, measure, at, analysis.get());
    }
    if (!analysis) {
        return {};
    }
    if (kind == "year-to-date") {
        return year_to_date(*analysis);
    }
    if (kind == "control") {
        return control(*analysis);
    }
    if (kind == "months") {
        return months(*analysis);
    }
    if (kind == "monthly-change" || kind == "course") {
        return monthly_change(*analysis, kind == "course");
    }
    if (!at.whole) {
        return {};
    }
    if (kind == "wards") {
        const auto input = ward_multiples(desk, measure, at, "");
        return input ? std::optional{chart::small_multiples(*input)} : std::nullopt;
    }
    if (kind == "ward-changes") {
        return ward_changes(desk, measure, at, *analysis);
    }
    if (kind == "map") {
        return map(desk, measure, at, *analysis);
    }
    return {};
}

} // namespace

std::optional<chart::Chart> make_chart(const Desk &desk, std::string_view name,
                                       const Asking &asking) {
    const auto dot = name.find('.');
    const auto *measure = desk.measure(name.substr(0, dot));
    const auto at = desk.standpoint(asking);
    if (!measure || !at || dot == std::string_view::npos) {
        return {};
    }
    const auto key = fmt::format("{}|{}|{}|{}|{}", name, at->area.code, at->as_at.iso(),
                                 at->last ? at->last->iso() : "", at->as_known_on.iso());
    const auto kept = desk.drawn(key, [&]() -> std::shared_ptr<const chart::Chart> {
        auto drawn = draw(desk, *measure, name.substr(dot + 1), *at);
        return drawn ? std::make_shared<const chart::Chart>(std::move(*drawn)) : nullptr;
    });
    return kept ? std::optional{*kept} : std::nullopt;
}

} // namespace wardmote::evidence
