/// Did an action at a place prevent crime, and did it move it next door? The weighted displacement
/// difference (Wheeler and Ratcliffe 2018).
#pragma once

#include <optional>

#include "engine/stats/change.hpp"

namespace wardmote::stats {

/// Counts in one area before and after.
struct BeforeAfter {
    double before = 0;
    double after = 0;
    double size = 1; ///< of the area, for a result a unit of size; 1: a result in crimes
};

struct DisplacementDesign {
    BeforeAfter target;
    BeforeAfter control;
    BeforeAfter around = {};         ///< where crime may have gone; noughts: not looked at
    BeforeAfter around_control = {}; ///< what `around` is compared with
    double length_before = 1;        ///< of the two periods, in the same unit
    double length_after = 1;
    double level = 0.95;
};

/// A difference in crimes for one unit of length (and size), negative when the action prevented
/// some.
struct Difference {
    double value = 0;
    double standard_error = 0;
    double z = 0; ///< nought when no crime was counted at all
    Interval interval = {};
};

struct WeightedDisplacementDifference {
    Difference local;  ///< target less control
    Difference around; ///< the same next door: above nought, crime moved there
    Difference total;  ///< both together
};

/// Nothing for counts that are negative or not finite, or sizes and lengths that are not above
/// nought.
std::optional<WeightedDisplacementDifference>
weighted_displacement_difference(const DisplacementDesign &design);

} // namespace wardmote::stats
