#include "engine/stats/near_pairs.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace wardmote::stats {

NearPairs::NearPairs(std::span<const double> x, std::span<const double> y, double reach,
                     Distance metric)
    : m_reach{reach}
    , m_metric{metric} {
    if (x.size() != y.size())
        throw std::invalid_argument("A point needs both coordinates.");
    if (!std::isfinite(reach) || reach <= 0)
        throw std::invalid_argument("Near must be a distance above nought.");
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isfinite(x[i]) && std::isfinite(y[i]))
            m_index.push_back(i);
    }
    const auto strip = [&](std::size_t i) { return std::floor(y[i] / reach); };
    std::ranges::sort(m_index, [&](std::size_t a, std::size_t b) {
        return std::tuple{strip(a), x[a], a} < std::tuple{strip(b), x[b], b};
    });
    for (const std::size_t i : m_index) {
        m_x.push_back(x[i]);
        m_y.push_back(y[i]);
        m_strip.push_back(strip(i));
    }
}

} // namespace wardmote::stats
