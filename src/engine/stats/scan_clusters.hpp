/// From the best window around each centre to the clusters that are told.
#pragma once

#include <vector>

#include "engine/stats/scan.hpp"
#include "engine/stats/scan_path.hpp"

namespace wardmote::stats::scan {

/// By ratio, leaving out what shares an area with a better one. `windows` is the best of each walk,
/// without order. Of windows that are equally good the one with the smallest radius is told.
std::vector<ScanCluster> clusters_of(std::vector<Window> windows, const ZoneFinder &finder,
                                     const Model &model, std::size_t most);

/// Writes p-values beside the clusters, from the best ratio of each replicate.
void judge(std::vector<ScanCluster> &clusters, const std::vector<double> &maxima);

} // namespace wardmote::stats::scan
