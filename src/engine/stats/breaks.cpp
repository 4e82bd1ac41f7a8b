#include "engine/stats/breaks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace wardmote::stats {

namespace {

/// Costs of segments [from, to) from running sums, in constant time each.
class Costs {
public:
    Costs(std::span<const double> values, const PeltOptions &options)
        : m_options{options}
        , m_sums(values.size() + 1)
        , m_squares(values.size() + 1) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!std::isfinite(values[i]) ||
                (options.cost == SegmentCost::poisson && values[i] < 0))
                throw std::invalid_argument("A level can only be sought in finite counts.");
            m_sums[i + 1] = m_sums[i] + values[i];
            m_squares[i + 1] = m_squares[i] + values[i] * values[i];
        }
    }

    bool modified() const {
        return !m_options.manual_penalty && m_options.penalty == Penalty::mbic;
    }

    double segment(std::size_t from, std::size_t to) const {
        const auto n = static_cast<double>(to - from);
        const double sum = m_sums[to] - m_sums[from];
        const double squares = std::max(0.0, m_squares[to] - m_squares[from] - sum * sum / n);
        double cost = squares;
        if (m_options.cost == SegmentCost::poisson)
            cost = sum > 0 ? 2 * sum * (std::log(n) - std::log(sum)) : 0;
        else if (m_options.cost == SegmentCost::normal_mean_variance)
            cost = n * (std::log(2 * std::numbers::pi * std::max(squares / n, 1e-11)) + 1);
        cost /= std::max(1.0, m_options.dispersion);
        return modified() ? cost + std::log(n) : cost;
    }

    /// Penalty of a cut: Schwarz, or Zhang and Siegmund (2007).
    double penalty() const {
        if (m_options.manual_penalty)
            return *m_options.manual_penalty;
        const double parameters = m_options.cost == SegmentCost::normal_mean_variance ? 2 : 1;
        const double extra = m_options.penalty == Penalty::mbic ? 2 : 1;
        return (parameters + extra) * std::log(static_cast<double>(m_sums.size() - 1));
    }

    /// By how much a cut may raise the cost at most: nought, but for the modified term.
    double slack() const {
        return modified() ? std::log(static_cast<double>(m_sums.size() - 1)) : 0;
    }

    std::size_t shortest() const {
        const int least = m_options.cost == SegmentCost::normal_mean_variance ? 2 : 1;
        return static_cast<std::size_t>(std::max(m_options.shortest_segment, least));
    }

private:
    PeltOptions m_options;
    std::vector<double> m_sums;
    std::vector<double> m_squares;
};

std::vector<std::size_t> cuts(std::span<const double> values, const PeltOptions &options,
                              bool prune) {
    const Costs costs{values, options};
    const std::size_t n = values.size();
    const std::size_t shortest = costs.shortest();
    if (n < 2 * shortest)
        return {};
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> best(n + 1, infinity);
    std::vector<std::size_t> from(n + 1, 0);
    best[0] = -costs.penalty();
    // A start that has lost at t can still be needed until a segment from t is long enough.
    struct Start {
        std::size_t at;
        std::size_t until;
    };
    constexpr std::size_t always = std::numeric_limits<std::size_t>::max();
    std::vector<Start> starts{{0, always}};
    for (std::size_t t = shortest; t <= n; ++t) {
        if (t >= 2 * shortest)
            starts.push_back({t - shortest, always});
        std::erase_if(starts, [&](const Start &one) { return one.until <= t; });
        for (const Start &one : starts) {
            const double cost = best[one.at] + costs.segment(one.at, t) + costs.penalty();
            if (cost < best[t]) {
                best[t] = cost;
                from[t] = one.at;
            }
        }
        if (!prune)
            continue;
        for (Start &one : starts) {
            if (one.until == always &&
                best[one.at] + costs.segment(one.at, t) - costs.slack() > best[t])
                one.until = t + shortest;
        }
    }
    std::vector<std::size_t> found;
    for (std::size_t t = from[n]; t > 0; t = from[t])
        found.push_back(t);
    std::reverse(found.begin(), found.end());
    return found;
}

constexpr std::size_t fewest_months = 24;
constexpr std::size_t fewest_for_season_out = 36;
constexpr int shortest_level = 6;

struct Months {
    std::vector<core::Month> months;
    std::vector<double> values;
};

Months present(const MonthlySeries &series) {
    Months found;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const core::Month month = series.first + static_cast<int>(i);
        if (const auto value = series.at(month)) {
            found.months.push_back(month);
            found.values.push_back(*value);
        }
    }
    return found;
}

/// Twelve factors around one: each month over the mean of the year around it, averaged.
std::array<double, 12> season(const MonthlySeries &series) {
    std::array<double, 12> totals{};
    std::array<int, 12> counts{};
    for (std::size_t i = 0; i < series.size(); ++i) {
        const core::Month month = series.first + static_cast<int>(i);
        const auto value = series.at(month);
        const auto early = sum(series, {month - 6, month + 5});
        const auto late = sum(series, {month - 5, month + 6});
        if (!value || !early || !late || *early + *late <= 0)
            continue;
        totals[month.month() - 1] += *value / ((*early + *late) / 24);
        ++counts[month.month() - 1];
    }
    std::array<double, 12> factors;
    double all = 0;
    for (std::size_t i = 0; i < 12; ++i) {
        factors[i] = counts[i] > 0 ? totals[i] / counts[i] : 1;
        all += factors[i] / 12;
    }
    for (double &factor : factors)
        factor = all > 0 && factor > 0 ? factor / all : 1;
    return factors;
}

/// Variance over mean from neighbours' differences, which a few steps in level hardly touch.
double neighbour_dispersion(const std::vector<double> &values) {
    std::vector<double> squares;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const double total = values[i] + values[i - 1];
        const double step = values[i] - values[i - 1];
        if (total > 0)
            squares.push_back(step * step / total);
    }
    if (squares.empty())
        return 1;
    const auto middle = squares.begin() + static_cast<std::ptrdiff_t>(squares.size() / 2);
    std::nth_element(squares.begin(), middle, squares.end());
    constexpr double median_of_chi_squared = 0.45493642311957;
    return std::max(1.0, *middle / median_of_chi_squared);
}

double mean_of(const std::vector<double> &values, std::size_t from, std::size_t to) {
    double total = 0;
    for (std::size_t i = from; i < to; ++i)
        total += values[i];
    return total / static_cast<double>(to - from);
}

} // namespace

std::vector<std::size_t> pelt(std::span<const double> values, const PeltOptions &options) {
    return cuts(values, options, true);
}

std::vector<std::size_t> optimal_partition(std::span<const double> values,
                                           const PeltOptions &options) {
    return cuts(values, options, false);
}

std::vector<SuspectedBreak> suspected_breaks(const MonthlySeries &series) {
    const Months data = present(series);
    if (data.values.size() < fewest_months)
        return {};
    std::vector<double> level = data.values;
    if (level.size() >= fewest_for_season_out) {
        const auto factors = season(series);
        for (std::size_t i = 0; i < level.size(); ++i)
            level[i] /= factors[data.months[i].month() - 1];
    }
    PeltOptions options;
    options.shortest_segment = shortest_level;
    options.dispersion = neighbour_dispersion(level);
    std::vector<std::size_t> edges = pelt(level, options);
    edges.insert(edges.begin(), 0);
    edges.push_back(level.size());
    std::vector<SuspectedBreak> found;
    for (std::size_t i = 1; i + 1 < edges.size(); ++i) {
        const core::Month month = data.months[edges[i]];
        const bool declared =
            std::any_of(series.breaks.begin(), series.breaks.end(),
                        [&](const SeriesBreak &one) { return std::abs(one.month - month) <= 2; });
        found.push_back({month, mean_of(data.values, edges[i - 1], edges[i]),
                         mean_of(data.values, edges[i], edges[i + 1]), declared});
    }
    return found;
}

} // namespace wardmote::stats
