/// Control charts: a series, its frozen limits of usual variation, and the months that leave them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/series.hpp"

namespace wardmote::chart {

/// Limits in force over steps `first` to `last` (both included), set from `baseline`.
struct Limits {
    std::size_t first = 0;
    std::size_t last = 0;
    double mean = 0;
    double lower = 0;
    double upper = 0;
    core::Period baseline;
};

enum class SignalKind { above_limit, below_limit, run_above, run_below, other };

/// Steps `first` to `last` (both included) that statistics flag.
struct Signal {
    std::size_t first = 0;
    std::size_t last = 0;
    SignalKind kind = SignalKind::above_limit;
    std::string words = {}; ///< for `other`: "six months in a row rising"
};

struct ControlInput {
    Words words;
    Axis axis;
    Values values;
    std::vector<Limits> limits = {}; ///< in order, not overlapping; more than one where a break is
    std::vector<Signal> signals = {};
    std::vector<Break> breaks = {};
    std::string method = "XmR";
};

Chart control(const ControlInput &input);
std::string control_sentence(const ControlInput &input);

} // namespace wardmote::chart
