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

} // namespace

std::vector<Html> home_figures(const Workspace &workspace) {
    constexpr std::size_t most = 4;
    std::vector<Html> figures;
    for (const auto &row : make_dashboard(workspace.desk(), {}).rows) {
        if (figures.size() < most) {
            figures.push_back(watched(row));
        }
    }
    return figures;
}

} // namespace wardmote::evidence
