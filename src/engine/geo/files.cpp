#include "engine/geo/files.hpp"

#include <cpl_error.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <mutex>

#include <fmt/core.h>

#include "engine/core/text.hpp"
#include "engine/geo/geos.hpp"

namespace wardmote::geo {

namespace {

namespace fs = std::filesystem;

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0"); // whole-country outlines are large
    });
}

bool ends_with(const std::string &text, std::string_view end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// The name under which GDAL opens a packed file.
std::string virtual_path(const std::string &path) {
    const std::string name = core::lower(path);
    if (ends_with(name, ".gz")) {
        return "/vsigzip/" + fs::absolute(path).string();
    }
    if (!ends_with(name, ".zip")) {
        return path;
    }
    const std::string inside = "/vsizip/" + fs::absolute(path).string();
    const std::unique_ptr<char *, decltype(&CSLDestroy)> list{VSIReadDirRecursive(inside.c_str()),
                                                              &CSLDestroy};
    if (!list) {
        throw FileError{fmt::format("{} is not a zip archive, or it is damaged.", path)};
    }
    for (const std::string_view wanted : {".shp", ".gpkg", ".geojson", ".json"}) {
        for (char **entry = list.get(); entry != nullptr && *entry != nullptr; ++entry) {
            if (ends_with(core::lower(*entry), wanted)) {
                return inside + "/" + *entry;
            }
        }
    }
    throw FileError{fmt::format("{} holds no Shapefile, GeoPackage or GeoJSON.", path)};
}

OGRSpatialReference reference(const char *name) {
    OGRSpatialReference made;
    if (made.SetFromUserInput(name) != OGRERR_NONE) {
        throw FileError{"PROJ's data files are missing (package proj-data)."};
    }
    made.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return made;
}

/// What the layer's coordinates are, from what it says or, failing that, from their size.
OGRSpatialReference layer_reference(OGRLayer &layer, const std::string &path, bool &assumed) {
    OGREnvelope extent;
    const bool measured = layer.GetExtent(&extent, TRUE) == OGRERR_NONE;
    const bool degrees = measured && extent.MinX >= -180 && extent.MaxX <= 180 &&
                         extent.MinY >= -90 && extent.MaxY <= 90;
    const bool grid = measured && extent.MinX >= 0 && extent.MaxX <= 800'000 && extent.MinY >= 0 &&
                      extent.MaxY <= 1'300'000;
    const OGRSpatialReference *said = layer.GetSpatialRef();
    // GeoJSON without a word of its projection is degrees by RFC 7946, yet files in National Grid
    // metres are about: numbers that cannot be degrees are not taken for them.
    if (said != nullptr && (!said->IsGeographic() || degrees || !measured)) {
        OGRSpatialReference copy{*said};
        copy.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        return copy;
    }
    assumed = true;
    if (degrees || !measured) {
        return reference("OGC:CRS84");
    }
    if (grid) {
        return reference("EPSG:27700");
    }
    throw FileError{fmt::format("{} does not say which projection its coordinates are in, and they "
                                "are neither degrees nor National Grid metres.",
                                path)};
}

Ring read_ring(const OGRLinearRing &line) {
    Ring ring;
    for (int i = 0; i < line.getNumPoints(); ++i) {
        const Point point{line.getX(i), line.getY(i)};
        if (ring.empty() || ring.back() != point) {
            ring.push_back(point);
        }
    }
    if (ring.size() > 1 && ring.front() == ring.back()) {
        ring.pop_back();
    }
    return ring;
}

void read_polygons(const OGRGeometry &geometry, std::vector<Ring> &rings) {
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
        const OGRPolygon &polygon = *geometry.toPolygon();
        bool outer = true;
        for (const OGRLinearRing *line : polygon) {
            Ring ring = read_ring(*line);
            if ((signed_area(ring) > 0) != outer) {
                std::reverse(ring.begin(), ring.end());
            }
            rings.push_back(std::move(ring));
            outer = false;
        }
    } else if (type == wkbMultiPolygon || type == wkbGeometryCollection) {
        for (const OGRGeometry *part : *geometry.toGeometryCollection()) {
            read_polygons(*part, rings);
        }
    }
}

Feature read_feature(OGRFeature &from, OGRCoordinateTransformation *transformation, Layer &layer,
                     const std::string &path) {
    Feature feature;
    for (int i = 0; i < from.GetFieldCount(); ++i) {
        feature.properties.emplace_back(from.GetFieldDefnRef(i)->GetNameRef(),
                                        from.IsFieldSetAndNotNull(i)
                                            ? std::string{core::trim(from.GetFieldAsString(i))}
                                            : std::string{});
    }
    std::unique_ptr<OGRGeometry> geometry{from.StealGeometry()};
    if (geometry && geometry->hasCurveGeometry()) {
        geometry.reset(geometry->getLinearGeometry());
    }
    std::vector<Ring> rings;
    if (geometry) {
        if (transformation != nullptr && geometry->transform(transformation) != OGRERR_NONE) {
            throw FileError{fmt::format("An outline of {} has coordinates that its projection does "
                                        "not know: {}.",
                                        path, CPLGetLastErrorMsg())};
        }
        read_polygons(*geometry, rings);
    }
    bool mended = false;
    feature.shape.rings = valid_rings(rings, &mended);
    layer.mended += mended ? 1 : 0;
    layer.without_outline += feature.shape.empty() ? 1 : 0;
    return feature;
}

Layer read_layer(OGRLayer &from, const std::string &path) {
    Layer layer;
    layer.name = from.GetName();
    OGRSpatialReference source = layer_reference(from, path, layer.projection_assumed);
    OGRSpatialReference target = reference("OGC:CRS84");
    const std::unique_ptr<OGRCoordinateTransformation> transformation{
        source.IsSame(&target) ? nullptr : OGRCreateCoordinateTransformation(&source, &target)};
    if (!transformation && !source.IsSame(&target)) {
        throw FileError{fmt::format("The projection of {} cannot be turned into degrees: {}.", path,
                                    CPLGetLastErrorMsg())};
    }
    CPLErrorReset();
    from.ResetReading();
    while (const std::unique_ptr<OGRFeature> feature{from.GetNextFeature()}) {
        layer.features.push_back(read_feature(*feature, transformation.get(), layer, path));
    }
    if (CPLGetLastErrorType() == CE_Failure) {
        throw FileError{fmt::format("{} is damaged after area {}: {}.", path, layer.features.size(),
                                    CPLGetLastErrorMsg())};
    }
    return layer;
}

} // namespace

bool may_hold_boundaries(const std::string &path) {
    std::string name = core::lower(path);
    if (ends_with(name, ".gz")) {
        name.resize(name.size() - 3);
    }
    for (const std::string_view end : {".geojson", ".json", ".shp", ".gpkg", ".zip"}) {
        if (ends_with(name, end)) {
            return true;
        }
    }
    return false;
}

std::vector<Layer> read_boundaries(const std::string &path) {
    register_drivers();
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw FileError{fmt::format("There is no file {}.", path)};
    }
    // What GDAL would print is put into the sentence instead.
    const CPLErrorHandlerPusher quiet{CPLQuietErrorHandler};
    CPLErrorReset();
    static constexpr const char *drivers[] = {"GeoJSON", "ESRI Shapefile", "GPKG", nullptr};
    const std::unique_ptr<GDALDataset> data{
        GDALDataset::Open(virtual_path(path).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers)};
    if (!data) {
        const std::string reason = CPLGetLastErrorMsg();
        throw FileError{reason.empty()
                            ? fmt::format("{} is not GeoJSON, a Shapefile or a GeoPackage.", path)
                            : fmt::format("{} cannot be read: {}.", path, reason)};
    }
    std::vector<Layer> layers;
    for (OGRLayer *layer : data->GetLayers()) {
        Layer read = read_layer(*layer, path);
        if (read.without_outline < read.features.size()) {
            layers.push_back(std::move(read));
        }
    }
    return layers;
}

} // namespace wardmote::geo
