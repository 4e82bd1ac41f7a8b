/// How long placing takes: one million points spread over a store's areas, and a million that
/// repeat as map points do. placement_bench FOLDER: an evidence folder with boundaries and lookups.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

#include <fmt/core.h>

#include "engine/geo/geojson.hpp"
#include "engine/geo/shape.hpp"
#include "engine/lake/placement.hpp"
#include "engine/lake/query.hpp"

using namespace wardmote;

namespace {

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(const lake::Placer &placer, const std::vector<geo::Point> &points,
             const std::vector<std::string> &codes, const char *what) {
    const double start = cpu_seconds();
    std::size_t placed = 0;
    std::size_t disagree = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const lake::Placement at =
            placer.place(points[i].x, points[i].y, codes[i % codes.size()], "");
        placed += at.by_point ? 1 : 0;
        disagree += at.disagree ? 1 : 0;
    }
    const double seconds = cpu_seconds() - start;
    fmt::print("{}: {} points, {:.3f} s of CPU, {:.0f} ns each; {} lie in an area, {} disagree\n",
               what, points.size(), seconds, 1e9 * seconds / static_cast<double>(points.size()),
               placed, disagree);
}

} // namespace

int main(int argc, char **argv) {
    if (argc != 2) {
        fmt::print("placement_bench FOLDER\n");
        return 2;
    }
    const double before = cpu_seconds();
    const auto placer = lake::make_placer(argv[1]);
    fmt::print("ready after {:.2f} s of CPU, {} codes\n", cpu_seconds() - before,
               placer->codes().size());

    std::vector<geo::Shape> shapes;
    std::vector<std::string> codes;
    for (const lake::Area &area : lake::make_reader(argv[1])->areas(lake::Level::lsoa21, "")) {
        shapes.push_back({area.code, area.name, geo::read_geometry_json(area.outline)});
        codes.push_back(area.code);
    }
    if (shapes.empty()) {
        fmt::print("{} has no boundaries of LSOAs\n", argv[1]);
        return 1;
    }
    const geo::Box box = geo::bounds(shapes);
    std::mt19937_64 random{20150202};
    std::uniform_real_distribution<double> x{box.left, box.right};
    std::uniform_real_distribution<double> y{box.bottom, box.top};
    std::vector<geo::Point> spread(1'000'000);
    for (geo::Point &point : spread) {
        point = {x(random), y(random)};
    }
    measure(*placer, spread, codes, "spread over the box");

    // A force's files name some 20,000 map points over and over.
    std::vector<geo::Point> repeated(1'000'000);
    for (geo::Point &point : repeated) {
        point = spread[random() % 20'000];
    }
    measure(*placer, repeated, codes, "20,000 map points");
}
