/// Nelson's rules over one run of points that share their limits.
#pragma once

#include <span>
#include <vector>

namespace wardmote::stats {

struct RulePoint {
    double value = 0;
    double z = 0; ///< (value - mean) / sigma
};

/// For each point, the signals (control_chart.hpp) in whose pattern it takes part.
std::vector<unsigned> rule_signals(std::span<const RulePoint> points);

} // namespace wardmote::stats
