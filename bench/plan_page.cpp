// How long the page of the plan takes, of 300 actions over five years with quarterly updates: from
// the request, through session, permission and statements, to the whole page. The time on a clock,
// and that of the processor in this process, which says what the page costs on a busy machine.
//
//     plan_page [TIMES]                                    on SQLite
//     pg_virtualenv -t env WARDMOTE_TEST_DATABASE=postgresql plan_page
#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include <fmt/format.h>

#include "work/plan/example_for_test.hpp"

using namespace wardmote;

namespace {

constexpr int years = 5;
constexpr int actions_a_year = 60;
constexpr int usual_times = 300;

core::Id id_of(const std::string &text) {
    return core::Id::parse(text).value();
}

void add_year(plan::Example &example, db::Transaction &tx, int first_year, core::Id strategy) {
    auto &keeper = example.site.keeper;
    const core::FinancialYear year{first_year};
    const auto plan_year =
        keeper.add(tx, plan::PlanYear{.strategy = strategy, .year = year.name()});
    std::vector<core::Id> priorities;
    for (int number = 1; number <= 4; ++number) {
        priorities.push_back(id_of(keeper.add(tx, plan::Priority{.plan_year = id_of(plan_year),
                                                                 .number = number,
                                                                 .title = "Violent crime",
                                                                 .limb_crime = true})));
    }
    const auto organisation =
        id_of(tx.first("select id from organisation where tenant = :tenant order by name",
                       {{"tenant", tx.tenant()}})
                  ->text("id"));
    for (int i = 0; i < actions_a_year; ++i) {
        const auto action = keeper.add(
            tx, plan::Action{.ref = fmt::format("{}.{}", i % 4 + 1, i / 4 + 1),
                             .title = "Training on child sexual exploitation, for several agencies",
                             .priority = priorities[static_cast<std::size_t>(i % 4)],
                             .activity_group = static_cast<plan::ActivityGroup>(i % 3),
                             .added_value = "Agencies that train together know the same signs",
                             .lead_organisation = organisation,
                             .lead = id_of(i % 2 == 0 ? example.officer : example.coordinator),
                             .starts = year.first_month().first_day(),
                             .due = year.last_month().last_day(),
                             .state = plan::ActionState::in_progress});
        for (unsigned quarter = 1; quarter <= 4; ++quarter) {
            plan::Progress said{.action = id_of(action),
                                .quarter = plan::stored(core::Quarter{year, quarter}),
                                .rag = plan::Rag::on_track,
                                .percent = static_cast<int>(quarter) * 25,
                                .done = "Two sessions were held and forty officers came."};
            said.asked = said.answered = keeper.clock().now();
            keeper.add(tx, said);
        }
    }
}

/// Milliseconds that this thread has computed.
double computed() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The middle, and what 95 in 100 stay within.
std::string spread(std::vector<double> milliseconds) {
    std::ranges::sort(milliseconds);
    const auto all = milliseconds.size();
    return fmt::format("median {:5.1f} ms, 95 % within {:5.1f} ms", milliseconds[all / 2],
                       milliseconds[all * 95 / 100]);
}

void measure(plan::Example &example, const char *address, int times) {
    auto browser = example.browser(example.manager);
    std::vector<double> waited, worked;
    std::size_t bytes = 0;
    for (int i = 0; i < times; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const auto before = computed();
        bytes = browser.get(address).body.size();
        worked.push_back(computed() - before);
        waited.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
                .count());
    }
    fmt::print("{:28} {:4} kB: {}; processor: {}\n", address, bytes / 1000, spread(waited),
               spread(worked));
}

} // namespace

int main(int words, char **word) {
    const int times = words > 1 ? std::stoi(word[1]) : usual_times;
    plan::Example example;
    example.write([&](db::Transaction &tx) {
        const auto strategy = id_of(
            tx.first("select id from strategy where tenant = :tenant", {{"tenant", tx.tenant()}})
                ->text("id"));
        for (int i = 0; i < years; ++i) {
            add_year(example, tx, 2015 + i, strategy);
        }
    });
    for (const auto *address :
         {"/plan?year=all", "/plan?year=2019-20", "/plan?year=all&view=timeline"}) {
        measure(example, address, times);
    }
}
