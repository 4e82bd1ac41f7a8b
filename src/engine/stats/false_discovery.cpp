#include "engine/stats/false_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace wardmote::stats {

std::vector<double> adjusted(std::span<const double> p, FalseDiscovery method) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (p[i] < 0 || p[i] > 1)
            throw std::invalid_argument{"A p-value lies between 0 and 1."};
        if (!std::isnan(p[i]))
            order.push_back(i);
    }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    const auto tests = static_cast<double>(order.size());
    double factor = tests;
    if (method == FalseDiscovery::benjamini_yekutieli) {
        double harmonic = 0;
        for (double rank = tests; rank > 0; --rank)
            harmonic += 1 / rank;
        factor *= harmonic;
    }
    // From the largest p down: none may be adjusted to more than one above it.
    std::vector<double> result(p.begin(), p.end());
    double least = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        double &value = result[order[rank - 1]];
        least = std::min(least, factor * value / static_cast<double>(rank));
        value = least;
    }
    return result;
}

} // namespace wardmote::stats
