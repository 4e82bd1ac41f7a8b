#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "work/partnership/data_receipt.hpp"
#include "work/partnership/document.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"
#include "work/partnership/recommendation.hpp"
#include "work/partnership/requirement.hpp"

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
    for (auto duty : place.rules.duties) {
        if (duty.evidence != "document") {
            continue;
        }
        CAPTURE(duty.key);
        duty.where.clear(); // whoever owes it, and whenever
        duty.from.reset();
        place.write([&](db::Transaction &tx) {
            const auto state = [&] {
                return standing_of(duty, place.rules.evidences, tx, today).state;
            };
            CHECK(state() == State::overdue);
            Document proof{.title = "Proof",
                           .kind = record::Codec<DocumentKind>::from(duty.of.front()),
                           .dated_on = today};
            CHECK(db::text_of(record::Codec<DocumentKind>::to(proof.kind)) == duty.of.front());
            const auto id = place.keeper.add(tx, proof);
            CHECK(state() == State::met);
            place.keeper.remove(tx, record::description<Document>(), id);
            CHECK(state() == State::overdue);
            proof.restricted = true; // everybody reads the duties: it proves nothing there
            place.keeper.add(tx, proof);
            proof.restricted = false;
            proof.dated_on = core::Date{2015, 2, 3}; // a day that is yet to come
            place.keeper.add(tx, proof);
            CHECK(state() == State::overdue);
        });
    }
}

TEST_CASE("what may be asked of the partnership is owed from when it is asked until it is met") {
    PlaceForTest place;
    for (auto duty : place.rules.duties) {
        if (duty.evidence != "requirement") {
            continue;
        }
        CAPTURE(duty.key);
        duty.from.reset();
        place.write([&](db::Transaction &tx) {
            const auto standing = [&] {
                return standing_of(duty, place.rules.evidences, tx, today);
            };
            CHECK(standing().state == State::met);
            Requirement asked{.kind = record::Codec<RequirementKind>::from(duty.of.front()),
                              .title = "What was asked",
                              .owner = core::Id::parse(place.officer),
                              .asked_on = core::Date{2015, 1, 5},
                              .due = today};
            CHECK(db::text_of(record::Codec<RequirementKind>::to(asked.kind)) == duty.of.front());
            const auto id = place.keeper.add(tx, asked);
            CHECK(standing().state == State::met); // its last day is today
            asked.due = core::Date{2015, 2, 1};
            auto version = place.keeper.get<Requirement>(tx, id)->version;
            const auto save = [&] {
                place.keeper.update(tx, record::description<Requirement>(), id, version++,
                                    record::values_of(asked));
            };
            save();
            CHECK(standing().state == State::overdue);
            CHECK(standing().found.missing == "“What was asked” was to be met by 1 February 2015.");
            asked.met_on = core::Date{2015, 1, 30};
            asked.shown_by = "The letter";
            save();
            CHECK(standing().state == State::met);
            CHECK(standing().found.proof.size() == 1);
        });
    }
}

TEST_CASE("each holder discloses each of its sets, of the quarter before, by the end of this one") {
    PlaceForTest place;
    const core::Date from{2014, 10, 1};
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "data-police") == State::overdue);
        CHECK(state_of(place, tx, "data-fire") == State::overdue); // not a member
        DataReceipt receipt{.title = "Crimes",
                            .holder = core::Id::parse(place.police),
                            .data_set = DataSet::crimes,
                            .period_from = from,
                            .received_on = today};
        place.keeper.add(tx, receipt);
        const auto duty = std::ranges::find(place.rules.duties, "data-police", &Duty::key);
        const auto half = standing_of(*duty, place.rules.evidences, tx, today);
        CHECK(half.state == State::overdue); // nothing came of July to September either
        CHECK(half.found.missing ==
              "Not received of October to December 2014: Police: incidents of anti-social "
              "behaviour, transport and public safety.");
        CHECK(half.by == core::Date{2014, 12, 31}); // by which July to September was owed
        receipt.data_set = DataSet::incidents;
        receipt.holder = core::Id::parse(place.council); // which does not hold it
        const auto wrong = place.keeper.add(tx, receipt);
        CHECK(state_of(place, tx, "data-police") == State::overdue);
        place.keeper.remove(tx, record::description<DataReceipt>(), wrong);
        receipt.holder = core::Id::parse(place.police);
        const auto last = place.keeper.add(tx, receipt);
        CHECK(state_of(place, tx, "data-police") == State::met);
        place.keeper.remove(tx, record::description<DataReceipt>(), last);
        CHECK(state_of(place, tx, "data-police") == State::overdue);
    });
    CHECK(check_data_receipt(record::values_of(DataReceipt{.period_from = core::Date{2014, 8, 1},
                                                           .received_on = today}))
              .front()
              .field == "period_from");
}

TEST_CASE("each decision of the board says what it means for section 17") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "section-17") == State::overdue);
        const auto board = place.meeting(tx, "Board", "2014-12-10T14:00:00Z", MeetingState::held);
        AgendaItem item{.meeting = core::Id::parse(board),
                        .position = 1,
                        .title = "The plan",
                        .kind = ItemKind::decision,
                        .section_17 = "Fewer burglaries"};
        const auto weighed = place.keeper.add(tx, item);
        CHECK(state_of(place, tx, "section-17") == State::met);
        item.section_17.clear();
        const auto silent = place.keeper.add(tx, item);
        CHECK(state_of(place, tx, "section-17") == State::overdue);
        place.keeper.remove(tx, record::description<AgendaItem>(), silent);
        CHECK(state_of(place, tx, "section-17") == State::met);
        place.keeper.remove(tx, record::description<AgendaItem>(), weighed);
        CHECK(state_of(place, tx, "section-17") == State::overdue);
    });
}

TEST_CASE("what was accepted from scrutiny says what is done about it") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        Recommendation made{.title = "Publish the results",
                            .addressee = core::Id::parse(place.police),
                            .sent_on = core::Date{2015, 1, 5},
                            .response = Answer::accepted,
                            .responded_on = core::Date{2015, 1, 20}};
        CHECK(state_of(place, tx, "scrutiny-followed") == State::met);
        const auto idle = place.keeper.add(tx, made);
        CHECK(state_of(place, tx, "scrutiny-followed") == State::overdue);
        place.keeper.remove(tx, record::description<Recommendation>(), idle);
        made.action = "They are on the site each quarter";
        place.keeper.add(tx, made);
        CHECK(state_of(place, tx, "scrutiny-followed") == State::met);
    });
}

TEST_CASE("a duty of the county is owed where a county council is a responsible authority") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "county-agreement") == State::not_owed);
        place.organisation(tx, "County", access::OrganisationKind::county_council);
        CHECK(state_of(place, tx, "county-agreement") == State::overdue);
        CHECK(state_of(place, tx, "prevent") == State::not_owed); // from 1 July 2015
        const auto prevent = std::ranges::find(place.rules.duties, "prevent", &Duty::key);
        CHECK(standing_of(*prevent, place.rules.evidences, tx, core::Date{2015, 7, 1}).state ==
              State::overdue);
    });
}

TEST_CASE(
    "a partnership's own catalogue changes a duty, adds one, and says which it does not owe") {
    const auto own = parse_duties("[[duty]]\nkey = \"liaison\"\nwords = \"Ours\"\nsource = \"Us\"\n"
                                  "evidence = \"members\"\nevery = \"always\"\n"
                                  "not_owed = \"One body serves all.\"\n"
                                  "[[duty]]\nkey = \"new\"\nwords = \"New\"\nsource = \"Us\"\n"
                                  "evidence = \"members\"\nevery = \"always\"\n",
                                  "own.toml");
    PlaceForTest place;
    const auto shipped = place.rules.duties.size();
    place.rules.duties = with_own(place.rules.duties, own);
    CHECK(place.rules.duties.size() == shipped + 1);
    place.write([&](db::Transaction &tx) {
        CHECK(state_of(place, tx, "liaison") == State::not_owed);
        CHECK(state_of(place, tx, "new") == State::unknown); // nothing is called "members"
    });
    CHECK(site::has(place.browser.get("/duties"), "One body serves all."));
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

TEST_CASE("the page shows every duty with what proves it") {
    PlaceForTest place;
    const auto page = place.browser.get("/duties");
    CHECK(page.status == 200);
    for (const auto &duty : place.rules.duties) {
        CHECK(site::has(page, duty.source));
    }
    CHECK(site::has(page, "No dated document of this kind is in the library."));
}

TEST_CASE("a file of duties that cannot be meant is refused with its place") {
    CHECK_THROWS_WITH_AS(parse_duties("[[duty]]\nkey = \"a\"\n", "d.toml"),
                         "d.toml, line 1: a duty has no words", std::runtime_error);
    const std::string duty = "[[duty]]\nkey = \"a\"\nwords = \"b\"\nsource = \"c\"\n"
                             "every = \"always\"\n";
    CHECK_THROWS_WITH_AS(parse_duties(duty + "evidence = \"document\"\n", "d.toml"),
                         "d.toml, line 1: “of” goes with evidence = document, requirement, data",
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(parse_duties(duty + "evidence = \"data\"\nof = \"crimes\"\n", "d.toml"),
                         "d.toml, line 1: “holders” go with evidence = data", std::runtime_error);
}
