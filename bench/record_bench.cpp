/// The record keeper over 20,000 records: one write of each kind, and pages of 25 as people list
/// and search them. On SQLite; under pg_virtualenv with WARDMOTE_TEST_DATABASE=postgresql on that.
#include <benchmark/benchmark.h>

#include <array>

#include "platform/record/example_for_test.hpp"
#include "platform/record/search.hpp"

namespace record = wardmote::record;
namespace db = wardmote::db;

namespace {

constexpr int records = 20'000;

struct Filled : record::test::Store {
    std::vector<std::string> ids;

    Filled() {
        constexpr std::array places{"Carfax", "Holywell", "Cowley", "Headington", "Jericho"};
        constexpr std::array aims{"fewer thefts of bicycles", "less noise at night",
                                  "safer journeys home", "no weapons carried"};
        write([&](db::Transaction &tx) {
            for (std::size_t i = 0; i < records; ++i) {
                auto made = operation(std::string{places[i % 5]} + " patrol " +
                                      std::to_string(i * 7919 % records));
                made.aim = std::string{aims[i % 4]} + " in the month " + std::to_string(i % 120);
                made.contact = "kit@example.org";
                made.first_day =
                    wardmote::core::Date{2010, 1, 1}.plus_days(static_cast<int>(i % 2000));
                made.sort = static_cast<record::test::Sort>(i % 3);
                ids.push_back(keeper.add(tx, made));
            }
        });
    }
};

Filled &store() {
    static Filled filled;
    return filled;
}
const record::Description &what() {
    return record::description<record::test::Operation>();
}

void insert(benchmark::State &state) {
    auto &in = store();
    const auto made = in.full();
    for (auto _ : state) {
        benchmark::DoNotOptimize(in.add(made));
    }
}
BENCHMARK(insert)->Unit(benchmark::kMicrosecond)->UseRealTime();

void update(benchmark::State &state) {
    auto &in = store();
    std::int64_t officers = 0;
    for (auto _ : state) {
        const auto &id = in.ids[static_cast<std::size_t>(officers) * 31 % in.ids.size()];
        officers = officers % 499 + 1;
        in.write([&](db::Transaction &tx) {
            auto kept = in.keeper.find(tx, what(), id, in.everything()).value();
            kept.values[3] = record::Value{officers};
            in.keeper.update(tx, what(), id, kept.version, kept.values);
        });
    }
}
BENCHMARK(update)->Unit(benchmark::kMicrosecond)->UseRealTime();

void find(benchmark::State &state) {
    auto &in = store();
    std::size_t number = 0;
    for (auto _ : state) {
        in.read([&](db::Transaction &tx) {
            const auto &id = in.ids[(number += 7) % in.ids.size()];
            benchmark::DoNotOptimize(in.keeper.find(tx, what(), id, {.person = "nobody"}));
        });
    }
}
BENCHMARK(find)->Unit(benchmark::kMicrosecond)->UseRealTime();

void list(benchmark::State &state, const record::Query &query) {
    auto &in = store();
    for (auto _ : state) {
        in.read([&](db::Transaction &tx) {
            benchmark::DoNotOptimize(in.keeper.list(tx, what(), query, {.person = "nobody"}));
        });
    }
}
BENCHMARK_CAPTURE(list, first_page, record::Query{})->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(list, page_400, record::Query{.page = 400})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(list, latest_first, record::Query{.sort = "-first_day"})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(list, sorted_without_an_index, record::Query{.sort = "officers"})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(list, filtered, record::Query{.filters = {{"sort", {"campaign"}}}})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(list, filtered_by_dates,
                  record::Query{.filters = {{"first_day", {"2012-01-01..2012-01-31"}}}})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(list, searched, record::Query{.words = "bicycle month 17"})
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

void search(benchmark::State &state, const std::string &words) {
    auto &in = store();
    const std::vector<record::VisibleKind> kinds{
        {&what(), {.person = "nobody"}}, {&record::description<record::test::Authority>(), {}}};
    for (auto _ : state) {
        in.read([&](db::Transaction &tx) {
            benchmark::DoNotOptimize(record::search(tx, words, kinds));
        });
    }
}
BENCHMARK_CAPTURE(search, one_record, "jericho 1234")->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK_CAPTURE(search, a_quarter_of_all, "bicycle")
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

} // namespace

BENCHMARK_MAIN();
