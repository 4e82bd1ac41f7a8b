#include "engine/stats/displacement.hpp"

#include <cmath>

#include <boost/math/distributions/normal.hpp>

namespace wardmote::stats {

namespace {

bool usable(const BeforeAfter &area) {
    return area.before >= 0 && area.after >= 0 && std::isfinite(area.before + area.after) &&
           area.size > 0 && std::isfinite(area.size);
}

/// A change and its variance, each count's variance being the count.
struct Moments {
    double value = 0;
    double variance = 0;
};

Moments change(const BeforeAfter &area, const DisplacementDesign &design) {
    const double before = design.length_before * area.size;
    const double after = design.length_after * area.size;
    return {area.after / after - area.before / before,
            area.after / (after * after) + area.before / (before * before)};
}

Moments less(const Moments &one, const Moments &other) {
    return {one.value - other.value, one.variance + other.variance};
}

Difference told(const Moments &moments, double level) {
    const double error = std::sqrt(moments.variance);
    const double reach =
        boost::math::quantile(boost::math::normal_distribution<>{}, (1 + level) / 2) * error;
    return {moments.value,
            error,
            error > 0 ? moments.value / error : 0,
            {moments.value - reach, moments.value + reach}};
}

} // namespace

std::optional<WeightedDisplacementDifference>
weighted_displacement_difference(const DisplacementDesign &design) {
    if (!usable(design.target) || !usable(design.control) || !usable(design.around) ||
        !usable(design.around_control) || !(design.length_before > 0) ||
        !(design.length_after > 0) || !std::isfinite(design.length_before + design.length_after) ||
        !(design.level > 0) || !(design.level < 1))
        return std::nullopt;
    const Moments local = less(change(design.target, design), change(design.control, design));
    const Moments around =
        less(change(design.around, design), change(design.around_control, design));
    const Moments total{local.value + around.value, local.variance + around.variance};
    return WeightedDisplacementDifference{told(local, design.level), told(around, design.level),
                                          told(total, design.level)};
}

} // namespace wardmote::stats
