/// The kernels of density surfaces: their values, and how much of one lies inside a window.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

#include "engine/stats/kernel_density.hpp"

namespace wardmote::stats {

/// How many radii away the kernel ends.
inline double reach(Kernel kernel) {
    return kernel == Kernel::gaussian ? 3 : 1;
}

/// The value at the middle, for a radius of 1: makes the whole sum to 1.
inline double peak(Kernel kernel) {
    switch (kernel) {
    case Kernel::quartic:
        return 3 / std::numbers::pi;
    case Kernel::epanechnikov:
        return 2 / std::numbers::pi;
    case Kernel::gaussian:
        break;
    }
    return 4 / std::numbers::pi;
}

/// The kernel over its peak; `square` is the square of the distance in radii.
inline double shape(Kernel kernel, double square) {
    if (kernel == Kernel::gaussian)
        return square < 9 ? std::exp(-4 * square) : 0;
    const double left = square < 1 ? 1 - square : 0;
    return kernel == Kernel::quartic ? left * left : left;
}

/// Distances in radii, none negative, from a point to the sides of a rectangle around it.
struct Margins {
    double left = 0;
    double right = 0;
    double below = 0;
    double above = 0;
};

/// The share of a kernel that lies inside the rectangle.
double share_inside(Kernel kernel, const Margins &margins);
/// The share of a kernel's values at cell centres, of a grid without end, that lie in the mask.
double share_inside(Kernel kernel, double x, double y, double radius, const Grid &grid,
                    std::span<const std::uint8_t> mask);

} // namespace wardmote::stats
