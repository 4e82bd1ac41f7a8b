#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"
#include "platform/chart/cells.hpp"
#include "platform/html/form.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"
#include "work/evidence/charts.hpp"
#include "work/evidence/sentences.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

namespace {

using html::format;
using stats::Verdict;

bool is_clear(const stats::Change &change) {
    return change.verdict == Verdict::rise || change.verdict == Verdict::fall;
}

Html measure_cell(const DashboardPage &page, const DashboardRow &row) {
    const auto &measure = row.analysis->served.measure;
    const auto href = address("/evidence/" + measure.key, page.query.standpoint());
    const auto note = row.late ? fmt::format("{}. {} not received", measure.publisher,
                                             (row.analysis->last + 1).name())
                               : measure.publisher;
    return format(R"(<a class="govuk-link" href="{}">{}</a>)"
                  R"(<small class="govuk-!-font-weight-regular">{}</small>)",
                  href, measure.title, note);
}

Html count_cell(const DashboardRow &row, std::optional<double> count) {
    if (!count) {
        return Html{R"(<span class="app-quiet">none</span>)"};
    }
    const auto number = core::number(std::llround(*count));
    if (row.late) {
        return format("{}<small>to {}</small>", number, row.analysis->last.name());
    }
    return html::text(number);
}

Html change_html(const DashboardRow &row) {
    const auto &analysis = *row.analysis;
    if (!analysis.pair.comparable()) {
        return Html{R"(<span class="app-quiet">not compared</span>)"};
    }
    const auto words = change_cell(analysis.change);
    const auto verdict = std::string{stats::verdict_in_words(analysis.change.verdict)};
    if (is_clear(analysis.change)) {
        return format(R"(<b><span class="app-nowrap">{}</span></b><small class="app-nowrap">)"
                      R"({}</small>)",
                      words, verdict);
    }
    return format(R"(<span class="app-nowrap">{}</span><small class="app-nowrap">{}</small>)",
                  words, verdict);
}

Html projection_html(const Analysis &analysis) {
    const auto &projection = analysis.projection;
    if (!projection.possible()) {
        return Html{R"(<span class="app-quiet">not projected</span>)"};
    }
    const auto value = core::number(std::llround(projection.chosen.value));
    if (projection.because == stats::ChosenBecause::year_over) {
        return format("{}<small>year complete</small>", value);
    }
    return format(R"({}<small class="app-nowrap">{}</small>)", value,
                  stats::range_in_words(projection.chosen.interval80));
}

Html control_html(const Analysis &analysis) {
    const auto words = control_words(analysis);
    using State = stats::ChartState;
    const auto state = analysis.control.state;
    if (state == State::usual || state == State::not_enough) {
        return format(R"(<span class="app-quiet app-nowrap">{}</span>)", words);
    }
    const auto cut = words.find(" for ");
    if (cut == std::string::npos) {
        return format(R"(<b class="app-nowrap">{}</b>)", words);
    }
    return format(R"(<b class="app-nowrap">{}</b><small class="app-nowrap">{}</small>)",
                  words.substr(0, cut), words.substr(cut + 1));
}

Html spark_html(const Analysis &analysis) {
    chart::SparklineInput input;
    for (const auto &point : analysis.control.points) {
        input.values.push_back(point.value);
    }
    if (analysis.control.state != stats::ChartState::not_enough && !input.values.empty()) {
        const auto &first = analysis.control.points.front();
        input.usual = chart::Interval{first.lower, first.upper};
        for (const auto &signal : signals_of(analysis.control)) {
            for (auto i = signal.first; i <= signal.last; ++i) {
                input.signals.push_back(i);
            }
        }
    }
    return chart::sparkline(input);
}

html::SelectItem item(std::string text, std::string value) {
    return {.text = std::move(text), .value = std::move(value)};
}

Html select(std::string name, std::string label, std::vector<html::SelectItem> items,
            std::string value) {
    const auto id = "choose-" + name; // "wards" is a section of the page
    return html::select({.field = {.name = std::move(name), .id = id, .label = {.text = label}},
                         .items = std::move(items),
                         .value = std::move(value)});
}

std::string span_words(const Dashboard &board, Basis::Span span) {
    if (!board.now) {
        return span == Basis::Span::year_to_date ? "Year to date"
               : span == Basis::Span::quarter    ? "Quarter"
                                                 : "Rolling 12 months";
    }
    const auto last = board.now->last();
    switch (span) {
    case Basis::Span::quarter:
        return core::Period{core::Quarter::containing(last).period().first(), last}.text();
    case Basis::Span::rolling_twelve:
        return fmt::format("Rolling 12 months to {}", last.text());
    case Basis::Span::year_to_date:
        break;
    }
    return fmt::format("Year to date: {}",
                       core::FinancialYear::containing(last).to_date(last).text());
}

Html choices(const DashboardPage &page) {
    const auto &desk = *page.desk;
    const auto &query = page.query;
    std::vector<html::SelectItem> places{item("All of " + desk.settings().place, "")};
    const bool wide = desk.part_level() == lake::Level::district;
    if (wide) {
        for (const auto &area : *desk.areas(lake::Level::district)) {
            places.push_back(item(area.name, area.code));
        }
    }
    // Of a wide place, the wards of the district in view: all of them would be hundreds.
    const auto &shown = page.board.at.area;
    const auto district = shown.level == lake::Level::district ? shown.code : shown.district;
    for (const auto &area : *desk.areas(lake::Level::ward)) {
        if (!wide || (!page.board.at.whole && area.district == district)) {
            places.push_back(item(area.name, area.code));
        }
    }
    const auto &fields = query.fields();
    const auto value = [&](std::string_view name) {
        for (const auto &[key, said] : fields) {
            if (key == name) {
                return said;
            }
        }
        return std::string{};
    };
    using Span = Basis::Span;
    Html controls = select("place", "Place", std::move(places), query.options.asking.area);
    controls += select("period", "Period",
                       {item(span_words(page.board, Span::year_to_date), ""),
                        item(span_words(page.board, Span::quarter), "quarter"),
                        item(span_words(page.board, Span::rolling_twelve), "rolling12")},
                       value("period"));
    controls +=
        select("against", "Against",
               {item("Same months, last year", ""), item("Average of three years", "three-years")},
               value("against"));
    if (!desk.settings().priorities.empty()) {
        std::vector<html::SelectItem> themes{
            item(fmt::format("All {} priorities", core::in_words(static_cast<std::int64_t>(
                                                      desk.settings().priorities.size()))),
                 "")};
        for (const auto &priority : desk.settings().priorities) {
            themes.push_back(item(priority.title, priority.key));
        }
        controls += select("theme", "Priority", std::move(themes), query.options.theme);
    }
    Html hidden;
    for (const auto *name : {"sort", "wards", "as-at", "as-known-on"}) {
        if (const auto said = value(name); !said.empty()) {
            hidden += format(R"(<input type="hidden" name="{}" value="{}">)", name, said);
        }
    }
    return format(R"(<form class="app-bar" aria-label="What is shown" action="/evidence" )"
                  R"(method="get">{}{}<button class="govuk-button app-button-s">Show</button>)"
                  R"(</form>)",
                  controls, hidden);
}

Html measures_table(const DashboardPage &page) {
    const auto &board = page.board;
    const auto &query = page.query;
    using Sort = DashboardOptions::Sort;
    const bool mean = board.basis.against == Basis::Against::three_years;
    const auto now = board.now->short_text();
    const auto before = mean ? std::string{"Mean of three years"} : board.before->short_text();
    const auto year = core::FinancialYear::containing(board.now->last()).name();
    html::DataTable table{
        .caption = "Clear changes first, then by size. Open circles: the 95% interval takes in no "
                   "change. Projections with 80% interval.",
        .columns = {{.heading = "Measure",
                     .label = "Measure",
                     .sort = query.options.sort == Sort::name ? "ascending" : "",
                     .sort_href = address("/evidence", query.with("sort", "name"))},
                    {.heading = now,
                     .label = now,
                     .numeric = true,
                     .sort = query.options.sort == Sort::size ? "descending" : "",
                     .sort_href = address("/evidence", query.with("sort", "size"))},
                    {.heading = before, .label = before, .numeric = true},
                    {.heading = "Change",
                     .label = "Change",
                     .sort = query.options.sort == Sort::change ? "descending" : "",
                     .sort_href = address("/evidence", query.with("sort", ""))},
                    {.heading = format("95% interval{}", chart::interval_scale()),
                     .label = "Half to double"},
                    {.heading = years_kept_whole("Projected " + year),
                     .label = "Projected",
                     .numeric = true},
                    {.heading = "Control chart", .label = "Control chart"},
                    {.heading = fmt::format("24 months to {}", board.now->last().name()),
                     .label = "24 months"}},
        .rows = {},
        .cards = html::DataTable::Cards::wide};
    if (query.options.sort != Sort::change) {
        table.caption = "Open circles: the 95% interval takes in no change. Projections with 80% "
                        "interval.";
    }
    for (const auto &row : board.rows) {
        const auto &analysis = *row.analysis;
        const auto &change = analysis.change;
        table.rows.push_back(
            {.cells = {
                 measure_cell(page, row), count_cell(row, row.now()),
                 count_cell(row, row.comparable() ? std::optional{analysis.before} : std::nullopt),
                 change_html(row),
                 chart::interval_cell(change.ratio, {change.interval.low, change.interval.high},
                                      is_clear(change)),
                 projection_html(analysis), control_html(analysis), spark_html(analysis)}});
    }
    return html::data_table(table);
}

std::string wards_headline(const DashboardPage &page) {
    const auto &at = page.board.at;
    auto whole = at;
    whole.whole = true;
    const auto parts = page.desk->parts(*page.ward_measure, whole);
    const auto analysis = page.desk->analyse(*page.ward_measure, whole);
    const auto &measure = analysis->served.measure;
    if (parts->falling >= parts->rising) {
        return fmt::format("{} fell in {} and rose in {}", measure.short_title,
                           core::counted(static_cast<std::int64_t>(parts->falling),
                                         page.desk->part_noun(), page.desk->part_noun() + "s"),
                           parts->rising);
    }
    return fmt::format("{} rose in {} and fell in {}", measure.short_title,
                       core::counted(static_cast<std::int64_t>(parts->rising),
                                     page.desk->part_noun(), page.desk->part_noun() + "s"),
                       parts->falling);
}

Html wards_section(const DashboardPage &page) {
    if (!page.wards) {
        return {};
    }
    std::vector<html::SelectItem> items;
    for (const auto *measure : page.ward_measures) {
        items.push_back(item(measure->title, measure->key));
    }
    Html hidden;
    for (const auto &[name, value] : page.query.with("wards", "")) {
        hidden += format(R"(<input type="hidden" name="{}" value="{}">)", name, value);
    }
    const auto form =
        format(R"(<form class="app-bar" aria-label="Measure shown place by place" )"
               R"(action="/evidence#wards" )"
               R"(method="get">{}{}<button class="govuk-button app-button-s">Show</button></form>)",
               hidden, select("wards", "Measure", std::move(items), page.ward_measure->key));
    return format(R"(<section class="app-section" aria-labelledby="wards"><div class="app-head">)"
                  R"(<h2 class="govuk-heading-m" id="wards">{}</h2>)"
                  R"(<a class="govuk-link app-small" href="{}">The same as a map and with )"
                  R"(intervals</a></div>)"
                  R"(<p class="app-small app-quiet app-measure">{}</p>{}{}</section>)",
                  wards_headline(page),
                  address("/evidence/" + page.ward_measure->key, page.query.standpoint()) +
                      "#wards",
                  page.wards->words.subtitle, chart::multiples_list(*page.wards), form);
}

Html soundness(const DashboardPage &page) {
    const auto &board = page.board;
    if (board.soundness.empty()) {
        return {};
    }
    Html sentences;
    for (const auto &one : board.soundness) {
        sentences += format("{} ", one);
    }
    return html::alert(
        {.label = "how sound the data are",
         .text =
             format(R"({}<a class="govuk-link" href="/sources">All {}</a>)", sentences,
                    core::counted(static_cast<std::int64_t>(board.sources), "source", "sources"))});
}

} // namespace

Html dashboard_view(const DashboardPage &page) {
    const auto &board = page.board;
    Html content = format(R"(<h1 class="govuk-heading-l">{}</h1>)", board.headline);
    if (board.rows.empty()) {
        const auto why = page.query.options.theme.empty() && page.query.options.asking.area.empty()
                             ? std::string{"When files have been brought in, every measure that "
                                           "they speak for stands here, the clearest change first."}
                             : std::string{"No measure of this choice has any evidence. Choose "
                                           "another place or priority."};
        return content +
               format(R"(<p class="app-lead">{}</p>{}<p class="govuk-body">)"
                      R"(<a class="govuk-link" href="/sources">What has been brought in</a></p>)",
                      why, choices(page));
    }
    content += format(R"(<p class="app-lead">{}</p>)", board.lead);
    content += soundness(page) + choices(page) + measures_table(page);
    const auto fields = page.query.fields();
    content += format(
        R"(<p class="app-buttons"><a class="govuk-link app-small" href="{}">Download what is )"
        R"(shown (CSV)</a> <a class="govuk-link app-small" href="{}">The same as JSON</a> )"
        R"(<a class="govuk-link app-small" href="/methods">How change, projection and control )"
        R"(charts are worked out</a></p>)",
        address("/evidence.csv", fields), address("/evidence.json", fields));
    return content + wards_section(page);
}

} // namespace wardmote::evidence
