#include "engine/stats/projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include <tbb/parallel_for.h>

#include "engine/stats/level_drift.hpp"

namespace wardmote::stats {

namespace {

using core::Month;
using core::Period;

constexpr std::array methods = {ProjectionMethod::seasonal_share,
                                ProjectionMethod::seasonal_regression,
                                ProjectionMethod::straight_line};
/// With fewer past years a better record is luck.
constexpr std::size_t fewest_tries = 3;

/// Half the width of an interval of 80% in standard deviations.
constexpr double deviations80 = 1.2816;
/// How many years of holding exactly as promised a method is credited with at the start.
constexpr double credit = 2;

/// Half the width of the interval, in counts, that makes one standard deviation.
double deviation_of(const Forecast &said) {
    return std::max(0.5, (said.interval80.high - said.interval80.low) / 2) / deviations80;
}

/// With no past year to learn from: the square of a miss, in standard deviations, that is to be
/// expected from what the level of the series is seen to move by itself.
double expected_square(const MonthlySeries &series, Month then, const Forecast &said,
                       double so_far) {
    // From the middle of the months known to that of those to come a random walk goes on for a
    // third of both (Var of the difference of two means): of twelve months, four. Last year's share
    // was itself seen through such a year.
    constexpr double months = 4;
    const double walks = said.method == ProjectionMethod::seasonal_share ? 2 : 1;
    const double dispersion = estimate_dispersion(series, then).value_or(1);
    const double moved = (said.value - so_far) / deviation_of(said);
    return 1 + walks * months * level_drift(series, then, dispersion) * moved * moved;
}

/// The forecast with intervals stretched about its value by how far, in standard deviations, the
/// method missed in `past`. Never narrowed: a lucky run is no proof.
Forecast widened(Forecast said, std::span<const PastTry> past, double so_far,
                 const MonthlySeries &series, Month then) {
    double squares = credit;
    for (const PastTry &one : past)
        squares += one.deviations * one.deviations;
    double square = squares / (credit + static_cast<double>(past.size()));
    if (past.empty())
        square = expected_square(series, then, said, so_far);
    said.widened = std::max(1.0, std::sqrt(square));
    if (said.widened == 1)
        return said;
    for (Interval *interval : {&said.interval80, &said.interval95}) {
        const double low = said.value - said.widened * (said.value - interval->low);
        const double high = said.value + said.widened * (interval->high - said.value);
        *interval = {std::max(so_far, std::floor(low)), std::ceil(high)};
    }
    return said;
}

double known_so_far(const MonthlySeries &series, Period period) {
    double total = 0;
    for (const Month month : period.each())
        total += series.at(month).value_or(0);
    return total;
}

BackTest backtest(const MonthlySeries &series, Month last, ProjectionMethod method,
                  const ProjectionOptions &options) {
    BackTest result{.method = method};
    std::vector<double> so_far;
    std::vector<Month> months;
    for (int years = 1; years <= options.past_years; ++years) {
        const Month then = last - 12 * years;
        const Period year = year_containing(then, options.kind);
        const auto actual = sum(series, year);
        if (!actual || !breaks_within(series, year).empty())
            continue;
        const auto said = forecast(series, then, method, options);
        if (!said)
            continue;
        result.tries.push_back(
            {year, *said, *actual, (*actual - said->value) / deviation_of(*said)});
        so_far.push_back(known_so_far(series, {year.first(), then}));
        months.push_back(then);
    }
    // Oldest first, so that each is widened only by the years that were past by then.
    for (std::size_t i = result.tries.size(); i-- > 0;) {
        PastTry &one = result.tries[i];
        const auto older = std::span{result.tries}.subspan(i + 1);
        one.forecast = widened(one.forecast, older, so_far[i], series, months[i]);
        result.typical_miss += std::fabs(one.forecast.value - one.actual);
        result.held80 += one.forecast.interval80.contains(one.actual) ? 1 : 0;
        result.held95 += one.forecast.interval95.contains(one.actual) ? 1 : 0;
    }
    if (!result.tries.empty())
        result.typical_miss /= static_cast<double>(result.tries.size());
    return result;
}

/// Mean absolute miss over the years that every method was tried on, so that none has it easier.
std::optional<double> miss_in(const BackTest &test, const std::vector<Period> &years) {
    double total = 0;
    for (const Period &year : years) {
        const auto found = std::find_if(test.tries.begin(), test.tries.end(),
                                        [&](const PastTry &one) { return one.year == year; });
        if (found == test.tries.end())
            return std::nullopt;
        total += std::fabs(found->forecast.value - found->actual);
    }
    return years.empty() ? 0 : total / static_cast<double>(years.size());
}

std::vector<Period> common_years(const std::vector<BackTest> &tests) {
    std::vector<Period> years;
    if (tests.empty())
        return years;
    for (const PastTry &one : tests.front().tries) {
        if (std::all_of(tests.begin(), tests.end(), [&](const BackTest &test) {
                return miss_in(test, {one.year}).has_value();
            }))
            years.push_back(one.year);
    }
    return years;
}

/// Index into `all` of the method to show, and why. `all` is in the order of `methods`, so its
/// first is the one to fall back on.
std::pair<std::size_t, ChosenBecause> choose(const Projection &projection) {
    if (projection.all.size() == 1)
        return {0, ChosenBecause::only_one};
    const std::vector<Period> years = common_years(projection.backtests);
    if (years.size() < fewest_tries)
        return {0, ChosenBecause::no_history};
    std::size_t best = 0;
    bool tie = false;
    double smallest = miss_in(projection.backtests[0], years).value_or(0);
    for (std::size_t i = 1; i < projection.backtests.size(); ++i) {
        const double miss = miss_in(projection.backtests[i], years).value_or(0);
        const double margin = 1e-9 * std::max(1.0, smallest);
        if (miss < smallest - margin) {
            best = i;
            smallest = miss;
            tie = false;
        } else if (miss <= smallest + margin && best == 0) {
            tie = true;
        }
    }
    return {best, tie ? ChosenBecause::tie : ChosenBecause::did_best};
}

Projection started(const MonthlySeries &series, Month last, const ProjectionOptions &options) {
    const Period year = year_containing(last, options.kind);
    const Period to_date{year.first(), last};
    Projection result{.year = year, .last = last};
    result.missing = missing_months(series, to_date);
    result.breaks = breaks_within(series, {year.year_before().first(), last});
    double by_now = 0;
    for (const Month month : to_date.each()) {
        result.so_far += series.at(month).value_or(0);
        if (series.has(month))
            by_now += series.at(month - 12).value_or(0);
    }
    result.last_year = sum(series, year.year_before());
    if (result.last_year)
        result.last_year_by_now = by_now;
    return result;
}

} // namespace

const BackTest *Projection::backtest(ProjectionMethod method) const {
    const auto found = std::find_if(backtests.begin(), backtests.end(),
                                    [&](const BackTest &one) { return one.method == method; });
    return found == backtests.end() ? nullptr : &*found;
}

Projection project(const MonthlySeries &series, Month last, const ProjectionOptions &options) {
    Projection result = started(series, last, options);
    if (!breaks_within(series, {result.year.first(), last}).empty()) {
        result.refusal = NoProjection::series_break;
        return result;
    }
    if (!result.missing.empty() && !options.estimate_gaps) {
        result.refusal = NoProjection::missing_months;
        return result;
    }
    result.dispersion = estimate_dispersion(series, last).value_or(1);
    if (last == result.year.last() && result.missing.empty()) {
        const Interval total{result.so_far, result.so_far};
        result.chosen = {ProjectionMethod::straight_line, result.so_far, total, total};
        result.because = ChosenBecause::year_over;
        return result;
    }
    for (const ProjectionMethod method : methods) {
        if (const auto said = forecast(series, last, method, options)) {
            result.backtests.push_back(::wardmote::stats::backtest(series, last, method, options));
            const auto &tries = result.backtests.back().tries;
            result.all.push_back(widened(*said, tries, result.so_far, series, last));
        }
    }
    if (result.all.empty()) {
        result.refusal = NoProjection::no_method;
        return result;
    }
    if (options.method) {
        result.because = ChosenBecause::asked_for;
        const auto found =
            std::find_if(result.all.begin(), result.all.end(),
                         [&](const Forecast &one) { return one.method == *options.method; });
        if (found == result.all.end())
            result.refusal = NoProjection::no_method;
        else
            result.chosen = *found;
        return result;
    }
    const auto [index, because] = choose(result);
    result.chosen = result.all[index];
    result.because = because;
    return result;
}

std::vector<Projection> project_all(std::span<const MonthlySeries> series, Month last,
                                    const ProjectionOptions &options, const Progress &progress,
                                    std::stop_token stop) {
    std::vector<Projection> results(series.size(),
                                    Projection{.year = year_containing(last, options.kind),
                                               .last = last,
                                               .refusal = NoProjection::stopped});
    std::mutex mutex;
    std::size_t done = 0;
    tbb::parallel_for(std::size_t{0}, series.size(), [&](std::size_t i) {
        if (stop.stop_requested())
            return;
        results[i] = project(series[i], last, options);
        if (!progress)
            return;
        const std::scoped_lock lock{mutex};
        progress(++done, series.size());
    });
    return results;
}

} // namespace wardmote::stats
