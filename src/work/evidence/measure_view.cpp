#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"
#include "platform/html/content.hpp"
#include "platform/html/form.hpp"
#include "platform/html/table.hpp"
#include "work/evidence/sentences.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

namespace {

using html::format;

std::string page_path(const MeasurePage &page, const std::string &rest) {
    return address("/evidence/" + page.measure->key + rest, page.query.standpoint());
}

Html fact(const Html &term, const std::string &big, const Html &rest) {
    return format("<dt>{}</dt><dd><strong>{}</strong>{}</dd>", term, big, rest);
}

Html facts(const MeasurePage &page) {
    const auto &analysis = *page.analysis;
    const auto &change = analysis.change;
    const auto &projection = analysis.projection;
    Html list;
    if (analysis.pair.comparable()) {
        list += fact(html::text(analysis.period_in_words()),
                     core::number(std::llround(analysis.pair.now_sum)),
                     html::text(fmt::format("{} in {}", core::number(std::llround(analysis.before)),
                                            analysis.before_in_words())));
        auto rest = interval_phrase(change);
        rest += rest.empty() ? "" : ". ";
        rest += core::capitalised(verdict_phrase(change.verdict));
        list += fact(html::text("Change"), change_cell(change), html::text(rest));
    }
    if (const auto known = so_far(analysis); known && !analysis.pair.comparable()) {
        list +=
            fact(html::text(analysis.period_in_words()), core::number(std::llround(known->count)),
                 html::text("Nothing to compare it with"));
    }
    if (projection.possible() && projection.because != stats::ChosenBecause::year_over) {
        const auto &chosen = projection.chosen;
        auto rest = fmt::format("{} (80%), {} (95%)", stats::range_in_words(chosen.interval80),
                                stats::range_in_words(chosen.interval95));
        if (projection.last_year) {
            rest += fmt::format("; {} in {}", core::number(std::llround(*projection.last_year)),
                                year_name(projection, 1));
        }
        list += fact(years_kept_whole("Projection for " + year_name(projection)),
                     about(chosen.value), years_kept_whole(rest));
    } else if (!projection.possible()) {
        list += fact(years_kept_whole("Projection for " + year_name(projection)), "none",
                     html::text(stats::projection_reason(projection)));
    }
    return format(R"(<dl class="app-facts">{}</dl>)", list);
}

std::string kilobytes(std::size_t bytes) {
    return fmt::format("{} kB", (bytes + 1023) / 1024);
}

Html downloads(const MeasurePage &page, const chart::Chart &drawn, const std::string &kind) {
    return format(
        R"(<ul class="app-list govuk-!-margin-top-4 app-noprint"><li><a class="govuk-link" )"
        R"(href="{}">Download the table (CSV, {})</a></li><li><a class="govuk-link" href="{}">)"
        R"(Download the picture (SVG, {})</a></li></ul>)",
        page_path(page, "/" + kind + ".csv"), kilobytes(chart::csv(drawn).size()),
        page_path(page, "/" + kind + ".svg"), kilobytes(chart::svg(drawn).size()));
}

Html figure_of(const MeasurePage &page, const std::string &kind, const std::string &id) {
    const auto *drawn = page.chart(kind);
    if (!drawn) {
        return {};
    }
    chart::FigureOptions options{.heading_class = "govuk-heading-m govuk-!-margin-bottom-1"};
    options.csv_href = page_path(page, "/" + kind + ".csv");
    options.svg_href = page_path(page, "/" + kind + ".svg");
    return format(R"(<section class="app-section" id="{}">{}</section>)", id,
                  chart::figure(*drawn, options));
}

Html number_cell(std::optional<double> value, bool provisional) {
    const auto words = value ? core::number(std::llround(*value)) : std::string{};
    return format(R"(<td class="app-num">{}{}</td>)", words, provisional ? " p" : "");
}

/// Month by month, this year and last, and added up; as the chart draws it.
Html numbers_table(const MeasurePage &page) {
    const auto &analysis = *page.analysis;
    const auto year = core::FinancialYear::containing(analysis.last);
    std::optional<double> now_sum = 0;
    std::optional<double> before_sum = 0;
    Html rows;
    for (const auto month : year.period().each()) {
        const auto before = analysis.series.at(month - 12);
        const auto now = analysis.series.at(month);
        before_sum = before && before_sum ? std::optional{*before_sum + *before} : std::nullopt;
        now_sum = now && now_sum ? std::optional{*now_sum + *now} : std::nullopt;
        const bool gap = month <= analysis.last && !now;
        const bool provisional = std::find(analysis.provisional.begin(), analysis.provisional.end(),
                                           month) != analysis.provisional.end();
        const bool end = month.month() == 3 && month > analysis.last;
        const auto projected =
            end && analysis.projection.possible()
                ? format(R"(<td class="app-num">{}</td>)", about(analysis.projection.chosen.value))
                : number_cell(month <= analysis.last ? now_sum : std::nullopt, false);
        rows += format(
            R"(<tr><th scope="row">{}</th>{}{}{}{}</tr>)", month.name(),
            before ? number_cell(before, false) : Html{R"(<td class="app-num">missing</td>)"},
            gap ? Html{R"(<td class="app-num">missing</td>)"} : number_cell(now, provisional),
            number_cell(before_sum, false), projected);
    }
    const auto heading = [](const std::string &name) {
        return format(R"(<th scope="col" class="app-num"><span class="app-nowrap">{}</span></th>)",
                      name);
    };
    const auto both = heading((year - 1).name()) + heading(year.name());
    return format(
        R"(<table class="app-table app-table--tight"><caption>{}</caption><colgroup><col>)"
        R"(<col span="2"><col span="2"></colgroup><thead><tr><td class="app-bare"></td>)"
        R"(<th colspan="2" scope="colgroup" class="app-num app-bare">In the month</th>)"
        R"(<th colspan="2" scope="colgroup" class="app-num app-bare">Added up from April</th></tr>)"
        R"(<tr><th scope="col">Month</th>{}{}</tr></thead><tbody>{}</tbody></table>)",
        fmt::format("{}, {}{}", core::capitalised(analysis.served.measure.in_sentence),
                    analysis.at.area.name, analysis.provisional.empty() ? "" : ". p: provisional"),
        both, both, rows);
}

std::string share_sentence(const stats::Projection &projection, const Measure &measure) {
    if (projection.chosen.method == stats::ProjectionMethod::seasonal_share &&
        projection.last_year && projection.last_year_by_now && *projection.last_year > 0) {
        const double share = *projection.last_year_by_now / *projection.last_year;
        return fmt::format(
            "By {}, {} of that year’s {} {} had happened ({}%). {} ÷ {} = {}. The "
            "interval allows for chance in what is still to come and in last "
            "year’s share.",
            (projection.last - 12).text(), core::number(std::llround(*projection.last_year_by_now)),
            core::number(std::llround(*projection.last_year)), measure.many,
            core::number(100 * share, 1), core::number(std::llround(projection.so_far)),
            core::number(share, 3), core::number(std::llround(projection.chosen.value)));
    }
    if (projection.chosen.method == stats::ProjectionMethod::straight_line) {
        return fmt::format("{} in {} months, carried on at the same pace for twelve.",
                           core::number(std::llround(projection.so_far)),
                           projection.last - projection.year.first() + 1 -
                               static_cast<int>(projection.missing.size()));
    }
    return "A negative-binomial regression on trend and season; the interval comes from simulated "
           "futures.";
}

Html backtest_table(const stats::Projection &projection) {
    html::DataTable table{
        .caption = {},
        .columns = {{.heading = "Method", .label = "Method"},
                    {.heading = "Typical miss", .label = "Typical miss", .numeric = true},
                    {.heading = "80% interval held",
                     .label = "80% interval held",
                     .numeric = true}},
        .rows = {},
        .tight = true};
    std::size_t years = 0;
    for (const auto &test : projection.backtests) {
        if (test.tries.empty()) {
            continue;
        }
        years = std::max(years, test.tries.size());
        const bool used = test.method == projection.chosen.method;
        table.rows.push_back(
            {.cells = {core::capitalised(stats::method_in_words(test.method)) +
                           (used ? ", used here" : ""),
                       core::number(test.typical_miss, test.typical_miss < 10 ? 1 : 0),
                       fmt::format("{} of {}", test.held80, test.tries.size())},
             .chosen = used});
    }
    if (table.rows.empty()) {
        return {};
    }
    table.caption = fmt::format(
        "How each method would have done in {} of the last {}", projection.last.name(),
        years == 1 ? std::string{"year"}
                   : fmt::format("{} years", core::in_words(static_cast<std::int64_t>(years))));
    return html::data_table(table);
}

Html method_section(const MeasurePage &page) {
    const auto &analysis = *page.analysis;
    const auto &projection = analysis.projection;
    Html parts;
    if (projection.possible() && projection.because != stats::ChosenBecause::year_over) {
        parts += format(R"(<p class="govuk-body"><b>{}.</b> {} {}</p>{})",
                        core::capitalised(stats::method_in_words(projection.chosen.method)),
                        share_sentence(projection, analysis.served.measure),
                        stats::projection_reason(projection), backtest_table(projection));
    } else {
        parts += format(R"(<p class="govuk-body"><b>Projection.</b> {}</p>)",
                        stats::projection_reason(projection));
    }
    const auto varies =
        analysis.change.dispersion > 1.05
            ? fmt::format(" Months vary {} times as much as chance alone would make them, and the "
                          "interval is widened for it.",
                          core::number(analysis.change.dispersion, 1))
            : std::string{};
    parts += format(R"(<p class="govuk-body"><b>Change.</b> Exact test of two Poisson counts; )"
                    R"(mid-p interval of the ratio.{} <a class="govuk-link" href="/methods">Full )"
                    R"(methods</a></p>)",
                    varies);
    for (const auto &note : notes(analysis)) {
        parts += format(R"(<p class="govuk-body"><b>Note.</b> {}</p>)", note);
    }
    return format(R"(<section><h2 class="govuk-heading-m">How it is worked out</h2>{}</section>)",
                  parts);
}

std::string polarity_words(const Measure &measure) {
    switch (measure.polarity) {
    case Measure::Polarity::lower_is_better:
        return "Lower is better.";
    case Measure::Polarity::higher_is_better:
        return "Higher is better.";
    case Measure::Polarity::neither:
        break;
    }
    return "Neither a rise nor a fall is good in itself.";
}

std::string break_words(const Measure &measure) {
    if (measure.breaks.empty()) {
        return "No break in the series is declared.";
    }
    std::string said;
    for (const auto &one : measure.breaks) {
        said += fmt::format("The series breaks in {}: {}. ", one.month.text(), one.note);
    }
    return said;
}

Html known_form(const MeasurePage &page) {
    const auto &asking = page.query.options.asking;
    const auto shown = asking.as_known_on
                           ? asking.as_known_on->london_date().iso()
                           : page.figure->provenance().as_known_on.london_date().iso();
    Html hidden;
    for (const auto &[name, value] : page.query.standpoint()) {
        if (!value.empty() && name != "as-known-on") {
            hidden += format(R"(<input type="hidden" name="{}" value="{}">)", name, value);
        }
    }
    return format(
        R"(<form class="app-bar app-noprint" method="get" action="/evidence/{}" )"
        R"(aria-label="As known on another date">{}{}<button class="govuk-button app-button-s )"
        R"(govuk-button--secondary">See it as known then</button></form>)",
        page.measure->key, hidden,
        html::input({.field = {.name = "as-known-on",
                               .label = {.text = "As known at the end of"},
                               .classes = "govuk-input--width-10"},
                     .type = "date",
                     .value = shown}));
}

Html provenance_facts(const MeasurePage &page) {
    const auto &figure = *page.figure;
    const auto &provenance = figure.provenance();
    std::uint64_t aside = 0;
    std::uint64_t repeats = 0;
    for (const auto &file : provenance.files) {
        aside += file.quarantined;
        repeats += file.repeats;
    }
    const auto number = [](std::uint64_t rows) {
        return core::number(static_cast<std::int64_t>(rows));
    };
    html::SummaryList list{.rows = {}, .classes = "app-small"};
    list.rows.push_back({.key = "Figure",
                         .value = format(R"(<span class="app-hash">{}</span>, as known on {}.)",
                                         figure.key(), provenance.as_known_on.text())});
    list.rows.push_back(
        {.key = "Measure",
         .value = fmt::format("{} {} {}", provenance.definition, polarity_words(*page.measure),
                              break_words(*page.measure))});
    list.rows.push_back(
        {.key = "What was counted",
         .value = years_kept_whole(fmt::format("{}; {}; {}.", core::capitalised(provenance.filter),
                                               provenance.area, provenance.period))});
    list.rows.push_back(
        {.key = "Rows",
         .value = fmt::format(
             "{} from {}. In these files {} rows were set aside and {} were "
             "repeats; neither is counted.",
             core::counted(static_cast<std::int64_t>(provenance.rows), "row", "rows"),
             core::counted(static_cast<std::int64_t>(provenance.files.size()), "file", "files"),
             number(aside), number(repeats))});
    return html::summary_list(list);
}

Html provenance_section(const MeasurePage &page) {
    if (!page.figure) {
        return {};
    }
    auto latest = page.files;
    const auto all = latest.size();
    if (latest.size() > 4) {
        latest.erase(latest.begin() + 4, latest.end());
    }
    const auto caption = all > 4 ? fmt::format("The four latest of {} files", all)
                                 : core::counted(static_cast<std::int64_t>(all), "file", "files");
    return format(
        R"(<section class="app-section" aria-labelledby="prov"><h2 class="govuk-heading-m" )"
        R"(id="prov">Where it comes from</h2>{}{}<p class="app-small"><a class="govuk-link" )"
        R"(href="{}">{}</a></p>{}</section>)",
        provenance_facts(page), files_table(latest, caption, false), page_path(page, "/provenance"),
        all > 4 ? fmt::format("All {} files", all) : std::string{"Provenance in full"},
        known_form(page));
}

Html empty_view(const MeasurePage &page) {
    return format(R"(<h1 class="govuk-heading-l">{}</h1><p class="app-lead">{}</p>)"
                  R"(<p class="govuk-body">{}</p>{})",
                  page.measure->title, page.measure->definition,
                  page.figure ? page.figure->sentence() : page.why_not,
                  figure_of(page, "years", "years") + provenance_section(page));
}

} // namespace

std::string measure_title(const MeasurePage &page) {
    return page.analysis ? page.analysis->served.measure.title : page.measure->title;
}

Html measure_view(const MeasurePage &page) {
    if (!page.analysis) {
        return empty_view(page);
    }
    const auto &analysis = *page.analysis;
    const auto sentence = change_sentence(analysis) + " " + projection_sentence(analysis);
    Html content = format(
        R"(<h1 class="govuk-heading-l">{}</h1><p class="app-lead">{} {}{}.</p>)",
        headline(analysis), core::capitalised(analysis.served.measure.in_sentence),
        in_place(analysis.at),
        analysis.missing.empty() ? ", added up from April of each year" : ", month by month");
    // A year that lacks a month cannot be added up beyond it; its months can be shown.
    const std::string kind = analysis.missing.empty() ? "year-to-date" : "months";
    const auto *main = page.chart(kind);
    const auto picture =
        main ? format(
                   R"(<figure class="app-figure">{}{}<figcaption class="govuk-!-margin-bottom-4">)"
                   R"(<span class="govuk-body">{}</span></figcaption></figure>)",
                   main->wide, main->narrow, years_kept_whole(sentence))
             : format(R"(<p class="govuk-body">{}</p>)", years_kept_whole(sentence));
    content += format(R"(<div class="app-grid app-grid--side">{}<div>{}{}</div></div>)", picture,
                      facts(page), main ? downloads(page, *main, kind) : Html{});
    content += figure_of(page, "control", "control");
    content += format(R"(<div class="app-grid app-grid--half app-section"><section>)"
                      R"(<h2 class="govuk-heading-m">The numbers</h2>{}</section>{}</div>)",
                      numbers_table(page), method_section(page));
    content += figure_of(page, "ward-changes", "wards");
    content += figure_of(page, "map", "map");
    content += figure_of(page, "years", "years");
    return content + provenance_section(page);
}

Html provenance_view(const MeasurePage &page) {
    if (!page.figure) {
        return format(R"(<h1 class="govuk-heading-l">{}</h1><p class="govuk-body">{}</p>)",
                      page.measure->title, page.why_not);
    }
    Html notes_html;
    for (const auto &note : page.figure->provenance().notes) {
        notes_html += format("<li>{}</li>", note);
    }
    return format(
        R"(<h1 class="govuk-heading-l">Where “{}” comes from</h1>)"
        R"(<p class="app-lead">{}</p>{}{}{})",
        measure_title(page), years_kept_whole(page.figure->sentence()), provenance_facts(page),
        notes_html.empty()
            ? Html{}
            : format(R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)", notes_html),
        files_table(page.files,
                    fmt::format("All {}, latest first",
                                core::counted(static_cast<std::int64_t>(page.files.size()), "file",
                                              "files")),
                    true));
}

} // namespace wardmote::evidence
