#include <fmt/format.h>

#include "app/example_rows.hpp"
#include "engine/geo/geojson.hpp"
#include "engine/geo/voronoi.hpp"

namespace wardmote::app {

std::vector<ExampleFile> place_files(const ExamplePlan &plan) {
    const PlacesPlan &places = plan.places;
    std::vector<geo::Centre> centres;
    std::string population = "ward_code,ward,residents,households\r\n";
    for (const WardPlan &ward : places.wards) {
        centres.push_back({ward.code, ward.name, ward.centre});
        population +=
            fmt::format("{},{},{},{}\r\n", ward.code, ward.name, ward.residents, ward.households);
    }
    std::vector<geo::Feature> features;
    for (geo::Shape &shape : geo::voronoi(centres, {"", "", {places.outline}})) {
        features.push_back({{{"WD14CD", shape.code},
                             {"WD14NM", shape.name},
                             {"LAD14CD", places.district},
                             {"LAD14NM", places.district_name},
                             {"note", "Schematic shape around an approximate centre"}},
                            std::move(shape)});
    }
    const core::Date sharing_began{2013, 4, 15};
    return {{"wards-schematic.geojson", sharing_began, geo::collection_json(features)},
            {"population-synthetic-example-2011-03.csv", sharing_began, std::move(population)}};
}

} // namespace wardmote::app
