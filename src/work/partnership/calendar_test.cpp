// Meetings and deadlines as a calendar program reads them: by libical, at an address of one's own.
#include <doctest/doctest.h>

#include <memory>

#include <libical/ical.h>

#include "work/partnership/document.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"
#include "work/partnership/recommendation.hpp"
#include "work/partnership/requirement.hpp"
#include "work/partnership/risk.hpp"

using namespace wardmote;
using namespace wardmote::partnership;

namespace {

struct Entry {
    std::string starts, url;
    int sequence = 0;
    bool cancelled = false;
};
/// What a calendar program finds in a file, by its summary.
std::map<std::string, Entry> entries(const std::string &file) {
    const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> all{
        icalparser_parse_string(file.c_str()), icalcomponent_free};
    REQUIRE(all);
    CHECK(icalrestriction_check(all.get()) == 1);
    std::map<std::string, Entry> found;
    for (auto *event = icalcomponent_get_first_component(all.get(), ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(all.get(), ICAL_VEVENT_COMPONENT)) {
        auto *url = icalcomponent_get_first_property(event, ICAL_URL_PROPERTY);
        found[icalcomponent_get_summary(event)] = {
            .starts = icaltime_as_ical_string(icalcomponent_get_dtstart(event)),
            .url = url == nullptr ? "" : icalproperty_get_url(url),
            .sequence = icalcomponent_get_sequence(event),
            .cancelled = icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED};
    }
    return found;
}

/// The path of the address that a page shows once.
std::string path_on(const web::Response &page) {
    const auto from = page.body.find("/calendar/", page.body.find("app-hash"));
    const auto to = page.body.find("calendar.ics", from);
    REQUIRE(to != std::string::npos);
    return page.body.substr(from, to + 12 - from);
}
std::string make_address(site::Browser &browser) {
    browser.get("/account/calendar");
    return path_on(browser.post("/account/calendar", {}));
}

} // namespace

TEST_CASE("a person's calendar has the meetings they may see and the deadlines they hold") {
    PlaceForTest place;
    std::string board;
    place.write([&](db::Transaction &tx) {
        const auto owner = core::Id::parse(place.officer);
        board = place.meeting(tx, "Board, March 2015", "2015-03-31T13:00:00Z");
        place.meeting(tx, "Board, May 2015", "2015-05-12T13:00:00Z", MeetingState::cancelled);
        place.meeting(tx, "Long ago", "2014-10-01T13:00:00Z", MeetingState::held);
        place.keeper.add(tx, BoardAction{.words = "Publish the summary",
                                         .meeting = core::Id::parse(board),
                                         .owner = owner,
                                         .due = core::Date{2015, 6, 30}});
        place.keeper.add(tx, BoardAction{.words = "Of somebody else",
                                         .meeting = core::Id::parse(board),
                                         .owner = core::Id::parse(place.manager),
                                         .due = core::Date{2015, 6, 30}});
        place.keeper.add(tx, Recommendation{.title = "Publish the results",
                                            .addressee = core::Id::parse(place.police),
                                            .owner = owner,
                                            .sent_on = core::Date{2015, 2, 2}});
        place.keeper.add(tx, Requirement{.title = "A report for the commissioner",
                                         .owner = owner,
                                         .asked_on = core::Date{2015, 2, 1},
                                         .due = core::Date{2015, 2, 20}});
        place.keeper.add(tx, Risk{.title = "The grant ends",
                                  .cause = "The funder’s budget",
                                  .effect = "Three posts end",
                                  .likelihood = 3,
                                  .impact = 4,
                                  .likelihood_after = 2,
                                  .impact_after = 4,
                                  .owner = owner,
                                  .review_on = core::Date{2015, 9, 1}});
        Document kept{.title = "The protocol", .owner = owner, .review_on = core::Date{2015, 8, 1}};
        place.keeper.add(tx, kept);
        kept.title = "Zephyrine, restricted";
        kept.restricted = true;
        place.keeper.add(tx, kept);
        kept.title = "Zephyrine, sensitive";
        kept.restricted = false;
        kept.marking = Marking::official_sensitive;
        place.keeper.add(tx, kept);
    });
    site::Browser officer{place.router};
    site::sign_in(place.site, officer, place.made.tenant, place.officer);
    const auto address = make_address(officer);
    site::Browser program{place.router}; // with no session
    const auto file = program.get(address);
    CHECK(file.status == 200);
    CHECK(file.content_type == "text/calendar; charset=utf-8");
    CHECK_FALSE(site::has(file, "Zephyrine"));
    auto found = entries(file.body);
    CHECK(found.size() == 7);
    CHECK(found["Board, March 2015"].starts == "20150331T130000Z");
    CHECK(found["Board, March 2015"].url == "http://localhost:8080/meetings/" + board);
    CHECK_FALSE(found["Board, March 2015"].cancelled);
    CHECK(found["Board, May 2015"].cancelled);
    CHECK(found["Due: Publish the summary"].starts == "20150630");
    CHECK(found["Due: Answer: Publish the results"].starts == "20150302"); // 28 days following
    CHECK(found["Due: A report for the commissioner"].starts == "20150220");
    CHECK(found["Due: Review: The grant ends"].starts == "20150901");
    CHECK(found["Due: Review The protocol"].starts == "20150801");
    CHECK(program.get(address).body == file.body); // the same until something changes

    place.write([&](db::Transaction &tx) {
        auto kept = place.keeper.get<Meeting>(tx, board).value();
        CHECK(found["Board, March 2015"].sequence == kept.version - 1);
        kept.value.venue = "Town Hall";
        place.keeper.update(tx, record::description<Meeting>(), board, kept.version,
                            record::values_of(kept.value));
    });
    auto later = entries(program.get(address).body);
    CHECK(later["Board, March 2015"].sequence == found["Board, March 2015"].sequence + 1);
    CHECK(later["Board, May 2015"].sequence == found["Board, May 2015"].sequence);

    place.seen.flush();
    place.write([&](db::Transaction &tx) {
        CHECK(tx.first("select count(*) as n from seen_log where tenant = :tenant "
                       "and act = 'calendar' and person = :person",
                       {{"tenant", tx.tenant()}, {"person", place.officer}})
                  ->integer("n") == 3);
    });
}

TEST_CASE("whoever keeps meetings has the day on which papers go out") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        place.meeting(tx, "Board", "2015-03-31T13:00:00Z"); // a Tuesday
    });
    site::Browser program{place.router};
    auto found = entries(program.get(make_address(place.browser)).body);
    // Five clear working days before: 30, 27, 26, 25 and 24 March; so they go on the 23rd.
    CHECK(found["Due: Send out the papers: Board"].starts == "20150323");
}

TEST_CASE("an address is good for its owner, on its host, until it is ended or another is made") {
    PlaceForTest place;
    auto &keeper = place.keeper;
    access::make_tenant(keeper, {.name = "Cherwell",
                                 .place = "Cherwell",
                                 .host = "cherwell.example",
                                 .administrator_name = "Sam Shaw",
                                 .administrator_email = "sam@cherwell.example"});
    site::Browser program{place.router}, elsewhere{place.router, "cherwell.example"};
    const auto first = make_address(place.browser);
    CHECK(program.get(first).status == 200);
    CHECK(elsewhere.get(first).status == 404);
    CHECK(program.get("/calendar/none/calendar.ics").status == 404);
    CHECK_FALSE(site::has(place.browser.get("/account/calendar"), first)); // shown once only
    CHECK(site::has(place.browser.get("/account/calendar"), "A calendar last read it on"));
    const auto second = make_address(place.browser);
    CHECK(first != second);
    CHECK(program.get(first).status == 404);
    CHECK(program.get(second).status == 200);
    CHECK(place.browser.post("/account/calendar/end", {}).status == 303);
    CHECK(program.get(second).status == 404);
    const auto third = make_address(place.browser);
    CHECK(program.post(third, {}).status >= 400); // it can be read and nothing else
    place.write([&](db::Transaction &tx) {
        tx.execute("update person set active_to = '2015-02-01' where id = :id",
                   {{"id", place.manager}});
    });
    CHECK(program.get(third).status == 404); // who may not sign in may not read
}

TEST_CASE("one meeting is added to a calendar from its page") {
    PlaceForTest place;
    const auto id = place.write([&](db::Transaction &tx) {
        return place.meeting(tx, "Board, March 2015", "2015-03-31T13:00:00Z");
    });
    CHECK(site::has(place.browser.get("/meetings/" + id), "/meetings/" + id + "/meeting.ics"));
    const auto found = entries(place.browser.get("/meetings/" + id + "/meeting.ics").body);
    REQUIRE(found.size() == 1);
    CHECK(found.begin()->first == "Board, March 2015");
    CHECK(place.browser.get("/meetings/1/meeting.ics").status == 404);
}
