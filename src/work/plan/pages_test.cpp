// The pages as people of each role see and use them, without a script.
#include <doctest/doctest.h>

#include "platform/jobs/job.hpp"
#include "work/plan/example_for_test.hpp"

namespace wardmote::plan {

using site::has;
using site::location;

TEST_CASE("the plan names what is overdue and who is silent first") {
    Example example;
    auto browser = example.browser(example.manager);
    const auto page = browser.get("/plan");
    REQUIRE(page.status == 200);
    CHECK(has(page, "Rolling Plan 2014-15: 25 actions, 1 overdue"));
    CHECK(has(page, "33 days overdue"));
    CHECK(has(page, "no answer for 2014-15 Q3"));
    const auto late = page.body.find("Overdue and silent");
    CHECK(late < page.body.find("Whole community: 8 actions"));
    CHECK(has(page, "Supporting victims: 9 actions"));
    CHECK(has(page, "Targeting offenders: 8 actions"));
}

TEST_CASE("filters narrow every view, and the address says what is shown") {
    Example example;
    auto browser = example.browser(example.manager);
    CHECK(has(browser.get("/plan?year=2014-15&only=overdue"), "Whole community: 1 action<"));
    CHECK(has(browser.get("/plan?by=priority"), "Anti-social behaviour: "));
    CHECK(has(browser.get("/plan?view=board&state=off_track"), "Off track: 1 action<"));
    CHECK(has(browser.get("/plan?view=timeline"), "the black line is 2 February 2015"));
    CHECK(has(browser.get("/plan?only=overdue&only=silent"), "No actions fit"));
    const auto file = browser.get("/plan.csv?only=overdue");
    CHECK(has(file, "Review of the Neighbourhood Action Groups"));
    CHECK_FALSE(has(file, "Making Changes"));
}

TEST_CASE("a limb without a priority is a gap that the plan shows") {
    Example example;
    auto browser = example.browser(example.manager);
    CHECK_FALSE(has(browser.get("/plan"), "No priority serves"));
    example.write([](db::Transaction &tx) {
        tx.execute("update priority set limb_violence = 0 where tenant = :tenant",
                   {{"tenant", tx.tenant()}});
    });
    CHECK(has(browser.get("/plan"), "No priority serves section 6(1)(d)"));
}

TEST_CASE("a councillor reads the plan without names of people, and changes nothing") {
    Example example;
    auto browser = example.browser(example.councillor);
    const auto page = browser.get("/plan");
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "Community safety manager, Oxford City Council"));
    CHECK_FALSE(has(page, "Add an action"));
    const auto id = example.action("1.3");
    const auto action = browser.get("/actions/" + id);
    CHECK(action.status == 200);
    CHECK_FALSE(has(action, "Finish this action"));
    CHECK(browser.get("/actions/" + id + "/progress").status == 403);
    CHECK(browser.get("/actions/" + id + "/completion").status == 404);
    CHECK(browser.get("/plan/requests").status == 403);
}

TEST_CASE("an action is finished with a reason, and taken up again") {
    Example example;
    auto browser = example.browser(example.manager);
    const auto address = "/actions/" + example.action("1.3");
    CHECK(has(browser.get(address), "Finish this action"));
    CHECK(has(browser.get(address + "/completion"), "becomes: finished"));
    CHECK(browser.post(address + "/completion", {{"reason", "  "}}).status == 422);
    const auto done = browser.post(address + "/completion", {{"reason", "Debrief held"}});
    CHECK(done.status == 303);
    CHECK(location(done) == address);
    const auto page = browser.get(address);
    CHECK(has(page, "Debrief held"));
    CHECK(has(page, "Take it up again"));
    CHECK(browser.post(address + "/completion", {{"reason", "twice"}}).status == 404);
    CHECK(browser.post(address + "/reopening", {{"reason", "A school joined late"}}).status == 303);
    CHECK(has(browser.get(address), "Finish this action"));
}

TEST_CASE("an action without added value is refused on the form") {
    Example example;
    auto browser = example.browser(example.manager);
    browser.get("/actions/new");
    const auto answer = browser.post("/actions", {{"ref", "1.9"}, {"title", "Empty the bins"}});
    CHECK(answer.status == 422);
    const auto [priority, organisation] = example.read([](db::Transaction &tx) {
        const auto all = actions_of_year(tx, "2014-15");
        return std::pair{
            tx.first("select id from priority where tenant = :tenant", {{"tenant", tx.tenant()}})
                ->text("id"),
            all.front().organisation};
    });
    site::Browser::Fields fields{{"ref", "1.9"},
                                 {"title", "Empty the bins"},
                                 {"priority", priority},
                                 {"activity_group", "whole_community"},
                                 {"lead_organisation", organisation},
                                 {"starts-day", "1"},
                                 {"starts-month", "4"},
                                 {"starts-year", "2014"},
                                 {"due-day", "31"},
                                 {"due-month", "3"},
                                 {"due-year", "2015"},
                                 {"state", "done"}}; // made up: the form has no such field
    const auto refused = browser.post("/actions", fields);
    CHECK(refused.status == 422);
    CHECK(has(refused, "business as usual"));
    fields.emplace_back("added_value", "All members empty them together");
    CHECK(browser.post("/actions", fields).status == 303);
    const auto id = example.action("1.9");
    REQUIRE_FALSE(id.empty());
    const auto page = browser.get("/actions/" + id);
    CHECK(has(page, "Proposed"));
    CHECK(has(page, "Say which person leads it first"));
    CHECK(browser.post("/actions/" + id + "/beginning", {}).status == 422);
}

TEST_CASE("an owner signs in, sees what waits, and answers") {
    Example example;
    auto browser = example.browser(example.officer);
    CHECK(has(browser.get("/"), "Say how 3.7 Making Changes"));
    const auto address = "/actions/" + example.action("3.7");
    CHECK(has(browser.get(address + "/progress"), "How it stood in 2014-15 Q3"));
    CHECK(browser.post(address + "/progress", {{"rag", "on_track"}}).status == 422);
    const auto sent = browser.post(
        address + "/progress",
        {{"rag", "on_track"}, {"percent", "75"}, {"done", "Both groups began again."}});
    CHECK(sent.status == 303);
    CHECK(has(browser.get(address), "Both groups began again."));
    CHECK_FALSE(has(browser.get("/"), "Say how 3.7 Making Changes"));
}

TEST_CASE("the link of a letter opens one form, once, without signing in") {
    Example example;
    example.write([&](db::Transaction &tx) { // as if nobody had been asked for the third quarter
        tx.execute("delete from progress where tenant = :tenant and quarter = '2014-15 Q3'",
                   {{"tenant", tx.tenant()}});
    });
    auto manager = example.browser(example.manager);
    manager.get("/plan/requests");
    const auto links = manager.post("/plan/requests", {});
    REQUIRE(links.status == 200);
    CHECK(has(links, "20 owners are asked for 2014-15 Q3"));
    const auto at = links.body.find("/answer/");
    const auto link = links.body.substr(at, links.body.find('"', at) - at);

    site::Browser owner{example.site.router};
    CHECK(has(owner.get(link), "How it stood in 2014-15 Q3"));
    CHECK(has(owner.get(link), "How it stood in 2014-15 Q3")); // a scanner opened it before
    CHECK(owner.get("/plan").status != 200);                   // and nothing else opens
    CHECK(owner.post(link, {{"rag", "at_risk"}}).status == 422);
    CHECK(owner.post_without_token(link, {{"rag", "at_risk"}}).status == 403);
    const auto thanks = owner.post(
        link, {{"rag", "at_risk"}, {"percent", "50"}, {"done", "Two schools have not signed."}});
    CHECK(thanks.status == 200);
    CHECK(has(thanks, "Thank you"));
    CHECK(owner.get(link).status == 410);
    const auto said = example.read([](db::Transaction &tx) {
        return tx
            .first("select count(*) as said from progress where tenant = :tenant "
                   "and done = 'Two schools have not signed.' and answered is not null",
                   {{"tenant", tx.tenant()}})
            ->integer("said");
    });
    CHECK(said == 1);
}

TEST_CASE("a link runs out after fourteen days, and is no good to who has left") {
    Example example;
    example.write([&](db::Transaction &tx) {
        tx.execute("delete from progress where tenant = :tenant and quarter = '2014-15 Q3'",
                   {{"tenant", tx.tenant()}});
    });
    auto manager = example.browser(example.manager);
    manager.get("/plan/requests");
    const auto links = manager.post("/plan/requests", {});
    const auto at = links.body.find("/answer/");
    const auto link = links.body.substr(at, links.body.find('"', at) - at);
    site::Browser owner{example.site.router};
    CHECK(owner.get(link).status == 200);
    example.site.clock.move_to(example.site.clock.now().plus(std::chrono::days{14}));
    CHECK(owner.get(link).status == 410);
}

TEST_CASE("partners and places are chosen on a page of their own") {
    Example example;
    auto browser = example.browser(example.manager);
    const auto address = "/actions/" + example.action("2.1");
    CHECK(has(browser.get(address + "/links"), "Thames Valley Police"));
    CHECK(browser
              .post(address + "/links",
                    {{"places", "Carfax\r\nHolywell\r\n"}, {"partner", "made-up"}})
              .status == 303);
    CHECK(has(browser.get(address), "Carfax and Holywell"));
}

TEST_CASE("a strategy is ratified only when every limb has a ratified priority") {
    Example example;
    auto browser = example.browser(example.manager);
    const auto id = example.read([](db::Transaction &tx) {
        return tx
            .first("select id from strategy where tenant = :tenant", {{"tenant", tx.tenant()}})
            ->text("id");
    });
    example.write([](db::Transaction &tx) {
        tx.execute("update strategy set state = 'consulted' where tenant = :tenant",
                   {{"tenant", tx.tenant()}});
        tx.execute("update priority set ratified_on = null where tenant = :tenant and number = 4",
                   {{"tenant", tx.tenant()}});
    });
    const auto address = "/strategies/" + id;
    CHECK(has(browser.get(address), "Have every priority ratified by a minute first."));
    CHECK(browser.post(address + "/ratification", {{"reason", "Board"}}).status == 422);
    example.write([](db::Transaction &tx) {
        tx.execute("update priority set ratified_on = '2014-03-12' where tenant = :tenant",
                   {{"tenant", tx.tenant()}});
    });
    CHECK(browser.post(address + "/ratification", {{"reason", "Board"}}).status == 303);
    CHECK(has(browser.get(address), "Bring it into force"));
}

} // namespace wardmote::plan
