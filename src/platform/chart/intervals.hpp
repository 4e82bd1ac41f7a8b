/// Interval plots: for each place or thing, the ratio of two counts with its 95 % interval, on a
/// log scale, so that halved and doubled are equally far from no change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

struct IntervalRow {
    std::string name;
    double before = 0;
    double now = 0;
    std::optional<double> ratio; ///< nothing when there is no base to compare with
    Interval interval;           ///< of the ratio; `high` may be infinite
    bool clear = false;          ///< the dot is filled; else open
};

struct IntervalInput {
    Words words;
    std::string name_heading = "Ward";
    std::string places = "wards";          ///< counted in the sentence: "of 24 wards"
    std::string before_heading = "Before"; ///< "Apr to Dec 2013"
    std::string now_heading = "Now";       ///< "Apr to Dec 2014"
    std::string period = {};               ///< for the sentence: "April to December 2014"
    std::string before_period = {};        ///< "the same months of 2013"
    std::vector<IntervalRow> rows = {};
    bool sorted = true; ///< drawn from largest rise to largest fall; else in the order given
};

Chart intervals(const IntervalInput &input);
std::string intervals_sentence(const IntervalInput &input);

} // namespace wardmote::chart
