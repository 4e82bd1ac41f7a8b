// The scan again, written as plainly as can be: every window, every logarithm, no tables.

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include <doctest/doctest.h>

#include "engine/stats/random.hpp"
#include "engine/stats/scan.hpp"
#include "engine/stats/scan_model.hpp"
#include "engine/stats/scan_null.hpp"

using namespace wardmote::stats;

namespace {

/// A made-up map of `areas` with `periods`, some areas at one point or without people.
struct Made {
    std::vector<double> x, y, population;
    std::vector<std::int64_t> cases;
    ScanPeriods periods;

    Made(std::uint64_t seed, std::size_t areas, std::size_t count, double mean, bool grid) {
        RandomStream random{seed, 0};
        periods.count = count;
        for (std::size_t i = 0; i < areas; ++i) {
            x.push_back(grid ? static_cast<double>(i % 6) : random.uniform() * 100);
            y.push_back(grid ? static_cast<double>(i / 6) : random.uniform() * 100);
            if (i % 9 == 8 && !grid) {
                x[i] = x[i - 1];
                y[i] = y[i - 1];
            }
            const double people = i % 11 == 7 ? 0 : 1 + std::floor(random.uniform() * 40);
            for (std::size_t t = 0; t < count; ++t) {
                population.push_back(people);
                cases.push_back(static_cast<std::int64_t>(random.poisson(people * mean / 20)));
            }
        }
    }
};

struct Brute {
    const Made &made;
    const ScanSettings &settings;
    std::vector<double> expected; ///< a cell
    double total = 0;

    struct Shape {
        double longer, angle, factor;
    };
    std::vector<Shape> shapes() const {
        std::vector<Shape> all{{1, 0, 1}};
        if (settings.ellipses) {
            const std::map<double, int> tried{{1.5, 4}, {2, 6}, {3, 9}, {4, 12}, {5, 15}};
            for (const auto &[s, angles] : tried) {
                for (int k = 0; k < angles; ++k)
                    all.push_back({s, k * std::numbers::pi / angles,
                                   std::pow(4 * s / std::pow(s + 1, 2), settings.ellipse_penalty)});
            }
        }
        return all;
    }

    double ratio(double c, double mu) const {
        if (c == mu || (c > mu && settings.rates == ScanRates::low) ||
            (c < mu && settings.rates == ScanRates::high))
            return 0;
        if (c > mu && c < static_cast<double>(settings.fewest_cases))
            return 0;
        const auto term = [](double a, double b) { return a > 0 ? a * std::log(a / b) : 0; };
        return term(c, mu) + term(total - c, total - mu);
    }

    /// The best window: all radii at which an area lies, all runs of periods.
    double best(const std::vector<std::int64_t> &cases) const {
        const std::size_t n = made.x.size(), periods = made.periods.count;
        const std::size_t longest =
            made.periods.longest > 0 ? made.periods.longest : std::max<std::size_t>(1, periods / 2);
        double found = 0;
        for (const Shape &shape : shapes()) {
            for (std::size_t centre = 0; centre < n; ++centre) {
                std::vector<double> distance(n);
                for (std::size_t i = 0; i < n; ++i) {
                    const double dx = made.x[i] - made.x[centre], dy = made.y[i] - made.y[centre];
                    const double u = dx * std::cos(shape.angle) + dy * std::sin(shape.angle);
                    const double v = dy * std::cos(shape.angle) - dx * std::sin(shape.angle);
                    distance[i] = std::hypot(u / shape.longer, v);
                }
                for (const double radius : distance) {
                    std::vector<double> c(periods, 0), mu(periods, 0);
                    double share = 0;
                    for (std::size_t i = 0; i < n; ++i) {
                        if (distance[i] > radius + 1e-7)
                            continue;
                        for (std::size_t t = 0; t < periods; ++t) {
                            c[t] += static_cast<double>(cases[i * periods + t]);
                            mu[t] += expected[i * periods + t];
                            share += expected[i * periods + t] / total;
                        }
                    }
                    if (share > settings.largest_share + 1e-9)
                        continue;
                    for (std::size_t from = 0; from < periods; ++from) {
                        double counted = 0, due = 0;
                        for (std::size_t to = from; to < std::min(periods, from + longest); ++to) {
                            counted += c[to];
                            due += mu[to];
                            if (due > 1e-12 && (!made.periods.prospective || to + 1 == periods))
                                found = std::max(found, shape.factor * ratio(counted, due));
                        }
                    }
                }
            }
        }
        return found;
    }
};

void compare(const Made &made, const ScanSettings &settings, bool permutation) {
    const std::size_t areas = made.x.size(), periods = made.periods.count;
    const ScanPlaces places{made.x, made.y};
    const ScanResult result =
        permutation ? permutation_scan(places, made.cases, made.periods, settings)
                    : space_time_scan(places, made.cases, made.population, made.periods, settings);

    Brute brute{made, settings, std::vector<double>(areas * periods), 0};
    std::vector<double> of_area(areas, 0), of_period(periods, 0);
    double people = 0;
    for (std::size_t cell = 0; cell < made.cases.size(); ++cell) {
        brute.total += static_cast<double>(made.cases[cell]);
        people += made.population[cell];
        of_area[cell / periods] += static_cast<double>(made.cases[cell]);
        of_period[cell % periods] += static_cast<double>(made.cases[cell]);
    }
    for (std::size_t cell = 0; cell < made.cases.size(); ++cell)
        brute.expected[cell] =
            permutation ? of_area[cell / periods] * of_period[cell % periods] / brute.total
                        : made.population[cell] * brute.total / people;

    const double best = brute.best(made.cases);
    CHECK((result.clusters.empty() ? 0 : result.clusters[0].ratio) ==
          doctest::Approx(best).epsilon(1e-8));

    const scan::Model model =
        permutation ? scan::permutation_model(made.cases, areas, made.periods)
                    : scan::poisson_model(made.cases, made.population, areas, made.periods);
    const scan::Null null = permutation ? scan::Null::permutation(model, settings.seed)
                                        : scan::Null::multinomial(model, settings.seed);
    std::size_t reach = 0;
    for (std::size_t r = 0; r < settings.replicates; ++r) {
        std::vector<std::uint32_t> cells;
        null.draw(r, cells);
        std::vector<std::int64_t> cases(areas * periods);
        for (const std::uint32_t cell : cells)
            ++cases[cell];
        const double largest = brute.best(cases);
        CHECK(result.maxima[r] == doctest::Approx(largest).epsilon(1e-9));
        reach += largest >= best * (1 - 1e-9) ? 1 : 0;
    }
    if (!result.clusters.empty())
        CHECK(*result.clusters[0].p ==
              doctest::Approx((1.0 + static_cast<double>(reach)) /
                              (1.0 + static_cast<double>(settings.replicates))));
}

} // namespace

TEST_CASE("every replicate's best window is the one that a search of all windows finds") {
    for (const ScanRates rates : {ScanRates::high, ScanRates::low, ScanRates::both}) {
        for (const bool grid : {false, true}) {
            compare(Made{1, 40, 1, 3, grid}, {.rates = rates, .replicates = 70}, false);
            compare(Made{2, 24, 6, 1, grid}, {.rates = rates, .replicates = 9}, false);
            compare(Made{3, 24, 6, 1, grid}, {.rates = rates, .replicates = 9}, true);
        }
    }
}

TEST_CASE("so too when cases are few, windows small, or all must last until the end") {
    compare(Made{4, 30, 1, 0.2, false}, {.fewest_cases = 1, .replicates = 40}, false);
    compare(Made{5, 30, 1, 3, false}, {.largest_share = 0.1, .replicates = 40}, false);
    Made made{6, 24, 5, 2, false};
    made.periods.prospective = true;
    made.periods.longest = 3;
    compare(made, {.replicates = 20}, false);
    compare(made, {.rates = ScanRates::both, .replicates = 20}, true);
}

TEST_CASE("so too with ellipses and their penalty") {
    for (const double penalty : {0.0, 0.5, 1.0})
        compare(Made{7, 20, 1, 4, false},
                {.ellipses = true, .ellipse_penalty = penalty, .replicates = 20}, false);
}

TEST_CASE("so too when a cell or all cells hold more than narrow numbers do") {
    compare(Made{8, 20, 1, 200, false}, {.replicates = 20}, false);  // over 255 in a cell
    compare(Made{9, 30, 1, 2000, false}, {.replicates = 20}, false); // over 32,767 in all
}
