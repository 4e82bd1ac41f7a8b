#include "engine/stats/scan_path.hpp"

#include <algorithm>
#include <cmath>

namespace wardmote::stats::scan {

namespace {

/// A block adds at most this many standard deviations to the longest window.
constexpr double block_width = 0.5;

/// What has been taken in on the way, by period.
struct Taken {
    explicit Taken(const Model &model)
        : cases(model.periods)
        , expected_before(model.periods + 1) {}

    void add(const Model &model, std::size_t area) {
        for (std::size_t t = 0; t < model.periods; ++t)
            cases[t] += model.cases[area * model.periods + t];
        for (std::size_t t = 0; t <= model.periods; ++t)
            expected_before[t] += model.expected_before[area * (model.periods + 1) + t];
    }
    double expected(const Run &run) const {
        return expected_before[run.past] - expected_before[run.first];
    }

    std::vector<std::int64_t> cases;
    std::vector<double> expected_before;
};

/// Whether some window of a block may beat the best. The ratio is never more than Pearson's
/// chi-squared, which needs no logarithm; that of the last count and the first expectation is more
/// than any within. Holds for high rates only.
bool may_beat(const Model &model, const Taken &last, const Taken &first, double factor,
              const Window &best) {
    const auto n = static_cast<double>(model.total);
    for (const RunsAt &runs : model.runs) {
        std::int64_t count = 0;
        std::size_t period = runs.anchor;
        for (std::size_t i = 0; i < runs.count; ++i, runs.backwards ? --period : ++period) {
            count += last.cases[period];
            const double expected = first.expected(run_of(runs, i));
            const double excess = static_cast<double>(count) - expected;
            if (excess > 0 &&
                excess * excess * n * factor >= best.ratio * expected * (n - expected))
                return true;
        }
    }
    return false;
}

/// Looks at every window of the zone and keeps the best. A larger window must be better by more
/// than rounding, so that a zone is not reported with areas or periods that add nothing.
void keep_best(const Model &model, const Taken &taken, const ScanSettings &settings, double factor,
               std::size_t areas, Window &best) {
    const auto n = static_cast<double>(model.total);
    for (const RunsAt &runs : model.runs) {
        std::int64_t count = 0;
        std::size_t period = runs.anchor;
        for (std::size_t i = 0; i < runs.count; ++i, runs.backwards ? --period : ++period) {
            count += taken.cases[period];
            const Run run = run_of(runs, i);
            const double expected = taken.expected(run);
            const double excess = static_cast<double>(count) - expected;
            if (excess * excess * n * factor <= best.ratio * expected * (n - expected) ||
                !sought(settings, static_cast<double>(count), expected))
                continue;
            const double ratio =
                factor * log_likelihood_ratio(static_cast<double>(count), expected, n);
            const bool better = ratio > best.ratio * (1 + 1e-9) && ratio > 1e-9;
            const bool shorter = ratio >= best.ratio * (1 - 1e-9) && areas == best.areas &&
                                 run.past - run.first < best.run.past - best.run.first;
            if (better || shorter)
                best = {ratio, best.walk, areas, run, count, expected};
        }
    }
}

/// Moves to the level in which `value` lies, from one below.
std::uint16_t rise(std::span<const double> edges, double value, std::uint16_t level) {
    while (level + 1U < edges.size() && edges[level + 1U] <= value)
        ++level;
    return level;
}

} // namespace

std::size_t Path::bytes() const {
    return sizeof(Path) + zones.areas.size() * 5 + ends.size() * 4 +
           (first_levels.size() + last_levels.size()) * 2 + expected_before.size() * 8;
}

Path prepare_path(const Model &model, const ZoneFinder &finder, const Limits &limits,
                  const ScanSettings &settings, std::size_t walk) {
    Path path;
    path.zones = finder.zones(walk);
    path.factor = finder.outline_of(walk).factor;
    path.best.walk = walk;
    const std::vector<std::uint32_t> &areas = path.zones.areas;

    // The longest window's share of the periods says how fine the blocks must be.
    std::size_t longest = 0;
    for (const RunsAt &runs : model.runs)
        longest = std::max<std::size_t>(longest, runs.count);
    const double share = static_cast<double>(longest) / static_cast<double>(model.periods);

    Taken taken{model}, before{model}, first{model}; // ... the block, and with its first area
    std::vector<std::uint16_t> level(model.windows, 0);
    const auto rise_all = [&] {
        std::size_t window = 0;
        for (const RunsAt &runs : model.runs) {
            for (std::size_t i = 0; i < runs.count; ++i, ++window)
                level[window] =
                    rise(limits.edges(), taken.expected(run_of(runs, i)), level[window]);
        }
    };
    for (std::size_t begin = 0, end = 0; begin < areas.size(); begin = end) {
        before = taken;
        path.expected_before.insert(path.expected_before.end(), taken.expected_before.begin(),
                                    taken.expected_before.end());
        taken.add(model, areas[end++]);
        first = taken;
        rise_all();
        path.first_levels.insert(path.first_levels.end(), level.begin(), level.end());
        const double due = taken.expected_before.back();
        const double widest = due + block_width * std::sqrt(due / share);
        while (end < areas.size() && end - begin < longest_block &&
               taken.expected_before.back() + model.expected_in(areas[end]) <= widest)
            taken.add(model, areas[end++]);
        path.ends.push_back(static_cast<std::uint32_t>(end));
        if (limits.seeks_low()) {
            rise_all();
            for (const std::uint16_t one : level)
                path.last_levels.push_back(static_cast<std::uint16_t>(
                    std::min<std::size_t>(one + 1U, limits.levels() - 1)));
        }
        if (!limits.seeks_low() && !may_beat(model, taken, first, path.factor, path.best))
            continue;
        for (std::size_t i = begin; i < end; ++i) {
            before.add(model, areas[i]);
            if (path.zones.closes[i] != 0)
                keep_best(model, before, settings, path.factor, i + 1, path.best);
        }
    }
    return path;
}

} // namespace wardmote::stats::scan
