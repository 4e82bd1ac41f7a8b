/// Kernel density: where points crowd, as a smooth surface over the cells of a grid.
///
///     const Grid grid{.left = 450000, .bottom = 200000, .cell_width = 100, .cell_height = 100,
///                     .columns = 120, .rows = 110};
///     const auto surface = kernel_density(east, north, grid, {.bandwidth = 500});
///
/// Every cell holds the exact value at its centre: points are not moved to cells first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// Cells numbered row by row from the bottom left.
struct Grid {
    double left = 0;
    double bottom = 0;
    double cell_width = 1;
    double cell_height = 1;
    std::size_t columns = 0;
    std::size_t rows = 0;

    bool operator==(const Grid &) const = default;
    std::size_t cells() const { return columns * rows; }
    double right() const { return left + cell_width * static_cast<double>(columns); }
    double top() const { return bottom + cell_height * static_cast<double>(rows); }
    /// Of the centre of a cell.
    double x(std::size_t column) const {
        return left + cell_width * (static_cast<double>(column) + 0.5);
    }
    double y(std::size_t row) const {
        return bottom + cell_height * (static_cast<double>(row) + 0.5);
    }
};

/// How a point's weight thins out with the distance d, where u = d / radius.
enum class Kernel {
    quartic,      ///< (1 - u^2)^2 within the radius; the biweight
    epanechnikov, ///< 1 - u^2 within the radius
    /// exp(-4 u^2), without an end: as wide as a quartic of that radius, standard deviation
    /// radius / sqrt(8) along each axis. Cut off at 3 radii, where 3e-16 of the middle is left.
    gaussian,
};

enum class Bandwidth {
    fixed,
    /// Wide where points are few, narrow where they crowd (Abramson 1982): the radius times the
    /// square root of (geometric mean density / density here), at most five times. The density is
    /// that of the fixed radius, at the points.
    adaptive,
};

enum class Edge {
    none,
    /// Each point's kernel is scaled up so that what falls inside the window is 1 (Jones 1993;
    /// spatstat's "diggle"). Points outside the window are left out.
    corrected,
};

struct DensityOptions {
    Kernel kernel = Kernel::quartic;
    Bandwidth bandwidth_kind = Bandwidth::fixed;
    double bandwidth = 500; ///< the radius beyond which a point is not felt
    Edge edge = Edge::none;
    /// The window: a cell counts when its byte is not 0. Without one, all of the grid. What is
    /// outside has no value.
    std::span<const std::uint8_t> mask = {};
    std::span<const double> weights = {}; ///< one a point, such as its harm; without, each 1
    Watch watch = {};
};

struct DensitySurface {
    Grid grid = {};
    /// Points (or weight) to the square of the grid's unit; not a number outside the mask.
    std::vector<double> values = {};
    /// Points without a place, with a weight that is negative or no number, or outside the window
    /// of an edge correction.
    std::size_t left_out = 0;
};

/// Nothing with a grid without cells, cells or a radius that are not above nought, or a mask of
/// another size. Spans of other lengths than x throw std::invalid_argument. No points give a
/// surface of noughts. The order of points does not matter, nor the number of threads. Throws
/// Stopped.
std::optional<DensitySurface> kernel_density(std::span<const double> x, std::span<const double> y,
                                             const Grid &grid, const DensityOptions &options = {});

/// Cases to the head of those at risk: one surface over another of the same grid, both made with
/// one kernel and radius (Kelsall and Diggle 1995). Not a number where the lower one is under
/// `least`, for there a rate would say nothing. Surfaces of different grids throw
/// std::invalid_argument.
DensitySurface density_ratio(const DensitySurface &cases, const DensitySurface &at_risk,
                             double least);

} // namespace wardmote::stats
