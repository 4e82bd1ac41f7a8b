#include "engine/stats/poisson_e_test.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace wardmote::stats {

namespace {

constexpr double largest = 1e10;

bool usable(const RateCount &one) {
    return one.count >= 0 && one.count <= largest && one.count == std::floor(one.count) &&
           one.exposure > 0 && std::isfinite(one.exposure);
}

/// The counts that are not all but impossible, with their probabilities and the sums of these.
struct PoissonRange {
    double first = 0;
    std::vector<double> probability;
    std::vector<double> up_to; ///< up_to[i]: the sum of the first i

    explicit PoissonRange(double mean) {
        const double reach = 12 * std::sqrt(mean) + 60; // beyond it less than 10^-28
        first = std::max(0.0, std::floor(mean - reach));
        const auto size = static_cast<std::size_t>(std::ceil(mean + reach) - first) + 1;
        probability.resize(size);
        const auto top = static_cast<std::size_t>(std::floor(mean) - first);
        const double mode = std::floor(mean);
        probability[top] = std::exp(mode * std::log(mean) - mean - std::lgamma(mode + 1));
        for (std::size_t i = top + 1; i < size; ++i)
            probability[i] = probability[i - 1] * mean / (first + static_cast<double>(i));
        for (std::size_t i = top; i > 0; --i)
            probability[i - 1] = probability[i] * (first + static_cast<double>(i)) / mean;
        // Far from nought lgamma has few figures left, and the sum is known to be one.
        double sum = 0;
        for (const double one : probability)
            sum += one;
        up_to.push_back(0);
        for (double &one : probability)
            up_to.push_back(up_to.back() + (one /= sum));
    }

    double at_most(double count) const {
        const double places = std::floor(count) - first + 1;
        const double size = static_cast<double>(probability.size());
        return up_to[static_cast<std::size_t>(std::clamp(places, 0.0, size))];
    }
};

} // namespace

std::optional<double> poisson_e_test(const RateCount &first, const RateCount &second, Side side,
                                     double difference) {
    if (!usable(first) || !usable(second) || !std::isfinite(difference))
        return std::nullopt;
    if (side == Side::first_is_smaller)
        return poisson_e_test(second, first, Side::first_is_larger, -difference);
    const double n1 = first.exposure;
    const double n2 = second.exposure;
    const double rate2 = (first.count + second.count - difference * n1) / (n1 + n2);
    const double rate1 = rate2 + difference;
    if (!(rate1 > 0) || !(rate2 > 0))
        return 1;
    const double t = (first.count / n1 - second.count / n2 - difference) /
                     std::sqrt(first.count / (n1 * n1) + second.count / (n2 * n2));
    const PoissonRange ones{n1 * rate1};
    const PoissonRange twos{n2 * rate2};
    double p = 0;
    for (std::size_t i = 0; i < ones.probability.size(); ++i) {
        const double x = ones.first + static_cast<double>(i);
        // As far out as seen where (a - y)^2 >= t^2 (b + y / n2) for y = count / n2: on and outside
        // the two roots of a quadratic. The edge belongs to it, whatever rounding says.
        const double a = x / n1 - difference;
        const double b = x / (n1 * n1);
        const double middle = a + t * t / (2 * n2);
        const double inside = std::max(0.0, middle * middle - a * a + t * t * b);
        const double low = n2 * (middle - std::sqrt(inside));
        const double high = n2 * (middle + std::sqrt(inside));
        const double slack = 1e-9 * std::max(1.0, std::fabs(high));
        double share = twos.at_most((t >= 0 || side == Side::both ? low : high) + slack);
        if (side == Side::both)
            share += std::max(0.0, 1 - std::max(share, twos.at_most(std::ceil(high - slack) - 1)));
        // Two noughts cannot be standardised: they are as expected.
        if (x == 0 && twos.first == 0 && difference == 0 && t != 0)
            share -= twos.probability[0];
        p += ones.probability[i] * share;
    }
    return std::min(1.0, p);
}

} // namespace wardmote::stats
