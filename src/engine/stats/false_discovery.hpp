/// Many tests at once: which of them can be believed, with a bound on the share of false alarms.
#pragma once

#include <span>
#include <vector>

namespace wardmote::stats {

enum class FalseDiscovery {
    benjamini_hochberg, ///< tests independent, or alike in the way neighbours are
    benjamini_yekutieli ///< tests that depend on each other in any way; stricter
};

/// The p-values adjusted (as R's p.adjust): calling "found" all that are at most 0.05 keeps the
/// expected share of false ones among them at most 0.05. In the order given. Not a number stays so
/// and is not counted as a test. A p under 0 or over 1 throws std::invalid_argument.
std::vector<double> adjusted(std::span<const double> p,
                             FalseDiscovery method = FalseDiscovery::benjamini_hochberg);

} // namespace wardmote::stats
