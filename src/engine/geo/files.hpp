/// Boundary files: GeoJSON, Shapefile and GeoPackage, plain, .gz or .zip, in any projection.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "engine/geo/geojson.hpp"

namespace wardmote::geo {

/// A boundary file that cannot be used, in a sentence that names it and says why.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The areas of one layer of a file, in degrees.
struct Layer {
    std::string name;
    std::vector<Feature> features;
    std::size_t mended = 0;          ///< outlines that crossed themselves and were made valid
    std::size_t without_outline = 0; ///< features that have no area: points, lines, nothing
    bool projection_assumed = false; ///< the file names none; degrees or the National Grid fitted
};

/// Whether the file's name says that it may hold boundaries (.geojson, .json, .shp, .gpkg, .zip,
/// each also with .gz); says nothing of what is in it.
bool may_hold_boundaries(const std::string &path);

/// Every layer that holds areas, brought to WGS 84 and made valid. Throws FileError.
std::vector<Layer> read_boundaries(const std::string &path);

} // namespace wardmote::geo
