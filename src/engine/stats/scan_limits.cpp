#include "engine/stats/scan_limits.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/scan_model.hpp"

namespace wardmote::stats::scan {

namespace {

constexpr double step_width = 0.5;
constexpr std::size_t steps = 64;
constexpr double rounding = 1e-9; // far more than a ratio is wrong by, far less than matters

/// Level edges are close beside the standard deviation of a count, about the root of its
/// expectation; below 4 they keep a constant ratio.
std::vector<double> level_edges(double total) {
    std::vector<double> edges{0};
    for (double edge = 1e-3; edge < total; edge += std::min(0.1 * edge, 0.2 * std::sqrt(edge)))
        edges.push_back(edge);
    edges.push_back(total);
    return edges;
}

/// The most cases, from `from` on, whose ratio is surely under `ratio`.
std::int64_t surely_short(double expected, std::int64_t total, double ratio, std::int64_t from) {
    const auto n = static_cast<double>(total);
    const auto is_short = [&](std::int64_t count) {
        return log_likelihood_ratio(static_cast<double>(count), expected, n) < ratio - rounding;
    };
    // Above it by Bernstein's inequality.
    const double bound = expected + std::sqrt(2 * expected * ratio) + ratio + 1;
    std::int64_t reaches =
        std::max(from + 1, std::min(total + 1, static_cast<std::int64_t>(std::ceil(bound))));
    while (reaches - from > 1) {
        const std::int64_t middle = from + (reaches - from) / 2;
        (is_short(middle) ? from : reaches) = middle;
    }
    return from;
}

} // namespace

Limits::Limits(std::int64_t total, const ScanSettings &settings)
    : m_edges{level_edges(static_cast<double>(total))}
    , m_none(m_edges.size(), static_cast<std::int32_t>(total)) {
    const std::size_t count = m_edges.size();
    const auto n = static_cast<double>(total);
    const bool high = settings.rates != ScanRates::low;
    const bool low = settings.rates != ScanRates::high;
    if (high)
        m_high.resize(steps * count);
    if (low)
        m_low.resize(steps * count);
    for (std::size_t level = 0; level < count; ++level) {
        // Few cases inside are many outside.
        auto inside = static_cast<std::int64_t>(std::floor(m_edges[level]));
        auto outside = static_cast<std::int64_t>(std::floor(n - m_edges[level]));
        for (std::size_t i = 0; i < steps; ++i) {
            const double ratio = static_cast<double>(i) * step_width;
            if (high) {
                if (i > 0)
                    inside = surely_short(m_edges[level], total, ratio, inside);
                m_high[i * count + level] = static_cast<std::int32_t>(
                    std::max(inside, std::min(settings.fewest_cases - 1, total)));
            }
            if (low) {
                if (i > 0)
                    outside = surely_short(n - m_edges[level], total, ratio, outside);
                m_low[i * count + level] = static_cast<std::int32_t>(total - outside);
            }
        }
    }
}

std::size_t Limits::step(double ratio) const {
    return std::min(steps - 1, static_cast<std::size_t>(ratio / step_width));
}

std::span<const std::int32_t> Limits::high(std::size_t step) const {
    if (m_high.empty())
        return m_none;
    return {m_high.data() + step * levels(), levels()};
}

std::span<const std::int32_t> Limits::low(std::size_t step) const {
    if (m_low.empty())
        return {};
    return {m_low.data() + step * levels(), levels()};
}

} // namespace wardmote::stats::scan
