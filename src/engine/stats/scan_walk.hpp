/// Replicates that walk side by side: the inner loop of a scan.
///
/// The counts of one cell in many replicates lie beside each other in one cache line, so one step
/// of a walk serves them all with a vector instruction or two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/scan_limits.hpp"
#include "engine/stats/scan_model.hpp"
#include "engine/stats/scan_null.hpp"
#include "engine/stats/scan_path.hpp"

namespace wardmote::stats::scan {

/// How a batch keeps counts: those of a cell, one a replicate, lie beside each other, and so few
/// that all cells of a map stay in the cache.
struct Narrow { ///< no cell with more than 255 cases, none of more than 32,767 in all
    using Cell = std::uint8_t;
    using Count = std::int16_t;
    static constexpr std::size_t width = 32;
};
struct Wide {
    using Cell = std::int32_t;
    using Count = std::int32_t;
    static constexpr std::size_t width = 16;
};

/// One number for each replicate of a batch.
template <class Number, std::size_t width>
struct alignas(width * sizeof(Number) < 64 ? width * sizeof(Number) : 64) Lanes {
    Number at[width];
};

/// A batch of replicates, their counts and what they have found.
template <class Kind>
class Batch {
public:
    using Cell = typename Kind::Cell;
    using Count = typename Kind::Count;
    static constexpr std::size_t width = Kind::width;
    using Cells = Lanes<Cell, width>;
    using Counts = Lanes<Count, width>;

    Batch(const Model &model, const Limits &limits, const ScanSettings &settings);

    /// Draws as many replicates as `best` has entries, at most `width` of them, from number `first`
    /// on. `best` is each one's best ratio so far. False, and of no use, if a cell has too many
    /// cases.
    bool draw(const Null &null, std::size_t first, std::span<double> best);
    /// Raises `best` to what is found on the paths.
    void walk(std::span<const Path> paths);

    // What follows is for the walk itself.
    const Model &model;
    std::vector<Cells> cells;
    std::vector<Counts> sums;   ///< a period: of the zone so far
    std::vector<Counts> before; ///< the same at the start of the block; kept for low rates
    /// A level each: counts up to `high` and from `low` on fall short. `low` is empty unless
    /// sought.
    std::vector<Counts> high, low;

    /// Limits are from now on for a path whose ratios are multiplied by `factor`.
    void set_factor(double factor);
    /// Looks closely at the zones of a block, in the windows of `runs`, of which `window` is the
    /// first one's number.
    void look(const Path &path, std::size_t block, const RunsAt &runs, std::size_t window);

private:
    void refresh(std::size_t lane);
    void look(const Path &path, std::size_t block, const Run &run, std::size_t window,
              const Counts &largest);
    void settle(std::size_t lane, double count, double expected);

    const Limits &m_limits;
    const ScanSettings &m_settings;
    std::span<double> m_best;
    double m_factor = 1;
};

extern template class Batch<Narrow>;
extern template class Batch<Wide>;

} // namespace wardmote::stats::scan
