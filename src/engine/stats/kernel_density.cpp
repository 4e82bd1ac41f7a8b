#include "engine/stats/kernel_density.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/stats/kernel_shape.hpp"

namespace wardmote::stats {

namespace {

constexpr std::size_t rows_a_part = 16;

/// All points on one spot, as one.
struct Spot {
    double y = 0;
    double x = 0;
    double weight = 0;
    double radius = 0;
};

bool usable(const Grid &grid, const DensityOptions &options) {
    const auto above_nought = [](double value) { return std::isfinite(value) && value > 0; };
    return grid.cells() > 0 && above_nought(grid.cell_width) && above_nought(grid.cell_height) &&
           std::isfinite(grid.left) && std::isfinite(grid.bottom) &&
           above_nought(options.bandwidth) &&
           (options.mask.empty() || options.mask.size() == grid.cells());
}

/// Whether a place is in the grid and, if there is a mask, in a cell that counts.
bool inside(double x, double y, const Grid &grid, std::span<const std::uint8_t> mask) {
    if (x < grid.left || x > grid.right() || y < grid.bottom || y > grid.top())
        return false;
    if (mask.empty())
        return true;
    const auto cell = [](double at, double size, std::size_t count) {
        return std::min(count - 1, static_cast<std::size_t>(at / size));
    };
    return mask[cell(y - grid.bottom, grid.cell_height, grid.rows) * grid.columns +
                cell(x - grid.left, grid.cell_width, grid.columns)] != 0;
}

bool before(const Spot &a, const Spot &b) {
    return a.y != b.y ? a.y < b.y : a.x != b.x ? a.x < b.x : a.weight < b.weight;
}

/// Sorted by dealing them into strips from south to north first: for many points twice as fast as
/// sorting them at once.
std::vector<Spot> sorted(const std::vector<Spot> &points) {
    constexpr std::size_t points_a_strip = 32;
    const auto [south, north] = std::minmax_element(
        points.begin(), points.end(), [](const Spot &a, const Spot &b) { return a.y < b.y; });
    const std::size_t strips = points.size() / points_a_strip + 1;
    const double scale = static_cast<double>(strips - 1) / (north->y - south->y);
    const auto strip = [&, from = south->y](const Spot &point) {
        // One strip where all have the same y, or lie further apart than a number can say.
        return std::isfinite(scale) && scale > 0
                   ? static_cast<std::size_t>((point.y - from) * scale)
                   : 0;
    };
    std::vector<std::size_t> ends(strips + 1, 0);
    for (const Spot &point : points)
        ++ends[strip(point) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<Spot> result(points.size());
    for (const Spot &point : points)
        result[ends[strip(point)]++] = point;
    auto first = result.begin();
    for (std::size_t i = 0; i < strips; ++i) {
        const auto last = result.begin() + static_cast<std::ptrdiff_t>(ends[i]);
        std::sort(first, last, before);
        first = last;
    }
    return result;
}

/// From south to north, then west to east, whatever order the points came in.
std::vector<Spot> spots_of(const std::vector<Spot> &points) {
    if (points.empty())
        return {};
    auto spots = sorted(points);
    std::size_t kept = 0;
    for (std::size_t i = 1; i < spots.size(); ++i) {
        if (spots[i].x == spots[kept].x && spots[i].y == spots[kept].y)
            spots[kept].weight += spots[i].weight;
        else
            spots[++kept] = spots[i];
    }
    spots.resize(kept + 1);
    std::erase_if(spots, [](const Spot &spot) { return spot.weight == 0; });
    return spots;
}

/// The spots, in order of y, from one y to another.
std::span<const Spot> from_to(std::span<const Spot> spots, double from, double to) {
    const auto first = std::partition_point(spots.begin(), spots.end(),
                                            [&](const Spot &spot) { return spot.y < from; });
    const auto last =
        std::partition_point(first, spots.end(), [&](const Spot &spot) { return spot.y <= to; });
    return {first, last};
}

/// Abramson's radii.
void adapt(std::vector<Spot> &spots, const DensityOptions &options) {
    std::vector<double> density(spots.size());
    const double far = reach(options.kernel) * options.bandwidth;
    const double inverse = 1 / (options.bandwidth * options.bandwidth);
    for_each_part(spots.size(), {.stop = options.watch.stop, .threads = options.watch.threads},
                  [&](std::size_t i) {
                      const Spot &here = spots[i];
                      for (const Spot &there : from_to(spots, here.y - far, here.y + far)) {
                          const double dx = there.x - here.x;
                          const double dy = there.y - here.y;
                          density[i] +=
                              there.weight * shape(options.kernel, (dx * dx + dy * dy) * inverse);
                      }
                  });
    double logarithms = 0;
    double weights = 0;
    for (std::size_t i = 0; i < spots.size(); ++i) {
        logarithms += spots[i].weight * std::log(density[i]);
        weights += spots[i].weight;
    }
    const double typical = std::exp(logarithms / weights);
    for (std::size_t i = 0; i < spots.size(); ++i)
        spots[i].radius = options.bandwidth * std::min(5.0, std::sqrt(typical / density[i]));
}

void correct_edges(std::vector<Spot> &spots, const Grid &grid, const DensityOptions &options) {
    for (Spot &spot : spots) {
        const double r = spot.radius;
        spot.weight /= options.mask.empty()
                           ? share_inside(options.kernel, {.left = (spot.x - grid.left) / r,
                                                           .right = (grid.right() - spot.x) / r,
                                                           .below = (spot.y - grid.bottom) / r,
                                                           .above = (grid.top() - spot.y) / r})
                           : share_inside(options.kernel, spot.x, spot.y, r, grid, options.mask);
    }
}

/// The cells from the first whose centre may be within `far` of a place to one past the last.
struct Cells {
    Cells(double at, double far, double from, double size, std::size_t count) {
        const auto cell = [&](double place) {
            return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(count)));
        };
        first = cell(std::floor((at - far - from) / size));
        last = cell(std::ceil((at + far - from) / size));
    }
    std::size_t first, last;
};

/// Adds one spot's kernel to the rows of one part. `columns` holds the x of cell centres, `room`
/// has space for a row.
void add(const Spot &spot, Kernel kernel, const Grid &grid, std::size_t first_row,
         std::size_t last_row, std::span<const double> columns, std::vector<double> &room,
         std::vector<double> &values) {
    const double far = reach(kernel) * spot.radius;
    const Cells across{spot.x, far, grid.left, grid.cell_width, grid.columns};
    Cells up{spot.y, far, grid.bottom, grid.cell_height, grid.rows};
    up.first = std::max(up.first, first_row);
    up.last = std::min(up.last, last_row);
    const double inverse = 1 / (spot.radius * spot.radius);
    const double height = spot.weight * peak(kernel) * inverse;
    if (up.first < up.last) {
        for (std::size_t c = across.first; c < across.last; ++c) {
            const double dx = columns[c] - spot.x;
            room[c] = kernel == Kernel::gaussian ? shape(kernel, dx * dx * inverse)
                                                 : 1 - dx * dx * inverse;
        }
    }
    for (std::size_t row = up.first; row < up.last; ++row) {
        const double dy = grid.y(row) - spot.y;
        const double square = dy * dy * inverse;
        double *out = values.data() + row * grid.columns;
        // A cell beyond the radius has nothing left; no branch, so that the loops run in vectors.
        if (kernel == Kernel::quartic) {
            for (std::size_t c = across.first; c < across.last; ++c) {
                const double left = std::max(room[c] - square, 0.0);
                out[c] += height * left * left;
            }
        } else if (kernel == Kernel::epanechnikov) {
            for (std::size_t c = across.first; c < across.last; ++c)
                out[c] += height * std::max(room[c] - square, 0.0);
        } else {
            const double here = height * shape(kernel, square);
            for (std::size_t c = across.first; c < across.last; ++c)
                out[c] += here * room[c];
        }
    }
}

} // namespace

std::optional<DensitySurface> kernel_density(std::span<const double> x, std::span<const double> y,
                                             const Grid &grid, const DensityOptions &options) {
    if (x.size() != y.size() || (!options.weights.empty() && options.weights.size() != x.size()))
        throw std::invalid_argument{"Points need as many norths and weights as easts."};
    if (!usable(grid, options))
        return std::nullopt;
    DensitySurface surface{.grid = grid, .values = std::vector<double>(grid.cells(), 0)};
    std::vector<Spot> points;
    points.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double weight = options.weights.empty() ? 1 : options.weights[i];
        if (std::isfinite(x[i]) && std::isfinite(y[i]) && std::isfinite(weight) && weight >= 0 &&
            (options.edge == Edge::none || inside(x[i], y[i], grid, options.mask)))
            points.push_back({y[i], x[i], weight, options.bandwidth});
        else
            ++surface.left_out;
    }
    auto spots = spots_of(points);
    if (options.bandwidth_kind == Bandwidth::adaptive && !spots.empty())
        adapt(spots, options);
    if (options.edge == Edge::corrected)
        correct_edges(spots, grid, options);

    double far = 0;
    for (const Spot &spot : spots)
        far = std::max(far, reach(options.kernel) * spot.radius);
    std::vector<double> columns(grid.columns);
    for (std::size_t c = 0; c < grid.columns; ++c)
        columns[c] = grid.x(c);
    const std::size_t parts = (grid.rows + rows_a_part - 1) / rows_a_part;
    for_each_part(parts, options.watch, [&](std::size_t part) {
        const std::size_t first = part * rows_a_part;
        const std::size_t last = std::min(grid.rows, first + rows_a_part);
        std::vector<double> room(grid.columns);
        for (const Spot &spot : from_to(spots, grid.y(first) - far, grid.y(last - 1) + far))
            add(spot, options.kernel, grid, first, last, columns, room, surface.values);
    });
    for (std::size_t cell = 0; cell < options.mask.size(); ++cell) {
        if (options.mask[cell] == 0)
            surface.values[cell] = std::numeric_limits<double>::quiet_NaN();
    }
    return surface;
}

DensitySurface density_ratio(const DensitySurface &cases, const DensitySurface &at_risk,
                             double least) {
    if (cases.grid != at_risk.grid)
        throw std::invalid_argument{"A ratio needs two surfaces of one grid."};
    DensitySurface ratio = cases;
    ratio.left_out += at_risk.left_out;
    for (std::size_t cell = 0; cell < ratio.values.size(); ++cell) {
        const double people = at_risk.values[cell];
        ratio.values[cell] = people > 0 && people >= least
                                 ? cases.values[cell] / people
                                 : std::numeric_limits<double>::quiet_NaN();
    }
    return ratio;
}

} // namespace wardmote::stats
