#include "app/example_draws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace wardmote::app {

Draws::Draws(std::uint64_t seed, std::string_view name)
    : m_state{seed ^ 0xcbf29ce484222325U} {
    // FNV-1a over the name, so that every name starts somewhere else.
    for (const char letter : name) {
        m_state = (m_state ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    }
    next();
}

std::uint64_t Draws::next() {
    m_state += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

std::uint32_t Draws::below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
}

double Draws::fraction() {
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

int Draws::count(double mean) {
    const double stop = std::exp(-mean);
    double product = 1;
    for (int counted = 0; counted < 1000; ++counted) {
        product *= fraction();
        if (product <= stop) {
            return counted;
        }
    }
    return 1000;
}

std::size_t Draws::pick(std::span<const double> weights) {
    double left = fraction() * std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0) {
            return i;
        }
    }
    return weights.size() - 1;
}

std::vector<int> share_out(int total, std::span<const double> weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (total < 0 || !(sum > 0)) {
        throw std::invalid_argument{"A total below nought, or weights that are all nought, cannot "
                                    "be shared out."};
    }
    std::vector<int> parts;
    std::vector<std::pair<double, std::size_t>> remainders;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double exact = total * weights[i] / sum;
        parts.push_back(static_cast<int>(exact));
        remainders.emplace_back(exact - std::floor(exact), i);
    }
    // Ties go to the earlier one, so that the answer never depends on the sort.
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    const int given = std::accumulate(parts.begin(), parts.end(), 0);
    for (int i = 0; i < total - given; ++i) {
        ++parts[remainders[static_cast<std::size_t>(i) % remainders.size()].second];
    }
    return parts;
}

} // namespace wardmote::app
