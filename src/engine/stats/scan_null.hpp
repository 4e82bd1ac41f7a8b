/// How cases fall when there is no cluster: the replicates of a scan's Monte Carlo test.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/scan_model.hpp"

namespace wardmote::stats::scan {

class Null {
public:
    /// Each case falls anywhere, with the chances of the expectations (Poisson, given the total).
    static Null multinomial(const Model &model, std::uint64_t seed);
    /// The periods of all cases are shuffled among them (Kulldorff and others 2005).
    static Null permutation(const Model &model, std::uint64_t seed);

    /// The cell of every case in a replicate, from 0 on; the same whenever it is asked.
    void draw(std::size_t replicate, std::vector<std::uint32_t> &cells) const;

private:
    std::uint64_t m_seed = 0;
    std::size_t m_total = 0;
    // Multinomial, by the alias method (Walker 1977): cells that can have cases, how likely each
    // keeps a draw that falls on it, in 2^-32, and who gets it otherwise.
    std::vector<std::uint32_t> m_cells, m_keeps, m_alias;
    // Permutation: the first cell of each case's area, and the cases' periods.
    std::vector<std::uint32_t> m_rows, m_periods;
};

} // namespace wardmote::stats::scan
