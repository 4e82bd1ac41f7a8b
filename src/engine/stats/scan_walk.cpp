#include "engine/stats/scan_walk.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>

namespace wardmote::stats::scan {

namespace {

/// Vectors as gcc and clang have them on any machine. `bytes`: of one of the machine's registers.
template <class Kind, int bytes>
struct Vectors {
    using Counts = typename Batch<Kind>::Counts;
    using Cells = typename Batch<Kind>::Cells;
    using Count = typename Kind::Count;
    using Cell = typename Kind::Cell;

    static constexpr std::size_t lanes = bytes / sizeof(Count); ///< in a vector
    static constexpr std::size_t count = Batch<Kind>::width / lanes;
    using One [[gnu::vector_size(bytes), gnu::may_alias]] = Count;
    using Few [[gnu::vector_size(lanes * sizeof(Cell)), gnu::may_alias]] = Cell;

    static One *of(Counts &counts) { return reinterpret_cast<One *>(counts.at); }
    static const One *of(const Counts &counts) { return reinterpret_cast<const One *>(counts.at); }
    static const Few *of_cells(const Cells &cells) {
        return reinterpret_cast<const Few *>(cells.at);
    }
    [[gnu::always_inline]] static bool any(const One &mask) {
        std::array<std::uint64_t, bytes / 8> words;
        std::memcpy(words.data(), &mask, bytes);
        std::uint64_t all = 0;
        for (const std::uint64_t word : words)
            all |= word;
        return all != 0;
    }
};

/// Takes areas `begin` to `end` - 1 into the sums.
template <int bytes, class Kind>
[[gnu::always_inline]] inline void take_in(Batch<Kind> &batch, const std::uint32_t *areas,
                                           std::size_t begin, std::size_t end) {
    using V = Vectors<Kind, bytes>;
    const std::size_t periods = batch.model.periods;
    for (std::size_t t = 0; t < periods; ++t) {
        const auto *column = batch.cells.data() + t;
        auto *kept = V::of(batch.sums[t]);
        typename V::One sum[V::count];
        for (std::size_t v = 0; v < V::count; ++v)
            sum[v] = kept[v];
        for (std::size_t i = begin; i < end; ++i) {
            const auto *cell = V::of_cells(column[areas[i] * periods]);
            for (std::size_t v = 0; v < V::count; ++v)
                sum[v] += __builtin_convertvector(cell[v], typename V::One);
        }
        for (std::size_t v = 0; v < V::count; ++v)
            kept[v] = sum[v];
    }
}

/// Whether any lane may win with any of the runs, whose levels in the block begin at `first` and,
/// for low rates, at `last`.
template <int bytes, bool low, class Kind>
[[gnu::always_inline]] inline bool may_win(const Batch<Kind> &batch, const RunsAt &runs,
                                           const std::uint16_t *first, const std::uint16_t *last) {
    using V = Vectors<Kind, bytes>;
    typename V::One most[V::count] = {}, fewest[V::count] = {}, beyond[V::count] = {};
    std::size_t period = runs.anchor;
    for (std::size_t i = 0; i < runs.count; ++i, runs.backwards ? --period : ++period) {
        const auto *sum = V::of(batch.sums[period]);
        const auto *limit = V::of(batch.high[first[i]]);
        for (std::size_t v = 0; v < V::count; ++v) {
            most[v] += sum[v];
            beyond[v] |= most[v] > limit[v];
        }
        if constexpr (low) {
            const auto *before = V::of(batch.before[period]);
            const auto *least = V::of(batch.low[last[i]]);
            for (std::size_t v = 0; v < V::count; ++v) {
                fewest[v] += before[v];
                beyond[v] |= fewest[v] < least[v];
            }
        }
    }
    for (std::size_t v = 1; v < V::count; ++v)
        beyond[0] |= beyond[v];
    return V::any(beyond[0]);
}

template <int bytes, bool low, class Kind>
[[gnu::always_inline]] inline void walk_path(Batch<Kind> &batch, const Path &path) {
    const Model &model = batch.model;
    std::fill(batch.sums.begin(), batch.sums.end(), typename Batch<Kind>::Counts{});
    std::size_t begin = 0, at = 0;
    for (std::size_t block = 0; block < path.ends.size(); ++block) {
        if constexpr (low)
            batch.before = batch.sums;
        take_in<bytes>(batch, path.zones.areas.data(), begin, path.ends[block]);
        begin = path.ends[block];
        std::size_t window = 0;
        for (const RunsAt &runs : model.runs) {
            if (may_win<bytes, low>(batch, runs, path.first_levels.data() + at,
                                    low ? path.last_levels.data() + at : nullptr))
                batch.look(path, block, runs, window);
            window += runs.count;
            at += runs.count;
        }
    }
}

template <int bytes, class Kind>
[[gnu::always_inline]] inline void walk_paths(Batch<Kind> &batch, std::span<const Path> paths) {
    const Path *previous = nullptr;
    for (const Path &path : paths) {
        if (previous == nullptr || previous->factor != path.factor)
            batch.set_factor(path.factor);
        previous = &path;
        if (batch.low.empty())
            walk_path<bytes, false>(batch, path);
        else
            walk_path<bytes, true>(batch, path);
    }
}

/// Whether any lane has more than `most`, or fewer than `fewest` if that is given.
template <class Counts>
bool beyond(const Counts &counts, const Counts &most, const Counts *fewest) {
    int any = 0;
    for (std::size_t lane = 0; lane < std::size(counts.at); ++lane)
        any |= counts.at[lane] > most.at[lane];
    for (std::size_t lane = 0; fewest != nullptr && lane < std::size(counts.at); ++lane)
        any |= counts.at[lane] < fewest->at[lane];
    return any != 0;
}

#if defined(__x86_64__)
template <class Kind>
[[gnu::target("avx2")]] void walk_paths_avx2(Batch<Kind> &batch, std::span<const Path> paths) {
    walk_paths<32>(batch, paths);
}
#endif

} // namespace

template <class Kind>
Batch<Kind>::Batch(const Model &the_model, const Limits &limits, const ScanSettings &settings)
    : model{the_model}
    , cells(model.areas * model.periods)
    , sums(model.periods)
    , before(limits.seeks_low() ? model.periods : 0)
    , high(limits.levels())
    , low(limits.seeks_low() ? limits.levels() : 0)
    , m_limits{limits}
    , m_settings{settings} {}

template <class Kind>
bool Batch<Kind>::draw(const Null &null, std::size_t first, std::span<double> best) {
    m_best = best;
    std::fill(cells.begin(), cells.end(), Cells{});
    std::vector<std::uint32_t> drawn;
    for (std::size_t lane = 0; lane < best.size(); ++lane) {
        null.draw(first + lane, drawn);
        for (const std::uint32_t cell : drawn) {
            if (cells[cell].at[lane] == std::numeric_limits<Cell>::max())
                return false;
            ++cells[cell].at[lane];
        }
    }
    return true;
}

template <class Kind>
void Batch<Kind>::walk(std::span<const Path> paths) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        walk_paths_avx2(*this, paths);
        return;
    }
#endif
    walk_paths<16>(*this, paths);
}

template <class Kind>
void Batch<Kind>::set_factor(double factor) {
    m_factor = factor;
    for (std::size_t lane = 0; lane < width; ++lane)
        refresh(lane);
}

template <class Kind>
void Batch<Kind>::refresh(std::size_t lane) {
    if (lane >= m_best.size()) { // nobody walks here, and nothing is found
        for (Counts &level : high)
            level.at[lane] = std::numeric_limits<Count>::max();
        for (Counts &level : low)
            level.at[lane] = std::numeric_limits<Count>::min();
        return;
    }
    const std::size_t step = m_limits.step(m_best[lane] / m_factor);
    const std::span<const std::int32_t> highs = m_limits.high(step), lows = m_limits.low(step);
    for (std::size_t level = 0; level < high.size(); ++level)
        high[level].at[lane] = static_cast<Count>(highs[level]);
    for (std::size_t level = 0; level < low.size(); ++level)
        low[level].at[lane] = static_cast<Count>(lows[level]);
}

template <class Kind>
void Batch<Kind>::look(const Path &path, std::size_t block, const RunsAt &runs,
                       std::size_t window) {
    Counts counts{};
    for (std::size_t i = 0; i < runs.count; ++i, ++window) {
        const Run run = run_of(runs, i);
        const Counts &joins = sums[runs.backwards ? run.first : run.past - 1];
        for (std::size_t lane = 0; lane < width; ++lane)
            counts.at[lane] = static_cast<Count>(counts.at[lane] + joins.at[lane]);
        const Counts &most = high[path.first_levels[block * model.windows + window]];
        if (!low.empty() || beyond(counts, most, static_cast<const Counts *>(nullptr)))
            look(path, block, run, window, counts);
    }
}

/// One run of periods: from the largest zone of the block, whose counts are given, inwards.
template <class Kind>
void Batch<Kind>::look(const Path &path, std::size_t block, const Run &run, std::size_t window,
                       const Counts &largest) {
    Counts counts = largest;
    const std::size_t begin = block == 0 ? 0 : path.ends[block - 1];
    const std::size_t end = path.ends[block];
    const std::span<const double> edges = m_limits.edges();
    std::array<double, longest_block> expected;
    std::array<std::size_t, longest_block> level;
    // Added up in the same order as for the data, so that equal windows have equal ratios.
    const double *start = &path.expected_before[block * (model.periods + 1)];
    double from = start[run.first], to = start[run.past];
    std::size_t reached = path.first_levels[block * model.windows + window];
    for (std::size_t i = begin; i < end; ++i) {
        const double *area = &model.expected_before[path.zones.areas[i] * (model.periods + 1)];
        from += area[run.first];
        to += area[run.past];
        expected[i - begin] = to - from;
        while (reached + 1 < edges.size() && edges[reached + 1] <= to - from)
            ++reached;
        level[i - begin] = reached;
    }
    for (std::size_t i = end; i-- > begin;) {
        if (path.zones.closes[i] != 0) {
            const Counts &most = high[level[i - begin]];
            const Counts *fewest =
                low.empty() ? nullptr : &low[std::min(level[i - begin] + 1, edges.size() - 1)];
            if (beyond(counts, most, fewest)) {
                for (std::size_t lane = 0; lane < m_best.size(); ++lane) {
                    if (counts.at[lane] > most.at[lane] ||
                        (fewest != nullptr && counts.at[lane] < fewest->at[lane]))
                        settle(lane, counts.at[lane], expected[i - begin]);
                }
            }
        }
        const Cells *row = &cells[path.zones.areas[i] * model.periods];
        for (std::size_t t = run.first; t < run.past; ++t) {
            for (std::size_t lane = 0; lane < width; ++lane)
                counts.at[lane] = static_cast<Count>(counts.at[lane] - row[t].at[lane]);
        }
    }
}

template <class Kind>
void Batch<Kind>::settle(std::size_t lane, double count, double expected) {
    if (!sought(m_settings, count, expected))
        return;
    const double ratio =
        m_factor * log_likelihood_ratio(count, expected, static_cast<double>(model.total));
    if (ratio <= m_best[lane])
        return;
    const std::size_t step = m_limits.step(m_best[lane] / m_factor);
    m_best[lane] = ratio;
    if (m_limits.step(ratio / m_factor) != step)
        refresh(lane);
}

template class Batch<Narrow>;
template class Batch<Wide>;

} // namespace wardmote::stats::scan
