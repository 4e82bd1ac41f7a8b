#include "engine/stats/funnel.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>

namespace wardmote::stats {

namespace {

constexpr double tail95 = 0.025;
constexpr double tail998 = 0.001;

/// The count below which a share `p` of a Poisson law lies, between whole counts in a straight
/// line (Spiegelhalter 2005, appendix A.1).
double poisson_limit(double expected, double p) {
    const boost::math::poisson law{expected};
    double whole = std::floor(boost::math::quantile(law, p));
    while (boost::math::cdf(law, whole) < p)
        ++whole;
    while (whole > 0 && boost::math::cdf(law, whole - 1) >= p)
        --whole;
    const double over = boost::math::cdf(law, whole) - p;
    return std::max(0.0, whole - over / boost::math::pdf(law, whole));
}

double z_of(double tail) {
    return boost::math::quantile(boost::math::complement(boost::math::normal{}, tail));
}

/// Limits as a rate per `per` at one size. Adjusted ones are drawn on the square-root scale, where
/// the chance of a rate has standard deviation 1 / (2 sqrt(population)).
Interval limits(const Funnel &funnel, const FunnelOptions &options, double population,
                double tail) {
    const double expected = funnel.target / options.per * population;
    const double scale = options.per / population;
    if (!funnel.adjusted || options.adjustment == FunnelAdjustment::none)
        return {poisson_limit(expected, tail) * scale, poisson_limit(expected, 1 - tail) * scale};
    double deviation = 0.5;
    if (options.adjustment == FunnelAdjustment::multiplicative)
        deviation *= std::sqrt(funnel.phi);
    else
        deviation = std::sqrt(0.25 + funnel.tau * funnel.tau * population / options.per);
    const double root = std::sqrt(expected);
    const double low = std::max(0.0, root - z_of(tail) * deviation);
    const double high = root + z_of(tail) * deviation;
    return {low * low * scale, high * high * scale};
}

FunnelPlace place(const FunnelPoint &point) {
    if (point.rate < point.limits998.low)
        return FunnelPlace::very_low;
    if (point.rate > point.limits998.high)
        return FunnelPlace::very_high;
    if (point.rate < point.limits95.low)
        return FunnelPlace::low;
    return point.rate > point.limits95.high ? FunnelPlace::high : FunnelPlace::within;
}

/// Mean square of the z scores after the outermost are pulled in, so that the areas one looks for
/// do not themselves widen the limits.
double winsorised_phi(const std::vector<FunnelPoint> &points, double share) {
    std::vector<double> z;
    for (const FunnelPoint &point : points)
        z.push_back(point.z);
    std::sort(z.begin(), z.end());
    const double clamped = std::clamp(share, 0.0, 0.49);
    const auto cut = static_cast<std::size_t>(clamped * static_cast<double>(z.size()));
    double total = 0;
    for (const double one : z) {
        const double pulled = std::clamp(one, z[cut], z[z.size() - 1 - cut]);
        total += pulled * pulled;
    }
    return total / static_cast<double>(z.size());
}

/// DerSimonian and Laird's between-area variance of the square-root rate per `per`.
double tau_squared(const std::vector<FunnelPoint> &points, double phi, double per) {
    double weights = 0;
    double squares = 0;
    for (const FunnelPoint &point : points) {
        const double weight = 4 * point.population / per;
        weights += weight;
        squares += weight * weight;
    }
    const auto areas = static_cast<double>(points.size());
    const double divisor = weights - squares / weights;
    return divisor > 0 ? std::max(0.0, (areas * phi - (areas - 1)) / divisor) : 0;
}

} // namespace

std::optional<Funnel> funnel(std::span<const FunnelArea> areas, const FunnelOptions &options) {
    Funnel result;
    double count = 0;
    double people = 0;
    for (const FunnelArea &area : areas) {
        if (!std::isfinite(area.count) || area.count < 0 || !std::isfinite(area.population) ||
            !(area.population > 0))
            return std::nullopt;
        count += area.count;
        people += area.population;
    }
    result.target = options.target.value_or(people > 0 ? options.per * count / people : 0);
    if (!std::isfinite(result.target) || !(result.target > 0))
        return std::nullopt;
    for (const FunnelArea &area : areas) {
        FunnelPoint point{.area = area.area, .population = area.population};
        point.rate = options.per * area.count / area.population;
        const double expected = result.target / options.per * area.population;
        point.z = 2 * (std::sqrt(area.count) - std::sqrt(expected));
        result.points.push_back(point);
    }
    std::sort(result.points.begin(), result.points.end(), [](const auto &a, const auto &b) {
        return a.population != b.population ? a.population < b.population : a.area < b.area;
    });
    if (result.points.empty())
        return std::nullopt;
    const auto size = static_cast<double>(result.points.size());
    result.phi = winsorised_phi(result.points, options.winsorised);
    result.adjusted =
        options.adjustment != FunnelAdjustment::none && result.phi > 1 + 2 * std::sqrt(2 / size);
    result.tau = std::sqrt(tau_squared(result.points, result.phi, options.per));
    for (FunnelPoint &point : result.points) {
        double widened = 1;
        if (result.adjusted && options.adjustment == FunnelAdjustment::multiplicative)
            widened = result.phi;
        else if (result.adjusted)
            widened = 1 + 4 * result.tau * result.tau * point.population / options.per;
        point.adjusted_z = point.z / std::sqrt(widened);
        point.limits95 = limits(result, options, point.population, tail95);
        point.limits998 = limits(result, options, point.population, tail998);
        point.place = place(point);
    }
    return result;
}

std::vector<FunnelCurvePoint> funnel_curve(const Funnel &funnel, const FunnelOptions &options,
                                           double smallest, double largest, int steps) {
    std::vector<FunnelCurvePoint> curve;
    if (!(smallest > 0) || !(largest >= smallest) || !std::isfinite(largest) || steps < 2 ||
        !(funnel.target > 0))
        return curve;
    const double from = std::sqrt(smallest);
    const double by = (std::sqrt(largest) - from) / (steps - 1);
    for (int i = 0; i < steps; ++i) {
        const double population = (from + i * by) * (from + i * by);
        curve.push_back({population, limits(funnel, options, population, tail95),
                         limits(funnel, options, population, tail998)});
    }
    return curve;
}

} // namespace wardmote::stats
