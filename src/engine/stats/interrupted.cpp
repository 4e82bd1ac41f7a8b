#include "engine/stats/interrupted.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>

#include "engine/stats/glm.hpp"
#include "engine/stats/seasonal.hpp"

namespace wardmote::stats {

namespace {

using core::Month;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int fewest_before = 18;
constexpr int fewest_after = 6;
constexpr std::size_t step_column = seasonal_columns;
constexpr std::size_t bend_column = seasonal_columns + 1;

struct Rows {
    std::vector<double> counts, design, offset;
    std::vector<int> month; ///< months from the first after
    std::size_t columns = 0;
    int before = 0;
    int after = 0;
    double counted_before = 0;
    double counted_after = 0;
};

Rows rows_of(const MonthlySeries &series, Month first_after, bool bend) {
    Month from = series.first;
    for (const SeriesBreak &one : series.breaks)
        from = one.month <= first_after ? std::max(from, one.month) : from;
    Rows rows;
    rows.columns = seasonal_columns + (bend ? 2 : 1);
    for (Month month = from; month <= series.period()->last(); ++month) {
        const auto count = series.at(month);
        if (!count)
            continue;
        const bool after = month >= first_after;
        const int since = month - first_after;
        rows.counts.push_back(*count);
        rows.offset.push_back(month_offset(month));
        rows.month.push_back(since);
        const auto row = seasonal_row(month, first_after);
        rows.design.insert(rows.design.end(), row.begin(), row.end());
        rows.design.push_back(after ? 1 : 0);
        if (bend)
            rows.design.push_back(after ? since / 12.0 : 0);
        ++(after ? rows.after : rows.before);
        (after ? rows.counted_after : rows.counted_before) += *count;
    }
    return rows;
}

/// Newey and West's covariance: months apart by a missing one keep their distance.
Matrix newey_west(const Rows &rows, const GlmFit &fit, int lags) {
    const auto n = static_cast<Eigen::Index>(rows.counts.size());
    const auto k = static_cast<Eigen::Index>(rows.columns);
    const Eigen::Map<const Matrix> design{rows.design.data(), n, k};
    const Eigen::Map<const Matrix> bread{fit.covariance.data(), k, k};
    Matrix scores = design;
    for (Eigen::Index i = 0; i < n; ++i)
        scores.row(i) *=
            rows.counts[static_cast<std::size_t>(i)] - fit.fitted[static_cast<std::size_t>(i)];
    Matrix meat = scores.transpose() * scores;
    for (Eigen::Index i = 0; i < n; ++i)
        for (Eigen::Index j = i + 1; j < n; ++j) {
            const int apart =
                rows.month[static_cast<std::size_t>(j)] - rows.month[static_cast<std::size_t>(i)];
            if (apart > lags)
                break;
            const double weight = 1 - apart / (lags + 1.0);
            meat += weight * (scores.row(i).transpose() * scores.row(j) +
                              scores.row(j).transpose() * scores.row(i));
        }
    // As for ordinary regression, the residuals of k fitted columns are too small.
    const double small = static_cast<double>(n) / static_cast<double>(n - k);
    return small * bread * meat * bread;
}

double neighbours(const Rows &rows, const GlmFit &fit) {
    double together = 0, alone = 0;
    double before = 0;
    for (std::size_t i = 0; i < rows.counts.size(); ++i) {
        const double residual = (rows.counts[i] - fit.fitted[i]) / std::sqrt(fit.fitted[i]);
        if (i > 0 && rows.month[i] - rows.month[i - 1] == 1)
            together += residual * before;
        alone += residual * residual;
        before = residual;
    }
    return alone > 0 ? together / alone : 0;
}

RatioEstimate estimate(double log_ratio, double variance, double freedom, double level) {
    const boost::math::students_t_distribution<> law{freedom};
    const double error = std::sqrt(std::max(variance, 0.0));
    const double reach = boost::math::quantile(law, (1 + level) / 2) * error;
    RatioEstimate result{std::exp(log_ratio),
                         {std::exp(log_ratio - reach), std::exp(log_ratio + reach)},
                         log_ratio == 0 ? 1.0 : 0.0};
    if (error > 0)
        result.p = 2 * boost::math::cdf(complement(law, std::fabs(log_ratio) / error));
    return result;
}

} // namespace

std::optional<InterruptedSeries> interrupted_series(const MonthlySeries &series, Month first_after,
                                                    const InterruptedOptions &options) {
    const bool broken =
        std::any_of(series.breaks.begin(), series.breaks.end(), [&](const auto &one) {
            return one.month > first_after && series.period() &&
                   one.month <= series.period()->last();
        });
    if (!series.period() || broken || !(options.level > 0) || !(options.level < 1))
        return std::nullopt;
    const Rows rows = rows_of(series, first_after, options.bend);
    if (rows.before < fewest_before || rows.after < fewest_after || rows.counted_before == 0 ||
        rows.counted_after == 0)
        return std::nullopt;
    const auto fit = fit_poisson(rows.counts, rows.design, rows.columns, rows.offset);
    if (!fit || !fit->converged)
        return std::nullopt;
    const auto n = static_cast<double>(rows.counts.size());
    const double freedom = n - static_cast<double>(rows.columns);
    InterruptedSeries result;
    result.dispersion = std::max(1.0, fit->pearson / freedom);
    result.neighbours = neighbours(rows, *fit);
    result.months_before = rows.before;
    result.months_after = rows.after;
    const auto k = static_cast<Eigen::Index>(rows.columns);
    Matrix covariance = result.dispersion * Eigen::Map<const Matrix>{fit->covariance.data(), k, k};
    if (options.errors == ErrorsFrom::newey_west) {
        const int lags =
            options.lags >= 0 ? options.lags : static_cast<int>(4 * std::pow(n / 100, 2.0 / 9));
        covariance = newey_west(rows, *fit, lags);
    }
    const auto of = [&](std::size_t column) {
        const auto at = static_cast<Eigen::Index>(column);
        return estimate(fit->coefficients[column], covariance(at, at), freedom, options.level);
    };
    result.step = of(step_column);
    const double bend = options.bend ? fit->coefficients[bend_column] : 0;
    if (options.bend)
        result.bend = of(bend_column);
    for (std::size_t i = 0; i < rows.counts.size(); ++i) {
        if (rows.month[i] < 0)
            continue;
        result.counted += rows.counts[i];
        result.without +=
            fit->fitted[i] / std::exp(fit->coefficients[step_column] + bend * rows.month[i] / 12.0);
    }
    return result;
}

} // namespace wardmote::stats
