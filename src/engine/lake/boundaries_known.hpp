/// What a store knows of areas: of every boundary and lookup line the one latest received.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/geo/shape.hpp"
#include "engine/lake/duckdb.hpp"
#include "engine/lake/manifest.hpp"
#include "engine/lake/placement.hpp"

namespace wardmote::lake {

/// One area with an outline.
struct KnownBoundary {
    Level level;
    std::string code;
    std::string name;
    int vintage = 0;         ///< year the code is of; 0 where the file does not say
    std::string district;    ///< as the file names it, or empty
    std::string partnership; ///< the same
    std::string outline;     ///< GeoJSON geometry in degrees
};

using CodeToCode = std::unordered_map<std::string, std::string>;

/// An LSOA of 2021 that one of 2011 became, wholly or in part.
struct Successor {
    std::string lsoa21;
    std::string change; ///< "U" | "S" | "M" | "X"
};

/// All that is known, with what is superseded left out: of wards and districts only those of the
/// latest year that each district has.
struct KnownAreas {
    std::vector<KnownBoundary> boundaries; ///< by level, then code
    CodeToCode lsoa21_ward;
    CodeToCode lsoa21_district;
    CodeToCode lsoa11_ward;
    CodeToCode ward_district;
    CodeToCode district_partnership;
    CodeToCode names; ///< of areas of every kind, from boundaries and lookups
    std::unordered_map<std::string, std::vector<Successor>> successors;     ///< by LSOA of 2011
    std::unordered_map<std::string, std::vector<std::string>> predecessors; ///< by LSOA of 2021
    std::unordered_map<std::string, geo::Point> centroids; ///< as a lookup gives them, by LSOA
    std::string fingerprint; ///< 16 hexadecimal digits, of the manifests that all this comes from
};

/// Reads the Parquet of the manifests whose dataset is "boundaries" or "lookups"; the others are
/// passed over.
KnownAreas read_known_areas(const std::string &store, const std::vector<Manifest> &manifests,
                            Connection &connection);

} // namespace wardmote::lake
