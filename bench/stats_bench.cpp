// How long the statistics take: projections with intervals, the exact test, control charts, levels.

#include <cmath>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/stats/breaks.hpp"
#include "engine/stats/change.hpp"
#include "engine/stats/control_chart.hpp"
#include "engine/stats/projection.hpp"

using namespace wardmote;

namespace {

const core::Month first{2010, 4};

std::vector<stats::MonthlySeries> thousand_series(int months) {
    std::mt19937 random{2015};
    std::vector<stats::MonthlySeries> all;
    for (int i = 0; i < 1000; ++i) {
        std::vector<double> counts;
        for (int month = 0; month < months; ++month) {
            const double level = (5 + i / 5.0) * (1 + 0.3 * std::sin(month * 0.5236));
            std::gamma_distribution<double> around{20, level / 20};
            std::poisson_distribution<int> count{around(random)};
            counts.push_back(count(random));
        }
        all.push_back(stats::MonthlySeries::complete(first, counts));
    }
    return all;
}

/// One seasonal regression with both intervals, of 60 months, `range` months of the year known.
void seasonal_regression(benchmark::State &state) {
    const auto known = static_cast<int>(state.range(0));
    const auto all = thousand_series(48 + known);
    for (auto _ : state) {
        for (const auto &one : all)
            benchmark::DoNotOptimize(stats::forecast(one, first + (47 + known),
                                                     stats::ProjectionMethod::seasonal_regression));
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(seasonal_regression)->Arg(1)->Arg(6)->Arg(9)->Unit(benchmark::kMillisecond);

/// All three methods, each tried on past years, in parallel.
void whole_projection(benchmark::State &state) {
    const auto all = thousand_series(57);
    for (auto _ : state)
        benchmark::DoNotOptimize(stats::project_all(all, first + 56));
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(whole_projection)->Unit(benchmark::kMillisecond)->UseRealTime();

void exact_test(benchmark::State &state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(stats::compare_counts(312, 237));
}
BENCHMARK(exact_test)->Unit(benchmark::kMicrosecond);

void control_chart(benchmark::State &state) {
    const auto all = thousand_series(60);
    for (auto _ : state)
        benchmark::DoNotOptimize(stats::control_chart(all[500]));
}
BENCHMARK(control_chart)->Unit(benchmark::kMicrosecond);

void pelt(benchmark::State &state) {
    std::mt19937 random{2015};
    std::vector<double> values;
    for (int i = 0; i < state.range(0); ++i) {
        std::poisson_distribution<int> count{i / 100 % 2 == 0 ? 20.0 : 30.0};
        values.push_back(count(random));
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(stats::pelt(values));
    state.SetComplexityN(state.range(0));
}
BENCHMARK(pelt)->Range(512, 65536)->Unit(benchmark::kMillisecond)->Complexity();

} // namespace

BENCHMARK_MAIN();
