/// Spatial weights: which areas are neighbours of which, and how much each counts.
///
///     const auto touching = row_standardised(SpatialWeights{geo::neighbours(shapes)});
///     const auto nearest = nearest_weights(east, north, 8);
///
/// Areas are numbers from 0. An area is never its own neighbour; statistics that count the area
/// itself, such as Gi*, say so. An area without neighbours is an island.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace wardmote::stats {

class SpatialWeights {
public:
    SpatialWeights() = default;
    /// `lists[i]` holds the neighbours of area i, in any order; each weighs 1. A neighbour that is
    /// out of range, the area itself or named twice throws std::invalid_argument.
    explicit SpatialWeights(const std::vector<std::vector<std::size_t>> &lists);

    /// How many areas.
    std::size_t size() const { return m_starts.size() - 1; }
    /// How many pairs (area, neighbour), each direction counted.
    std::size_t links() const { return m_neighbours.size(); }
    /// Ascending.
    std::span<const std::uint32_t> neighbours(std::size_t area) const {
        return std::span{m_neighbours}.subspan(m_starts[area], count(area));
    }
    /// Beside neighbours(area).
    std::span<const double> values(std::size_t area) const {
        return std::span{m_values}.subspan(m_starts[area], count(area));
    }
    std::span<double> values(std::size_t area) {
        return std::span{m_values}.subspan(m_starts[area], count(area));
    }

private:
    std::size_t count(std::size_t area) const { return m_starts[area + 1] - m_starts[area]; }

    std::vector<std::size_t> m_starts = {0}; ///< compressed rows: size() + 1 of them
    std::vector<std::uint32_t> m_neighbours;
    std::vector<double> m_values;
};

/// From pairs that hold both ways, each named once or twice.
SpatialWeights weights_of_pairs(std::size_t areas,
                                std::span<const std::pair<std::size_t, std::size_t>> pairs);
/// The `k` nearest of each point, itself left out; of points equally far the lower number. Where
/// there are not more than k points, all the others. Not always symmetric. Coordinates that are
/// not finite, or spans of two lengths, throw std::invalid_argument.
SpatialWeights nearest_weights(std::span<const double> x, std::span<const double> y, std::size_t k);
/// All points not further than `distance`, in the unit of the coordinates. Throws as above.
SpatialWeights weights_within(std::span<const double> x, std::span<const double> y,
                              double distance);

/// Each row divided by its sum, so that a lag is a mean; islands and rows that sum to nought stay
/// as they are.
SpatialWeights row_standardised(SpatialWeights weights);
/// Neighbours are those that name each other in either direction; all weigh 1.
SpatialWeights either_way(const SpatialWeights &weights);
/// Whether every pair has the same weight in both directions.
bool is_symmetric(const SpatialWeights &weights);
/// Areas without neighbours, ascending.
std::vector<std::size_t> islands(const SpatialWeights &weights);
/// For each area the sum of its neighbours' values times their weights; 0 for an island. Values of
/// another number than the areas throw std::invalid_argument.
std::vector<double> lag(const SpatialWeights &weights, std::span<const double> values);

/// The sums that moments of statistics are made of (Cliff and Ord 1981).
struct WeightSums {
    double s0 = 0; ///< of all weights
    double s1 = 0; ///< of (w_ij + w_ji)^2, halved
    double s2 = 0; ///< over areas, of (row sum + column sum)^2
};
WeightSums sums(const SpatialWeights &weights);

} // namespace wardmote::stats
