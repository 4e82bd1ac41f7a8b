/// The mixture of series that comes nearest to one: least squares with weights that are not
/// negative and add up to one.
#pragma once

#include <span>
#include <vector>

#include "engine/stats/series_table.hpp"

namespace wardmote::stats {

/// One weight a row of `others`, whose rows are as long as `target`; all figures finite. The exact
/// answer after finitely many steps, by Wolfe's (1976) search for the point of a polytope nearest
/// the origin. Where several mixtures come equally near, one of them. Empty without rows.
std::vector<double> nearest_mixture(std::span<const double> target, const SeriesTable &others);

} // namespace wardmote::stats
