#include "engine/stats/kernel_shape.hpp"

#include <algorithm>

#include <boost/math/quadrature/gauss.hpp>

namespace wardmote::stats {

namespace {

/// The integral of a kernel over y from `from` to the end of its disc, at x; in radii.
double column_above(Kernel kernel, double x, double from) {
    const double w2 = std::max(0.0, 1 - x * x);
    const double w = std::sqrt(w2);
    const auto antiderivative = [&](double y) {
        const double y2 = y * y;
        return kernel == Kernel::quartic ? y * (w2 * w2 - 2 * w2 * y2 / 3 + y2 * y2 / 5)
                                         : y * (w2 - y2 / 3);
    };
    return antiderivative(w) - antiderivative(std::max(from, -w));
}

/// The share of a kernel beyond x >= a and y >= b. With x = sin t the integrand is smooth to its
/// ends, and twenty nodes leave less than 1e-13.
double beyond(Kernel kernel, double a, double b) {
    const double end = b > 0 ? std::acos(b) : std::numbers::pi / 2;
    if (a >= 1 || b >= 1 || std::asin(a) >= end)
        return 0;
    return peak(kernel) *
           boost::math::quadrature::gauss<double, 20>::integrate(
               [&](double t) { return column_above(kernel, std::sin(t), b) * std::cos(t); },
               std::asin(a), end);
}

/// The share of a Gaussian between two sides.
double between(double one, double other) {
    return (std::erf(2 * one) + std::erf(2 * other)) / 2;
}

} // namespace

double share_inside(Kernel kernel, const Margins &margins) {
    const auto &[left, right, below, above] = margins;
    if (kernel == Kernel::gaussian)
        return between(left, right) * between(below, above);
    // All, less what is beyond each side, plus what is beyond two and was taken twice.
    double share = 1;
    for (const double side : {left, right, below, above})
        share -= beyond(kernel, side, -1);
    for (const double x : {left, right}) {
        for (const double y : {below, above})
            share += beyond(kernel, x, y);
    }
    return share;
}

double share_inside(Kernel kernel, double x, double y, double radius, const Grid &grid,
                    std::span<const std::uint8_t> mask) {
    const double far = reach(kernel) * radius;
    const auto first = [far](double at, double from, double size) {
        return static_cast<std::int64_t>(std::floor((at - far - from) / size));
    };
    const auto last = [far](double at, double from, double size) {
        return static_cast<std::int64_t>(std::ceil((at + far - from) / size));
    };
    double inside = 0;
    double all = 0;
    const std::int64_t end_row = last(y, grid.bottom, grid.cell_height);
    const std::int64_t end_column = last(x, grid.left, grid.cell_width);
    for (auto row = first(y, grid.bottom, grid.cell_height); row < end_row; ++row) {
        const double dy = grid.bottom + grid.cell_height * (static_cast<double>(row) + 0.5) - y;
        for (auto column = first(x, grid.left, grid.cell_width); column < end_column; ++column) {
            const double dx = grid.left + grid.cell_width * (static_cast<double>(column) + 0.5) - x;
            const double value = shape(kernel, (dx * dx + dy * dy) / (radius * radius));
            all += value;
            const bool on_grid = row >= 0 && column >= 0 &&
                                 row < static_cast<std::int64_t>(grid.rows) &&
                                 column < static_cast<std::int64_t>(grid.columns);
            if (on_grid && mask[static_cast<std::size_t>(row) * grid.columns +
                                static_cast<std::size_t>(column)] != 0)
                inside += value;
        }
    }
    // A radius smaller than a cell may meet no centre at all; the point's own cell is inside.
    return all > 0 && inside > 0 ? inside / all : 1;
}

} // namespace wardmote::stats
