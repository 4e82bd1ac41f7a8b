#include <doctest/doctest.h>

#include "work/plan/example_for_test.hpp"
#include "work/plan/refresh.hpp"

namespace wardmote::plan {

namespace {

/// Carries everything but 1.8, which is dropped, and 1.7, which is finished.
Refresh decided(Example &example) {
    Refresh how{.from = "2014-15",
                .summary = "Organised crime groups come to the fore.",
                .on = core::Date{2015, 3, 11}};
    example.read([&](db::Transaction &tx) {
        for (const auto &action : unfinished(tx, "2014-15")) {
            Decision decision{.action = action.id};
            if (action.ref == "1.8") {
                decision = {action.id, Fate::drop, "The groups reviewed themselves"};
            }
            if (action.ref == "1.7") {
                decision = {action.id, Fate::finish, "It is every weekend's work now"};
            }
            how.decisions.push_back(decision);
        }
    });
    return how;
}

} // namespace

TEST_CASE("the refresh carries what is unfinished, in one go") {
    Example example;
    const auto how = decided(example);
    CHECK(how.decisions.size() == 20); // 25, of which 5 are finished
    const auto [next, problems] =
        example.write([&](db::Transaction &tx) { return refresh(example.site.keeper, tx, how); });
    CHECK(problems.empty());
    CHECK(next == "2015-16");
    example.read([&](db::Transaction &tx) {
        CHECK(counts(tx, "2015-16").all == 18);
        const auto old = counts(tx, "2014-15");
        CHECK(old.by_state.at("carried_over") == 18);
        CHECK(old.by_state.at("done") == 6);
        CHECK(old.by_state.at("dropped") == 1);
        const auto is = standing(tx, "2015-16");
        CHECK(is.priorities == 4);
        CHECK(is.ratified == 0); // each year's are ratified anew
        const auto first = actions_of_year(tx, "2015-16").front();
        CHECK(first.ref == "1.1");
        CHECK(first.due == core::Date{2016, 3, 31});
        CHECK(links_of(tx, first.id).places == std::vector<std::string>{"City centre"});
    });
}

TEST_CASE("a year is refreshed once, and with every decision and reason made") {
    Example example;
    auto how = decided(example);
    const auto run = [&] {
        return example
            .write([&](db::Transaction &tx) { return refresh(example.site.keeper, tx, how); })
            .second.size();
    };
    const auto whole = how;
    how.decisions.pop_back();
    CHECK(run() == 1);
    how = whole;
    how.summary.clear();
    CHECK(run() == 1);
    how = whole;
    for (auto &decision : how.decisions) {
        decision.reason.clear();
    }
    CHECK(run() == 2);
    how = whole;
    CHECK(run() == 0);
    CHECK(run() == 1);
}

TEST_CASE("two years compared: carried and changed, new, finished, dropped") {
    Example example;
    const auto how = decided(example);
    example.write([&](db::Transaction &tx) {
        refresh(example.site.keeper, tx, how);
        const auto all = actions_of_year(tx, "2015-16");
        auto changed = example.site.keeper.get<Action>(tx, all.front().id).value();
        changed.value.title = "Use the powers of the 2014 Act everywhere";
        example.site.keeper.update(tx, record::description<Action>(), changed.id, changed.version,
                                   record::values_of(changed.value));
        auto added = changed.value;
        added.ref = "1.9";
        added.carried_from.reset();
        example.site.keeper.add(tx, added);
    });
    const auto is = example.read([&](db::Transaction &tx) {
        return compare(example.site.keeper, tx, "2014-15", "2015-16", core::Date{2015, 4, 1});
    });
    REQUIRE(is.carried.size() == 18);
    CHECK(is.carried[0].changed == std::vector<std::string>{"What will be done"});
    CHECK(is.carried[1].changed.empty());
    REQUIRE(is.added.size() == 1);
    CHECK(is.added[0].ref == "1.9");
    CHECK(is.finished.size() == 6);
    REQUIRE(is.dropped.size() == 1);
    CHECK(is.dropped[0].ref == "1.8");
    CHECK(is.left.empty());
}

TEST_CASE("a manager refreshes the plan on one page, and then compares") {
    Example example;
    auto browser = example.browser(example.manager);
    const auto page = browser.get("/plan/refresh?year=2014-15");
    CHECK(site::has(page, "20 actions of 2014-15 are not finished"));
    site::Browser::Fields fields{{"year", "2014-15"}};
    for (const auto &decision : decided(example).decisions) {
        fields.emplace_back("fate-" + decision.action, "carry");
    }
    const auto refused = browser.post("/plan/refresh", fields);
    CHECK(refused.status == 422);
    CHECK(site::has(refused, "Say what is new next year, and why"));
    fields.emplace_back("summary", "Nothing much.");
    const auto made = browser.post("/plan/refresh", fields);
    CHECK(made.status == 303);
    CHECK(site::location(made) == "/plan?year=2015-16");
    CHECK(site::has(browser.get("/plan?year=2015-16"), "Rolling Plan 2015-16: 20 actions"));
    CHECK(site::has(browser.get("/plan/comparison"), "Carried over: 20 actions"));
    auto other = example.browser(example.coordinator);
    CHECK(other.get("/plan/refresh?year=2014-15").status == 403);
}

} // namespace wardmote::plan
