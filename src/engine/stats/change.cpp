#include "engine/stats/change.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/tools/roots.hpp>

#include "engine/stats/glm.hpp"
#include "engine/stats/seasonal.hpp"

namespace wardmote::stats {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// P(X > x) + P(X = x) / 2 for X binomial of n and share; by the incomplete beta function, so that
/// x and n need not be whole.
double upper_mid_tail(double x, double n, double share) {
    const double at_least = x <= 0 ? 1 : boost::math::ibeta(x, n - x + 1, share);
    const double above = x >= n ? 0 : boost::math::ibeta(x + 1, n - x, share);
    return (at_least + above) / 2;
}

/// The share at which upper_mid_tail is `tail`. The plain exact limits enclose it.
double share_at(double x, double n, double tail) {
    const double from = x <= 0 ? 0 : boost::math::ibeta_inv(x, n - x + 1, tail);
    const double to = x >= n ? 1 : boost::math::ibeta_inv(x + 1, n - x, tail);
    const auto excess = [&](double share) { return upper_mid_tail(x, n, share) - tail; };
    const double at_from = excess(from);
    const double at_to = excess(to);
    if (at_from >= 0)
        return from;
    if (at_to <= 0)
        return to;
    std::uintmax_t rounds = 100;
    const auto [low, high] = boost::math::tools::toms748_solve(
        excess, from, to, at_from, at_to, boost::math::tools::eps_tolerance<double>(50), rounds);
    return (low + high) / 2;
}

/// Two-sided binomial p by minimum likelihood: all outcomes no likelier than x. Beyond the mean
/// the likelihood only falls, so the edge of the far tail is found by halving.
double minimum_likelihood_p(double x, double n, double share) {
    const boost::math::binomial law{n, share};
    const double mean = n * share;
    // R's allowance for equal likelihoods that rounding has parted.
    const double likelihood = boost::math::pdf(law, x) * (1 + 1e-7);
    if (x == mean)
        return 1;
    const bool low = x < mean;
    double inside = low ? std::ceil(mean) - 1 : std::floor(mean) + 1;
    double outside = low ? n + 1 : -1;
    while (std::fabs(outside - inside) > 1) {
        const double middle = std::floor((inside + outside) / 2);
        (boost::math::pdf(law, middle) <= likelihood ? outside : inside) = middle;
    }
    const double near = low     ? boost::math::cdf(law, x)
                        : x < 1 ? 1
                                : boost::math::cdf(boost::math::complement(law, x - 1));
    double far = 0;
    if (low && outside <= n)
        far = boost::math::cdf(boost::math::complement(law, outside - 1));
    else if (!low && outside >= 0)
        far = boost::math::cdf(law, outside);
    return std::min(1.0, near + far);
}

bool usable(double count) {
    return std::isfinite(count) && count >= 0;
}

bool whole(double count) {
    return count == std::floor(count);
}

double ratio_of_share(double share, double exposure_ratio) {
    return share >= 1 ? infinity : share / (1 - share) / exposure_ratio;
}

} // namespace

Interval Change::percent_interval() const {
    return {100 * (interval.low - 1), 100 * (interval.high - 1)};
}

Change compare_counts(double before, double now, const ChangeOptions &options) {
    Change change{.before = before, .now = now, .difference = now - before};
    change.level = options.level;
    change.dispersion = std::isfinite(options.dispersion) ? std::max(1.0, options.dispersion) : 1;
    change.interval = {0, infinity};
    const double exposure_ratio = options.exposure_now / options.exposure_before;
    if (!usable(before) || !usable(now) || !(options.exposure_before > 0) ||
        !(options.exposure_now > 0) || !std::isfinite(exposure_ratio) || before + now == 0 ||
        !(options.level > 0 && options.level < 1))
        return change;

    change.percent_suppressed = before < smallest_base_for_percent;
    const double x = now / change.dispersion;
    const double n = (before + now) / change.dispersion;
    const double tail = (1 - options.level) / 2;
    const double share = exposure_ratio / (1 + exposure_ratio);
    change.interval = {ratio_of_share(share_at(x, n, tail), exposure_ratio),
                       ratio_of_share(share_at(x, n, 1 - tail), exposure_ratio)};
    const double above = upper_mid_tail(x, n, share);
    change.mid_p = std::min(1.0, 2 * std::min(above, 1 - above));
    const bool exact = change.dispersion == 1 && whole(before) && whole(now);
    change.p = exact ? minimum_likelihood_p(x, n, share) : change.mid_p;
    if (before == 0)
        return change;

    change.ratio = now / before / exposure_ratio;
    change.percent = 100 * (*change.ratio - 1);
    change.verdict = change.interval.low > 1    ? Verdict::rise
                     : change.interval.high < 1 ? Verdict::fall
                                                : Verdict::no_clear_change;
    return change;
}

Change compare_counts(const PeriodPair &pair, const ChangeOptions &options) {
    if (pair.comparable())
        return compare_counts(pair.before_sum, pair.now_sum, options);
    return compare_counts(0, 0, options);
}

std::optional<double> estimate_dispersion(const MonthlySeries &series, core::Month last) {
    const SeasonalData data = seasonal_data(series, last);
    if (data.counts.size() < fewest_for_season)
        return std::nullopt;
    const auto fit = fit_poisson(data.counts, data.design, seasonal_columns, data.offset);
    if (!fit)
        return std::nullopt;
    const auto freedom = static_cast<double>(data.counts.size() - seasonal_columns);
    return std::max(1.0, fit->pearson / freedom);
}

} // namespace wardmote::stats
