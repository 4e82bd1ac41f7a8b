#include "engine/stats/scan_model.hpp"

#include <algorithm>
#include <stdexcept>

namespace wardmote::stats::scan {

namespace {

constexpr std::int64_t most_cases = 1'000'000'000; // counts of windows are 32 bits wide

std::vector<bool> missing_periods(const ScanPeriods &periods) {
    if (periods.count == 0)
        throw std::invalid_argument("A scan needs at least one period.");
    std::vector<bool> missing(periods.count, false);
    for (const std::size_t period : periods.missing) {
        if (period >= periods.count)
            throw std::invalid_argument("A missing period lies outside the periods of the scan.");
        missing[period] = true;
    }
    return missing;
}

/// Counts, their total and the runs of periods; expectations are still to come.
Model counted(std::span<const std::int64_t> cases, std::size_t areas, const ScanPeriods &periods,
              const std::vector<bool> &missing) {
    if (cases.size() != areas * periods.count)
        throw std::invalid_argument("A scan needs a count of cases for every area and period.");
    Model model;
    model.areas = areas;
    model.periods = periods.count;
    model.cases.assign(cases.begin(), cases.end());
    for (std::size_t cell = 0; cell < cases.size(); ++cell) {
        if (cases[cell] < 0)
            throw std::invalid_argument("A count of cases cannot be negative.");
        if (cases[cell] > 0 && missing[cell % periods.count])
            throw std::invalid_argument("There are cases in a period that is said to be missing.");
        if (cases[cell] > most_cases - model.total)
            throw std::invalid_argument("A scan takes at most 1,000,000,000 cases.");
        model.total += cases[cell];
    }
    model.expected_before.assign(areas * (periods.count + 1), 0);

    const std::size_t longest =
        std::min(periods.count, periods.longest > 0 ? periods.longest
                                                    : std::max<std::size_t>(1, periods.count / 2));
    if (periods.prospective) {
        model.runs.push_back({.anchor = static_cast<std::uint32_t>(periods.count - 1),
                              .count = static_cast<std::uint32_t>(longest),
                              .backwards = true});
    } else {
        for (std::size_t first = 0; first < periods.count; ++first) {
            const std::size_t count = std::min(longest, periods.count - first);
            model.runs.push_back({.anchor = static_cast<std::uint32_t>(first),
                                  .count = static_cast<std::uint32_t>(count)});
        }
    }
    for (const RunsAt &runs : model.runs)
        model.windows += runs.count;
    return model;
}

} // namespace

Model poisson_model(std::span<const std::int64_t> cases, std::span<const double> weights,
                    std::size_t areas, const ScanPeriods &periods) {
    const std::vector<bool> missing = missing_periods(periods);
    Model model = counted(cases, areas, periods, missing);
    if (weights.size() != cases.size())
        throw std::invalid_argument("A scan needs a population for every area and period.");
    double all = 0;
    for (std::size_t cell = 0; cell < weights.size(); ++cell) {
        if (!std::isfinite(weights[cell]) || weights[cell] < 0)
            throw std::invalid_argument("A population must be a number, nought or more.");
        if (missing[cell % periods.count])
            continue;
        if (cases[cell] > 0 && weights[cell] == 0)
            throw std::invalid_argument("There are cases where there is no population.");
        all += weights[cell];
    }
    const double scale = all > 0 ? static_cast<double>(model.total) / all : 0;
    for (std::size_t area = 0; area < areas; ++area) {
        double *before = &model.expected_before[area * (periods.count + 1)];
        for (std::size_t t = 0; t < periods.count; ++t)
            before[t + 1] =
                before[t] + (missing[t] ? 0 : weights[area * periods.count + t] * scale);
    }
    return model;
}

Model permutation_model(std::span<const std::int64_t> cases, std::size_t areas,
                        const ScanPeriods &periods) {
    Model model = counted(cases, areas, periods, missing_periods(periods));
    model.has_risk = false;
    std::vector<double> until(periods.count + 1, 0); // cases before a period
    for (std::size_t cell = 0; cell < cases.size(); ++cell)
        until[cell % periods.count + 1] += static_cast<double>(cases[cell]);
    for (std::size_t t = 0; t < periods.count; ++t)
        until[t + 1] += until[t];
    for (std::size_t area = 0; area < areas; ++area) {
        double in_area = 0;
        for (std::size_t t = 0; t < periods.count; ++t)
            in_area += static_cast<double>(cases[area * periods.count + t]);
        for (std::size_t t = 0; t <= periods.count && model.total > 0; ++t)
            model.expected_before[area * (periods.count + 1) + t] =
                in_area * until[t] / static_cast<double>(model.total);
    }
    return model;
}

} // namespace wardmote::stats::scan
