#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/content.hpp"
#include "platform/html/form.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/table.hpp"
#include "work/evidence/sentences.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

namespace {

using html::format;

std::string number(std::uint64_t count) {
    return core::number(static_cast<std::int64_t>(count));
}

std::string months_of(const lake::Coverage &coverage) {
    if (coverage.months.empty()) {
        return "not by month";
    }
    const core::Period period{coverage.months.front(), coverage.months.back()};
    return coverage.yearly
               ? fmt::format("{} to {}", core::FinancialYear::containing(period.first()).name(),
                             core::FinancialYear::containing(period.last()).name())
               : period.text();
}

std::string gaps_of(const lake::Coverage &coverage) {
    if (coverage.missing.empty()) {
        return "none missing";
    }
    if (coverage.missing.size() <= 6) {
        return months_in_words(coverage.missing) + " missing";
    }
    return fmt::format("{} months missing, from {} to {}", coverage.missing.size(),
                       coverage.missing.front().text(), coverage.missing.back().text());
}

Html coverage_table(const SourcesPage &page) {
    html::DataTable table{
        .caption = "What is held, by kind and owner. Rows in are always rows kept, set aside and "
                   "repeated.",
        .columns = {{.heading = "Evidence", .label = "Evidence"},
                    {.heading = "Months", .label = "Months"},
                    {.heading = "Files", .label = "Files", .numeric = true},
                    {.heading = "Rows in", .label = "Rows in", .numeric = true},
                    {.heading = "Kept", .label = "Kept", .numeric = true},
                    {.heading = "Set aside", .label = "Set aside", .numeric = true},
                    {.heading = "Repeats", .label = "Repeats", .numeric = true},
                    {.heading = "Latest received", .label = "Latest received"}},
        .rows = {},
        .cards = html::DataTable::Cards::wide};
    for (const auto &line : page.lines) {
        const auto &coverage = line.coverage;
        const auto gaps = gaps_of(coverage);
        table.rows.push_back(
            {.cells = {format(R"(<a class="govuk-link" href="{}">{}</a>)"
                              R"(<small class="govuk-!-font-weight-regular">{}</small>)",
                              address("/sources", {{"dataset", coverage.dataset}}) + "#files",
                              page.desk->dataset_title(coverage.dataset),
                              coverage.owner.empty() ? line.publisher
                                                     : coverage.owner + ", " + line.publisher),
                       coverage.months.empty()
                           ? html::text(months_of(coverage))
                           : format(coverage.missing.empty() ? html::Literal{"{}<small>{}</small>"}
                                                             : html::Literal{"{}<b><small>{}"
                                                                             "</small></b>"},
                                    months_of(coverage), gaps),
                       number(coverage.files), number(line.rows_in), number(line.kept),
                       number(line.quarantined), number(line.repeated),
                       line.latest ? format(R"(<span class="app-nowrap">{}</span>)",
                                            line.latest->london_date().text())
                                   : Html{}}});
    }
    return html::data_table(table);
}

Html file_list(const SourcesPage &page) {
    constexpr std::size_t per_page = 25;
    const auto pages = std::max<std::size_t>(1, (page.files.size() + per_page - 1) / per_page);
    const auto current = std::clamp<std::size_t>(page.page, 1, pages);
    const auto first = (current - 1) * per_page;
    std::vector<FileLine> shown;
    for (auto i = first; i < std::min(first + per_page, page.files.size()); ++i) {
        shown.push_back({source_file(page.files[i]), page.files[i].id});
    }
    std::vector<html::SelectItem> kinds{{.text = "Every kind", .value = ""}};
    for (const auto &dataset : page.datasets) {
        kinds.push_back({.text = page.desk->dataset_title(dataset), .value = dataset});
    }
    const auto form = format(
        R"(<form class="app-bar" method="get" action="/sources#files" aria-label="Which files">)"
        R"({}{}<button class="govuk-button app-button-s">Show</button></form>)",
        html::select({.field = {.name = "dataset", .label = {.text = "Kind of evidence"}},
                      .items = std::move(kinds),
                      .value = page.dataset}),
        html::select({.field = {.name = "sort", .label = {.text = "Order"}},
                      .items = {{.text = "Latest received first", .value = ""},
                                {.text = "By name", .value = "name"},
                                {.text = "Most rows set aside first", .value = "set-aside"},
                                {.text = "Most rows first", .value = "rows"}},
                      .value = page.sort}));
    auto base = address("/sources", {{"dataset", page.dataset}, {"sort", page.sort}});
    base += base.find('?') == std::string::npos ? "?page=" : "&page=";
    const auto caption = shown.empty()
                             ? std::string{"No file of this kind has been brought in."}
                             : fmt::format("Files {} to {} of {}", first + 1, first + shown.size(),
                                           number(page.files.size()));
    return format(R"(<section class="app-section" aria-labelledby="files"><h2 class=)"
                  R"("govuk-heading-m" id="files">{}</h2>{}{}{}</section>)",
                  core::counted(static_cast<std::int64_t>(page.files.size()), "file", "files"),
                  form, files_table(shown, caption, false),
                  html::pages_of(static_cast<int>(current), static_cast<int>(pages), base));
}

std::string sources_headline(const SourcesPage &page) {
    std::uint64_t rows = 0;
    std::size_t gaps = 0;
    for (const auto &line : page.lines) {
        rows += line.kept;
        gaps += line.coverage.missing.size();
    }
    const auto held = core::counted(static_cast<std::int64_t>(page.lines.size()),
                                    "source of evidence", "sources of evidence");
    return gaps == 0
               ? fmt::format("{}, {} rows, no month missing", held, number(rows))
               : fmt::format("{}, {} rows, {} missing", held, number(rows),
                             core::counted(static_cast<std::int64_t>(gaps), "month", "months"));
}

Html findings(const lake::Manifest &file) {
    if (file.findings.empty()) {
        return Html{R"(<p class="govuk-body">The checks found nothing to tell.</p>)"};
    }
    html::DataTable table{.caption = "What the checks found",
                          .columns = {{.heading = "Finding", .label = "Finding"},
                                      {.heading = "Rows", .label = "Rows", .numeric = true}},
                          .rows = {},
                          .tight = true};
    for (const auto &finding : file.findings) {
        table.rows.push_back(
            {.cells = {
                 format(R"(<span class="govuk-!-font-weight-regular">{}</span>)", finding.sentence),
                 number(finding.rows)}});
    }
    return html::data_table(table);
}

Html months_table(const lake::Manifest &file,
                  const std::vector<lake::Disagreement> &disagreements) {
    if (file.rows_by_month.empty()) {
        return {};
    }
    std::map<std::string, lake::Disagreement> by_month;
    for (const auto &one : disagreements) {
        if (one.both == 0) {
            continue;
        }
        auto [place, fresh] = by_month.try_emplace(one.month.iso(), one);
        if (!fresh) {
            place->second.both += one.both;
            place->second.disagree += one.disagree;
        }
    }
    html::DataTable table{
        .caption = "Rows kept, by month",
        .columns = {{.heading = "Month", .label = "Month"},
                    {.heading = "Rows kept", .label = "Rows kept", .numeric = true}},
        .rows = {},
        .tight = true};
    if (!by_month.empty()) {
        table.columns.push_back({.heading = "Code and point disagree",
                                 .label = "Code and point disagree",
                                 .numeric = true});
    }
    for (const auto &[iso, rows] : file.rows_by_month) {
        const auto month = core::Month::parse(iso);
        html::DataRow row{.cells = {month ? month->text() : iso, number(rows)}};
        if (!by_month.empty()) {
            const auto found = by_month.find(iso);
            row.cells.emplace_back(found == by_month.end() || found->second.both == 0
                                       ? std::string{}
                                       : fmt::format("{} of {} ({}%)",
                                                     number(found->second.disagree),
                                                     number(found->second.both),
                                                     core::number(100 * found->second.share(), 1)));
        }
        table.rows.push_back(std::move(row));
    }
    return html::data_table(table);
}

} // namespace

Html sources_view(const SourcesPage &page) {
    if (page.lines.empty() && page.files.empty() && page.dataset.empty()) {
        const auto later =
            page.later == 0
                ? std::string{}
                : fmt::format("{} came in after {}, the day this workspace stands at, and {} not "
                              "seen.",
                              core::counted(static_cast<std::int64_t>(page.later), "file", "files"),
                              page.desk->today().text(), page.later == 1 ? "is" : "are");
        return format(
            R"(<h1 class="govuk-heading-l">No evidence has been brought in</h1>)"
            R"(<p class="govuk-body">Every file that is imported stands here with its rows, its )"
            R"(months and what its checks found. Bring files in with <code>wardmote import</code>.)"
            R"( {}</p>)",
            later);
    }
    return format(R"(<h1 class="govuk-heading-l">{}</h1>)", sources_headline(page)) +
           coverage_table(page) + file_list(page);
}

Html source_view(const SourcePage &page) {
    const auto &file = page.file;
    const bool whole = file.rows_quarantined == 0;
    Html content =
        format(R"(<h1 class="govuk-heading-l">{}</h1><p class="app-lead">{}</p>)", file.file_name,
               fmt::format("{} rows in: {} kept, {} set aside, {} repeated.", number(file.rows_in),
                           number(file.rows_kept), number(file.rows_quarantined),
                           number(file.rows_repeated)));
    if (!page.superseded_by.empty()) {
        content += html::alert(
            {.kind = html::Alert::Kind::warning,
             .label = "a later file is in force",
             .text = format(R"(A later file speaks for some of the same months. <a class=)"
                            R"("govuk-link" href="/sources/{}">The later file</a>)",
                            page.superseded_by)});
    }
    html::SummaryList list{.rows = {}, .classes = "app-small"};
    const auto row = [&](std::string key, html::Content value) {
        list.rows.push_back({.key = std::move(key), .value = std::move(value)});
    };
    row("Evidence",
        page.desk->dataset_title(file.dataset) + (file.owner.empty() ? "" : ", of " + file.owner));
    if (!file.archive.empty()) {
        row("Came in", file.archive);
    }
    row("Publisher", file.publisher);
    row("Licence", file.licence);
    if (file.covers) {
        row("Speaks for", file.covers->text());
    }
    row("Received", file.received.text());
    row("Brought in", fmt::format("{}, by {}", file.imported.text(), file.importer));
    row("Size", fmt::format("{} bytes, {} lines counted apart from the reader", number(file.bytes),
                            number(file.lines)));
    row("SHA-256", format(R"(<span class="app-hash">{}</span>)", file.sha256));
    row("Rows set aside",
        whole ? format("none")
              : format(R"({}. <a class="govuk-link" href="/sources/{}/quarantine.csv">Download )"
                       R"(them with the reasons (CSV)</a>, mend them and bring them in again)",
                       number(file.rows_quarantined), file.id));
    content += html::summary_list(list);
    return content + format(R"(<div class="app-grid app-grid--half app-section"><section>)"
                            R"(<h2 class="govuk-heading-m">Quality</h2>{}</section>)"
                            R"(<section><h2 class="govuk-heading-m">Months</h2>{}</section></div>)",
                            findings(file), months_table(file, page.disagreements));
}

} // namespace wardmote::evidence
