#include <doctest/doctest.h>

#include "work/partnership/example_meetings.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"

using namespace wardmote;
using namespace wardmote::partnership;
using site::has;
using site::location;

namespace {

std::string only_meeting(PlaceForTest &place) {
    return place.write([&](db::Transaction &tx) {
        return tx.first("select id from meeting where tenant = :tenant", {{"tenant", tx.tenant()}})
            ->text("id");
    });
}

} // namespace

TEST_CASE("a year of meetings with themes is planned in one form, and what is wrong is told") {
    PlaceForTest place;
    const auto wrong = place.browser.post("/meetings/year", {{"1-starts-day", "12"},
                                                             {"1-starts-month", "13"},
                                                             {"1-starts-year", "2015"},
                                                             {"1-starts-time", "14:00"},
                                                             {"1-theme", "Alcohol"}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, R"(value="Alcohol")"));
    CHECK(place.browser.post("/meetings/year", {}).status == 422);

    const auto planned = place.browser.post("/meetings/year", {{"1-starts-day", "12"},
                                                               {"1-starts-month", "3"},
                                                               {"1-starts-year", "2015"},
                                                               {"1-starts-time", "2pm"},
                                                               {"1-venue", "Town Hall"},
                                                               {"1-theme", "Alcohol"},
                                                               {"2-starts-day", "11"},
                                                               {"2-starts-month", "6"},
                                                               {"2-starts-year", "2015"},
                                                               {"2-starts-time", "2pm"},
                                                               {"2-theme", "Young people"}});
    REQUIRE(planned.status == 303);
    const auto list = place.browser.get("/meetings");
    CHECK(has(list, "Board, March 2015"));
    CHECK(has(list, "Board, June 2015"));
    CHECK(has(list, "Young people"));
    CHECK(has(list, "Planned"));
}

TEST_CASE("an agenda is built and put in order without a script") {
    PlaceForTest place;
    const auto id = place.write([&](db::Transaction &tx) {
        return place.meeting(tx, "Board, March 2015", "2015-03-12T14:00:00Z");
    });
    const auto page = "/meetings/" + id;
    CHECK(place.browser.post(page + "/items", {{"title", ""}, {"kind", "theme"}}).status == 422);
    for (const auto *title : {"Last minutes", "Alcohol", "Burglary"}) {
        CHECK(place.browser
                  .post(page + "/items",
                        {{"title", title}, {"kind", "information"}, {"minutes_allotted", "20"}})
                  .status == 303);
    }
    const auto order = [&] {
        return place.write([&](db::Transaction &tx) {
            std::vector<std::string> titles;
            for (const auto &item : agenda_of(place.keeper, tx, id)) {
                titles.push_back(item.value.title);
            }
            return titles;
        });
    };
    CHECK(order() == std::vector<std::string>{"Last minutes", "Alcohol", "Burglary"});
    const auto last =
        place.write([&](db::Transaction &tx) { return agenda_of(place.keeper, tx, id).back().id; });
    place.browser.post(page + "/items/" + last + "/place", {{"to", "up"}});
    CHECK(order() == std::vector<std::string>{"Last minutes", "Burglary", "Alcohol"});
    place.browser.post(page + "/items/" + last + "/place", {{"to", "up"}});
    place.browser.post(page + "/items/" + last + "/place", {{"to", "up"}}); // it is there already
    CHECK(order() == std::vector<std::string>{"Burglary", "Last minutes", "Alcohol"});
}

TEST_CASE("a meeting is held only after it began and with who came, and cancelled with a reason") {
    PlaceForTest place;
    const auto id = place.write([&](db::Transaction &tx) {
        return place.meeting(tx, "Board, February 2015", "2015-02-12T14:00:00Z");
    });
    const auto page = "/meetings/" + id;
    CHECK(has(place.browser.post(page + "/steps/papers", {}),
              "Put at least one item on the agenda first."));
    CHECK(has(place.browser.post(page + "/steps/holding", {}),
              "A meeting that has not begun cannot have been held."));
    CHECK(place.browser.post(page + "/steps/cancelling", {{"reason", "  "}}).status == 422);
    place.clock.move_to(*core::Instant::parse("2015-02-12T17:00:00Z"));
    site::sign_in(place.site, place.browser, place.made.tenant, place.manager);
    CHECK(has(place.browser.post(page + "/steps/holding", {}), "Record who attended first."));
    CHECK(has(place.browser.get(page + "/attendance"), "Olu Ojo, Thames Valley Police"));
    CHECK(place.browser
              .post(page + "/attendance",
                    {{"came-" + place.officer, "present"}, {"came-" + place.manager, "apologies"}})
              .status == 303);
    CHECK(place.browser.post(page + "/steps/holding", {}).status == 303);
    CHECK(has(place.browser.get(page), "Held"));
    CHECK(place.browser.post(page + "/steps/cancelling", {{"reason", "Snow"}}).status == 422);
    // The form of the record cannot change its state.
    const auto edited = place.browser.get(page + "/edit");
    CHECK_FALSE(has(edited, R"(name="state")"));
    CHECK(only_meeting(place) == id);
}

TEST_CASE("a senior position is that of the day of the meeting, not of today") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        const auto id = place.meeting(tx, "Public", "2014-09-10T18:00:00Z", MeetingState::held,
                                      MeetingKind::open_to_public);
        const core::Date day{2014, 9, 10};
        place.senior(tx, place.manager, place.council, {}, core::Date{2014, 9, 10});
        place.senior(tx, place.officer, place.police, core::Date{2014, 9, 11});
        record_attendance(
            tx, place.ledger, id, day,
            {{place.manager, Presence::present}, {place.officer, Presence::substitute}});
        const auto came = attendance_of(tx, id);
        REQUIRE(came.size() == 2);
        CHECK(came[0].name == "Mary Moss");
        CHECK(came[0].senior);
        CHECK_FALSE(came[1].senior);
        CHECK(organisations_there(came) == 2);
        CHECK(authorities_without_senior(tx, id, day) ==
              std::vector<std::string>{"Thames Valley Police"});
    });
}

TEST_CASE("an open action comes back at each meeting of its kind that is held, and at no other") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        const auto first =
            place.meeting(tx, "March", "2014-03-13T14:00:00Z", MeetingState::minuted);
        place.meeting(tx, "June", "2014-06-12T13:00:00Z", MeetingState::cancelled);
        const auto third =
            place.meeting(tx, "September", "2014-09-11T13:00:00Z", MeetingState::held);
        place.meeting(tx, "Tasking", "2014-09-20T13:00:00Z", MeetingState::held,
                      MeetingKind::tasking);
        const auto fourth =
            place.meeting(tx, "December", "2014-12-11T14:00:00Z", MeetingState::planned);
        place.keeper.add(tx, BoardAction{.words = "Write to the colleges",
                                         .meeting = core::Id::parse(first),
                                         .owner = core::Id::parse(place.officer),
                                         .due = core::Date{2014, 5, 1}});
        place.keeper.add(tx, BoardAction{.words = "Ask for the figures",
                                         .meeting = core::Id::parse(first),
                                         .due = core::Date{2014, 5, 1},
                                         .done_on = core::Date{2014, 5, 1},
                                         .outcome = "They came"});
        const auto back = carried_into(tx, third);
        REQUIRE(back.size() == 1);
        CHECK(back[0].words == "Write to the colleges");
        CHECK(back[0].carried == 1); // June was cancelled, December has not been held
        CHECK(carried_into(tx, fourth).size() == 1);
        CHECK(agreed_at(tx, first).size() == 2);
        CHECK(open_actions_of(tx, place.officer).size() == 1);
    });
    site::Browser owner{place.router};
    site::sign_in(place.site, owner, place.made.tenant, place.officer);
    const auto home = owner.get("/");
    CHECK(has(home, "Write to the colleges"));
    CHECK(has(home, "277 days overdue")); // 1 May 2014 to 2 February 2015
}

TEST_CASE("the example has the four meetings of 2014, three with themes, and the next") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        make_example_meetings(place.keeper, tx);
        const auto count = [&](const std::string &condition) {
            return tx
                .first("select count(*) as n from meeting where tenant = :tenant and " + condition,
                       {{"tenant", tx.tenant()}})
                ->integer("n");
        };
        CHECK(count("starts < '2015' and state = 'minuted'") == 4);
        CHECK(count("starts < '2015' and theme is not null") == 3);
        CHECK(count("state = 'planned'") == 1);
    });
    CHECK(has(place.browser.get("/meetings"), "tackling child sexual exploitation"));
}
