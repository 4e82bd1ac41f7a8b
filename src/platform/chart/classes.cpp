#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "platform/chart/canvas.hpp"
#include "platform/chart/choropleth.hpp"
#include "platform/chart/scale.hpp"

namespace wardmote::chart {

std::vector<double> class_limits(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    if (values.empty() || !(values.back() > values.front()))
        return {};
    const double step = nice_ticks(values.front(), values.back(), 40).step;
    std::vector<double> limits;
    for (int fifth = 1; fifth < 5; ++fifth) {
        const auto at = values.size() * static_cast<std::size_t>(fifth) / 5;
        const double limit = static_cast<double>(std::llround(values[at] / step)) * step;
        const bool splits = limit > values.front() && limit <= values.back();
        if (splits && (limits.empty() || limit > limits.back() + step / 2))
            limits.push_back(limit);
    }
    if (limits.empty()) {
        // Nearly all are alike: the highest alone stands out.
        limits.push_back(values.back());
    }
    return limits;
}

int class_of(double value, const std::vector<double> &limits) {
    if (limits.empty())
        return 3;
    // A hair under the limit is at the limit: limits are multiples of a step in floating point.
    const auto above = std::count_if(limits.begin(), limits.end(), [value](double limit) {
        return value >= limit - 1e-9 * std::fabs(limit);
    });
    const auto classes = static_cast<double>(limits.size());
    return 1 + static_cast<int>(std::lround(4.0 * static_cast<double>(above) / classes));
}

Html swatch(int map_class) {
    Canvas canvas{Size::cell, 26, 18};
    canvas.rectangle(fmt::format("m{} s-edge", std::clamp(map_class, 1, 5)),
                     {0.5, 0.5, 25.5, 17.5});
    return canvas.finish("");
}

} // namespace wardmote::chart
