// How unusual and where to: what exceptional counts and projections cost a series, beside R.
//
// Reads the reference data under the folder that WARDMOTE_DATA names.

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/stats/exceptional.hpp"
#include "engine/stats/projection.hpp"
#include "peer.hpp"
#include "reference_series_for_test.hpp"

using namespace wardmote;

namespace {

constexpr double microseconds = 1e6;

/// The CPU seconds of one turn of the work, from as many as take a fifth of a second.
template <class Work>
double seconds_each(Work &&work) {
    int turns = 0;
    double spent = 0;
    while (spent < 0.2) {
        spent += bench::cpu_seconds_of(work);
        ++turns;
    }
    return spent / turns;
}

/// `times` the table, one below the other.
std::vector<double> repeated(const std::vector<double> &counts, std::size_t times) {
    std::vector<double> all;
    for (std::size_t i = 0; i < times; ++i)
        all.insert(all.end(), counts.begin(), counts.end());
    return all;
}

void exceptional(const stats::WideSeries &wide) {
    const std::size_t rows = wide.counts.size() / wide.months;
    constexpr double peer = 8.4e-3; // a series
    const stats::FarringtonOptions same{
        .years = 2, .half_window = 2, .season_levels = 1, .trend = false};
    const std::pair<std::string, stats::ExceptionalOptions> settings[] = {
        {"as R surveillance", stats::as_surveillance(same, stats::ExceptionalLaw::delta)},
        {"season, predictive, q", {}},
    };
    for (const auto &[name, options] : settings) {
        std::vector<stats::ExceptionalCount> found;
        const double spent = seconds_each([&] {
            found = stats::exceptional_counts({wide.counts, wide.months}, wide.months - 1, options);
        });
        std::size_t above = 0;
        std::size_t named = 0;
        for (const auto &one : found) {
            above += one.observed > one.bound ? 1 : 0;
            named += one.exceptional ? 1 : 0;
        }
        bench::compare(fmt::format("exceptional counts, {} series: {}", rows, name), spent,
                       peer * static_cast<double>(rows), "R surveillance (stated)");
        fmt::print("    {:.2f} us a series; {} above their bound, {} named\n",
                   spent / static_cast<double>(rows) * microseconds, above, named);
    }
    for (const std::size_t times : {1U, 2U, 4U, 8U}) {
        const auto counts = repeated(wide.counts, times);
        const double spent = seconds_each([&] {
            stats::exceptional_counts({counts, wide.months}, wide.months - 1);
        });
        bench::rate(fmt::format("exceptional counts, {} series", rows * times),
                    static_cast<double>(rows * times), spent, "series a second");
    }
}

void projection(const stats::WideSeries &wide) {
    const core::Month first{2020, 5};
    const auto last = first + (static_cast<int>(wide.months) - 1);
    std::vector<stats::MonthlySeries> all;
    for (std::size_t i = 0; i + wide.months <= wide.counts.size(); i += wide.months)
        all.push_back(stats::MonthlySeries::complete(
            first, {wide.counts.begin() + static_cast<std::ptrdiff_t>(i),
                    wide.counts.begin() + static_cast<std::ptrdiff_t>(i + wide.months)}));
    const auto rows = static_cast<double>(all.size());
    // Calendar years, January known: eleven months to come are the most to simulate.
    const stats::ProjectionOptions calendar{.kind = stats::YearKind::calendar};
    const double regression = seconds_each([&] {
        for (const auto &one : all)
            stats::forecast(one, last - 1, stats::ProjectionMethod::seasonal_regression, calendar);
    });
    for (const auto &[name, each] : {std::pair{"ets", 524e-3}, std::pair{"stlf", 14e-3}})
        bench::compare(fmt::format("regression, eleven months to come, {} series", all.size()),
                       regression, each * rows, fmt::format("R forecast {} (stated)", name));
    const double whole = seconds_each([&] { stats::project_all(all, last - 1, calendar); });
    bench::compare(fmt::format("three methods, tried on past years, {} series", all.size()), whole,
                   524e-3 * rows, "R forecast ets (stated)");
    for (const std::size_t part : {8U, 4U, 2U, 1U}) {
        const std::span some{all.data(), all.size() / part};
        bench::rate(
            fmt::format("three methods, {} series", some.size()), static_cast<double>(some.size()),
            seconds_each([&] { stats::project_all(some, last - 1, calendar); }), "series a second");
    }
}

template <class Work>
void with(const char *file, Work &&work) {
    if (const auto wide = stats::read_wide_series(stats::reference_data(file)))
        work(*wide);
    else
        fmt::print("skipped: there is no {}; set WARDMOTE_DATA\n", file);
}

} // namespace

int main() {
    with("bench/northumbria_lsoa_type_month.csv.gz", exceptional);
    with("bench/nb_top1000_series.csv.gz", projection);
}
