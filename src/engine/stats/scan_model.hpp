/// What a scan looks at: counts, what is expected, and the runs of periods it tries.
///
/// All scans come down to one model: each cell (area x period) has a count and an expectation, and
/// a window is good by log_likelihood_ratio of the sums over its cells. They differ in how counts
/// arise when there is no cluster: see scan_null.hpp.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/scan.hpp"

namespace wardmote::stats::scan {

/// Kulldorff 1997: how much likelier `count` of `total` cases are in a window when it has a rate of
/// its own than when `expected` are due there. Nought when they are alike.
inline double log_likelihood_ratio(double count, double expected, double total) {
    const double inside = count > 0 ? count * std::log(count / expected) : 0;
    const double others = total - count;
    const double outside = others > 0 ? others * std::log(others / (total - expected)) : 0;
    return inside + outside;
}

/// Whether the settings ask for a window with such a count, high or low as it may be.
inline bool sought(const ScanSettings &settings, double count, double expected) {
    return count > expected ? settings.rates != ScanRates::low &&
                                  count >= static_cast<double>(settings.fewest_cases)
                            : settings.rates != ScanRates::high;
}

/// Runs of periods that begin (or, in a prospective scan, end) at one period: `count` of them, each
/// a period longer than the one before.
struct RunsAt {
    std::uint32_t anchor = 0;
    std::uint32_t count = 0;
    bool backwards = false;
};

struct Model {
    std::size_t areas = 0;
    std::size_t periods = 1;
    std::vector<std::int64_t> cases; ///< a cell
    /// What is expected before each period, from 0 to all: areas x (periods + 1).
    std::vector<double> expected_before;
    std::int64_t total = 0;
    bool has_risk = true; ///< expectations are of people at risk, not of other cases
    std::vector<RunsAt> runs;
    std::size_t windows = 0; ///< runs of periods in all

    double expected_in(std::size_t area) const {
        return expected_before[area * (periods + 1) + periods];
    }
};

/// First period and the one after the last of the `i`-th run.
struct Run {
    std::size_t first;
    std::size_t past;
};
inline Run run_of(const RunsAt &runs, std::size_t i) {
    if (runs.backwards)
        return {runs.anchor - i, runs.anchor + 1UL};
    return {runs.anchor, runs.anchor + i + 1};
}

/// Checks the input and scales the weights of cells so that as many cases are expected as there
/// are.
Model poisson_model(std::span<const std::int64_t> cases, std::span<const double> weights,
                    std::size_t areas, const ScanPeriods &periods);
/// The expectations are the products of the margins.
Model permutation_model(std::span<const std::int64_t> cases, std::size_t areas,
                        const ScanPeriods &periods);

} // namespace wardmote::stats::scan
