/// The cumulative sum of what is above expectation: finds a small rise that lasts, which no single
/// month shows (Page 1954; for counts Rossi, Lampugnani and Marchi 1999).
#pragma once

#include <span>
#include <vector>

namespace wardmote::stats {

/// How a count is set on a scale of standard deviations.
enum class CusumScale {
    standard, ///< (y - m) / sqrt(m)
    rossi,    ///< (y - 3m + 2 sqrt(ym)) / (2 sqrt(m)): nearer to normal for small counts
};

struct CusumOptions {
    CusumScale scale = CusumScale::rossi;
    double allowance = 1.04; ///< standard deviations above expectation that a month may have free
    double limit = 2.26;     ///< the sum from which it alarms
    double dispersion = 1;   ///< variance over mean, at least 1: widens the scale by its root
    bool restart = true;     ///< begin again from nought after an alarm
};

struct CusumPoint {
    double sum = 0;
    bool alarm = false;
    int months = 0; ///< since the sum was last nought, this one counted: when the rise began
};

/// One point a month. `expected` is one value for all months or one a month. A month that is
/// missing or whose expectation is not above nought leaves the sum as it was. Nothing when sizes
/// differ.
std::vector<CusumPoint> cusum(std::span<const double> counts, std::span<const double> expected,
                              const CusumOptions &options = {});

} // namespace wardmote::stats
