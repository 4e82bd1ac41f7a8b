#include "engine/stats/scan_clusters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <tuple>

namespace wardmote::stats::scan {

namespace {

/// Ratios this near each other, relative, differ by rounding only.
constexpr double rounding = 1e-9;

double relative_risk(const Window &window, const Model &model) {
    const double inside = static_cast<double>(window.observed) / window.expected;
    if (!model.has_risk)
        return inside;
    const double others = static_cast<double>(model.total - window.observed);
    const double outside = others / (static_cast<double>(model.total) - window.expected);
    return others > 0 ? inside / outside : std::numeric_limits<double>::infinity();
}

/// The best window around each centre.
std::vector<Window> best_of_centres(const std::vector<Window> &windows, const ZoneFinder &finder,
                                    std::size_t centres) {
    std::vector<Window> best(centres);
    for (const Window &window : windows) {
        Window &one = best[finder.centre_of(window.walk)];
        const bool better = window.ratio > one.ratio * (1 + rounding);
        const bool as_good = window.ratio >= one.ratio * (1 - rounding);
        if (better || (as_good && window.walk < one.walk))
            one = window;
    }
    std::erase_if(best, [](const Window &window) { return window.ratio <= 0; });
    return best;
}

} // namespace

std::vector<ScanCluster> clusters_of(std::vector<Window> windows, const ZoneFinder &finder,
                                     const Model &model, std::size_t most) {
    std::vector<Window> best = best_of_centres(windows, finder, model.areas);
    std::stable_sort(best.begin(), best.end(), [&](const Window &a, const Window &b) {
        return std::tuple{-a.ratio, finder.centre_of(a.walk)} <
               std::tuple{-b.ratio, finder.centre_of(b.walk)};
    });

    std::vector<ScanCluster> clusters;
    std::vector<bool> taken(model.areas, false);
    for (std::size_t begin = 0; begin < best.size() && clusters.size() < most;) {
        // Windows alike but for rounding: mostly one zone, found from several of its areas.
        struct Candidate {
            ScanCluster cluster;
            std::size_t periods;
        };
        std::vector<Candidate> alike;
        const double least = best[begin].ratio * (1 - rounding);
        for (; begin < best.size() && best[begin].ratio >= least; ++begin) {
            const Window &window = best[begin];
            const std::size_t centre = finder.centre_of(window.walk);
            if (taken[centre])
                continue;
            const Zones zones = finder.zones(window.walk);
            ScanCluster cluster;
            cluster.areas.assign(zones.areas.begin(),
                                 zones.areas.begin() + static_cast<std::ptrdiff_t>(window.areas));
            cluster.centre = centre;
            cluster.radius = finder.radius(window.walk, cluster.areas.back());
            cluster.shape = finder.outline_of(window.walk).shape;
            cluster.angle = finder.outline_of(window.walk).angle;
            cluster.first_period = window.run.first;
            cluster.last_period = window.run.past - 1;
            cluster.observed = window.observed;
            cluster.expected = window.expected;
            cluster.relative_risk = relative_risk(window, model);
            cluster.ratio = window.ratio;
            alike.push_back({std::move(cluster), window.run.past - window.run.first});
        }
        std::stable_sort(alike.begin(), alike.end(), [](const Candidate &a, const Candidate &b) {
            return std::tuple{a.cluster.radius, a.periods} <
                   std::tuple{b.cluster.radius, b.periods};
        });
        for (Candidate &one : alike) {
            const auto &areas = one.cluster.areas;
            const bool overlaps = std::any_of(areas.begin(), areas.end(),
                                              [&](std::size_t area) { return taken[area]; });
            if (overlaps || clusters.size() == most)
                continue;
            for (const std::size_t area : areas)
                taken[area] = true;
            clusters.push_back(std::move(one.cluster));
        }
    }
    return clusters;
}

void judge(std::vector<ScanCluster> &clusters, const std::vector<double> &maxima) {
    if (maxima.empty())
        return;
    const auto n = static_cast<double>(maxima.size());
    const double mean = std::accumulate(maxima.begin(), maxima.end(), 0.0) / n;
    double squares = 0;
    for (const double ratio : maxima)
        squares += (ratio - mean) * (ratio - mean);
    const double deviation = maxima.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
    const double scale = deviation * std::sqrt(6.0) / std::numbers::pi;
    const double mode = mean - std::numbers::egamma * scale;
    for (ScanCluster &cluster : clusters) {
        const double least = cluster.ratio * (1 - rounding);
        const auto reach = std::count_if(maxima.begin(), maxima.end(),
                                         [&](double ratio) { return ratio >= least; });
        cluster.p = (1 + static_cast<double>(reach)) / (1 + n);
        if (scale > 0)
            cluster.gumbel_p = -std::expm1(-std::exp(-(cluster.ratio - mode) / scale));
    }
}

} // namespace wardmote::stats::scan
