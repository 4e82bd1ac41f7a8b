// What spatial statistics cost, beside their peers' stated figures, and how the cost grows.
//
// Reads reference/bench/ in the folder that WARDMOTE_DATA names.

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "engine/stats/autocorrelation.hpp"
#include "engine/stats/false_discovery.hpp"
#include "engine/stats/kernel_density.hpp"
#include "engine/stats/local_autocorrelation.hpp"
#include "engine/stats/random.hpp"
#include "peer.hpp"
#include "real_data.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

/// Neighbours from rows of an area and its nearest.
stats::SpatialWeights weights_of_rows(const fs::path &path) {
    std::vector<std::vector<std::size_t>> lists;
    each_row(path, [&](const std::vector<std::string> &cells) {
        if (cells[0] == "i")
            return;
        lists.emplace_back();
        for (std::size_t at = 1; at < cells.size(); ++at)
            lists.back().push_back(std::stoul(cells[at]));
    });
    return stats::SpatialWeights{lists};
}

void local_statistics(const fs::path &bench) {
    const auto population = column(bench / "ew_lsoa11.csv.gz", "pop");
    const auto weights = row_standardised(weights_of_rows(bench / "ew_knn8.csv.gz"));
    std::vector<double> p;
    const double seconds = bench::cpu_seconds_of(
        [&] { p = p_values(local_autocorrelation(population, weights).value()); });
    const std::string work = "local Moran, Gi and Gi*, 34,753 areas, 999 permutations";
    bench::compare(work, seconds, 17.0, "libgeoda complete (stated)");
    bench::compare(work, seconds, 1.9, "libgeoda lookup, areas dependent (stated)");
    bench::compare(work, seconds, 100.6, "spdep (stated)");
    const auto found = [](const std::vector<double> &values) {
        return std::count_if(values.begin(), values.end(), [](double one) { return one <= 0.05; });
    };
    fmt::print("  {} areas with p at most 0.05, {} with false discoveries controlled\n", found(p),
               found(stats::adjusted(p)));

    const stats::PermutationOptions many{.replicates = 99999, .enough = 20};
    const double far = bench::cpu_seconds_of(
        [&] { p = p_values(local_autocorrelation(population, weights, many).value()); });
    bench::rate("the same, up to 99,999 draws, 20 on either side enough", 34753, far,
                "areas a second");
    fmt::print("  {} areas with p at most 0.05, {} with false discoveries controlled\n", found(p),
               found(stats::adjusted(p)));

    const double global = bench::cpu_seconds_of(
        [&] { stats::moran(population, weights, stats::PermutationOptions{}); });
    bench::rate("global Moran, 34,753 areas, 999 permutations", 999, global,
                "permutations a second");

    const auto x = column(bench / "ew_lsoa11.csv.gz", "x");
    const auto y = column(bench / "ew_lsoa11.csv.gz", "y");
    for (const std::size_t n : {4344UL, 8688UL, 17376UL, 34752UL}) {
        const std::span east{x.data(), n};
        const std::span north{y.data(), n};
        stats::SpatialWeights nearest;
        const double tree =
            bench::cpu_seconds_of([&] { nearest = stats::nearest_weights(east, north, 8); });
        bench::rate(fmt::format("8 nearest of {} points", n), double(n), tree, "points a second");
        const double local = bench::cpu_seconds_of([&] {
            local_autocorrelation(std::span{population.data(), n}, nearest);
        });
        bench::rate(fmt::format("local statistics, {} areas", n), double(n) * 999, local,
                    "replicates of an area a second");
    }
}

void density(const fs::path &bench) {
    const auto x = column(bench / "northumbria_points300k.csv.gz", "x");
    const auto y = column(bench / "northumbria_points300k.csv.gz", "y");
    const auto grid = [](std::size_t side) {
        return stats::Grid{.left = 370000,
                           .bottom = 545000,
                           .cell_width = 80500 / static_cast<double>(side),
                           .cell_height = 111000 / static_cast<double>(side),
                           .columns = side,
                           .rows = side};
    };
    const auto seconds = [&](std::size_t points, std::size_t side,
                             const stats::DensityOptions &options) {
        return bench::cpu_seconds_of([&] {
            stats::kernel_density({x.data(), points}, {y.data(), points}, grid(side), options);
        });
    };
    const double ours = seconds(x.size(), 512, {});
    bench::compare("quartic density, 300,000 points, 512 x 512, 500 m", ours, 2.1,
                   "SAGA, exact (stated)");
    bench::compare("the same", ours, 11.7, "spatstat, exact (stated)");
    bench::compare("the same", ours, 2.6, "spatstat, default, points binned (stated)");

    // No two points on one spot: each moved by up to 50 m.
    auto east = x;
    auto north = y;
    stats::RandomStream random{1, 1};
    for (std::size_t i = 0; i < east.size(); ++i) {
        east[i] += 100 * random.uniform() - 50;
        north[i] += 100 * random.uniform() - 50;
    }
    for (const std::size_t n : {37500UL, 75000UL, 150000UL, 300000UL}) {
        const double apart = bench::cpu_seconds_of([&] {
            stats::kernel_density({east.data(), n}, {north.data(), n}, grid(512), {});
        });
        bench::rate(fmt::format("quartic density, {} points, all apart", n), double(n), apart,
                    "points a second");
        if (n == east.size())
            bench::compare("quartic density, 300,000 points, all apart", apart, 2.1,
                           "SAGA, exact, not apart (stated)");
    }
    for (const std::size_t side : {256UL, 512UL, 1024UL, 2048UL})
        bench::rate(fmt::format("quartic density, 300,000 points, {} x {}", side, side),
                    double(side * side), seconds(x.size(), side, {}), "cells a second");
    bench::rate("Gaussian density, 300,000 points, 512 x 512", double(x.size()),
                seconds(x.size(), 512, {.kernel = stats::Kernel::gaussian}), "points a second");
    bench::rate("adaptive quartic density, 300,000 points, 512 x 512", double(x.size()),
                seconds(x.size(), 512, {.bandwidth_kind = stats::Bandwidth::adaptive}),
                "points a second");
}

} // namespace

int main() {
    const fs::path bench = real_data() / "reference" / "bench";
    if (!fs::exists(bench)) {
        fmt::print("skipped: there is no {}\n", bench.string());
        return 0;
    }
    density(bench);
    local_statistics(bench);
}
