#include <doctest/doctest.h>

#include <fmt/format.h>

#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/tenants.hpp"
#include "platform/law/parameters.hpp"
#include "platform/site/browser_for_test.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/line.hpp"
#include "work/plan/plan.hpp"

namespace wardmote::funding {

namespace {

using access::Role;
using site::has;

/// The example's money on a site, at 2 February 2015.
struct Desk {
    site::SiteForTest of;
    law::Parameters parameters = law::Parameters::read({WARDMOTE_SOURCE_DIR "/catalogue/law"});
    access::MadeTenant made;

    template <class Work>
    auto write(Work &&work) {
        return of.database.write({made.tenant.id, made.administrator, {}}, work);
    }

    Desk() {
        routes(of.site, parameters);
        made = std::get<access::MadeTenant>(
            access::make_tenant(of.keeper, {.name = "Oxford Safer Communities Partnership",
                                            .place = "Oxford",
                                            .administrator_name = "Ada Field",
                                            .administrator_email = "ada@oxford.example"}));
        write([&](db::Transaction &tx) {
            for (const auto *name : {"Oxford City Council", "Thames Valley Police"}) {
                of.keeper.add(tx, access::Organisation{.name = name});
            }
            for (const std::string name :
                 {"Community safety manager", "Exploitation coordinator",
                  "Anti-social behaviour officer", "Neighbourhood inspector"}) {
                of.keeper.add(tx,
                              access::PersonRecord{.name = name,
                                                   .email = name.substr(0, 4) + "@oxford.example",
                                                   .role = Role::officer});
            }
            plan::make_example_plan(of.keeper, tx);
            make_example_funding(of.keeper, tx);
        });
    }
    site::Browser browser(Role role) {
        const auto id = write([&](db::Transaction &tx) {
            const auto name = std::string{access::stored_name(role)};
            return of.keeper.add(tx, access::PersonRecord{.name = name,
                                                          .email = name + "2@oxford.example",
                                                          .role = role});
        });
        site::Browser made_browser{of.router};
        site::sign_in(of.site, made_browser, made.tenant, id);
        return made_browser;
    }
    std::string id(const std::string &sql) {
        return write([&](db::Transaction &tx) {
            return tx.first(sql + " and tenant = :tenant", {{"tenant", tx.tenant()}})->text("id");
        });
    }
};

} // namespace

TEST_CASE(
    "a 30 per cent cut from 2016-17 shows which posts and actions fall, at an address of its own") {
    Desk desk;
    auto browser = desk.browser(Role::councillor);
    const auto before = browser.get("/funding/cliff");
    CHECK(before.status == 200);
    CHECK(has(before, "Grants give £160,000 in 2014-15, £160,000 in 2015-16, £160,000 in 2016-17 "
                      "and £160,000 in 2017-18."));
    CHECK(has(before, "Secured"));
    CHECK(has(before, "At risk"));
    const auto cut = browser.get("/funding/cliff?cut=30&from=2016-17");
    // 70% of 160,000 is 112,000: 42,000 and 40,000 stay, 30,000 of 36,000 are left for the third
    // post, which is 0.83 of full time; the two projects fall.
    CHECK(has(cut, "With 30% less from 2016-17, grants give £112,000 in that year instead of "
                   "£160,000."));
    CHECK(has(cut, "No post falls; Anti-social Behaviour Prevention Project Coordinator in part."));
    CHECK(has(cut, "0.83 of 1.00 full time, £30,000"));
    // The third post delivers this action of the plan.
    CHECK(has(cut, "1.1 Use the powers of the 2014 Act"));
    CHECK(has(cut, "Falls in part: £30,000 of £36,000 is left"));
    CHECK_FALSE(has(before, "1.1 Use the powers of the 2014 Act"));
    CHECK(browser.get("/funding/cliff?cut=101&from=2016-17").status == 422);
    CHECK(browser.get("/funding/cliff?cut=30&from=1066-67").status == 422);
    // 64,000: 42,000, and 22,000 of 40,000.
    CHECK(has(browser.get("/funding/cliff?cut=60&from=2016-17"),
              "1 post falls: Anti-social Behaviour Prevention Project Coordinator; Violent Crime "
              "Reduction Coordinator in part."));
}

TEST_CASE("who keeps no grants changes no money") {
    Desk desk;
    auto partner = desk.browser(Role::partner_officer);
    CHECK(partner.get("/funding").status == 403);
    const auto line = desk.id("select id from grant_line where rank = 1");
    auto analyst = desk.browser(Role::analyst);
    CHECK(analyst.get("/funding").status == 200);
    CHECK(analyst.get("/grant-lines/" + line).status == 200);
    CHECK(analyst.get("/grant-lines/" + line + "/months").status >= 400);
    CHECK(analyst.post("/grant-lines/" + line + "/months", {{"actual-2014-04", "1"}}).status >=
          400);
}

TEST_CASE("the months of a line are saved in one form, and added up by the server") {
    Desk desk;
    auto browser = desk.browser(Role::coordinator);
    const auto line = desk.id("select id from grant_line where rank = 1 and state = 'fixed'");
    const auto address = "/grant-lines/" + line + "/months?year=2014-15";
    // 42,000 / 12 is 3,500; nine months are spent.
    CHECK(has(browser.get(address), "£31,500"));
    auto wrong = browser.post(address, {{"actual-2014-04", "lots"}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Spent of April 2014 must be an amount such as 1,250 or 1,250.50"));
    CHECK(has(wrong, "value=\"lots\""));
    CHECK(browser.post(address, {{"actual-2014-04", "1,250.50"}, {"forecast-2014-05", "£100"}})
              .status == 303);
    const auto saved = browser.get(address);
    CHECK(has(saved, "value=\"1,250.50\""));
    CHECK(has(saved, "£1,350.50")); // the outturn
}

TEST_CASE("a coordinator files a return that is filled already, and a manager checks it") {
    Desk desk;
    auto coordinator = desk.browser(Role::coordinator);
    auto manager = desk.browser(Role::manager);
    const auto grant = desk.id("select id from grant_agreement where state = 'agreed'");
    CHECK(has(coordinator.get("/"), "Return for Q3 2014-15"));
    CHECK(has(coordinator.get("/"), "Payment late: Second half of 2014-15"));
    const auto page = coordinator.get("/grants/" + grant);
    CHECK(page.status == 200);
    const auto made =
        coordinator.post("/grants/" + grant + "/returns", {{"quarter", "2014-15 Q3"}});
    const auto address = site::location(made);
    const auto filled = coordinator.get(address);
    CHECK(has(filled, "All lines: spend to date"));
    CHECK(has(filled, "£119,999.97")); // nine times 3,500, 3,333.33, 3,000, 2,500 and 1,000
    const auto step = [&](site::Browser &who, const std::string &verb) {
        return who.post(address + "/steps/" + verb, {});
    };
    CHECK(step(coordinator, "check").status == 422);
    const auto form = coordinator.get(address + "/edit");
    CHECK(form.status == 200);
    CHECK_FALSE(has(form, "name=\"state\""));
    CHECK(coordinator
              .post(address, {{"version", site::Browser::hidden(form.body, "version")},
                              {"narrative", "Training for taxi drivers"},
                              {"state", "accepted"}})
              .status == 303);
    CHECK(step(coordinator, "check").status == 303);
    CHECK(step(coordinator, "submission").status == 422); // not theirs to submit
    CHECK(coordinator.get(address + "/edit").status == 404);
    CHECK(step(manager, "submission").status == 303);
    CHECK(has(manager.get(address), "As it was submitted"));
    CHECK(has(manager.get(address + "/return.csv"),
              "All lines: spend to date,\"£119,999.97\",11999997"));
}

TEST_CASE("the money of a grant is typed while it is being agreed, and not after") {
    Desk desk;
    auto manager = desk.browser(Role::manager);
    const auto agreed = desk.id("select id from grant_agreement where state = 'agreed'");
    const auto open = desk.id("select id from grant_agreement where state = 'draft'");
    CHECK(manager.get("/grants/" + agreed + "/money").status == 404);
    CHECK(manager.post("/grants/" + agreed + "/money", {{"grant-2014-15", "1"}}).status == 404);
    CHECK(manager.get("/grants/" + open + "/money").status == 200);
    const auto line = desk.id("select id from grant_line where rank = 1 and state = 'open'");
    const auto over = manager.post("/grants/" + open + "/money",
                                   {{"grant-2017-18", "100"}, {line + "-2017-18", "100.01"}});
    CHECK(over.status == 422);
    CHECK(has(over, "which is £0.01 more than the grant gives: £100"));
    CHECK(manager
              .post("/grants/" + open + "/money",
                    {{"grant-2017-18", "100"}, {line + "-2017-18", "100"}})
              .status == 303);
    CHECK(manager.post("/grants/" + open + "/steps/agreement", {}).status == 422); // not signed
}

TEST_CASE("the plan says how resources are deployed while each action names its own") {
    Desk desk;
    const auto missing = [&] {
        return desk.write([&](db::Transaction &tx) {
            return duty_evidence().at("plan_resources")(tx, {}, core::Date{2014, 4, 1},
                                                        core::Date{2015, 2, 2});
        });
    };
    const auto whole = missing();
    CHECK(whole.missing.empty());
    REQUIRE(whole.proof.size() == 2);
    CHECK(whole.proof[0].text == "25 actions with their resources");
    CHECK(whole.proof[1].href == "/funding");
    desk.write([&](db::Transaction &tx) {
        tx.execute("update action set post = null, funding = null where tenant = :tenant "
                   "and ref in ('1.4', '2.2')",
                   {{"tenant", tx.tenant()}});
    });
    CHECK(missing().missing == "No resources are named for 1.4 and 2.2.");
    desk.write([&](db::Transaction &tx) {
        tx.execute("update action set state = 'dropped' where tenant = :tenant",
                   {{"tenant", tx.tenant()}});
    });
    CHECK(missing().missing == "The plan of 2014-15 has no actions.");
}

} // namespace wardmote::funding
