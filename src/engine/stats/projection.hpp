/// Where the year will end: three methods, each with intervals, tried on past years.
///
/// The default is the method that would have done best at the same point of past years. No
/// interval reaches below what has already happened. Where a method missed past years by more than
/// its interval allowed, project() widens it in proportion. The same input gives the same bits on
/// any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/stats/change.hpp"
#include "engine/stats/series.hpp"

namespace wardmote::stats {

enum class ProjectionMethod {
    straight_line,       ///< so far / months so far * 12
    seasonal_share,      ///< so far / last year's share by now
    seasonal_regression, ///< negative-binomial regression on trend and season
};

/// What one method says. Intervals are whole numbers, rounded outwards, of the whole year.
struct Forecast {
    ProjectionMethod method = ProjectionMethod::seasonal_share;
    double value = 0;
    Interval interval80 = {};
    Interval interval95 = {};
    double widened = 1; ///< how many times the plain interval: for misses of past years, or without
                        ///< any for how the level is seen to move
};

/// How a method would have done at this point of one past year.
struct PastTry {
    core::Period year;
    Forecast forecast; ///< widened by the years that were past by then
    double actual = 0;
    double deviations = 0; ///< the miss, in standard deviations of the interval before widening
};

/// How a method would have done over past years; nothing to say when `tries` is empty.
struct BackTest {
    ProjectionMethod method = ProjectionMethod::seasonal_share;
    std::vector<PastTry> tries = {};
    double typical_miss = 0; ///< mean absolute miss, in counts
    int held80 = 0;          ///< years whose total lay inside the 80% interval
    int held95 = 0;
};

/// Why the chosen method was chosen.
enum class ChosenBecause {
    did_best,   ///< smallest typical miss over at least three past years
    tie,        ///< as good as another: seasonal share
    no_history, ///< fewer than three past years to try it on: seasonal share
    only_one,   ///< the others could not be worked out
    asked_for,  ///< ProjectionOptions::method
    year_over,  ///< nothing left to project: the total is a count
};

/// Why there is no projection.
enum class NoProjection {
    none,
    missing_months, ///< a month of this year so far has no figure
    no_method,      ///< no month of this year yet, or no method has what it needs
    series_break,   ///< a declared break inside this year
    stopped,        ///< the stop token was set
};

struct ProjectionOptions {
    YearKind kind = YearKind::financial;
    std::optional<ProjectionMethod> method = {}; ///< use this one, whatever the back-test says
    bool estimate_gaps = false; ///< project missing months of this year too, instead of refusing
    int past_years = 5;         ///< how many years to try the methods on, at most
    int replicates = 1000;      ///< simulated futures of the regression
    std::uint64_t seed = 0x57617264;
};

struct Projection {
    core::Period year;
    core::Month last; ///< last month with a figure that was used
    double so_far = 0;
    std::optional<double> last_year = {};        ///< last year's total, when complete
    std::optional<double> last_year_by_now = {}; ///< last year's sum over the same months
    NoProjection refusal = NoProjection::none;
    std::vector<core::Month> missing = {}; ///< months of this year to `last` without a figure
    std::vector<SeriesBreak> breaks = {};  ///< declared breaks inside this year or last
    Forecast chosen = {};
    ChosenBecause because = ChosenBecause::no_history;
    std::vector<Forecast> all = {};       ///< every method that could be worked out
    std::vector<BackTest> backtests = {}; ///< one a method of `all`, in the same order
    double dispersion = 1;
    bool possible() const { return refusal == NoProjection::none; }
    const BackTest *backtest(ProjectionMethod method) const;
};

/// Projects the year that holds `last`, from the months up to `last`.
Projection project(const MonthlySeries &series, core::Month last,
                   const ProjectionOptions &options = {});

/// One method alone, without back-test or widening; nothing when it lacks what it needs (straight
/// line: a month of this year; seasonal share: all of last year, not nought so far, no break since
/// it began; seasonal regression: 24 months with a figure since the last break).
std::optional<Forecast> forecast(const MonthlySeries &series, core::Month last,
                                 ProjectionMethod method, const ProjectionOptions &options = {});

/// Told how many series are done of how many; may be called from any thread, one at a time.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

/// Projects many series in parallel; the result has their order. Series not reached when `stop`
/// is set come back with refusal `stopped`.
std::vector<Projection> project_all(std::span<const MonthlySeries> series, core::Month last,
                                    const ProjectionOptions &options = {},
                                    const Progress &progress = {}, std::stop_token stop = {});

} // namespace wardmote::stats
