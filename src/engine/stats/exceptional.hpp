/// Which months' counts are out of the ordinary, over every area and category at once.
///
/// Each series is judged by Farrington's regression on its own past; then false discoveries are
/// held down over all series together (Benjamini and Hochberg 1995).
#pragma once

#include <vector>

#include "engine/stats/farrington.hpp"
#include "engine/stats/series_table.hpp"
#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// What a count is held against.
enum class ExceptionalLaw {
    /// The law of the next count given the past: negative binomial, with half a count of prior mass
    /// in the past, so that a past of noughts expects little but not nothing.
    predictive,
    delta,     ///< Farrington 1996: normal on the scale of the power two thirds
    nb_plugin, ///< Noufaily 2013: negative binomial of the fitted mean and dispersion
};

struct ExceptionalOptions {
    FarringtonOptions baseline = {};
    ExceptionalLaw law = ExceptionalLaw::predictive;
    double alpha = 0.01;           ///< share of usual months above the bound, at most
    double least_count = 2;        ///< fewer are never exceptional, however quiet the past
    double false_discovery = 0.05; ///< share of those named that may be chance; 1: not held down
};

/// Settings that give what R surveillance 1.20.3's farringtonFlexible gives.
ExceptionalOptions as_surveillance(FarringtonOptions baseline, ExceptionalLaw law);

struct ExceptionalCount {
    enum class State {
        judged,
        no_figure, ///< the month itself is missing
        too_short, ///< not enough past with figures
    };
    State state = State::too_short;
    double observed = 0;
    double expected = 0;
    double bound = 0; ///< counts above it are out of the ordinary for this series alone
    double score = 0; ///< (observed - expected) / (bound - expected): above 1 exactly when above it
    double p = 1;     ///< chance of as many or more
    double q = 1; ///< the same over all series judged: smallest false-discovery rate that names it
    double dispersion = 1;
    bool exceptional = false; ///< above the bound, not too few, and q within the rate
};

/// Judges the month at index `now` of every series; the result has their order and does not depend
/// on the number of threads. Throws Stopped. Empty when the table is no whole number of rows or
/// `now` is not in it.
std::vector<ExceptionalCount> exceptional_counts(const SeriesTable &table, std::size_t now,
                                                 const ExceptionalOptions &options = {},
                                                 const Watch &watch = {});

} // namespace wardmote::stats
