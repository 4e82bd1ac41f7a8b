#include "platform/chart/cells.hpp"

#include <algorithm>
#include <cmath>

#include "platform/chart/canvas.hpp"
#include "platform/chart/frame.hpp"
#include "platform/chart/ratios.hpp"

namespace wardmote::chart {

namespace {

constexpr double cell_width = 150;

/// Halved and doubled stand where the style sheet of the table draws them, 55.8 px to either side.
RatioScale cell_scale() {
    return {2.4, cell_width / 2, 55.8 * std::log(2.4) / std::log(2.0), {}};
}

} // namespace

Html sparkline(const SparklineInput &input) {
    Canvas canvas{Size::cell, 132, 30};
    double low = input.usual ? input.usual->low : 0;
    double high = input.usual ? input.usual->high : 0;
    bool any = input.usual.has_value();
    for (const auto &value : input.values) {
        if (!value)
            continue;
        low = any ? std::min(low, *value) : *value;
        high = any ? std::max(high, *value) : *value;
        any = true;
    }
    if (!any)
        return canvas.finish("");
    if (!(high > low))
        high = low + 1;
    Frame frame;
    frame.y = {low, high, 27, 3};
    frame.start = input.values.size() > 1 ? 2 : 64;
    frame.pitch =
        input.values.size() > 1 ? 124.0 / static_cast<double>(input.values.size() - 1) : 0;
    if (input.usual)
        canvas.rectangle("f-95", {0, frame.y(input.usual->high), 132, frame.y(input.usual->low)});
    draw_line(canvas, frame, input.values, {}, "s-fine", "f-now");
    for (const std::size_t at : input.signals) {
        if (at < input.values.size() && input.values[at])
            canvas.circle("f-note", frame.spot(at, *input.values[at]), 2.5);
    }
    const bool ends = !input.values.empty() && input.values.back();
    const auto last = input.values.empty() ? 0 : input.values.size() - 1;
    if (ends && std::find(input.signals.begin(), input.signals.end(), last) == input.signals.end())
        canvas.circle("f-now", frame.spot(last, *input.values.back()), 2.5);
    return canvas.finish("");
}

Html interval_cell(std::optional<double> ratio, Interval interval, bool clear) {
    Canvas canvas{Size::cell, cell_width, 26};
    const RatioScale scale = cell_scale();
    canvas.line("s-grid ref", {scale(0.5), 0}, {scale(0.5), 26});
    canvas.line("s-axis ref", {scale.middle, 0}, {scale.middle, 26});
    canvas.line("s-grid ref", {scale(2), 0}, {scale(2), 26});
    if (!ratio)
        return canvas.finish("");
    const double low = scale(std::max(interval.low, 0.0));
    const double high = std::isfinite(interval.high) ? scale(interval.high) : scale(scale.most);
    canvas.line(clear ? "s-int is-clear" : "s-int", {low, 13}, {high, 13});
    if (scale.beyond(*ratio)) {
        const bool right = *ratio > 1;
        const double tip = right ? 149 : 1;
        const double back = right ? 139 : 11;
        canvas.path(clear ? "f-now" : "f-was", through({{tip, 13}, {back, 8}, {back, 18}}) + "Z");
    } else {
        canvas.circle(clear ? "f-now" : "f-open", {scale(*ratio), 13}, 4.5);
    }
    return canvas.finish("");
}

Html interval_scale() {
    Canvas canvas{Size::cell, cell_width, 16};
    const RatioScale scale = cell_scale();
    canvas.text({scale(0.5), 12}, "halved", "t-s", Anchor::middle);
    canvas.text({scale.middle, 12}, "same", "t-s", Anchor::middle);
    canvas.text({scale(2), 12}, "doubled", "t-s", Anchor::middle);
    return canvas.finish("");
}

} // namespace wardmote::chart
