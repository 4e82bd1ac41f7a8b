/// How long scan statistics take, beside what SaTScan 10.3.2 needed for the same work.
///
/// Reads reference/ of the folder that WARDMOTE_DATA names.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/core.h>

#include "engine/stats/random.hpp"
#include "engine/stats/scan.hpp"
#include "engine/stats/scan_zones.hpp"
#include "peer.hpp"
#include "real_data.hpp"
#include "satscan_files_for_test.hpp"

using namespace wardmote;
namespace fs = std::filesystem;

namespace {

void tell(const stats::ScanResult &result) {
    for (std::size_t i = 0; i < result.clusters.size() && i < 3; ++i) {
        const auto &cluster = result.clusters[i];
        fmt::print("    {} areas, {} observed, {:.2f} expected, ratio {:.6f}, p {:.3f}\n",
                   cluster.areas.size(), cluster.observed, cluster.expected, cluster.ratio,
                   cluster.p.value_or(1));
    }
}

/// Windows that one replicate tries.
double windows(const SatscanAreas &areas, std::vector<double> weights, double runs) {
    const stats::scan::ZoneFinder finder{areas.places(), std::move(weights), {}};
    double all = 0;
    for (std::size_t walk = 0; walk < finder.walks(); ++walk)
        all += static_cast<double>(finder.zones(walk).areas.size());
    return all * runs;
}

void spatial(const fs::path &stem, bool degrees, const std::string &work, double peer) {
    const SatscanAreas areas = satscan_areas(stem.string() + ".geo", degrees);
    const auto cases = satscan_cases(stem.string() + ".cas", areas);
    const auto population = satscan_population(stem.string() + ".pop", areas);
    stats::ScanResult result;
    const double seconds = bench::cpu_seconds_of(
        [&] { result = stats::spatial_scan(areas.places(), cases, population); });
    bench::compare(work, seconds, peer, "SaTScan 10.3.2 (stated)");
    bench::rate("    windows a second and core", windows(areas, population, 1000), seconds,
                "windows/s");
    tell(result);
}

void permutation(const fs::path &stem, const std::string &work, double peer) {
    const SatscanAreas areas = satscan_areas(stem.string() + ".geo", false);
    const auto cases = satscan_monthly_cases(stem.string() + ".cas", areas, "2021/03", 24);
    stats::ScanResult result;
    const double seconds = bench::cpu_seconds_of([&] {
        result =
            stats::permutation_scan(areas.places(), cases, {.count = 24, .longest = 3}, {}, {});
    });
    bench::compare(work, seconds, peer, "SaTScan 10.3.2 (stated)");
    std::vector<double> totals(areas.names.size());
    for (std::size_t cell = 0; cell < cases.size(); ++cell)
        totals[cell / 24] += static_cast<double>(cases[cell]);
    bench::rate("    windows a second and core", windows(areas, totals, 69'000), seconds,
                "windows/s");
    tell(result);
}

/// Areas at random on a square, four cases each.
void growth(std::size_t areas) {
    stats::RandomStream random{7, 0};
    std::vector<double> x(areas), y(areas), population(areas);
    std::vector<std::int64_t> cases(areas);
    for (std::size_t i = 0; i < areas; ++i) {
        x[i] = random.uniform() * 1e5;
        y[i] = random.uniform() * 1e5;
        population[i] = 500 + random.uniform() * 2000;
        cases[i] = static_cast<std::int64_t>(random.poisson(population[i] * 4 / 1500));
    }
    const double seconds = bench::cpu_seconds_of([&] {
        stats::spatial_scan({x, y}, cases, population);
    });
    const auto n = static_cast<double>(areas);
    bench::rate(fmt::format("purely spatial, {} areas made up", areas), n * n / 2 * 1000, seconds,
                "windows/s");
}

} // namespace

int main() {
    for (const std::size_t areas : {1000, 2000, 4000, 8000})
        growth(areas);
    const fs::path data = real_data() / "reference";
    if (!fs::exists(data / "scan")) {
        fmt::print("No data at {}: set WARDMOTE_DATA. SaTScan's work is left out.\n",
                   data.string());
        return 0;
    }
    spatial(data / "bench" / "scan" / "tvp_bike", false,
            "purely spatial, 1,485 areas, 2,578 cycle thefts, 999", 4.7);
    spatial(data / "scan" / "burglary-5156" / "big", true,
            "purely spatial, 5,156 areas, 19,047 burglaries, 999", 53);
    permutation(data / "bench" / "scan" / "nb_burglary",
                "permutation, 912 areas x 24 months, 12,944 burglaries, 999", 103);
}
