#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "work/partnership/document.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"
#include "work/partnership/recommendation.hpp"

using namespace wardmote;
using namespace wardmote::partnership;
using State = DutyStanding::State;

namespace {

const core::Date today{2015, 2, 2};

State state_of(PlaceForTest &place, db::Transaction &tx, std::string_view key) {
    const auto duty = std::ranges::find(place.rules.duties, key, &Duty::key);
    REQUIRE(duty != place.rules.duties.end());
    return standing_of(*duty, place.rules.evidences, tx, today).state;
}

} // namespace

TEST_CASE("each duty that a dated document proves is met by it and falls open without it") {
    PlaceForTest place;
    for (const auto &duty : place.rules.duties) {
        if (duty.evidence != "document") {
            continue;
        }
        CAPTURE(duty.key);
        place.write([&](db::Transaction &tx) {
            CHECK(state_of(place, tx, duty.key) == State::overdue);
            Document proof{.title = "Proof",
                           .kind = record::Codec<DocumentKind>::from(duty.document),
                           .dated_on = today};
            CHECK(db::text_of(record::Codec<DocumentKind>::to(proof.kind)) == duty.document);
            const auto id = place.keeper.add(tx, proof);
            CHECK(state_of(place, tx, duty.key) == State::met);
            place.keeper.remove(tx, record::description<Document>(), id);
            CHECK(state_of(place, tx, duty.key) == State::overdue);
            proof.restricted = true; // everybody reads the duties: it proves nothing there
            place.keeper.add(tx, proof);
            proof.restricted = false;
            proof.dated_on = core::Date{2015, 4, 1}; // a day that is yet to come
            place.keeper.add(tx, proof);
            CHECK(state_of(place, tx, duty.key) == State::overdue);
        });
    }
}

TEST_CASE("a duty of each year is due until 31 March when the year before had it") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        place.keeper.add(tx, Document{.title = "Summary 2013-14",
                                      .kind = DocumentKind::plan_summary,
                                      .dated_on = core::Date{2014, 3, 31}});
        CHECK(state_of(place, tx, "plan-summary") == State::due);
        const auto duty = std::ranges::find(place.rules.duties, "plan-summary", &Duty::key);
        CHECK(standing_of(*duty, place.rules.evidences, tx, today).by == core::Date{2015, 3, 31});
        const auto gone = standing_of(*duty, place.rules.evidences, tx, core::Date{2015, 4, 1});
        CHECK(gone.state == State::overdue);
        CHECK(gone.by == core::Date{2015, 3, 31}); // that of the year that went by without it
    });
}

TEST_CASE("the data of a quarter is due by the end of the next") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        place.keeper.add(tx, Document{.title = "Data of July to September",
                                      .kind = DocumentKind::dataset_receipt,
                                      .dated_on = core::Date{2014, 12, 31}});
        CHECK(state_of(place, tx, "datasets") == State::due);
        const auto duty = std::ranges::find(place.rules.duties, "datasets", &Duty::key);
        CHECK(standing_of(*duty, place.rules.evidences, tx, today).by == core::Date{2015, 3, 31});
    });
}

TEST_CASE("a public meeting counts when it was held, and with somebody senior of each authority") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        const auto id = place.meeting(tx, "Public", "2014-09-10T18:00:00Z", MeetingState::cancelled,
                                      MeetingKind::open_to_public);
        CHECK(state_of(place, tx, "public-meeting") == State::overdue);
        const auto held = place.meeting(tx, "Public", "2014-10-10T18:00:00Z", MeetingState::held,
                                        MeetingKind::open_to_public);
        CHECK(state_of(place, tx, "public-meeting") == State::met);
        CHECK(state_of(place, tx, "senior-people") == State::overdue);
        const core::Date day{2014, 10, 10};
        place.senior(tx, place.manager, place.council);
        const auto post = place.senior(tx, place.officer, place.police);
        record_attendance(
            tx, place.ledger, held, day,
            {{place.manager, Presence::present}, {place.officer, Presence::apologies}});
        CHECK(state_of(place, tx, "senior-people") == State::overdue);
        record_attendance(tx, place.ledger, held, day,
                          {{place.manager, Presence::present}, {place.officer, Presence::present}});
        CHECK(state_of(place, tx, "senior-people") == State::met);
        CHECK(state_of(place, tx, "strategy-group") == State::met);
        place.keeper.remove(tx, record::description<access::Post>(), post);
        CHECK(state_of(place, tx, "senior-people") == State::overdue);
        CHECK(state_of(place, tx, "strategy-group") == State::overdue);
        place.keeper.remove(tx, record::description<Meeting>(), held);
        CHECK(state_of(place, tx, "public-meeting") == State::overdue);
        CHECK(id != held);
    });
}

TEST_CASE("every kind of authority must be a member") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "members") == State::overdue);
        place.organisation(tx, "Fire", access::OrganisationKind::fire_and_rescue);
        place.organisation(tx, "Probation", access::OrganisationKind::probation);
        place.organisation(tx, "Health", access::OrganisationKind::integrated_care_board);
        CHECK(state_of(place, tx, "members") == State::met);
        tx.execute("update membership set left_on = '2015-02-01' where organisation = :police",
                   {{"police", place.police}});
        CHECK(state_of(place, tx, "members") == State::overdue);
    });
}

TEST_CASE("a recommendation is answered within the days the law gives, or the duty falls open") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "scrutiny-answers") == State::met);
        // Sent on 5 January 2015: 28 days following end on 2 February.
        Recommendation made{.title = "Publish the results",
                            .addressee = core::Id::parse(place.police),
                            .owner = core::Id::parse(place.officer),
                            .sent_on = core::Date{2015, 1, 5}};
        place.keeper.add(tx, made);
        CHECK(state_of(place, tx, "scrutiny-answers") == State::met);
        made.sent_on = core::Date{2015, 1, 4};
        const auto id = place.keeper.add(tx, made);
        CHECK(state_of(place, tx, "scrutiny-answers") == State::overdue);
        const auto kept = place.keeper.get<Recommendation>(tx, id);
        made.response = Answer::accepted;
        made.responded_on = core::Date{2015, 2, 1};
        place.keeper.update(tx, record::description<Recommendation>(), id, kept->version,
                            record::values_of(made));
        CHECK(state_of(place, tx, "scrutiny-answers") == State::met);
    });
    site::Browser owner{place.router};
    site::sign_in(place.site, owner, place.made.tenant, place.officer);
    const auto home = owner.get("/");
    CHECK(site::has(home, "Answer: Publish the results"));
    CHECK(site::has(home, "Today"));
}

TEST_CASE("what no record can prove is said to be so, and the page shows every duty") {
    PlaceForTest place;
    place.write(
        [&](db::Transaction &tx) { CHECK(state_of(place, tx, "assessment-a") == State::unknown); });
    const auto page = place.browser.get("/duties");
    CHECK(page.status == 200);
    CHECK(place.rules.duties.size() == 29);
    CHECK(site::has(page, "Cannot be told yet"));
    CHECK(site::has(page, "SI 2007/1830, regulation 13A"));
}

TEST_CASE("a file of duties that cannot be meant is refused with its place") {
    CHECK_THROWS_WITH_AS(parse_duties("[[duty]]\nkey = \"a\"\n", "d.toml"),
                         "d.toml, line 1: a duty has no words", std::runtime_error);
}
