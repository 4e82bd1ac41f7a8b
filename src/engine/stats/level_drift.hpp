/// How much the level of a series moves by itself, beyond chance.
#pragma once

#include "engine/stats/series.hpp"

namespace wardmote::stats {

/// Variance of the log of the level from one month to the next, were it a random walk: from the
/// changes between successive quarters that end at `last`, less what chance (times `dispersion`)
/// makes of them. Up to five years, from the last declared break on, whole quarters with figures
/// only. Season counts as movement. Nought with fewer than three quarters, or when they move no
/// more than chance.
double level_drift(const MonthlySeries &series, core::Month last, double dispersion = 1);

} // namespace wardmote::stats
