#include "engine/stats/scan_null.hpp"

#include <algorithm>
#include <utility>

#include "engine/stats/random.hpp"

namespace wardmote::stats::scan {

Null Null::multinomial(const Model &model, std::uint64_t seed) {
    Null null;
    null.m_seed = seed;
    null.m_total = static_cast<std::size_t>(model.total);
    std::vector<double> share; // of a draw, times the number of cells
    double all = 0;
    for (std::size_t area = 0; area < model.areas; ++area) {
        const double *before = &model.expected_before[area * (model.periods + 1)];
        for (std::size_t t = 0; t < model.periods; ++t) {
            const double expected = before[t + 1] - before[t];
            if (!(expected > 0))
                continue;
            null.m_cells.push_back(static_cast<std::uint32_t>(area * model.periods + t));
            share.push_back(expected);
            all += expected;
        }
    }
    const std::size_t n = share.size();
    std::vector<std::uint32_t> poor, rich;
    for (std::size_t i = 0; i < n; ++i) {
        share[i] *= static_cast<double>(n) / all;
        (share[i] < 1 ? poor : rich).push_back(static_cast<std::uint32_t>(i));
    }
    null.m_keeps.assign(n, 0xFFFFFFFFU);
    null.m_alias.resize(n);
    for (std::size_t i = 0; i < n; ++i)
        null.m_alias[i] = static_cast<std::uint32_t>(i);
    while (!poor.empty() && !rich.empty()) {
        const std::uint32_t taker = poor.back(), giver = rich.back();
        poor.pop_back();
        null.m_keeps[taker] = static_cast<std::uint32_t>(share[taker] * 0x1p32);
        null.m_alias[taker] = giver;
        share[giver] -= 1 - share[taker];
        if (share[giver] < 1) {
            rich.pop_back();
            poor.push_back(giver);
        }
    }
    return null;
}

Null Null::permutation(const Model &model, std::uint64_t seed) {
    Null null;
    null.m_seed = seed;
    null.m_total = static_cast<std::size_t>(model.total);
    for (std::size_t cell = 0; cell < model.cases.size(); ++cell) {
        const std::size_t period = cell % model.periods;
        for (std::int64_t i = 0; i < model.cases[cell]; ++i) {
            null.m_rows.push_back(static_cast<std::uint32_t>(cell - period));
            null.m_periods.push_back(static_cast<std::uint32_t>(period));
        }
    }
    return null;
}

void Null::draw(std::size_t replicate, std::vector<std::uint32_t> &cells) const {
    RandomStream random{m_seed, replicate};
    cells.resize(m_total);
    if (!m_rows.empty()) {
        std::vector<std::uint32_t> periods = m_periods;
        for (std::size_t i = m_total; i > 0; --i) {
            std::swap(periods[random.below(static_cast<std::uint32_t>(i))], periods[i - 1]);
            cells[i - 1] = m_rows[i - 1] + periods[i - 1];
        }
        return;
    }
    const auto n = static_cast<std::uint32_t>(m_cells.size());
    for (std::uint32_t &cell : cells) {
        const std::uint32_t at = random.below(n);
        cell = m_cells[random.word() < m_keeps[at] ? at : m_alias[at]];
    }
}

} // namespace wardmote::stats::scan
