/// The regression behind Farrington's bounds. Season levels do not overlap, so for a given trend
/// each level's mean is a ratio of sums, and only the trend must be searched for: no matrices.
#include <algorithm>
#include <array>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "engine/stats/farrington.hpp"

namespace wardmote::stats {

namespace {

constexpr std::size_t most_rows = 128; // ten years and a window
constexpr std::size_t most_levels = 13;
using PerRow = std::array<double, most_rows>;
using PerLevel = std::array<double, most_levels>;

/// One series' months that have a figure.
struct Points {
    std::size_t size = 0;
    std::array<std::uint8_t, most_rows> level;
    PerRow count, time, weight;
    std::size_t levels = 0; ///< how many have a month
    double largest = 0;
};

Points gather(std::span<const Baseline::Row> rows, std::span<const double> counts) {
    Points points;
    std::array<bool, most_levels> seen{};
    for (const Baseline::Row &row : rows) {
        const double count = counts[row.month];
        if (!std::isfinite(count) || count < 0)
            continue;
        const std::size_t i = points.size++;
        points.level[i] = row.level;
        points.count[i] = count;
        points.time[i] = row.time;
        points.weight[i] = 1;
        points.largest = std::max(points.largest, count);
        points.levels += seen[row.level] ? 0 : 1;
        seen[row.level] = true;
    }
    if (!seen[0])
        points.size = 0;
    return points;
}

/// Means, and the sums of working weights that hat values and standard errors are made of.
struct Solution {
    PerRow mu, working, residual; ///< working weight; (count - mu) / mu
    PerLevel information{};       ///< sum of working weights
    PerLevel centre{};            ///< their mean time
    double spread = 0;            ///< sum of working weight * (time - centre)^2
    double slope = 0;
    double mean = 0;     ///< at the month judged
    double exposure = 0; ///< information of its level / mean: months' worth
    double leverage(std::size_t level, double time) const {
        const double from_centre = time - centre[level];
        return (information[level] > 0 ? 1 / information[level] : 0) +
               (spread > 0 ? from_centre * from_centre / spread : 0);
    }
};

/// Fills information, centre and, with a trend, spread from the working weights.
void sum_up(const Points &points, bool trend, Solution &s) {
    s.information = {};
    s.centre = {};
    s.spread = 0;
    for (std::size_t i = 0; i < points.size; ++i)
        s.information[points.level[i]] += s.working[i];
    if (!trend)
        return;
    for (std::size_t i = 0; i < points.size; ++i)
        s.centre[points.level[i]] += s.working[i] * points.time[i];
    for (std::size_t level = 0; level < most_levels; ++level)
        s.centre[level] /= s.information[level] > 0 ? s.information[level] : 1;
    for (std::size_t i = 0; i < points.size; ++i) {
        const double from_centre = points.time[i] - s.centre[points.level[i]];
        s.spread += s.working[i] * from_centre * from_centre;
    }
}

void set_residuals(const Points &points, Solution &s) {
    for (std::size_t i = 0; i < points.size; ++i)
        s.residual[i] = s.mu[i] > 0 ? (points.count[i] - s.mu[i]) / s.mu[i] : 0;
}

/// The maximum of the likelihood. A level without a count has mean nought. False when the trend
/// has none: all counts of each level at one of its ends.
bool solve(const Points &points, bool trend, Solution &s) {
    PerLevel total{};
    PerLevel exposure{};
    for (std::size_t i = 0; i < points.size; ++i)
        total[points.level[i]] += points.weight[i] * points.count[i];
    PerRow powers; // exp(slope * time)
    const auto set_powers = [&] {
        if (!trend) {
            std::fill_n(powers.begin(), points.size, 1.0);
            return;
        }
        const double back = std::exp(-s.slope);
        double power = 1;
        double time = 0;
        for (std::size_t i = points.size; i-- > 0;) { // latest first
            for (; time > points.time[i]; --time)
                power *= back;
            powers[i] = power;
        }
    };
    constexpr int most_rounds = 50;
    constexpr double steepest = 1; // a trend of e a month is none
    bool settled = !trend;
    for (int round = 0;; ++round) {
        set_powers();
        exposure = {};
        for (std::size_t i = 0; i < points.size; ++i)
            exposure[points.level[i]] += points.weight[i] * powers[i];
        for (std::size_t i = 0; i < points.size; ++i) {
            const std::size_t level = points.level[i];
            s.mu[i] = total[level] / exposure[level] * powers[i];
            s.working[i] = points.weight[i] * s.mu[i];
        }
        sum_up(points, trend, s);
        if (settled)
            break;
        double score = 0;
        for (std::size_t i = 0; i < points.size; ++i)
            score += (points.weight[i] * points.count[i] - s.working[i]) * points.time[i];
        if (!(s.spread > 0) || round == most_rounds || std::fabs(s.slope) > steepest)
            return false;
        const double step = std::clamp(score / s.spread, -0.1, 0.1);
        s.slope += step;
        settled = std::fabs(step) < 1e-7; // Newton's steps square their error: this was the last
    }
    s.mean = total[0] / exposure[0];
    s.exposure = exposure[0];
    set_residuals(points, s);
    return true;
}

/// The same by R's glm.fit: from means of the counts and a tenth, until the deviance changes by
/// less than 1e-8. Working weights stay those of the last but one step, as there.
bool solve_as_glm(const Points &points, bool trend, Solution &s) {
    PerRow eta;
    double own = 0; // sum of weight * y log y
    for (std::size_t i = 0; i < points.size; ++i) {
        const double y = points.count[i];
        s.mu[i] = y + 0.1;
        eta[i] = std::log(s.mu[i]);
        own += y > 0 ? points.weight[i] * y * std::log(y) : 0;
    }
    const auto deviance = [&] {
        double sum = own;
        for (std::size_t i = 0; i < points.size; ++i)
            sum -= points.weight[i] * (points.count[i] * (eta[i] + 1) - s.mu[i]);
        return 2 * sum;
    };
    double before = deviance();
    constexpr int most_rounds = 25;
    for (int round = 0; round < most_rounds; ++round) {
        PerRow response;
        PerLevel level_response{};
        for (std::size_t i = 0; i < points.size; ++i) {
            s.working[i] = points.weight[i] * s.mu[i];
            response[i] = eta[i] + (points.count[i] - s.mu[i]) / s.mu[i];
            level_response[points.level[i]] += s.working[i] * response[i];
        }
        sum_up(points, trend, s);
        double slope = 0;
        for (std::size_t i = 0; trend && i < points.size; ++i)
            slope += s.working[i] * (points.time[i] - s.centre[points.level[i]]) * response[i];
        s.slope = trend ? slope / s.spread : 0;
        PerLevel intercept{};
        for (std::size_t level = 0; level < most_levels; ++level)
            if (s.information[level] > 0)
                intercept[level] =
                    level_response[level] / s.information[level] - s.slope * s.centre[level];
        for (std::size_t i = 0; i < points.size; ++i)
            eta[i] = intercept[points.level[i]] + s.slope * points.time[i];
        if (trend) {
            for (std::size_t i = 0; i < points.size; ++i)
                s.mu[i] = std::exp(eta[i]);
        } else {
            PerLevel mean;
            std::transform(intercept.begin(), intercept.end(), mean.begin(),
                           [](double log) { return std::exp(log); });
            for (std::size_t i = 0; i < points.size; ++i)
                s.mu[i] = mean[points.level[i]];
        }
        s.mean = std::exp(intercept[0]);
        const double now = deviance();
        if (!std::isfinite(now))
            return false;
        if (std::fabs(now - before) / (std::fabs(now) + 0.1) < 1e-8) {
            s.exposure = s.information[0] / s.mean;
            set_residuals(points, s);
            return true;
        }
        before = now;
    }
    return false;
}

double dispersion_of(const Points &points, const Solution &s, std::span<const double> weights,
                     double freedom) {
    double sum = 0;
    for (std::size_t i = 0; i < points.size; ++i)
        sum += weights[i] * s.residual[i] * s.residual[i];
    return sum / freedom;
}

/// Sets the weights from standardised Anscombe residuals: 1 / s^2 above the threshold, scaled so
/// that they add up to the number of months. False when no month is above.
bool reweigh(const Solution &s, double dispersion, double threshold, Points &points) {
    double sum = 0;
    bool any = false;
    for (std::size_t i = 0; i < points.size; ++i) {
        const double mu = s.mu[i];
        const double free = 1 - s.working[i] * s.leverage(points.level[i], points.time[i]);
        double weight = 1;
        if (points.count[i] > mu && mu > 0 && free > 1e-9) { // else at most nought
            const double root = std::cbrt(points.count[i]);
            const double residual = 1.5 * (root * root / std::sqrt(std::cbrt(mu)) - std::sqrt(mu)) /
                                    std::sqrt(dispersion * free);
            if (residual > threshold) {
                weight = 1 / (residual * residual);
                any = true;
            }
        }
        points.weight[i] = weight;
        sum += weight;
    }
    for (std::size_t i = 0; i < points.size; ++i)
        points.weight[i] *= static_cast<double>(points.size) / sum;
    return any;
}

struct Fitted {
    FarringtonFit fit;
    double trend_p = 1;
};

std::optional<Fitted> fitted(Points points, bool trend, const FarringtonOptions &options) {
    const double freedom =
        static_cast<double>(points.size) - static_cast<double>(points.levels + (trend ? 1 : 0));
    const auto solved = options.as_surveillance ? solve_as_glm : solve;
    Solution s;
    if (points.size == 0 || freedom < 1 || !solved(points, trend, s))
        return std::nullopt;
    double raw = dispersion_of(points, s, s.working, freedom);
    if (options.reweight && reweigh(s, std::max(raw, 1.0), options.weights_threshold, points)) {
        if (!solved(points, trend, s))
            return std::nullopt;
        raw = dispersion_of(points, s, s.working, freedom);
    }
    const double dispersion = std::max(raw, 1.0);
    const double error_dispersion = !options.as_surveillance ? dispersion
                                    : options.reweight
                                        ? dispersion_of(points, s, points.weight, freedom)
                                        : raw;
    const double centre = s.centre[0];
    const double from_trend = s.spread > 0 ? centre * centre / s.spread : 0;
    const double months = 1 / (1 / s.exposure + s.mean * from_trend);
    Fitted result{{.mean = s.mean,
                   .standard_error = std::sqrt(error_dispersion * s.mean / months),
                   .dispersion = dispersion,
                   .months = months,
                   .trend = s.slope}};
    if (trend && options.trend_p < 1) {
        const double t = std::fabs(s.slope) / std::sqrt(error_dispersion / s.spread);
        result.trend_p =
            2 * boost::math::cdf(complement(boost::math::students_t_distribution<>{freedom}, t));
    }
    return result;
}

} // namespace

std::optional<FarringtonFit> Baseline::fit(std::span<const double> counts) const {
    const Points points = gather(m_rows, counts);
    constexpr int fewest_years_for_trend = 3;
    if (m_options.trend && m_years >= fewest_years_for_trend) {
        const auto with = fitted(points, true, m_options);
        const bool keep = with && (m_options.trend_p >= 1 || with->trend_p < m_options.trend_p) &&
                          with->fit.mean <= points.largest;
        if (keep)
            return with->fit;
    }
    const auto without = fitted(points, false, m_options);
    return without ? std::optional{without->fit} : std::nullopt;
}

} // namespace wardmote::stats
