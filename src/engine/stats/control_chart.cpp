#include "engine/stats/control_chart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "engine/stats/control_rules.hpp"

namespace wardmote::stats {

namespace {

using core::Month;

/// Mean range of two over sigma for normal values (d2 of two).
constexpr double range_over_sigma = 1.128;
/// Wheeler's rounding of 3 / 1.128, which every XmR chart in use has.
constexpr double xmr_limit = 2.66;
constexpr int longest_memory = 12;

/// A run of points that share one baseline: indices [from, to) of the chart's points.
struct Segment {
    std::size_t from = 0;
    std::size_t to = 0;
};

bool over_exposure(ChartKind kind) {
    return kind == ChartKind::u || kind == ChartKind::laney_u;
}

double exposure(const ControlOptions &options, std::size_t i) {
    return i < options.exposures.size() ? options.exposures[i] : 0;
}

std::vector<ControlPoint> points_of(const MonthlySeries &series, const ControlOptions &options) {
    std::vector<ControlPoint> points;
    for (std::size_t i = 0; i < series.size(); ++i) {
        ControlPoint point{.month = series.first + static_cast<int>(i)};
        point.value = series.at(point.month);
        if (point.value && over_exposure(options.kind)) {
            const double size = exposure(options, i);
            if (size > 0 && std::isfinite(size))
                *point.value /= size;
            else
                point.value.reset();
        }
        points.push_back(point);
    }
    return points;
}

std::vector<Segment> segments_of(const std::vector<ControlPoint> &points,
                                 const ControlOptions &options) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (std::any_of(options.rebases.begin(), options.rebases.end(),
                        [&](const Rebase &one) { return one.month == points[i].month; }))
            starts.push_back(i);
    }
    starts.push_back(points.size());
    std::vector<Segment> segments;
    for (std::size_t i = 0; i + 1 < starts.size(); ++i)
        segments.push_back({starts[i], starts[i + 1]});
    return segments;
}

/// Indices of the present points that the segment's limits are drawn from.
std::vector<std::size_t> baseline_of(const std::vector<ControlPoint> &points, Segment segment,
                                     const ControlOptions &options) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = segment.from; i < segment.to; ++i) {
        if (!points[i].value)
            continue;
        if (segment.from > 0) {
            if (points[i].month - points[segment.from].month >= options.rebase_months)
                break;
        } else if (options.baseline && !options.baseline->contains(points[i].month)) {
            continue;
        }
        chosen.push_back(i);
    }
    return chosen;
}

double mean_range(const std::vector<double> &values) {
    if (values.size() < 2)
        return 0;
    double total = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        total += std::fabs(values[i] - values[i - 1]);
    return total / static_cast<double>(values.size() - 1);
}

/// Mean, and one sigma of each point of the segment.
void draw_limits(ControlChart &chart, Segment segment, const std::vector<std::size_t> &baseline,
                 const ControlOptions &options) {
    auto &points = chart.points;
    double total = 0;
    double size = 0;
    std::vector<double> values;
    for (const std::size_t i : baseline) {
        const double weight = over_exposure(chart.kind) ? exposure(options, i) : 1;
        total += *points[i].value * weight;
        size += weight;
        values.push_back(*points[i].value);
    }
    const double mean = total / size;
    const auto chance = [&](std::size_t i) { return std::sqrt(mean / exposure(options, i)); };
    double sigma = 0;
    if (chart.kind == ChartKind::xmr) {
        sigma = mean_range(values) * xmr_limit / 3;
    } else if (chart.kind == ChartKind::c) {
        sigma = std::sqrt(mean);
    } else if (chart.kind == ChartKind::laney_u && mean > 0) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = (values[i] - mean) / chance(baseline[i]);
        chart.laney_sigma_z = mean_range(values) / range_over_sigma;
    }
    for (std::size_t i = segment.from; i < segment.to; ++i) {
        ControlPoint &point = points[i];
        point.has_limits = true;
        point.mean = mean;
        point.sigma = sigma;
        if (over_exposure(chart.kind)) {
            const double own = exposure(options, i);
            point.sigma = own > 0 ? chance(i) : 0;
            if (chart.kind == ChartKind::laney_u)
                point.sigma *= chart.laney_sigma_z;
        }
        point.lower = std::max(0.0, mean - 3 * point.sigma);
        point.upper = mean + 3 * point.sigma;
    }
    for (const std::size_t i : baseline)
        points[i].baseline = true;
}

/// The segment's present points, as the rules want them.
void signal(std::vector<ControlPoint> &points, Segment segment) {
    std::vector<std::size_t> where;
    std::vector<RulePoint> rule_points;
    for (std::size_t i = segment.from; i < segment.to; ++i) {
        const ControlPoint &point = points[i];
        if (!point.value || !point.has_limits)
            continue;
        const double off = *point.value - point.mean;
        constexpr double far = std::numeric_limits<double>::infinity();
        const double z = point.sigma > 0 ? off / point.sigma
                         : off == 0      ? 0
                                         : std::copysign(far, off);
        where.push_back(i);
        rule_points.push_back({*point.value, z});
    }
    const std::vector<unsigned> found = rule_signals(rule_points);
    for (std::size_t i = 0; i < where.size(); ++i)
        points[where[i]].signals = found[i];
}

/// Present points of the last segment, in order: what the state is read from.
std::vector<const ControlPoint *> latest(const ControlChart &chart, Segment segment) {
    std::vector<const ControlPoint *> found;
    for (std::size_t i = segment.from; i < segment.to; ++i) {
        if (chart.points[i].value && chart.points[i].has_limits)
            found.push_back(&chart.points[i]);
    }
    return found;
}

void read_state(ControlChart &chart, const std::vector<const ControlPoint *> &points) {
    const ControlPoint &last = *points.back();
    const int side = last.side();
    int run = 0;
    for (auto at = points.rbegin(); at != points.rend() && (*at)->side() == side; ++at)
        ++run;
    if (side != 0 && (last.signals & nine_one_side) != 0) {
        chart.state = side > 0 ? ChartState::above_usual : ChartState::below_usual;
        chart.state_months = run;
        return;
    }
    if ((last.signals & trend) != 0) {
        const bool up = *last.value > *points[points.size() - 2]->value;
        int length = 1;
        for (std::size_t i = points.size() - 1; i > 0; --i, ++length) {
            const double step = *points[i]->value - *points[i - 1]->value;
            if (up ? step <= 0 : step >= 0)
                break;
        }
        chart.state = up ? ChartState::rising : ChartState::falling;
        chart.state_months = length;
        return;
    }
    chart.state = ChartState::usual;
    for (auto at = points.rbegin();
         at != points.rend() && last.month - (*at)->month < longest_memory; ++at) {
        if (((*at)->signals & beyond_limits) == 0)
            continue;
        chart.state = (*at)->side() > 0 ? ChartState::high_month : ChartState::low_month;
        chart.state_month = (*at)->month;
        return;
    }
}

Variation variation_of(const std::vector<const ControlPoint *> &points, Polarity polarity) {
    const ControlPoint &last = *points.back();
    if ((last.signals & nhs_signals) == 0)
        return Variation::common_cause;
    bool high = last.side() > 0;
    if ((last.signals & (nhs_signals & ~static_cast<unsigned>(trend))) == 0)
        high = *last.value > *points[points.size() - 2]->value;
    if (polarity == Polarity::neither)
        return high ? Variation::neither_high : Variation::neither_low;
    const bool better = high == (polarity == Polarity::higher_is_better);
    if (better)
        return high ? Variation::improving_high : Variation::improving_low;
    return high ? Variation::concerning_high : Variation::concerning_low;
}

Assurance assurance_of(const ControlPoint &last, const ControlOptions &options) {
    if (!options.target || options.polarity == Polarity::neither)
        return Assurance::no_target;
    const bool above = last.lower > *options.target;
    const bool below = last.upper < *options.target;
    if (!above && !below)
        return Assurance::hit_or_miss;
    return above == (options.polarity == Polarity::higher_is_better) ? Assurance::passes
                                                                     : Assurance::fails;
}

bool crosses_break(const MonthlySeries &series, const ControlOptions &options) {
    const auto period = series.period();
    if (!period)
        return false;
    const auto breaks = breaks_within(series, *period);
    return std::any_of(breaks.begin(), breaks.end(), [&](const SeriesBreak &one) {
        return std::none_of(options.rebases.begin(), options.rebases.end(),
                            [&](const Rebase &rebase) { return rebase.month == one.month; });
    });
}

} // namespace

int ControlPoint::side() const {
    if (!value || !has_limits || *value == mean)
        return 0;
    return *value > mean ? 1 : -1;
}

ControlChart control_chart(const MonthlySeries &series, const ControlOptions &options) {
    ControlChart chart{.kind = options.kind, .points = points_of(series, options)};
    chart.crosses_break = crosses_break(series, options);
    if (chart.points.empty())
        return chart;
    const std::vector<Segment> segments = segments_of(chart.points, options);
    for (const Segment segment : segments) {
        const auto baseline = baseline_of(chart.points, segment, options);
        if (baseline.size() < static_cast<std::size_t>(fewest_for_limits))
            continue;
        draw_limits(chart, segment, baseline, options);
        signal(chart.points, segment);
    }
    const auto points = latest(chart, segments.back());
    if (points.empty())
        return chart;
    read_state(chart, points);
    chart.variation = variation_of(points, options.polarity);
    chart.assurance = assurance_of(*points.back(), options);
    return chart;
}

} // namespace wardmote::stats
