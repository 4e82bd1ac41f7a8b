#include "engine/stats/weights.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/stats/nearest.hpp"

namespace wardmote::stats {

namespace {

using Lists = std::vector<std::vector<std::size_t>>;

/// Every weight beside that of the other direction, 0 where there is none.
template <class Tell>
void each_pair(const SpatialWeights &weights, const Tell &tell) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto neighbours = weights.neighbours(i);
        for (std::size_t at = 0; at < neighbours.size(); ++at) {
            const std::size_t j = neighbours[at];
            const auto back = weights.neighbours(j);
            const auto found = std::lower_bound(back.begin(), back.end(), i);
            const bool named = found != back.end() && *found == i;
            const auto place = static_cast<std::size_t>(found - back.begin());
            tell(i, j, weights.values(i)[at], named ? weights.values(j)[place] : 0, named);
        }
    }
}

/// What `ask` finds in the tree around each point, itself left out.
Lists lists_of(std::span<const double> x, std::span<const double> y, const auto &ask) {
    const PointTree tree{x, y};
    Lists lists(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (const PointTree::Found &found : ask(tree, x[i], y[i])) {
            if (found.point != i)
                lists[i].push_back(found.point);
        }
    }
    return lists;
}

} // namespace

SpatialWeights::SpatialWeights(const Lists &lists) {
    if (lists.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::invalid_argument{"There are too many areas."};
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const std::size_t neighbour : lists[i]) {
            if (neighbour >= lists.size() || neighbour == i)
                throw std::invalid_argument{"A neighbour is no other area."};
            m_neighbours.push_back(static_cast<std::uint32_t>(neighbour));
        }
        const auto first = m_neighbours.begin() + static_cast<std::ptrdiff_t>(m_starts.back());
        std::sort(first, m_neighbours.end());
        if (std::adjacent_find(first, m_neighbours.end()) != m_neighbours.end())
            throw std::invalid_argument{"A neighbour is named twice."};
        m_starts.push_back(m_neighbours.size());
    }
    m_values.assign(m_neighbours.size(), 1);
}

SpatialWeights weights_of_pairs(std::size_t areas,
                                std::span<const std::pair<std::size_t, std::size_t>> pairs) {
    Lists lists(areas);
    for (const auto &[a, b] : pairs) {
        if (a >= areas || b >= areas)
            throw std::invalid_argument{"A pair names an area that there is not."};
        lists[a].push_back(b);
        lists[b].push_back(a);
    }
    for (auto &list : lists) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return SpatialWeights{lists};
}

SpatialWeights nearest_weights(std::span<const double> x, std::span<const double> y,
                               std::size_t k) {
    // One more than k, for a point finds itself. Where many lie on one spot it may not be among
    // those found: then the last is one too many.
    auto lists = lists_of(x, y, [k](const PointTree &tree, double east, double north) {
        return tree.nearest(east, north, k + 1);
    });
    for (auto &list : lists)
        list.resize(std::min(list.size(), k));
    return SpatialWeights{lists};
}

SpatialWeights weights_within(std::span<const double> x, std::span<const double> y,
                              double distance) {
    return SpatialWeights{
        lists_of(x, y, [distance](const PointTree &tree, double east, double north) {
            return tree.within(east, north, distance);
        })};
}

SpatialWeights row_standardised(SpatialWeights weights) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto row = weights.values(i);
        const double sum = std::accumulate(row.begin(), row.end(), 0.0);
        for (double &value : row)
            value = sum != 0 ? value / sum : value;
    }
    return weights;
}

SpatialWeights either_way(const SpatialWeights &weights) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    each_pair(weights, [&](std::size_t i, std::size_t j, double, double, bool) {
        pairs.emplace_back(i, j);
    });
    return weights_of_pairs(weights.size(), pairs);
}

bool is_symmetric(const SpatialWeights &weights) {
    bool symmetric = true;
    each_pair(weights, [&](std::size_t, std::size_t, double there, double back, bool) {
        symmetric = symmetric && there == back;
    });
    return symmetric;
}

std::vector<std::size_t> islands(const SpatialWeights &weights) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights.neighbours(i).empty())
            found.push_back(i);
    }
    return found;
}

std::vector<double> lag(const SpatialWeights &weights, std::span<const double> values) {
    if (values.size() != weights.size())
        throw std::invalid_argument{"A lag needs a value for each area."};
    std::vector<double> lagged(values.size(), 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto neighbours = weights.neighbours(i);
        const auto row = weights.values(i);
        for (std::size_t at = 0; at < neighbours.size(); ++at)
            lagged[i] += row[at] * values[neighbours[at]];
    }
    return lagged;
}

WeightSums sums(const SpatialWeights &weights) {
    WeightSums result;
    std::vector<double> row_and_column(weights.size(), 0);
    each_pair(weights, [&](std::size_t i, std::size_t j, double there, double back, bool named) {
        result.s0 += there;
        // A pair that is named both ways is met twice, one named one way once.
        result.s1 += (there + back) * (there + back) / (named ? 2 : 1);
        row_and_column[i] += there;
        row_and_column[j] += there;
    });
    for (const double sum : row_and_column)
        result.s2 += sum * sum;
    return result;
}

} // namespace wardmote::stats
