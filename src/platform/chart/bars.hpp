/// Bars: one count a year (or a group), some highlighted, a projected one drawn open.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

enum class BarStyle { plain, highlighted, projected };

struct Bar {
    std::string name;            ///< "2014-15"
    std::optional<double> value; ///< nothing is a missing year: a space is left
    BarStyle style = BarStyle::plain;
    std::string label = {}; ///< written over the bar; highlighted and end bars have their value
                            ///< when it is empty
    std::optional<Interval> interval = {}; ///< of a projection
};

struct BarsInput {
    Words words;
    std::string step = "Year"; ///< heading of the names
    std::vector<Bar> bars = {};
    std::vector<Break> breaks = {};
};

Chart bars(const BarsInput &input);
std::string bars_sentence(const BarsInput &input);

} // namespace wardmote::chart
