#include "engine/geo/files.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <unistd.h>

#include "engine/geo/neighbours.hpp"
#include "engine/geo/plane.hpp"
#include "engine/geo/simplify.hpp"
#include "real_data_for_test.hpp"

using namespace wardmote::geo;
namespace fs = std::filesystem;

namespace {

/// A folder of this test alone, gone when it ends.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("wardmote-geo-" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }

    std::string write(const std::string &name, const std::string &text) const {
        std::ofstream{path / name} << text;
        return (path / name).string();
    }
};

const std::string two_areas = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"WD25CD":"E1","WD25NM":" Carfax ","n":3},
 "geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0],[0,0]]]}},
{"type":"Feature","properties":{"WD25CD":"E2","WD25NM":null},
 "geometry":{"type":"Polygon","coordinates":[[[2,0],[4,2],[4,0],[2,2],[2,0]]]}},
{"type":"Feature","properties":{"WD25CD":"E3"},"geometry":null}]})";

} // namespace

TEST_CASE("GeoJSON is read with its attributes, directions put right and crossings mended") {
    const Folder folder;
    const std::vector<Layer> layers = read_boundaries(folder.write("two.geojson", two_areas));
    REQUIRE(layers.size() == 1);
    const Layer &layer = layers[0];
    REQUIRE(layer.features.size() == 3);
    CHECK(layer.features[0].property("WD25NM") == "Carfax");
    CHECK(layer.features[0].property("n") == "3");
    CHECK(layer.features[0].property("no such") == "");
    CHECK(area(layer.features[0].shape) == doctest::Approx(1));
    // A bow tie of two triangles, each of base 2 and height 1.
    CHECK(area(layer.features[1].shape) == doctest::Approx(2));
    CHECK(layer.features[1].shape.rings.size() == 2);
    CHECK(layer.mended == 1);
    CHECK(layer.without_outline == 1);
}

TEST_CASE("National Grid metres in a file that names no projection become degrees") {
    const Folder folder;
    const std::string path = folder.write(
        "grid.geojson",
        R"({"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":
        [[[455352,207951],[455452,207951],[455452,208051],[455352,207951]]]}})");
    const Layer layer = read_boundaries(path).at(0);
    CHECK(layer.projection_assumed);
    const Ring &ring = layer.features[0].shape.rings.at(0);
    // ONS: easting 455352, northing 207951 is longitude -1.199262, latitude 51.76751.
    bool found = false;
    for (const Point &point : ring) {
        found =
            found || (std::abs(point.x + 1.199262) < 1e-4 && std::abs(point.y - 51.76751) < 1e-4);
    }
    CHECK(found);
}

TEST_CASE("coordinates that can be nothing known are refused, and so is what is no boundary file") {
    const Folder folder;
    CHECK_THROWS_AS(
        read_boundaries(folder.write(
            "far.geojson",
            R"({"type":"Polygon","coordinates":[[[9e6,9e6],[9.1e6,9e6],[9e6,9.1e6],[9e6,9e6]]]})")),
        FileError);
    CHECK_THROWS_AS(read_boundaries(folder.write("text.geojson", "not JSON at all")), FileError);
    CHECK_THROWS_AS(read_boundaries(folder.write("broken.zip", "PK no")), FileError);
    CHECK_THROWS_AS(read_boundaries(folder.write("cut.geojson.gz", "\x1f\x8b\x08")), FileError);
    CHECK_THROWS_AS(read_boundaries((folder.path / "none.geojson").string()), FileError);
    CHECK(may_hold_boundaries("Wards.GEOJSON.gz"));
    CHECK_FALSE(may_hold_boundaries("street.csv"));
}

TEST_CASE("what is written as GeoJSON is read back the same") {
    const Folder folder;
    Shape shape{"", "", {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}}}};
    shape.rings.push_back({{20, 0}, {21, 0}, {21, 1.25}});
    const std::string json = collection_json({{{{"code", "E1"}, {"name", "\"A\" & b"}}, shape}});
    const Layer layer = read_boundaries(folder.write("back.geojson", json)).at(0);
    CHECK(layer.features[0].property("name") == "\"A\" & b");
    CHECK(layer.features[0].shape.rings == shape.rings);
    CHECK(read_geometry_json(geometry_json(shape)) == shape.rings);
    CHECK(geometry_json({"", "", {{{0, 0}, {1.50, 0}, {1, -0.00000001}}}}) ==
          R"({"type":"Polygon","coordinates":[[[0,0],[1.5,0],[1,0],[0,0]]]})");
    CHECK_THROWS_AS(read_geometry_json(R"({"type":"Point","coordinates":[0,0]})"),
                    std::runtime_error);
    CHECK(read_geometry_json(geometry_json(Shape{})).empty());
    // Written with blanks, turned about and with heights, as others may.
    CHECK(read_geometry_json(R"({ "coordinates": [[[0, 0, 7], [1, 0, 7], [1, 1, 7], [0, 0, 7]]],
                                  "type": "Polygon" })") ==
          std::vector<Ring>{{{0, 0}, {1, 0}, {1, 1}}});
    CHECK_THROWS_AS(read_geometry_json(R"({"type":"Polygon","coordinates":[[[0,0],[1)"),
                    std::runtime_error);
}

TEST_CASE("Oxford has 84 LSOAs of 2021, 83 of 2011 and 24 wards, each where the ONS puts it") {
    const fs::path folder = wardmote::real_data() / "boundaries" / "oxford";
    if (wardmote::skipped_without(folder)) {
        return;
    }
    const std::map<std::string, std::size_t> wanted{{"lsoa-E07000178.geojson", 84},
                                                    {"lsoa11-E07000178.geojson", 83},
                                                    {"ward-E07000178.geojson", 24}};
    for (const auto &[name, count] : wanted) {
        const Layer layer = read_boundaries((folder / name).string()).at(0);
        CHECK(layer.features.size() == count);
        CHECK(layer.without_outline == 0);
        std::vector<Shape> shapes;
        for (const Feature &feature : layer.features) {
            shapes.push_back(feature.shape);
        }
        // Oxford measures 45.6 square kilometres (ONS Standard Area Measurements, 4,560 hectares);
        // these outlines are generalised, so within two in a hundred.
        double metres = 0;
        for (const Shape &shape : to_plane(shapes)) {
            metres += area(shape);
        }
        CHECK(metres == doctest::Approx(45.6e6).epsilon(0.02));
        // Thinned by 50 m each area still adds up to the same city.
        double thinned = 0;
        for (const Shape &shape : simplified(to_plane(shapes), 50)) {
            thinned += area(shape);
        }
        CHECK(thinned == doctest::Approx(metres).epsilon(0.01));
        for (const auto &list : neighbours(shapes, Touch::corner)) {
            CHECK_FALSE(list.empty());
        }
    }
}

TEST_CASE("zipped Shapefiles and GeoPackages give the same areas as the GeoJSON they came from") {
    if (std::system("command -v ogr2ogr zip >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: ogr2ogr and zip are not installed");
        return;
    }
    const Folder folder;
    const std::string json = R"({"type":"Feature","properties":{"WD25CD":"E1"},
        "geometry":{"type":"Polygon","coordinates":[[[-1.2,51.7],[-1.1,51.7],[-1.1,51.8],
 [-1.2,51.7]]]}})";
    const std::string from = folder.write("ward.geojson", json);
    const auto run = [&](const std::string &command) {
        return std::system(
            ("cd " + folder.path.string() + " && (" + command + ") >/dev/null 2>&1").c_str());
    };
    REQUIRE(run("ogr2ogr -t_srs EPSG:27700 ward.gpkg ward.geojson") == 0);
    REQUIRE(run("ogr2ogr -t_srs EPSG:27700 ward.shp ward.geojson") == 0);
    REQUIRE(run("zip ward.zip ward.shp ward.shx ward.dbf ward.prj && gzip -k ward.geojson") == 0);
    for (const char *name : {"ward.gpkg", "ward.shp", "ward.zip", "ward.geojson.gz"}) {
        const Layer layer = read_boundaries((folder.path / name).string()).at(0);
        CHECK(layer.features.at(0).property("WD25CD") == "E1");
        // Half of a tenth by a tenth of a degree.
        CHECK(area(layer.features[0].shape) == doctest::Approx(0.005).epsilon(1e-4));
    }
}
