#include "engine/stats/series.hpp"

#include <algorithm>
#include <cmath>

namespace wardmote::stats {

using core::Month;
using core::Period;

MonthlySeries MonthlySeries::complete(Month first, std::vector<double> counts) {
    std::vector<bool> present(counts.size(), true);
    return {first, std::move(counts), std::move(present)};
}

std::optional<Period> MonthlySeries::period() const {
    if (counts.empty())
        return std::nullopt;
    return Period{first, first + (static_cast<int>(counts.size()) - 1)};
}

std::optional<double> MonthlySeries::at(Month month) const {
    const int offset = month - first;
    if (offset < 0)
        return std::nullopt;
    const auto i = static_cast<std::size_t>(offset);
    if (i >= counts.size() || i >= present.size() || !present[i] || !std::isfinite(counts[i]) ||
        counts[i] < 0)
        return std::nullopt;
    return counts[i];
}

std::optional<Month> last_present(const MonthlySeries &series) {
    for (int i = static_cast<int>(series.size()) - 1; i >= 0; --i) {
        if (series.has(series.first + i))
            return series.first + i;
    }
    return std::nullopt;
}

MonthlySeries slice(const MonthlySeries &series, Period period) {
    MonthlySeries result{period.first(), {}, {}, series.breaks};
    for (const Month month : period.each()) {
        const auto value = series.at(month);
        result.counts.push_back(value.value_or(0));
        result.present.push_back(value.has_value());
    }
    return result;
}

std::vector<Month> missing_months(const MonthlySeries &series, Period period) {
    std::vector<Month> missing;
    for (const Month month : period.each()) {
        if (!series.has(month))
            missing.push_back(month);
    }
    return missing;
}

std::optional<double> sum(const MonthlySeries &series, Period period) {
    double total = 0;
    for (Month month = period.first(); month <= period.last(); ++month) {
        const auto value = series.at(month);
        if (!value)
            return std::nullopt;
        total += *value;
    }
    return total;
}

std::vector<SeriesBreak> breaks_within(const MonthlySeries &series, Period period) {
    std::vector<SeriesBreak> found;
    for (const SeriesBreak &one : series.breaks) {
        if (period.first() < one.month && one.month <= period.last())
            found.push_back(one);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.month < b.month; });
    return found;
}

std::vector<std::optional<double>> rolling_sums(const MonthlySeries &series, int months) {
    std::vector<std::optional<double>> sums(series.size());
    if (months < 1)
        return sums;
    for (int i = months - 1; i < static_cast<int>(series.size()); ++i) {
        sums[static_cast<std::size_t>(i)] =
            sum(series, {series.first + (i - months + 1), series.first + i});
    }
    return sums;
}

Period year_containing(Month month, YearKind kind) {
    switch (kind) {
    case YearKind::calendar:
        return core::CalendarYear::containing(month).period();
    case YearKind::academic:
        return core::AcademicYear::containing(month).period();
    case YearKind::financial:
        break;
    }
    return core::FinancialYear::containing(month).period();
}

std::string year_name(Month month, YearKind kind) {
    switch (kind) {
    case YearKind::calendar:
        return core::CalendarYear::containing(month).name();
    case YearKind::academic:
        return core::AcademicYear::containing(month).name();
    case YearKind::financial:
        break;
    }
    return core::FinancialYear::containing(month).name();
}

std::vector<YearTotal> yearly_totals(const MonthlySeries &series, YearKind kind) {
    std::vector<YearTotal> totals;
    const auto all = series.period();
    if (!all)
        return totals;
    for (Period year = year_containing(all->first(), kind); year.first() <= all->last();
         year = year.shifted(12))
        totals.push_back({year, year_name(year.first(), kind), sum(series, year)});
    return totals;
}

PeriodPair compare_periods(const MonthlySeries &series, Period now, Period before,
                           MissingRule rule) {
    PeriodPair pair{.now = now, .before = before};
    pair.missing = missing_months(series, before);
    for (const Month month : missing_months(series, now)) {
        if (!before.contains(month))
            pair.missing.push_back(month);
    }
    std::sort(pair.missing.begin(), pair.missing.end());
    pair.breaks = breaks_within(
        series, {std::min(now.first(), before.first()), std::max(now.last(), before.last())});
    if (now.months() != before.months()) {
        pair.refusal = Refusal::unequal_length;
        return pair;
    }
    int length = now.months();
    for (int i = 0; i < now.months(); ++i) {
        const Month month = now.first() + i;
        const auto ours = series.at(month);
        const auto theirs = series.at(before.first() + i);
        if (ours && theirs && i < length) {
            pair.now_sum += *ours;
            pair.before_sum += *theirs;
            ++pair.months;
            continue;
        }
        pair.left_out.push_back(month);
        if (rule == MissingRule::compare_to_shorter)
            length = std::min(length, i);
        else if (rule == MissingRule::refuse && ours.has_value() != theirs.has_value())
            pair.refusal = Refusal::missing_months;
    }
    if (pair.refusal == Refusal::none && pair.months == 0)
        pair.refusal = Refusal::no_months;
    else if (length > 0 && length < now.months()) {
        pair.now = {now.first(), now.first() + (length - 1)};
        pair.before = {before.first(), before.first() + (length - 1)};
        pair.breaks = breaks_within(series, {std::min(pair.now.first(), pair.before.first()),
                                             std::max(pair.now.last(), pair.before.last())});
    }
    if (!pair.breaks.empty())
        pair.refusal = Refusal::series_break;
    return pair;
}

PeriodPair year_to_date(const MonthlySeries &series, Month last, YearKind kind, MissingRule rule) {
    const Period now{year_containing(last, kind).first(), last};
    return compare_periods(series, now, now.year_before(), rule);
}

PeriodPair rolling_twelve(const MonthlySeries &series, Month last, MissingRule rule) {
    const Period now{last - 11, last};
    return compare_periods(series, now, now.year_before(), rule);
}

PeriodPair month_on_year_ago(const MonthlySeries &series, Month month) {
    const Period now{month};
    return compare_periods(series, now, now.year_before());
}

std::vector<PeriodPair> year_to_date_course(const MonthlySeries &series, Month last, YearKind kind,
                                            MissingRule rule) {
    std::vector<PeriodPair> course;
    for (Month month = year_containing(last, kind).first(); month <= last; ++month)
        course.push_back(year_to_date(series, month, kind, rule));
    return course;
}

} // namespace wardmote::stats
