#include "platform/chart/ratios.hpp"

#include <algorithm>
#include <cmath>

namespace wardmote::chart {

namespace {

struct Pair {
    double ratio;
    std::string_view fall;
    std::string_view rise;
};

constexpr Pair pairs[] = {{8, "an eighth", "× 8"},    {4, "a quarter", "× 4"},
                          {2, "halved", "doubled"},   {4.0 / 3, "−25%", "+33%"},
                          {10.0 / 9, "−10%", "+11%"}, {20.0 / 19, "−5%", "+5%"},
                          {100.0 / 99, "−1%", "+1%"}};

} // namespace

double RatioScale::operator()(double ratio) const {
    const double held = std::clamp(ratio, 1 / most, most);
    return middle + half * std::log(held) / std::log(most);
}

RatioScale ratio_scale(std::span<const Interval> intervals, double left, double right) {
    double most = 1;
    for (const Interval &interval : intervals) {
        for (const double bound : {interval.low, interval.high}) {
            if (bound > 0 && std::isfinite(bound))
                most = std::max({most, bound, 1 / bound});
            else
                most = 8;
        }
    }
    RatioScale scale;
    scale.most = std::clamp(std::pow(most, 1.08), 1.015, 8.3);
    scale.middle = (left + right) / 2;
    scale.half = (right - left) / 2;
    // The widest pair of marks in sight, and where there is room between a second one.
    for (const Pair &pair : pairs) {
        if (pair.ratio > scale.most)
            continue;
        scale.marks = {{1 / pair.ratio, std::string{pair.fall}},
                       {pair.ratio, std::string{pair.rise}}};
        break;
    }
    return scale;
}

} // namespace wardmote::chart
