// How long near repeats take: 11,701 events, five bands of 100 m by four of a week, 999 replicates.
//
// The peer is R's NearRepeat 0.1.1, which compares every pair of events in every replicate: 9.6 s a
// replicate and 5.9 GB at that size, as measured on a machine like this one.

#include <sys/resource.h>

#include <cmath>
#include <vector>

#include <fmt/core.h>

#include "engine/stats/near_repeat.hpp"
#include "engine/stats/near_repeat_chains.hpp"
#include "engine/stats/random.hpp"
#include "peer.hpp"

using namespace wardmote;

namespace {

struct City {
    std::vector<double> x, y;
    std::vector<std::int32_t> day;
    stats::Events events() const { return {x, y, day}; }
};

/// A year of events in a city of 25 by 40 km for each 11,701: a third spread evenly, the rest in
/// neighbourhoods some 600 m wide, one event in twelve a near repeat of the one before.
City city(std::size_t size) {
    City made;
    const double side = std::sqrt(static_cast<double>(size) / 11'701);
    stats::RandomStream random{2016, 0};
    std::vector<double> cx, cy;
    for (std::size_t i = 0; i < size / 60 + 1; ++i) {
        cx.push_back(random.uniform() * 25'000 * side);
        cy.push_back(random.uniform() * 40'000 * side);
    }
    for (std::size_t i = 0; i < size; ++i) {
        const double kind = random.uniform();
        if (kind < 0.08 && i > 0) {
            made.x.push_back(made.x.back() + random.normal() * 80);
            made.y.push_back(made.y.back() + random.normal() * 80);
            made.day.push_back(made.day.back() + static_cast<int>(random.uniform() * 7));
            continue;
        }
        if (kind < 0.36) {
            made.x.push_back(random.uniform() * 25'000 * side);
            made.y.push_back(random.uniform() * 40'000 * side);
        } else {
            const auto at =
                static_cast<std::size_t>(random.uniform() * static_cast<double>(cx.size()));
            made.x.push_back(cx[at] + random.normal() * 600);
            made.y.push_back(cy[at] + random.normal() * 600);
        }
        made.day.push_back(static_cast<std::int32_t>(random.uniform() * 366));
    }
    return made;
}

} // namespace

int main() {
    constexpr std::size_t once = 11'701;
    constexpr double peer_a_replicate = 9.6;
    for (const std::size_t times : {1, 2, 4, 8}) {
        const City events = city(once * times);
        stats::KnoxTable table;
        const double seconds =
            bench::cpu_seconds_of([&] { table = stats::near_repeat(events.events()); });
        if (times == 1)
            bench::compare("near repeat, 11,701 events, 5 x 4 bands, 999 replicates", seconds,
                           999 * peer_a_replicate, "R NearRepeat 0.1.1 (stated)");
        std::int64_t near = 0;
        for (const stats::KnoxCell &cell : table.cells)
            near += cell.observed;
        bench::rate(
            fmt::format("near repeat, {} events, {} pairs near in both", once * times, near),
            static_cast<double>(once * times) * 999, seconds, "events dealt a second and core");
        const auto window = stats::risk_window(table);
        const double chaining = bench::cpu_seconds_of([&] {
            const auto chains = stats::near_repeat_chains(events.events(), {200, 6});
            fmt::print("  raised {}; {} chains, the longest of {}\n",
                       window ? stats::in_words(*window) : "nowhere", chains.chains.size(),
                       chains.chains.empty() ? 0 : chains.chains[0].members.size());
        });
        bench::rate("  chains", static_cast<double>(once * times), chaining, "events a second");
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        fmt::print("  peak memory so far {:.0f} MB\n", static_cast<double>(usage.ru_maxrss) / 1e3);
    }
}
