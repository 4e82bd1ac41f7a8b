/// One walk outwards from a centre, prepared so that replicates can follow it fast.
///
/// Areas are taken in by blocks. Counts and expectations only grow along a walk, so if the count at
/// the end of a block falls short of what the expectation at its start asks for, no window in the
/// block can win, and none is looked at.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/scan_limits.hpp"
#include "engine/stats/scan_model.hpp"
#include "engine/stats/scan_zones.hpp"

namespace wardmote::stats::scan {

/// The best window of the data on one walk: its first `areas` areas and one run of periods.
struct Window {
    double ratio = 0; ///< after the penalty; 0: there is none
    std::size_t walk = 0;
    std::size_t areas = 0;
    Run run{0, 0};
    std::int64_t observed = 0;
    double expected = 0;
};

/// Areas in a block, at most.
constexpr std::size_t longest_block = 32;

struct Path {
    Zones zones;
    double factor = 1;
    std::vector<std::uint32_t> ends; ///< a block: one past its last area
    /// Levels (of Limits) of what is expected in the windows of a block, block x run: rounded down
    /// at its first area and, if low rates are sought, up at its last.
    std::vector<std::uint16_t> first_levels, last_levels;
    /// What is expected before each period in the zone before the block: block x (periods + 1).
    std::vector<double> expected_before;
    Window best;

    std::size_t bytes() const;
};

Path prepare_path(const Model &model, const ZoneFinder &finder, const Limits &limits,
                  const ScanSettings &settings, std::size_t walk);

} // namespace wardmote::stats::scan
