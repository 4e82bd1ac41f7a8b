#include "engine/stats/scan.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/stats/scan_clusters.hpp"
#include "engine/stats/scan_limits.hpp"
#include "engine/stats/scan_model.hpp"
#include "engine/stats/scan_null.hpp"
#include "engine/stats/scan_path.hpp"
#include "engine/stats/scan_walk.hpp"

namespace wardmote::stats {

namespace {

using namespace scan;

/// Paths are prepared so many at a time, ...
constexpr std::size_t paths_at_once = 64;
/// ... and walked when they take so much memory: each stretch draws its replicates anew.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

class Search {
public:
    Search(const ScanPlaces &places, const Model &model, const Null &null,
           const ScanSettings &settings, const Watch &watch)
        : m_model{model}
        , m_null{null}
        , m_settings{settings}
        , m_watch{watch}
        , m_finder{places, weights(model), settings}
        , m_limits{model.total, settings} {}

    ScanResult run() {
        ScanResult result;
        result.cases = m_model.total;
        if (m_model.total == 0)
            return result;
        result.maxima.assign(m_settings.replicates, 0);
        std::vector<Window> windows;
        while (m_done < m_finder.walks()) {
            const std::vector<Path> paths = prepare_stretch();
            for (const Path &path : paths)
                windows.push_back(path.best);
            walk_stretch(paths, result.maxima);
            m_done += paths.size();
        }
        result.clusters =
            clusters_of(std::move(windows), m_finder, m_model, m_settings.most_clusters);
        judge(result.clusters, result.maxima);
        return result;
    }

private:
    static std::vector<double> weights(const Model &model) {
        std::vector<double> weights(model.areas);
        for (std::size_t area = 0; area < model.areas; ++area)
            weights[area] = model.expected_in(area);
        return weights;
    }

    std::vector<Path> prepare_stretch() {
        std::vector<Path> paths;
        std::size_t bytes = 0;
        while (m_done + paths.size() < m_finder.walks() && bytes < most_bytes) {
            const std::size_t first = m_done + paths.size();
            std::vector<Path> some(std::min(paths_at_once, m_finder.walks() - first));
            for_each_part(some.size(), {.stop = m_watch.stop, .threads = m_watch.threads},
                          [&](std::size_t i) {
                              some[i] =
                                  prepare_path(m_model, m_finder, m_limits, m_settings, first + i);
                          });
            for (Path &path : some) {
                bytes += path.bytes();
                paths.push_back(std::move(path));
            }
        }
        return paths;
    }

    void walk_stretch(std::span<const Path> paths, std::vector<double> &maxima) {
        constexpr std::size_t width = Batch<Narrow>::width;
        const auto walks = static_cast<double>(m_finder.walks());
        Watch watch{.stop = m_watch.stop, .threads = m_watch.threads};
        if (m_watch.progress) {
            watch.progress = [&](double done) {
                m_watch.progress(
                    (static_cast<double>(m_done) + done * static_cast<double>(paths.size())) /
                    walks);
            };
        }
        for_each_part((maxima.size() + width - 1) / width, watch, [&](std::size_t part) {
            const std::size_t first = part * width;
            const std::span<double> best{maxima.data() + first,
                                         std::min(width, maxima.size() - first)};
            const bool narrow = m_model.total <= std::numeric_limits<Narrow::Count>::max();
            if (!narrow || !walk<Narrow>(paths, first, best)) {
                for (std::size_t i = 0; i < best.size(); i += Batch<Wide>::width)
                    walk<Wide>(paths, first + i,
                               best.subspan(i, std::min(Batch<Wide>::width, best.size() - i)));
            }
        });
    }

    template <class Kind>
    bool walk(std::span<const Path> paths, std::size_t first, std::span<double> best) const {
        Batch<Kind> batch{m_model, m_limits, m_settings};
        if (!batch.draw(m_null, first, best))
            return false;
        batch.walk(paths);
        return true;
    }

    const Model &m_model;
    const Null &m_null;
    const ScanSettings &m_settings;
    const Watch &m_watch;
    ZoneFinder m_finder;
    Limits m_limits;
    std::size_t m_done = 0; ///< walks
};

} // namespace

ScanResult spatial_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                        std::span<const double> population, const ScanSettings &settings,
                        const Watch &watch) {
    return space_time_scan(places, cases, population, ScanPeriods{}, settings, watch);
}

ScanResult space_time_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                           std::span<const double> population, const ScanPeriods &periods,
                           const ScanSettings &settings, const Watch &watch) {
    const Model model = poisson_model(cases, population, places.x.size(), periods);
    return Search{places, model, Null::multinomial(model, settings.seed), settings, watch}.run();
}

ScanResult permutation_scan(const ScanPlaces &places, std::span<const std::int64_t> cases,
                            const ScanPeriods &periods, const ScanSettings &settings,
                            const Watch &watch) {
    const Model model = permutation_model(cases, places.x.size(), periods);
    return Search{places, model, Null::permutation(model, settings.seed), settings, watch}.run();
}

} // namespace wardmote::stats
