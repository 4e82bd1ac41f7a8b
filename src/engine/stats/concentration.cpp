#include "engine/stats/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace wardmote::stats {

namespace {

struct Ordered {
    std::vector<double> counts = {}; ///< the busiest first
    double total = 0;
};

std::optional<Ordered> ordered(std::span<const double> counts) {
    Ordered result{{counts.begin(), counts.end()}};
    for (const double count : counts) {
        if (!std::isfinite(count) || count < 0)
            return std::nullopt;
    }
    std::sort(result.counts.begin(), result.counts.end(), std::greater{});
    result.total = std::accumulate(result.counts.begin(), result.counts.end(), 0.0);
    return result.total > 0 ? std::optional{result} : std::nullopt;
}

/// 2 x the sum of rank x share of crimes - n - 1, the quietest ranking 1.
double spread(const Ordered &places) {
    const auto n = static_cast<double>(places.counts.size());
    double sum = 0;
    for (std::size_t i = 0; i < places.counts.size(); ++i)
        sum += (n - static_cast<double>(i)) * places.counts[i] / places.total;
    return 2 * sum - n - 1;
}

} // namespace

std::optional<double> gini(std::span<const double> counts) {
    const auto places = ordered(counts);
    if (!places)
        return std::nullopt;
    return spread(*places) / static_cast<double>(places->counts.size());
}

std::optional<double> generalised_gini(std::span<const double> counts) {
    const auto places = ordered(counts);
    if (!places)
        return std::nullopt;
    const auto n = static_cast<double>(places->counts.size());
    const double c = places->total;
    return std::max(1 / c, 1 / n) * spread(*places) - std::max(n / c, 1.0) + 1;
}

std::vector<LorenzPoint> lorenz_curve(std::span<const double> counts) {
    const auto places = ordered(counts);
    if (!places)
        return {};
    std::vector<LorenzPoint> curve{{0, 0}};
    double sum = 0;
    const std::size_t n = places->counts.size();
    for (std::size_t i = 0; i < n; ++i) {
        sum += places->counts[n - 1 - i];
        curve.push_back({static_cast<double>(i + 1) / static_cast<double>(n), sum / places->total});
    }
    curve.back().crimes = 1;
    return curve;
}

std::optional<double> share_in_busiest(std::span<const double> counts, double share) {
    const auto places = ordered(counts);
    if (!places || !(share >= 0 && share <= 1))
        return std::nullopt;
    double left = share * static_cast<double>(places->counts.size());
    double sum = 0;
    for (const double count : places->counts) {
        sum += count * std::clamp(left, 0.0, 1.0);
        left -= 1;
    }
    return std::min(1.0, sum / places->total);
}

std::optional<double> places_holding(std::span<const double> counts, double share) {
    const auto places = ordered(counts);
    if (!places || !(share >= 0 && share <= 1))
        return std::nullopt;
    double left = share * places->total;
    double used = 0;
    for (const double count : places->counts) {
        if (!(left > 0) || count == 0)
            break;
        used += std::min(1.0, left / count);
        left -= count;
    }
    return used / static_cast<double>(places->counts.size());
}

} // namespace wardmote::stats
