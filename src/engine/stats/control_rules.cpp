#include "engine/stats/control_rules.hpp"

#include <cmath>
#include <cstddef>

#include "engine/stats/control_chart.hpp"

namespace wardmote::stats {

namespace {

/// Marks the `length` points that end at `last`.
void mark(std::vector<unsigned> &signals, std::size_t last, std::size_t length, Signal signal) {
    for (std::size_t i = last + 1 - length; i <= last; ++i)
        signals[i] |= signal;
}

/// Marks every run of at least `length` points in a row for which `holds` is true.
template <class Holds>
void mark_runs(std::vector<unsigned> &signals, std::size_t length, Signal signal, Holds holds) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < signals.size(); ++i) {
        run = holds(i) ? run + 1 : 0;
        if (run >= length)
            mark(signals, i, run, signal);
    }
}

/// Marks those points beyond `sigmas` on one side, where `needed` of `window` in a row are.
void mark_cluster(std::vector<unsigned> &signals, std::span<const RulePoint> points,
                  std::size_t needed, std::size_t window, double sigmas, Signal signal) {
    for (const double side : {-1.0, 1.0}) {
        const auto far = [&](std::size_t i) { return side * points[i].z > sigmas; };
        for (std::size_t end = window; end <= points.size(); ++end) {
            std::size_t count = 0;
            for (std::size_t i = end - window; i < end; ++i)
                count += far(i) ? 1 : 0;
            for (std::size_t i = end - window; count >= needed && i < end; ++i)
                signals[i] |= far(i) ? signal : 0U;
        }
    }
}

/// A trend or an alternation is a pattern of steps; `steps` of them join steps + 1 points.
template <class Holds>
void mark_steps(std::vector<unsigned> &signals, std::size_t steps, Signal signal, Holds holds) {
    std::size_t run = 0;
    for (std::size_t i = 1; i < signals.size(); ++i) {
        run = holds(i) ? run + 1 : 0;
        if (run >= steps)
            mark(signals, i, run + 1, signal);
    }
}

} // namespace

std::vector<unsigned> rule_signals(std::span<const RulePoint> points) {
    std::vector<unsigned> signals(points.size(), 0U);
    const auto z = [&](std::size_t i) { return points[i].z; };
    const auto step = [&](std::size_t i) { return points[i].value - points[i - 1].value; };

    mark_runs(signals, 1, beyond_limits, [&](std::size_t i) { return std::fabs(z(i)) > 3; });
    mark_runs(signals, 9, nine_one_side, [&](std::size_t i) { return z(i) > 0; });
    mark_runs(signals, 9, nine_one_side, [&](std::size_t i) { return z(i) < 0; });
    mark_runs(signals, 7, nhs_shift, [&](std::size_t i) { return z(i) > 0; });
    mark_runs(signals, 7, nhs_shift, [&](std::size_t i) { return z(i) < 0; });
    mark_runs(signals, 15, too_quiet, [&](std::size_t i) { return std::fabs(z(i)) < 1; });
    mark_runs(signals, 8, both_sides_far, [&](std::size_t i) { return std::fabs(z(i)) > 1; });
    mark_steps(signals, 5, trend, [&](std::size_t i) { return step(i) > 0; });
    mark_steps(signals, 5, trend, [&](std::size_t i) { return step(i) < 0; });
    mark_cluster(signals, points, 2, 3, 2, two_of_three);
    mark_cluster(signals, points, 4, 5, 1, four_of_five);

    // Fourteen by turns are thirteen steps, each against the one before.
    std::size_t run = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const bool turned = i > 1 && step(i) * step(i - 1) < 0;
        run = turned ? run + 1 : (step(i) != 0 ? 1 : 0);
        if (run >= 13)
            mark(signals, i, run + 1, alternating);
    }
    return signals;
}

} // namespace wardmote::stats
