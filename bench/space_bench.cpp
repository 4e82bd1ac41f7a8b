// What spatial statistics cost, beside their peers' stated figures, and how the cost grows.
//
// Reads reference/bench/ in the folder named by WARDMOTE_DATA, or ../shared/data beside the
// sources.

#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "engine/core/real_data.hpp"
#include "engine/stats/local_autocorrelation.hpp"
#include "peer.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

/// Neighbours from rows of an area and its nearest.
stats::SpatialWeights weights_of_rows(const fs::path &path) {
    std::vector<std::vector<std::size_t>> lists;
    core::each_row(path, [&](const std::vector<std::string> &cells) {
        if (cells[0] == "i")
            return;
        lists.emplace_back();
        for (std::size_t at = 1; at < cells.size(); ++at)
            lists.back().push_back(std::stoul(cells[at]));
    });
    return stats::SpatialWeights{lists};
}

void local_statistics(const fs::path &bench) {
    const auto population = core::column(bench / "ew_lsoa11.csv.gz", "pop");
    const auto weights = row_standardised(weights_of_rows(bench / "ew_knn8.csv.gz"));
    std::size_t found = 0;
    const double seconds = bench::cpu_seconds_of([&] {
        const auto areas = local_autocorrelation(population, weights).value();
        for (const auto &area : areas)
            found += area.rank.p() <= 0.05;
    });
    const std::string work = "local Moran, Gi and Gi*, 34,753 areas, 999 permutations";
    bench::compare(work, seconds, 17.0, "libgeoda complete (stated)");
    bench::compare(work, seconds, 1.9, "libgeoda lookup, areas dependent (stated)");
    bench::compare(work, seconds, 100.6, "spdep (stated)");
    fmt::print("  {} areas with p at most 0.05, before false discoveries are controlled\n", found);

    const auto x = core::column(bench / "ew_lsoa11.csv.gz", "x");
    const auto y = core::column(bench / "ew_lsoa11.csv.gz", "y");
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

} // namespace

int main() {
    const fs::path bench = core::real_data() / "reference" / "bench";
    if (!fs::exists(bench)) {
        fmt::print("skipped: there is no {}\n", bench.string());
        return 0;
    }
    local_statistics(bench);
}
