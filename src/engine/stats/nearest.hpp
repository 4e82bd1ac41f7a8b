/// Points in a tree, to be asked for the nearest of a place or all within a distance.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmote::stats {

/// A k-d tree (Bentley 1975) over points of the plane. Keeps a copy of them.
class PointTree {
public:
    struct Found {
        double square = 0; ///< of the distance
        std::uint32_t point = 0;
        /// Nearest first; of those equally far the lower number.
        auto operator<=>(const Found &) const = default;
    };

    /// Coordinates that are not finite, or spans of two lengths, throw std::invalid_argument.
    PointTree(std::span<const double> x, std::span<const double> y);

    /// The `k` points nearest to a place, nearest first; fewer when there are fewer.
    std::vector<Found> nearest(double x, double y, std::size_t k) const;
    /// All points not further than `distance`, in no order.
    std::vector<Found> within(double x, double y, double distance) const;

private:
    struct Node {
        double at[2];
        std::uint32_t point;
    };
    void build(std::size_t first, std::size_t last, unsigned axis);
    template <class Seen>
    void visit(std::size_t first, std::size_t last, unsigned axis, const double (&place)[2],
               Seen &seen) const;

    std::vector<Node> m_nodes; ///< each half-open range has its node in the middle
};

} // namespace wardmote::stats
