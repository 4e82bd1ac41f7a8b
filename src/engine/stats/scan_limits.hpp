/// Which counts cannot beat a ratio: what spares a scan nearly all its logarithms.
///
/// For a given expectation the ratio grows with the distance of the count from it. So a table over
/// expectation (in levels) and ratio (in steps) of the last count that surely falls short lets a
/// scan compare integers. "Surely" is what keeps it exact: a window that passes is then worked out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/scan.hpp"

namespace wardmote::stats::scan {

class Limits {
public:
    /// For a scan of `total` cases.
    Limits(std::int64_t total, const ScanSettings &settings);

    std::size_t levels() const { return m_edges.size(); }
    /// Level i begins at the i-th edge. The first is nought, the last is `total`.
    std::span<const double> edges() const { return m_edges; }
    bool seeks_low() const { return !m_low.empty(); }

    /// The step of a ratio: rounded down, up to the last.
    std::size_t step(double ratio) const;
    /// A level each: with at least the edge expected, no more than so many cases fall short.
    std::span<const std::int32_t> high(std::size_t step) const;
    /// A level each: with at most the edge expected, no fewer than so many cases fall short.
    std::span<const std::int32_t> low(std::size_t step) const;

private:
    std::vector<double> m_edges;
    std::vector<std::int32_t> m_high, m_low; ///< steps x levels; empty unless sought
    std::vector<std::int32_t> m_none;        ///< no count is high enough
};

} // namespace wardmote::stats::scan
