/// Little pictures inside the rows of a table that says the same in words; all are hidden from
/// screen readers.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

struct SparklineInput {
    Values values;
    std::optional<Interval> usual = {};    ///< limits of usual variation: the pale band
    std::vector<std::size_t> signals = {}; ///< steps with a plum dot
};

/// 132 by 30, on its own scale.
Html sparkline(const SparklineInput &input);

/// 150 by 26: the ratio of two counts with its interval, a filled dot when the change is clear.
/// The scale runs from under a half to over a double; an arrow stands for a dot beyond it, and
/// nothing is drawn without a ratio.
Html interval_cell(std::optional<double> ratio, Interval interval, bool clear);

/// 150 by 16: "halved", "same" and "doubled" over a column of such cells.
Html interval_scale();

} // namespace wardmote::chart
