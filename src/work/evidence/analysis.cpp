#include <algorithm>
#include <numeric>

#include "work/evidence/desk.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::evidence {

namespace {

core::Period span_to(core::Month last, Basis::Span span) {
    switch (span) {
    case Basis::Span::quarter:
        return {core::Quarter::containing(last).period().first(), last};
    case Basis::Span::rolling_twelve:
        return {last - 11, last};
    case Basis::Span::year_to_date:
        break;
    }
    return core::FinancialYear::containing(last).to_date(last);
}

void compare_with_last_year(Analysis &analysis, core::Period now,
                            const stats::ChangeOptions &options) {
    const auto before =
        now.months() == 12 && now.first().month() != 4 ? now.shifted(-12) : now.year_before();
    analysis.pair =
        stats::compare_periods(analysis.series, now, before, stats::MissingRule::leave_out_of_both);
    analysis.before = analysis.pair.before_sum;
    analysis.change = stats::compare_counts(analysis.pair, options);
}

void compare_with_three_years(Analysis &analysis, core::Period now, stats::ChangeOptions options) {
    auto whole = analysis.pair;
    whole.now = now;
    whole.before = {now.first() - 36, now.last() - 12};
    for (const int years : {1, 2, 3}) {
        const auto pair = stats::compare_periods(analysis.series, now, now.shifted(-12 * years),
                                                 stats::MissingRule::leave_out_of_both);
        const bool same = years == 1 || pair.left_out == whole.left_out;
        if (!pair.comparable() || !same) {
            whole.refusal = pair.comparable() ? stats::Refusal::missing_months : pair.refusal;
            whole.missing = pair.missing;
            whole.breaks = pair.breaks;
        }
        whole.now_sum = pair.now_sum;
        whole.months = pair.months;
        whole.left_out = pair.left_out;
        whole.before_sum += pair.before_sum;
    }
    analysis.pair = whole;
    if (whole.comparable()) {
        options.exposure_before = 3;
        analysis.change = stats::compare_counts(whole.before_sum, whole.now_sum, options);
        analysis.before = whole.before_sum / 3;
        analysis.change.before = analysis.before;
        analysis.change.difference = whole.now_sum - analysis.before;
    }
}

void project(Analysis &analysis) {
    stats::ProjectionOptions options;
    options.replicates = 500;
    analysis.projection = stats::project(analysis.series, analysis.last, options);
    if (analysis.projection.refusal == stats::NoProjection::missing_months) {
        options.estimate_gaps = true;
        analysis.projection = stats::project(analysis.series, analysis.last, options);
        analysis.gaps_estimated = analysis.projection.possible();
    }
}

/// The last 24 months, with limits from the first twelve of them; a declared break starts anew.
void chart_control(Analysis &analysis) {
    core::Month first = std::max(analysis.series.first, analysis.last - 23);
    for (const auto &one : analysis.series.breaks) {
        if (one.month <= analysis.last) {
            first = std::max(first, one.month);
        }
    }
    while (first < analysis.last && !analysis.series.has(first)) {
        ++first;
    }
    if (first > analysis.last) {
        return;
    }
    const auto window = stats::slice(analysis.series, {first, analysis.last});
    stats::ControlOptions options;
    const core::Period year{first, first + 11};
    if (analysis.last - first >= 17 && stats::missing_months(window, year).size() <= 3) {
        options.baseline = year;
    }
    using Polarity = Measure::Polarity;
    options.polarity = analysis.served.measure.polarity == Polarity::higher_is_better
                           ? stats::Polarity::higher_is_better
                       : analysis.served.measure.polarity == Polarity::lower_is_better
                           ? stats::Polarity::lower_is_better
                           : stats::Polarity::neither;
    analysis.baseline = options.baseline;
    analysis.control = stats::control_chart(window, options);
    // Of one or two a month, each single one would be a signal.
    const double total = std::accumulate(window.counts.begin(), window.counts.end(), 0.0);
    if (total < 2.0 * window.period()->months()) {
        analysis.control.state = stats::ChartState::not_enough;
        for (auto &point : analysis.control.points) {
            point.signals = 0;
        }
    }
}

} // namespace

std::vector<stats::SeriesBreak> breaks_of(const Measure &measure) {
    std::vector<stats::SeriesBreak> breaks;
    for (const auto &one : measure.breaks) {
        breaks.push_back({one.month, one.note});
    }
    return breaks;
}

bool Analysis::has_rows() const {
    return std::any_of(series.counts.begin(), series.counts.end(),
                       [](double count) { return count > 0; });
}

std::string Analysis::period_in_words() const {
    const auto absent = pair.comparable() ? pair.left_out : stats::missing_months(series, pair.now);
    return absent.empty() ? pair.now.text()
                          : pair.now.text() + " without " + core::months_in_words(absent);
}

std::string Analysis::before_in_words() const {
    if (pair.before.months() > pair.now.months()) {
        return "the average of the same months of the three years before";
    }
    if (pair.now.months() == 12) {
        return pair.before.text();
    }
    if (pair.now.months() == 1) {
        return pair.before.text();
    }
    if (pair.before.first().year() == pair.before.last().year()) {
        return fmt::format("the same months of {}", pair.before.first().year());
    }
    return "the same months a year before";
}

std::shared_ptr<const Analysis> work_out(Served served, const Standpoint &at, Basis basis) {
    const auto whole =
        served.counts->series(at.whole ? "" : at.area.code, breaks_of(served.measure));
    // A month is complete once the day asked from lies after it.
    auto limit = core::Month{at.as_at} - 1;
    if (at.last) {
        limit = std::min(limit, *at.last);
    }
    const auto end = std::min(limit, whole.period()->last());
    if (end < whole.first) {
        return nullptr;
    }
    auto series = stats::slice(whole, {whole.first, end});
    const auto last = stats::last_present(series);
    if (!last) {
        return nullptr;
    }
    const auto now = span_to(*last, basis.span);
    Analysis made{.served = std::move(served),
                  .at = at,
                  .series = stats::slice(series, {series.first, *last}),
                  .last = *last,
                  .pair = {now, now.year_before(), 0, 0, 0, {}, {}, {}, {}},
                  .change = {},
                  .projection = {.year = core::FinancialYear::containing(*last).period(),
                                 .last = *last,
                                 .last_year = {},
                                 .last_year_by_now = {},
                                 .missing = {},
                                 .breaks = {},
                                 .chosen = {},
                                 .all = {},
                                 .backtests = {}},
                  .control = {},
                  .baseline = {},
                  .provisional = {},
                  .missing = {}};
    stats::ChangeOptions options;
    options.dispersion = stats::estimate_dispersion(made.series, *last).value_or(1.0);
    if (basis.against == Basis::Against::three_years) {
        compare_with_three_years(made, now, options);
    } else {
        compare_with_last_year(made, now, options);
    }
    project(made);
    chart_control(made);
    made.missing = stats::missing_months(made.series, now);
    // The latest months, as long as they are fresh: the source may still send them anew.
    const int lag = made.served.measure.provisional_lag;
    for (const auto month : now.each()) {
        if (*last - month < lag && core::Month{at.as_at} - month <= lag + 1 &&
            made.series.has(month)) {
            made.provisional.push_back(month);
        }
    }
    return std::make_shared<const Analysis>(std::move(made));
}

} // namespace wardmote::evidence
