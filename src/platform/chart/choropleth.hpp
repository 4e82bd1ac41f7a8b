/// Maps of areas in at most five classes, light to dark, every area labelled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/geo/shape.hpp"
#include "platform/chart/chart.hpp"

namespace wardmote::chart {

struct MapArea {
    geo::Shape shape;            ///< in metres on one plane (geo::to_plane); its name is the area's
    std::string short_name = {}; ///< drawn; the name when empty
    std::optional<double> value = {}; ///< nothing is drawn white and said in words
    std::string href = {};            ///< makes the area a link
    bool chosen = false;              ///< drawn with a heavy edge
};

struct ChoroplethInput {
    Words words;
    std::string name_heading = "Ward";
    std::string value_heading = {};  ///< "Incidents for every 1,000 residents"
    std::string places = "wards";    ///< counted in the legend: "2 wards"
    std::vector<double> limits = {}; ///< the lower limits of classes 2 to 5, rising, at most four;
                                     ///< computed when empty: rounded fifths
    std::vector<MapArea> areas = {};
};

/// Where classes 2 to 5 begin for these values: rounded quantiles, fewer where values are few.
std::vector<double> class_limits(std::vector<double> values);

Chart choropleth(const ChoroplethInput &input);
std::string choropleth_sentence(const ChoroplethInput &input);
/// The class (1 to 5) of a value: for swatches in a list beside the map.
int class_of(double value, const std::vector<double> &limits);
/// A swatch of a class for such a list, 26 by 18; it is hidden from screen readers.
Html swatch(int map_class);

} // namespace wardmote::chart
