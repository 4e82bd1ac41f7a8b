#include "platform/chart/place.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <numeric>

namespace wardmote::chart {

bool crosses(const Room &room, Spot from, Spot to) {
    // Liang and Barsky: what is left of the segment after each of the four sides cuts it.
    double start = 0;
    double end = 1;
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const auto cut = [&](double step, double distance) {
        if (step == 0)
            return distance >= 0;
        const double at = distance / step;
        if (step < 0)
            start = std::max(start, at);
        else
            end = std::min(end, at);
        return start <= end;
    };
    return cut(-dx, from.x - room.left) && cut(dx, room.right - from.x) &&
           cut(-dy, from.y - room.top) && cut(dy, room.bottom - from.y);
}

std::vector<double> spread(const std::vector<Wish> &wishes, double top, double bottom) {
    std::vector<std::size_t> order(wishes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return wishes[a].middle < wishes[b].middle;
    });

    // Labels that touch move as one block about the mean of their wishes (pool adjacent
    // violators), so that the total of squared moves is least.
    struct Block {
        std::size_t first;
        std::size_t count;
        double height;
        double wished_tops; // sum, over its labels, of the block's top as each would like it
        double top;
    };
    const auto settle = [&](Block &block) {
        block.top = block.wished_tops / static_cast<double>(block.count);
        block.top = std::max(top, std::min(block.top, bottom - block.height));
    };
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Wish &wish = wishes[order[i]];
        Block block{i, 1, wish.height, wish.middle - wish.height / 2, 0};
        settle(block);
        while (!blocks.empty() && blocks.back().top + blocks.back().height > block.top) {
            const Block &above = blocks.back();
            block.wished_tops = above.wished_tops + block.wished_tops -
                                above.height * static_cast<double>(block.count);
            block.first = above.first;
            block.count += above.count;
            block.height += above.height;
            blocks.pop_back();
            settle(block);
        }
        blocks.push_back(block);
    }

    std::vector<double> middles(wishes.size());
    for (const Block &block : blocks) {
        double at = block.top;
        for (std::size_t i = block.first; i < block.first + block.count; ++i) {
            middles[order[i]] = at + wishes[order[i]].height / 2;
            at += wishes[order[i]].height;
        }
    }
    return middles;
}

int Taken::covered_by(const Room &room) const {
    int covered = 0;
    for (const Room &other : m_rooms)
        covered += room.overlaps(other) ? 100 : 0;
    for (const Segment &line : m_lines)
        covered += crosses(room, line.from, line.to) ? 1 : 0;
    return covered;
}

Room Taken::best(const std::vector<Room> &wanted, const Room &frame) const {
    assert(!wanted.empty());
    const Room *best = &wanted.front();
    int least = std::numeric_limits<int>::max();
    for (const Room &room : wanted) {
        const int cost = covered_by(room) + (frame.holds(room) ? 0 : 10'000);
        if (cost < least) {
            least = cost;
            best = &room;
        }
        if (cost == 0)
            break;
    }
    return *best;
}

} // namespace wardmote::chart
