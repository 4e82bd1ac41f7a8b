#include "engine/stats/exceptional.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>

#include "engine/stats/count_law.hpp"
#include "engine/stats/false_discovery.hpp"

namespace wardmote::stats {

namespace {

using State = ExceptionalCount::State;

/// Given the past, the next count: its mean and variance are those of a Jeffreys gamma prior, with
/// the dispersion, after `months` of past with `mean` each.
CountLaw predictive(const FarringtonFit &fit) {
    return {(fit.mean * fit.months + fit.dispersion / 2) / fit.months,
            fit.dispersion * (1 + 1 / fit.months)};
}

void judge_by_count_law(const CountLaw &law, double tail, ExceptionalCount &judged) {
    judged.expected = law.mean;
    judged.bound = law.bound(tail);
    judged.p = law.at_least(judged.observed);
}

/// Normal on the scale of the power two thirds, where counts are nearly symmetrical.
void judge_by_delta(const FarringtonFit &fit, double normal_quantile, ExceptionalCount &judged) {
    judged.expected = fit.mean;
    if (!(fit.mean > 0)) {
        judged.p = judged.observed > 0 ? 0 : 1;
        return;
    }
    const double tau = fit.dispersion + fit.standard_error * fit.standard_error / fit.mean;
    const double root = std::cbrt(fit.mean);
    const double deviation = std::sqrt(root * tau) * 2 / 3;
    judged.bound = std::pow(root * root + normal_quantile * deviation, 1.5);
    const double observed = std::cbrt(judged.observed);
    judged.p = std::erfc((observed * observed - root * root) / deviation / std::sqrt(2.0)) / 2;
}

double score_of(const ExceptionalCount &judged) {
    if (judged.bound > judged.expected)
        return (judged.observed - judged.expected) / (judged.bound - judged.expected);
    return judged.observed > judged.bound ? std::numeric_limits<double>::infinity() : 0;
}

class Judge {
public:
    Judge(const Baseline &baseline, const ExceptionalOptions &options)
        : m_baseline{baseline}
        , m_options{options}
        , m_quantile{boost::math::quantile(
              complement(boost::math::normal_distribution<>{}, options.alpha))} {}

    ExceptionalCount judge(std::span<const double> counts, std::size_t now) const {
        ExceptionalCount judged;
        const double observed = counts[now];
        if (!std::isfinite(observed) || observed < 0) {
            judged.state = State::no_figure;
            return judged;
        }
        judged.observed = observed;
        const auto fit = m_baseline.fit(counts);
        if (!fit)
            return judged;
        judged.state = State::judged;
        judged.dispersion = fit->dispersion;
        switch (m_options.law) {
        case ExceptionalLaw::predictive:
            judge_by_count_law(predictive(*fit), m_options.alpha, judged);
            break;
        case ExceptionalLaw::nb_plugin:
            judge_by_count_law({fit->mean, fit->dispersion}, m_options.alpha, judged);
            break;
        case ExceptionalLaw::delta:
            judge_by_delta(*fit, m_quantile, judged);
        }
        judged.bound = std::max(judged.bound, m_options.least_count - 1);
        judged.score = score_of(judged);
        return judged;
    }

private:
    const Baseline &m_baseline;
    const ExceptionalOptions &m_options;
    double m_quantile;
};

/// Adjusts p of the series judged, over all of them.
void hold_down_false_discoveries(std::vector<ExceptionalCount> &all) {
    std::vector<double> p;
    for (const ExceptionalCount &one : all)
        if (one.state == State::judged)
            p.push_back(one.p);
    const auto q = adjusted(p);
    std::size_t next = 0;
    for (ExceptionalCount &one : all)
        if (one.state == State::judged)
            one.q = q[next++];
}

} // namespace

ExceptionalOptions as_surveillance(FarringtonOptions baseline, ExceptionalLaw law) {
    baseline.as_surveillance = true;
    return {.baseline = baseline, .law = law, .least_count = 1, .false_discovery = 1};
}

std::vector<ExceptionalCount> exceptional_counts(const SeriesTable &table, std::size_t now,
                                                 const ExceptionalOptions &options,
                                                 const Watch &watch) {
    if (!table.whole() || now >= table.months || !(options.alpha > 0) || !(options.alpha < 1))
        return {};
    std::vector<ExceptionalCount> all(table.size());
    const auto baseline = Baseline::of(now, options.baseline);
    if (!baseline)
        return all;
    const Judge judge{*baseline, options};
    constexpr std::size_t block = 256; // large enough to be worth a thread's while
    for_each_part((all.size() + block - 1) / block, watch, [&](std::size_t part) {
        const std::size_t end = std::min(all.size(), (part + 1) * block);
        for (std::size_t i = part * block; i < end; ++i)
            all[i] = judge.judge(table.series(i), now);
    });
    hold_down_false_discoveries(all);
    for (ExceptionalCount &one : all)
        one.exceptional = one.state == State::judged && one.observed > one.bound &&
                          one.q <= options.false_discovery;
    return all;
}

} // namespace wardmote::stats
