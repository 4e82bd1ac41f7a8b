#include "engine/stats/kernel_density.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engine/stats/kernel_shape.hpp"
#include "engine/stats/random.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote;
using namespace wardmote::stats;

namespace {

using Numbers = std::vector<double>;
using std::numbers::pi;

const auto kernels = {Kernel::quartic, Kernel::epanechnikov, Kernel::gaussian};

Grid square(double from, double to, std::size_t cells) {
    const double size = (to - from) / static_cast<double>(cells);
    return {from, from, size, size, cells, cells};
}

struct Points {
    Numbers x = {};
    Numbers y = {};
};

/// In groups, some on one spot.
Points crowds(std::size_t count) {
    RandomStream random{5, 1};
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        const double middle = i % 3 == 0 ? 30 : 60;
        points.x.push_back(i % 5 == 4 ? points.x.back() : middle + 8 * random.normal());
        points.y.push_back(i % 5 == 4 ? points.y.back() : middle + 5 * random.normal());
    }
    return points;
}

double total(const DensitySurface &surface) {
    double sum = 0;
    for (const double value : surface.values)
        sum += std::isnan(value) ? 0 : value;
    return sum * surface.grid.cell_width * surface.grid.cell_height;
}

double value_at(const Kernel kernel, double d, double radius) {
    const double u = d / radius;
    switch (kernel) {
    case Kernel::quartic:
        return u < 1 ? 3 / (pi * radius * radius) * std::pow(1 - u * u, 2) : 0;
    case Kernel::epanechnikov:
        return u < 1 ? 2 / (pi * radius * radius) * (1 - u * u) : 0;
    case Kernel::gaussian:
        break;
    }
    const double deviation = radius / std::sqrt(8.0);
    return std::exp(-d * d / (2 * deviation * deviation)) / (2 * pi * deviation * deviation);
}

} // namespace

TEST_CASE("one crime seen from its own spot, half a radius off and a radius off") {
    // Quartic, radius 500 m: 3 / (pi 500^2) = 3.8197e-6 at the spot; (3/4)^2 of it at 250 m.
    const Grid line{
        .left = -50, .bottom = -50, .cell_width = 100, .cell_height = 100, .columns = 7, .rows = 1};
    const auto surface = kernel_density(Numbers{0}, Numbers{0}, line).value();
    CHECK(surface.values[0] == doctest::Approx(3.819718634e-6));
    CHECK(surface.values[3] == doctest::Approx(3.819718634e-6 * std::pow(1 - 0.36, 2)));
    CHECK(surface.values[5] == 0);
    CHECK(surface.values[6] == 0);
    const Grid half{
        .left = 249, .bottom = -1, .cell_width = 2, .cell_height = 2, .columns = 1, .rows = 1};
    CHECK(kernel_density(Numbers{0}, Numbers{0}, half)->values[0] ==
          doctest::Approx(3.819718634e-6 * 9 / 16));
}

TEST_CASE("every cell is the sum over all points, to 1e-9, whatever the kernel") {
    const auto [x, y] = crowds(200);
    const Grid grid{
        .left = 10, .bottom = 5, .cell_width = 1.7, .cell_height = 2.3, .columns = 45, .rows = 37};
    for (const Kernel kernel : kernels) {
        const auto surface =
            kernel_density(x, y, grid, {.kernel = kernel, .bandwidth = 12}).value();
        for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
            double direct = 0;
            for (std::size_t i = 0; i < x.size(); ++i)
                direct += value_at(kernel,
                                   std::hypot(grid.x(cell % grid.columns) - x[i],
                                              grid.y(cell / grid.columns) - y[i]),
                                   12);
            CHECK(surface.values[cell] == doctest::Approx(direct).epsilon(1e-9));
        }
    }
}

TEST_CASE("a surface sums to the number of points, fixed or adaptive") {
    const auto [x, y] = crowds(120);
    for (const Kernel kernel : kernels) {
        for (const Bandwidth kind : {Bandwidth::fixed, Bandwidth::adaptive}) {
            const auto surface =
                kernel_density(x, y, square(-60, 140, 800),
                               {.kernel = kernel, .bandwidth_kind = kind, .bandwidth = 10});
            CHECK(total(*surface) == doctest::Approx(120).epsilon(1e-4));
        }
    }
}

TEST_CASE("adaptive radii are those of Abramson") {
    // Two on one spot and one by itself, out of each other's reach: densities 2 : 1, geometric
    // mean 2^(2/3), so the pair's radius is 2^(-1/6) and the single one's 2^(1/3) of the given.
    const Numbers x{0, 0, 100};
    const Numbers y{0, 0, 0};
    const Grid spots{
        .left = -50, .bottom = -50, .cell_width = 100, .cell_height = 100, .columns = 2, .rows = 1};
    const auto surface =
        kernel_density(x, y, spots, {.bandwidth_kind = Bandwidth::adaptive, .bandwidth = 10});
    CHECK(surface->values[0] == doctest::Approx(2 * 3 / (pi * 100) * std::pow(2, 1.0 / 3)));
    CHECK(surface->values[1] == doctest::Approx(3 / (pi * 100) * std::pow(2, -2.0 / 3)));
}

TEST_CASE("the share of a kernel inside a window is right where it can be said") {
    for (const Kernel kernel : kernels) {
        CHECK(share_inside(kernel, Margins{3, 3, 3, 3}) == doctest::Approx(1).epsilon(1e-12));
        CHECK(share_inside(kernel, Margins{0, 3, 3, 3}) == doctest::Approx(0.5).epsilon(1e-12));
        CHECK(share_inside(kernel, Margins{0, 3, 0, 3}) == doctest::Approx(0.25).epsilon(1e-12));
        CHECK(share_inside(kernel, Margins{0, 0, 0, 0}) == doctest::Approx(0).epsilon(1e-12));
        // Against summing over a fine grid.
        const double step = 0.002;
        double sum = 0;
        for (double px = -0.3 + step / 2; px < 0.6; px += step) {
            for (double py = -0.2 + step / 2; py < 0.9; py += step)
                sum += value_at(kernel, std::hypot(px, py), 1) * step * step;
        }
        CHECK(share_inside(kernel, Margins{0.3, 0.6, 0.2, 0.9}) ==
              doctest::Approx(sum).epsilon(1e-5));
    }
}

TEST_CASE("with edges corrected nothing is lost at the border of a window or a mask") {
    const auto [x, y] = crowds(300);
    const Grid window = square(30, 70, 200);
    std::vector<std::uint8_t> mask(window.cells());
    for (std::size_t cell = 0; cell < mask.size(); ++cell)
        mask[cell] = cell % 200 + cell / 200 > 120; // a corner cut off
    for (const Kernel kernel : kernels) {
        for (const Bandwidth kind : {Bandwidth::fixed, Bandwidth::adaptive}) {
            DensityOptions options{.kernel = kernel, .bandwidth_kind = kind, .bandwidth = 8};
            const auto lost = kernel_density(x, y, window, options).value();
            CHECK(total(lost) < 295);
            options.edge = Edge::corrected;
            const auto whole = kernel_density(x, y, window, options).value();
            CHECK(whole.left_out > 0);
            CHECK(total(whole) == doctest::Approx(300.0 - double(whole.left_out)).epsilon(2e-3));
            options.mask = mask;
            const auto masked = kernel_density(x, y, window, options).value();
            CHECK(masked.left_out > whole.left_out);
            CHECK(total(masked) == doctest::Approx(300.0 - double(masked.left_out)).epsilon(2e-3));
            CHECK(std::isnan(masked.values[0]));
        }
    }
}

TEST_CASE("order, threads and a shift change nothing; doubling and harm weights only the height") {
    auto [x, y] = crowds(150);
    const Grid grid = square(0, 90, 60);
    const auto one = kernel_density(x, y, grid, {.bandwidth = 9, .watch = {.threads = 1}})->values;
    CHECK(kernel_density(x, y, grid, {.bandwidth = 9, .watch = {.threads = 2}})->values == one);
    auto back_x = x;
    auto back_y = y;
    std::reverse(back_x.begin(), back_x.end());
    std::reverse(back_y.begin(), back_y.end());
    CHECK(kernel_density(back_x, back_y, grid, {.bandwidth = 9})->values == one);

    back_x.insert(back_x.end(), x.begin(), x.end());
    back_y.insert(back_y.end(), y.begin(), y.end());
    const auto twice = kernel_density(back_x, back_y, grid, {.bandwidth = 9})->values;
    const Numbers harm(x.size(), 7.5);
    const auto heavy = kernel_density(x, y, grid, {.bandwidth = 9, .weights = harm})->values;
    // Turned by a right angle about the middle: row and column change places.
    Numbers turned(x);
    for (double &value : turned)
        value = 90 - value;
    const auto quarter = kernel_density(turned, x, grid, {.bandwidth = 9});
    const auto upright = kernel_density(x, x, grid, {.bandwidth = 9});
    for (std::size_t cell = 0; cell < one.size(); ++cell) {
        CHECK(twice[cell] == doctest::Approx(2 * one[cell]).epsilon(1e-12));
        CHECK(heavy[cell] == doctest::Approx(7.5 * one[cell]).epsilon(1e-12));
        const std::size_t column = 59 - cell / 60;
        const std::size_t row = cell % 60;
        CHECK(quarter->values[row * 60 + column] ==
              doctest::Approx(upright->values[cell]).epsilon(1e-12));
    }
}

TEST_CASE("people at risk: a town twice as dense with twice the crime has the same rate") {
    const Numbers homes_x{10, 10, 50};
    const Numbers homes_y{10, 10, 10};
    const Numbers crimes{10, 50};
    const Grid grid{
        .left = 0, .bottom = 0, .cell_width = 20, .cell_height = 20, .columns = 4, .rows = 1};
    const Numbers weights{4, 2};
    const auto cases =
        kernel_density(crimes, Numbers{10, 10}, grid, {.bandwidth = 15, .weights = weights});
    const auto people = kernel_density(homes_x, homes_y, grid, {.bandwidth = 15});
    const auto rate = density_ratio(*cases, *people, 1e-4);
    CHECK(rate.values[0] == doctest::Approx(2));
    CHECK(rate.values[2] == doctest::Approx(2));
    CHECK(std::isnan(rate.values[3]));
    CHECK_THROWS_AS(density_ratio(*cases, DensitySurface{}, 0), std::invalid_argument);
}

TEST_CASE("no points, bad points and impossible grids have a stated answer") {
    const Grid grid = square(0, 10, 5);
    const auto none = kernel_density({}, {}, grid, {.bandwidth_kind = Bandwidth::adaptive}).value();
    CHECK(none.values == Numbers(25, 0.0));
    const Numbers x{5, NAN, 5, 5};
    const Numbers y{5, 5, INFINITY, 5};
    const Numbers weights{1, 1, 1, -2};
    const auto some = kernel_density(x, y, grid, {.bandwidth = 3, .weights = weights}).value();
    CHECK(some.left_out == 3);
    CHECK(some.values == kernel_density(Numbers{5}, Numbers{5}, grid, {.bandwidth = 3})->values);
    CHECK_FALSE(kernel_density(x, y, Grid{}));
    CHECK_FALSE(kernel_density(x, y, grid, {.bandwidth = 0}));
    CHECK_FALSE(kernel_density(x, y, grid, {.bandwidth = NAN}));
    const std::vector<std::uint8_t> mask(3);
    CHECK_FALSE(kernel_density(x, y, grid, {.mask = mask}));
    CHECK_THROWS_AS(kernel_density(x, Numbers{1}, grid), std::invalid_argument);
    // Far away, and a radius much smaller than a cell.
    const auto far = kernel_density(Numbers{1e9}, Numbers{-1e9}, grid, {.bandwidth = 3});
    CHECK(far->values == Numbers(25, 0.0));
    const auto further = kernel_density(Numbers{5, 5}, Numbers{-1e308, 1.7e308}, grid);
    CHECK(further->values == Numbers(25, 0.0));
    const std::vector<std::uint8_t> all(25, 1);
    const auto tiny = kernel_density(Numbers{0.1}, Numbers{0.1}, grid,
                                     {.bandwidth = 0.01, .edge = Edge::corrected, .mask = all});
    CHECK(tiny->values == Numbers(25, 0.0));
}

TEST_CASE("the two hundred highest cells of Northumbria are those of an exact peer") {
    const auto bench = real_data() / "reference" / "bench";
    if (skipped_without(bench))
        return;
    const Grid grid{.left = 370000,
                    .bottom = 545000,
                    .cell_width = 80500 / 512.0,
                    .cell_height = 111000 / 512.0,
                    .columns = 512,
                    .rows = 512};
    // spatstat was given the standard deviation 500 / sqrt(7) m along each axis, which is that of
    // a radius sqrt(8) times as long.
    const DensityOptions options{.bandwidth = 500 * std::sqrt(8.0 / 7)};
    const auto surface =
        kernel_density(column(bench / "northumbria_points300k.csv.gz", "x"),
                       column(bench / "northumbria_points300k.csv.gz", "y"), grid, options)
            .value();
    CHECK(surface.left_out == 0);
    const auto file = bench / "answers" / "w6_quartic_exactgrid_top200.csv.gz";
    const auto rows = column(file, "row");
    const auto columns = column(file, "col");
    const auto expected = column(file, "dens_per_m2");
    REQUIRE(expected.size() == 200);
    Numbers highest = surface.values;
    std::sort(highest.rbegin(), highest.rend());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto cell =
            static_cast<std::size_t>(rows[i]) * 512 + static_cast<std::size_t>(columns[i]);
        // They are printed with ten digits.
        CHECK(std::fabs(surface.values[cell] / expected[i] - 1) < 1e-9);
        CHECK(std::fabs(highest[i] / expected[i] - 1) < 1e-9);
    }
}
