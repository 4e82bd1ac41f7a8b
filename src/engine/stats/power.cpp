#include "engine/stats/power.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/normal.hpp>

#include "engine/stats/random.hpp"

namespace wardmote::stats {

namespace {

using boost::math::normal_distribution;

bool usable(const PlannedAction &plan) {
    const auto above = [](double count) { return count > 0 && std::isfinite(count); };
    const bool alone = plan.control_before == 0 && plan.control_after == 0;
    return above(plan.before) && above(plan.after) && std::isfinite(plan.dispersion) &&
           (alone || (above(plan.control_before) && above(plan.control_after))) && plan.alpha > 0 &&
           plan.alpha < 1;
}

double dispersion(const PlannedAction &plan) {
    return std::max(1.0, plan.dispersion);
}

/// Of the log of the ratio, for counts as in `plan` but for the target's after.
double standard_error(const PlannedAction &plan, double after) {
    double sum = 1 / plan.before + 1 / after;
    if (plan.control_before > 0)
        sum += 1 / plan.control_before + 1 / plan.control_after;
    return std::sqrt(dispersion(plan) * sum);
}

double critical(const PlannedAction &plan) {
    return quantile(complement(normal_distribution<>{}, plan.alpha / 2));
}

double power_at(const PlannedAction &plan, double ratio, double z) {
    const double shift = std::log(ratio) / standard_error(plan, plan.after * ratio);
    const normal_distribution<> law;
    return cdf(law, -z - shift) + cdf(law, shift - z);
}

/// A count of this mean: Poisson, or gamma-mixed when it varies more.
double drawn(RandomStream &random, double mean, double dispersion) {
    if (dispersion <= 1)
        return random.poisson(mean);
    return random.poisson(random.gamma(mean / (dispersion - 1)) * (dispersion - 1));
}

} // namespace

std::optional<double> power_of(const PlannedAction &plan, double ratio) {
    if (!usable(plan) || !(ratio > 0) || !std::isfinite(ratio))
        return std::nullopt;
    return power_at(plan, ratio, critical(plan));
}

std::optional<double> smallest_fall(const PlannedAction &plan, double power) {
    if (!usable(plan) || !(power > plan.alpha) || !(power < 1))
        return std::nullopt;
    const double z = critical(plan);
    // The power rises with the fall until the count left is too small to tell; the nearest crossing
    // is the first from 1 down.
    constexpr int steps = 1000;
    constexpr double most = 0.99;
    double near = 1;
    for (int step = 1; step <= steps; ++step) {
        double far = 1 - most * step / steps;
        if (power_at(plan, far, z) < power) {
            near = far;
            continue;
        }
        while (near - far > 1e-9) {
            const double middle = (near + far) / 2;
            (power_at(plan, middle, z) < power ? near : far) = middle;
        }
        return far;
    }
    return std::nullopt;
}

std::optional<double> simulated_power(const PlannedAction &plan, double ratio,
                                      std::size_t replicates, std::uint64_t seed,
                                      const Watch &watch) {
    if (!usable(plan) || !(ratio > 0) || !std::isfinite(ratio) || replicates == 0)
        return std::nullopt;
    const double z = critical(plan);
    const double phi = dispersion(plan);
    const bool controlled = plan.control_before > 0;
    std::vector<unsigned char> shown(replicates, 0);
    for_each_part(replicates, watch, [&](std::size_t replicate) {
        RandomStream random{seed, replicate};
        PlannedAction seen = plan;
        seen.before = drawn(random, plan.before, phi);
        seen.after = drawn(random, plan.after * ratio, phi);
        if (controlled) {
            seen.control_before = drawn(random, plan.control_before, phi);
            seen.control_after = drawn(random, plan.control_after, phi);
        }
        // The counts are held against the lengths of the periods, which the plan's own tell.
        double log_ratio = std::log(seen.after / seen.before * plan.before / plan.after);
        if (controlled)
            log_ratio -= std::log(seen.control_after / seen.control_before * plan.control_before /
                                  plan.control_after);
        if (std::isfinite(log_ratio)) // a nought shows nothing
            shown[replicate] = std::fabs(log_ratio) > z * standard_error(seen, seen.after) ? 1 : 0;
    });
    const auto count = std::count(shown.begin(), shown.end(), 1);
    return static_cast<double>(count) / static_cast<double>(replicates);
}

} // namespace wardmote::stats
