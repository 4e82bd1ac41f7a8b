/// A funnel plot: rates of areas against their size, with limits that narrow as size grows
/// (Spiegelhalter 2005).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/stats/change.hpp"

namespace wardmote::stats {

struct FunnelArea {
    std::string area = {};
    double count = 0;
    double population = 0;
};

enum class FunnelAdjustment {
    none,           ///< exact Poisson limits
    multiplicative, ///< limits widened by the square root of phi
    additive,       ///< between-area variance tau squared added (DerSimonian and Laird)
};

struct FunnelOptions {
    FunnelAdjustment adjustment = FunnelAdjustment::multiplicative;
    double winsorised = 0.1; ///< share of z scores pulled in at each end before phi is estimated
    std::optional<double> target =
        {}; ///< rate per `per` to compare with; else the rate of all together
    double per = 1000;
};

enum class FunnelPlace { very_low, low, within, high, very_high }; ///< 99.8% and 95% limits

struct FunnelPoint {
    std::string area = {};
    double population = 0;
    double rate = 0;
    double z = 0;          ///< square-root scale, before adjustment
    double adjusted_z = 0; ///< after it
    Interval limits95 = {};
    Interval limits998 = {};
    FunnelPlace place = FunnelPlace::within;
};

struct Funnel {
    double target = 0;
    double phi = 1; ///< overdispersion; the adjustment is made only when above 1 by chance's margin
    double tau = 0; ///< between-area standard deviation, on the square-root scale
    bool adjusted = false;
    std::vector<FunnelPoint> points = {}; ///< smallest population first, ties by name
};

/// Limits as rates at one size; for drawing the curves between the areas.
struct FunnelCurvePoint {
    double population = 0;
    Interval limits95 = {};
    Interval limits998 = {};
};

/// Nothing with no area, a population not above nought, a count negative or not finite, or a
/// target of nought.
std::optional<Funnel> funnel(std::span<const FunnelArea> areas, const FunnelOptions &options = {});
/// The limits at `steps` sizes spaced evenly by square root from `smallest` to `largest`.
std::vector<FunnelCurvePoint> funnel_curve(const Funnel &funnel, const FunnelOptions &options,
                                           double smallest, double largest, int steps);

} // namespace wardmote::stats
