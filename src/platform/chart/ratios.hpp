/// The log scale of ratios, on which halved and doubled are equally far from no change.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/chart/series.hpp"

namespace wardmote::chart {

struct RatioMark {
    double ratio = 1;
    std::string text;
};

/// A scale with "no change" in its middle.
struct RatioScale {
    double most = 2;              ///< the ratio at the right edge; the left edge is its inverse
    double middle = 0;            ///< x of no change
    double half = 0;              ///< px from the middle to an edge
    std::vector<RatioMark> marks; ///< beside no change

    double operator()(double ratio) const; ///< held within the edges
    bool beyond(double ratio) const { return ratio > most || ratio < 1 / most; }
};

/// A scale from left to right wide enough for the intervals, at most eightfold.
RatioScale ratio_scale(std::span<const Interval> intervals, double left, double right);

} // namespace wardmote::chart
