#include "engine/stats/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace wardmote::stats {

PointTree::PointTree(std::span<const double> x, std::span<const double> y) {
    if (x.size() != y.size())
        throw std::invalid_argument{"Points need as many norths as easts."};
    m_nodes.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
            throw std::invalid_argument{"A point has a coordinate that is not a number."};
        m_nodes.push_back({{x[i], y[i]}, static_cast<std::uint32_t>(i)});
    }
    build(0, m_nodes.size(), 0);
}

void PointTree::build(std::size_t first, std::size_t last, unsigned axis) {
    if (last - first < 2)
        return;
    const std::size_t middle = first + (last - first) / 2;
    const auto at = [&](std::size_t i) { return m_nodes.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(first), at(middle), at(last), [axis](const Node &a, const Node &b) {
        return a.at[axis] != b.at[axis] ? a.at[axis] < b.at[axis] : a.point < b.point;
    });
    build(first, middle, 1 - axis);
    build(middle + 1, last, 1 - axis);
}

/// Shows every point that may be nearer than `seen.limit()`, which may shrink on the way.
template <class Seen>
void PointTree::visit(std::size_t first, std::size_t last, unsigned axis, const double (&place)[2],
                      Seen &seen) const {
    if (first == last)
        return;
    const std::size_t middle = first + (last - first) / 2;
    const Node &node = m_nodes[middle];
    const double dx = node.at[0] - place[0];
    const double dy = node.at[1] - place[1];
    seen.add({dx * dx + dy * dy, node.point});
    const double across = place[axis] - node.at[axis];
    const auto descend = [&](bool below) {
        visit(below ? first : middle + 1, below ? middle : last, 1 - axis, place, seen);
    };
    descend(across < 0);
    if (across * across <= seen.limit())
        descend(!(across < 0));
}

namespace {

/// The nearest so far, the furthest of them on top.
struct Nearest {
    std::size_t k;
    std::vector<PointTree::Found> heap = {};

    void add(PointTree::Found found) {
        if (heap.size() == k) {
            if (!(found < heap.front()))
                return;
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.push_back(found);
        std::push_heap(heap.begin(), heap.end());
    }
    double limit() const {
        return heap.size() < k ? std::numeric_limits<double>::infinity() : heap.front().square;
    }
};

struct Within {
    double square;
    std::vector<PointTree::Found> found = {};

    void add(PointTree::Found one) {
        if (one.square <= square)
            found.push_back(one);
    }
    double limit() const { return square; }
};

} // namespace

std::vector<PointTree::Found> PointTree::nearest(double x, double y, std::size_t k) const {
    if (k == 0)
        return {};
    Nearest nearest{k};
    visit(0, m_nodes.size(), 0, {x, y}, nearest);
    std::sort_heap(nearest.heap.begin(), nearest.heap.end());
    return nearest.heap;
}

std::vector<PointTree::Found> PointTree::within(double x, double y, double distance) const {
    if (!(distance >= 0))
        return {};
    Within within{distance * distance};
    visit(0, m_nodes.size(), 0, {x, y}, within);
    return within.found;
}

} // namespace wardmote::stats
