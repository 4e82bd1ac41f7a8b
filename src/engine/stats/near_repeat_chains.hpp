/// Near-repeat chains: which event followed which within the risk window, and how long it went on.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/stats/near_repeat.hpp"

namespace wardmote::stats {

/// Events of which each lies within the window of at least one other (Haberman and Ratcliffe 2012).
struct Chain {
    std::size_t originator = 0;       ///< the first event; input position
    std::vector<std::size_t> members; ///< input positions in order of time, the originator first

    bool operator==(const Chain &) const = default;
};

struct Chains {
    std::vector<Chain> chains; ///< two events or more; the longest first, then the earliest
    /// For each event the latest before it within the window, of equally late ones the nearest:
    /// whom it follows. Events of the same time stand in the order of the input.
    std::vector<std::optional<std::size_t>> follows;
};

/// An event follows another that is no further than `window.distance` and no longer ago than
/// `window.time`, both ends within: a table's band [0, 7) has the window 6. Events without a place
/// are in no chain. Throws std::invalid_argument unless the distance is finite and above nought and
/// the spans match.
Chains near_repeat_chains(const Events &events, const RiskWindow &window,
                          Distance metric = Distance::euclidean);

} // namespace wardmote::stats
