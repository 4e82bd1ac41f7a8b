#include <algorithm>
#include <cmath>

#include <Eigen/Dense>
#include <boost/math/distributions/gamma.hpp>

#include "engine/stats/glm.hpp"
#include "engine/stats/projection.hpp"
#include "engine/stats/random.hpp"
#include "engine/stats/seasonal.hpp"

namespace wardmote::stats {

namespace {

using core::Month;
using core::Period;

/// What is known of the year and what is still to come.
struct YearSoFar {
    Period year;
    std::vector<Month> known;
    std::vector<Month> to_come;
    double so_far = 0;
};

YearSoFar year_so_far(const MonthlySeries &series, Month last, YearKind kind) {
    YearSoFar result{year_containing(last, kind), {}, {}, 0};
    for (const Month month : result.year.each()) {
        const auto count = month <= last ? series.at(month) : std::nullopt;
        (count ? result.known : result.to_come).push_back(month);
        result.so_far += count.value_or(0);
    }
    return result;
}

bool broken_between(const MonthlySeries &series, Month first, Month last) {
    return first < last && !breaks_within(series, {first, last}).empty();
}

/// Interval of so_far plus what is to come, which has this mean and variance: a gamma law of the
/// same moments, which is never negative. Rounded outwards to whole counts.
Interval with_gamma(double so_far, double mean, double variance, double level) {
    if (!(mean > 0) || !(variance > 0))
        return {so_far, so_far};
    const boost::math::gamma_distribution<> law{mean * mean / variance, variance / mean};
    const double tail = (1 - level) / 2;
    return {std::floor(so_far + boost::math::quantile(law, tail)),
            std::ceil(so_far + boost::math::quantile(boost::math::complement(law, tail)))};
}

/// Both intervals, stretched where rounding to nought would leave the value outside.
Forecast with_intervals(ProjectionMethod method, double so_far, double to_come, double mean,
                        double variance) {
    Forecast result{method, so_far + to_come, with_gamma(so_far, mean, variance, 0.80),
                    with_gamma(so_far, mean, variance, 0.95)};
    for (Interval *interval : {&result.interval80, &result.interval95}) {
        interval->low = std::max(so_far, std::min(interval->low, std::floor(result.value)));
        interval->high = std::max(interval->high, std::ceil(result.value));
    }
    return result;
}

/// Chance in this year's level and in what is to come: with a Jeffreys prior the rest of the year
/// is negative binomial, of this mean and variance.
std::optional<Forecast> straight_line(const YearSoFar &year, double dispersion) {
    if (year.known.empty())
        return std::nullopt;
    const double odds =
        static_cast<double>(year.to_come.size()) / static_cast<double>(year.known.size());
    const double mean = (year.so_far + dispersion / 2) * odds;
    return with_intervals(ProjectionMethod::straight_line, year.so_far, year.so_far * odds, mean,
                          dispersion * mean * (1 + odds));
}

/// Chance in what is to come, in this year's level and in last year's share, by the delta method;
/// half a count is added to each so that noughts are not certain.
std::optional<Forecast> seasonal_share(const MonthlySeries &series, const YearSoFar &year,
                                       Month last, double dispersion) {
    const auto whole_last_year = sum(series, year.year.year_before());
    if (!whole_last_year || year.known.empty() ||
        broken_between(series, year.year.year_before().first(), last))
        return std::nullopt;
    double by_now = 0;
    for (const Month month : year.known)
        by_now += series.at(month - 12).value_or(0);
    if (by_now == 0)
        return std::nullopt;
    const double rest = *whole_last_year - by_now;
    const double half = dispersion / 2;
    const double mean = (year.so_far + half) * (rest + half) / (by_now + half);
    const double parts = 1 / (year.so_far + half) + 1 / (rest + half) + 1 / (by_now + half);
    return with_intervals(ProjectionMethod::seasonal_share, year.so_far,
                          year.so_far * rest / by_now, mean,
                          dispersion * (mean + mean * mean * parts));
}

/// The share `at` of the way through sorted values, between neighbours in a straight line.
double quantile(const std::vector<double> &sorted, double at) {
    const double place = at * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

/// Simulated futures: coefficients from their normal law, the year's rest Poisson around a gamma
/// that has the mean and variance of the months' own gammas together (their quantiles differ by
/// less than one in a thousand). Coefficients are drawn in mirrored pairs, which steadies the
/// result.
std::vector<double> simulated(const GlmFit &fit, const YearSoFar &year, Month last,
                              const ProjectionOptions &options) {
    constexpr auto width = static_cast<Eigen::Index>(seasonal_columns);
    using Square = Eigen::Matrix<double, width, width, Eigen::RowMajor>;
    using Column = Eigen::Matrix<double, width, 1>;
    using Months = Eigen::Array<double, Eigen::Dynamic, 1, 0, 12, 1>;
    const Eigen::Map<const Column> coefficients{fit.coefficients.data()};
    const Square spread = Eigen::Map<const Square>{fit.covariance.data()}.llt().matrixL();
    const auto to_come = static_cast<Eigen::Index>(year.to_come.size());
    Eigen::Matrix<double, Eigen::Dynamic, width, 0, 12, width> rows(to_come, width);
    Months fitted(to_come);
    for (Eigen::Index i = 0; i < to_come; ++i) {
        const Month month = year.to_come[static_cast<std::size_t>(i)];
        const auto row = seasonal_row(month, last);
        rows.row(i) = Eigen::Map<const Column>(row.data()).transpose();
        fitted[i] = rows.row(i).dot(coefficients) + month_offset(month);
    }
    const decltype(rows) rows_spread = rows * spread;
    std::vector<double> totals(static_cast<std::size_t>(std::max(options.replicates, 2)));
    Column noise;
    for (std::size_t replicate = 0; replicate < totals.size(); ++replicate) {
        RandomStream random{options.seed, replicate};
        if (replicate % 2 == 0) {
            for (double &one : noise)
                one = random.normal();
        } else {
            noise = -noise;
        }
        const Months months = (fitted + (rows_spread * noise).array()).min(300.0).exp();
        double mean = months.sum();
        if (!std::isinf(fit.theta) && mean > 0) {
            const double shape = fit.theta * mean * mean / months.square().sum();
            mean *= random.gamma(shape) / shape;
        }
        totals[replicate] = year.so_far + random.poisson(mean);
    }
    std::sort(totals.begin(), totals.end());
    return totals;
}

std::optional<Forecast> seasonal_regression(const MonthlySeries &series, const YearSoFar &year,
                                            Month last, const ProjectionOptions &options) {
    const SeasonalData data = seasonal_data(series, last);
    if (data.counts.size() < fewest_for_season)
        return std::nullopt;
    const auto fit = fit_negative_binomial(data.counts, data.design, seasonal_columns, data.offset);
    if (!fit || !fit->converged)
        return std::nullopt;
    double to_come = 0;
    for (const Month month : year.to_come) {
        const auto row = seasonal_row(month, last);
        double eta = month_offset(month);
        for (std::size_t i = 0; i < seasonal_columns; ++i)
            eta += row[i] * fit->coefficients[i];
        to_come += std::exp(std::min(eta, 300.0));
    }
    const std::vector<double> totals = simulated(*fit, year, last, options);
    Forecast result{ProjectionMethod::seasonal_regression, year.so_far + to_come, {}, {}};
    for (const auto &[interval, tail] :
         {std::pair{&result.interval80, 0.10}, std::pair{&result.interval95, 0.025}})
        *interval = {std::floor(std::min(quantile(totals, tail), result.value)),
                     std::ceil(std::max(quantile(totals, 1 - tail), result.value))};
    return result;
}

} // namespace

std::optional<Forecast> forecast(const MonthlySeries &series, Month last, ProjectionMethod method,
                                 const ProjectionOptions &options) {
    const YearSoFar year = year_so_far(series, last, options.kind);
    if (broken_between(series, year.year.first(), last))
        return std::nullopt;
    if (method == ProjectionMethod::seasonal_regression)
        return seasonal_regression(series, year, last, options);
    const double dispersion = estimate_dispersion(series, last).value_or(1);
    return method == ProjectionMethod::straight_line
               ? straight_line(year, dispersion)
               : seasonal_share(series, year, last, dispersion);
}

} // namespace wardmote::stats
