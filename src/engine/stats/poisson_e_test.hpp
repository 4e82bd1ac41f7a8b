/// Do two Poisson counts differ? The E-test of Krishnamoorthy and Thomson (2004): more powerful
/// than the exact conditional test for small counts, and may test a difference other than nought.
#pragma once

#include <optional>

namespace wardmote::stats {

struct RateCount {
    double count = 0;
    double exposure = 1; ///< length of time, people or households behind the count
};

enum class Side { both, first_is_larger, first_is_smaller };

/// The chance, were the first rate `difference` above the second, of a standardised difference at
/// least as far out as this one. 1 when the counts give no mean above nought under that. Nothing
/// for negative or fractional counts, counts above 10^10, or an exposure that is not above nought.
std::optional<double> poisson_e_test(const RateCount &first, const RateCount &second,
                                     Side side = Side::both, double difference = 0);

} // namespace wardmote::stats
