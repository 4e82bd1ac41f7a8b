// How long record linkage takes, and how right it is: 5,000 people and 5,000 miswritten doubles as
// in FEBRL's fourth set, then up to a million records, EM included.
//
// The peer is Splink, which by its own page links a million records on a laptop in about a minute.

#include <sys/resource.h>

#include <chrono>
#include <cstdlib>

#include <fmt/core.h>

#include "engine/stats/linkage.hpp"
#include "engine/stats/people_for_test.hpp"
#include "peer.hpp"

using namespace wardmote;

namespace {

void link(std::size_t originals, bool with_number) {
    const auto people = stats::PeopleMaker{4}.with_doubles(originals);
    const auto start = std::chrono::steady_clock::now();
    stats::Linkage found;
    const double seconds = bench::cpu_seconds_of([&] {
        const auto table = stats::table_of(people, with_number);
        found = stats::link_records(table, stats::settings_for(with_number));
    });
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const auto score = stats::score_of(people, found);
    const std::string work = fmt::format("linkage, {} records, {}", 2 * originals,
                                         with_number ? "with a number" : "names and addresses");
    if (originals == 500'000)
        bench::compare(work, seconds, 60, "Splink on a laptop (its page, wall time)");
    bench::rate(work, static_cast<double>(found.compared), seconds, "pairs a second and core");
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("  {:.2f} s wall; {} pairs compared; precision {:.5f}, recall {:.5f}, F1 {:.5f}; "
               "peak memory so far {:.0f} MB\n",
               wall.count(), found.compared, score.precision(), score.recall(), score.f1(),
               static_cast<double>(usage.ru_maxrss) / 1e3);
}

} // namespace

int main() {
    link(5'000, true);
    link(5'000, false);
    for (const std::size_t originals : {62'500, 125'000, 250'000, 500'000})
        link(originals, false);
}
