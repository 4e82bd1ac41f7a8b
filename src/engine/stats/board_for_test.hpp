/// Boards and values that the tests of spatial statistics share.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/stats/random.hpp"

namespace wardmote::stats {

/// For each square of a board, numbered row by row, those that share a side with it.
inline std::vector<std::vector<std::size_t>> board(std::size_t side) {
    std::vector<std::vector<std::size_t>> lists(side * side);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (i % side + 1 < side) {
            lists[i].push_back(i + 1);
            lists[i + 1].push_back(i);
        }
        if (i + side < lists.size()) {
            lists[i].push_back(i + side);
            lists[i + side].push_back(i);
        }
    }
    return lists;
}

/// Skewed values above nought, as rates are.
inline std::vector<double> skewed(std::size_t count) {
    RandomStream random{11, 1};
    std::vector<double> result(count);
    for (double &value : result)
        value = random.gamma(1.5);
    return result;
}

} // namespace wardmote::stats
