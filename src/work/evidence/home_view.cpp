#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"
#include "platform/chart/cells.hpp"
#include "platform/html/content.hpp"
#include "work/evidence/charts.hpp"
#include "work/evidence/sentences.hpp"
#include "work/evidence/views.hpp"

namespace wardmote::evidence {

namespace {

using html::format;

Html watched(const DashboardRow &row) {
    const auto &analysis = *row.analysis;
    const auto drawn = analysis.control.points;
    chart::SparklineInput input;
    for (const auto &point : drawn) {
        input.values.push_back(point.value);
    }
    if (analysis.control.state != stats::ChartState::not_enough && !drawn.empty()) {
        input.usual = chart::Interval{drawn.front().lower, drawn.front().upper};
        for (const auto &signal : signals_of(analysis.control)) {
            for (auto i = signal.first; i <= signal.last; ++i) {
                input.signals.push_back(i);
            }
        }
    }
    const auto state = control_words(analysis);
    return format(
        R"(<figure class="app-figure"><h3 class="app-figure__title"><a class="govuk-link )"
        R"(govuk-link--no-visited-state" )"
        R"(href="/evidence/{}">{}</a></h3>{}<figcaption>{}</figcaption>)"
        R"(</figure>)",
        analysis.served.measure.key, headline(analysis), chart::sparkline(input),
        row.comparable()
            ? fmt::format("From {} to {}, {}. {}", core::number(std::llround(analysis.before)),
                          core::number(std::llround(analysis.pair.now_sum)),
                          analysis.pair.now.short_text(), state)
            : fmt::format("Nothing to compare with. {}", state));
}

Html finding(const DashboardRow &row) {
    const auto &analysis = *row.analysis;
    const auto said =
        row.comparable()
            ? fmt::format("{}, {}, from {} to {}", change_cell(analysis.change),
                          stats::verdict_in_words(analysis.change.verdict),
                          core::number(std::llround(analysis.before)),
                          core::number(std::llround(analysis.pair.now_sum)))
            : fmt::format("{}, not compared", core::number(std::llround(row.now().value_or(0))));
    return format(R"(<li><a class="govuk-link" href="/evidence/{}">{}</a>: {}</li>)",
                  analysis.served.measure.key, analysis.served.measure.title, said);
}

Html arrived(const lake::Manifest &file) {
    return format(R"(<li><a class="govuk-link" href="/sources/{}">{}</a><br>)"
                  R"(<span class="app-quiet">Received {}: {} rows kept, {} set aside</span></li>)",
                  file.id, file.file_name, file.received.london_date().text(),
                  core::number(static_cast<std::int64_t>(file.rows_kept)),
                  core::number(static_cast<std::int64_t>(file.rows_quarantined)));
}

} // namespace

Html home_view(const HomePage &page) {
    const auto &board = page.board;
    Html content = format(R"(<h1 class="govuk-heading-l">{}</h1>)",
                          board.rows.empty() ? std::string{"Nothing has been brought in yet"}
                                             : board.headline);
    if (board.rows.empty()) {
        return content +
               Html{R"(<p class="govuk-body">Bring the partnership’s files in with <code>wardmote )"
                    R"(import</code>. Then this page says what has changed, how sure that is, and )"
                    R"(where it comes from.</p><p class="govuk-body"><a class="govuk-link" )"
                    R"(href="/sources">What has been brought in</a></p>)"};
    }
    content +=
        format(R"(<p class="app-lead">{} As at {}.</p>)", board.lead, page.desk->today().text());
    Html pictures;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, board.rows.size()); ++i) {
        pictures += watched(board.rows[i]);
    }
    content += format(
        R"(<section aria-labelledby="changed"><div class="app-head"><h2 class="govuk-heading-m" )"
        R"(id="changed">{}</h2><a class="govuk-link app-small" href="/evidence">)"
        R"(All {}</a></div><p class="app-small app-quiet">Counts each month, 24 months. Pale )"
        R"(band: )"
        R"(the usual range. Plum dots: months outside it.</p><div class="app-grid app-grid--4">{})"
        R"(</div></section>)",
        board.rows.front().comparable() ? "What changed most" : "What is counted",
        core::counted(static_cast<std::int64_t>(board.rows.size()), "measure", "measures"),
        pictures);
    Html others;
    for (std::size_t i = 4; i < std::min<std::size_t>(10, board.rows.size()); ++i) {
        others += finding(board.rows[i]);
    }
    Html files;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, page.latest.size()); ++i) {
        files += arrived(page.latest[i]);
    }
    Html sound;
    for (const auto &one : board.soundness) {
        sound += format("<li>{}</li>", one);
    }
    content += format(
        R"(<div class="app-grid app-grid--2 app-section"><section aria-labelledby="next">)"
        R"(<h2 class="govuk-heading-m" id="next">Then</h2><ul class="app-list">{}</ul></section>)"
        R"(<section aria-labelledby="came"><h2 class="govuk-heading-m" id="came">What came in</h2>)"
        R"(<ul class="app-list">{}{}</ul><p class="app-small"><a class="govuk-link" )"
        R"(href="/sources">All sources</a></p></section></div>)",
        others, sound, files);
    return content +
           Html{R"(<section class="app-section" aria-labelledby="reports"><h2 class=)"
                R"("govuk-heading-m" id="reports">Reports</h2><p class="govuk-body">Every )"
                R"(figure of )"
                R"(a report can be followed back to its data. <a class="govuk-link" )"
                R"(href="/reports">Read the reports</a></p></section>)"};
}

} // namespace wardmote::evidence
