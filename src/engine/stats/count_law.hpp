/// The law of a count: Poisson, or negative binomial when it varies more; its tails and bounds.
#pragma once

namespace wardmote::stats {

/// A count of this mean whose variance is `ratio` times the mean. Ratio 1 (or less) is Poisson,
/// more is negative binomial of size mean / (ratio - 1).
struct CountLaw {
    double mean = 0;
    double ratio = 1;

    /// P(Y >= count). 1 for counts of nought or less; nought for a mean of nought.
    double at_least(double count) const;
    /// The smallest whole number u with P(Y > u) <= alpha, for alpha strictly between 0 and 1.
    double bound(double alpha) const;
};

} // namespace wardmote::stats
