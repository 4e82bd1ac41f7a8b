/// Rates per 1,000 and standardised rates, with intervals.
#pragma once

#include <optional>
#include <span>

#include "engine/stats/change.hpp"

namespace wardmote::stats {

/// A rate and its interval, all per `per` (1,000 unless told otherwise).
struct Rate {
    double value = 0;
    Interval interval = {};
    double count = 0;
    double population = 0;
};

/// The exact interval of a Poisson count (Garwood 1936); the count may be any number from 0 up.
/// Nothing for a negative or not finite count.
std::optional<Interval> poisson_interval(double count, double level = 0.95);
/// Byar's approximation of the same (Breslow and Day 1987, p. 69).
std::optional<Interval> byar_interval(double count, double level = 0.95);

/// `per` * count / population, with the exact interval. Nothing when the population is not above
/// nought or the count is negative or not finite.
std::optional<Rate> rate(double count, double population, double per = 1000, double level = 0.95);

/// One stratum: an age group, a ward.
struct Stratum {
    double count = 0;
    double population = 0;
};

/// The rate the standard population would have at this area's stratum rates, with the gamma
/// interval of Fay and Feuer (1997). `standard` holds the standard population of each stratum.
/// Nothing when sizes differ, all is empty, or a population is not above nought.
std::optional<Rate> directly_standardised(std::span<const Stratum> area,
                                          std::span<const double> standard, double per = 1000,
                                          double level = 0.95);

enum class IndirectInterval {
    exact, ///< Garwood
    byar,
    log_normal ///< exp(log ratio +- z / sqrt(observed)), as PySAL has it
};

/// Observed over expected at the standard's rates.
struct Standardised {
    double observed = 0;
    double expected = 0;
    double ratio = 0; ///< 1 is as expected
    Interval ratio_interval = {};
    Rate rate; ///< the standard's overall rate times the ratio
};

/// Indirect standardisation: `standard` holds counts and populations of the standard. Nothing when
/// sizes differ, a population is not above nought, or nothing is expected.
std::optional<Standardised>
indirectly_standardised(std::span<const Stratum> area, std::span<const Stratum> standard,
                        double per = 1000, double level = 0.95,
                        IndirectInterval method = IndirectInterval::byar);

} // namespace wardmote::stats
