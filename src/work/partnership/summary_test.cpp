// What reports ask of the partnership.
#include <algorithm>
#include <doctest/doctest.h>

#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"
#include "work/partnership/risk.hpp"

using namespace wardmote;
using namespace wardmote::partnership;

namespace {

std::vector<std::string> names(const std::vector<MemberSummary> &members) {
    std::vector<std::string> all;
    for (const auto &member : members) {
        all.push_back((member.responsible ? "" : "other: ") + member.name);
    }
    return all;
}

const core::Date report_day{2015, 2, 2};

} // namespace

TEST_CASE("members are those of the day, authorities first in the order of section 5") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        const auto probation =
            place.keeper.add(tx, access::Organisation{.name = "National Probation Service",
                                                      .kind = access::OrganisationKind::probation});
        place.keeper.add(tx, Membership{.organisation = core::Id::parse(probation),
                                        .joined = core::Date{2014, 6, 1},
                                        .in_reports = "the Probation Service"});
        const auto university = place.keeper.add(
            tx, access::Organisation{.name = "Oxford University",
                                     .kind = access::OrganisationKind::university});
        place.keeper.add(tx, Membership{.organisation = core::Id::parse(university),
                                        .standing = Standing::invited,
                                        .left = core::Date{2015, 2, 2}});
        using Names = std::vector<std::string>;
        CHECK(names(members_on(tx, report_day)) ==
              Names{"Oxford City Council", "Thames Valley Police", "the Probation Service",
                    "other: Oxford University"});
        CHECK(names(members_on(tx, {2014, 5, 31})) ==
              Names{"Oxford City Council", "Thames Valley Police", "other: Oxford University"});
        CHECK(names(members_on(tx, {2015, 2, 3})) ==
              Names{"Oxford City Council", "Thames Valley Police", "the Probation Service"});
    });
}

TEST_CASE("meetings of the board count once they took place, to the end of the day") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK(board_meetings_to(tx, report_day).empty());
        CHECK_FALSE(next_board_meeting(tx, report_day));
        place.meeting(tx, "Held", "2015-02-02T23:30:00Z", MeetingState::held);
        place.meeting(tx, "Minuted", "2014-12-10T14:00:00Z", MeetingState::minuted);
        place.meeting(tx, "Next day", "2015-02-03T00:30:00Z", MeetingState::held);
        place.meeting(tx, "Cancelled", "2014-09-10T13:00:00Z", MeetingState::cancelled);
        place.meeting(tx, "Group", "2014-10-10T13:00:00Z", MeetingState::held, MeetingKind::group);
        place.meeting(tx, "March", "2015-03-11T14:00:00Z");
        const auto held = board_meetings_to(tx, report_day);
        REQUIRE(held.size() == 2);
        CHECK(held[0].title == "Minuted");
        CHECK(held[1].title == "Held");
        CHECK(next_board_meeting(tx, {2015, 2, 4})->title == "March");
    });
}

TEST_CASE("the chair is told by the post held on the day") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        CHECK_FALSE(chair_on(tx, report_day)); // nobody chaired, and nobody has the role
        const auto chair = place.person(tx, "Chris Chair", place.council, access::Role::chair);
        CHECK_FALSE(chair_on(tx, report_day)); // without a post
        place.senior(tx, chair, place.council, {}, core::Date{2015, 2, 2});
        CHECK(chair_on(tx, report_day)->post == "Director");
        CHECK(chair_on(tx, report_day)->organisation == "Oxford City Council");
        CHECK_FALSE(chair_on(tx, {2015, 2, 3}));
        // Whoever chaired the last meeting stands before whoever has the role.
        place.senior(tx, place.officer, place.police);
        place.keeper.add(tx, Meeting{.title = "Board",
                                     .starts = *core::Instant::parse("2014-12-10T14:00:00Z"),
                                     .chair = core::Id::parse(place.officer),
                                     .state = MeetingState::held});
        CHECK(chair_on(tx, report_day)->organisation == "Thames Valley Police");
    });
}

TEST_CASE("what the board has open is its own actions and the risks that remain, worst first") {
    PlaceForTest place;
    place.write([&](db::Transaction &tx) {
        const auto board = place.meeting(tx, "Board", "2014-12-10T14:00:00Z", MeetingState::held);
        const auto group = place.meeting(tx, "Group", "2014-12-11T14:00:00Z", MeetingState::held,
                                         MeetingKind::group);
        const auto undertake = [&](const std::string &meeting, const char *words,
                                   std::optional<core::Date> done) {
            place.keeper.add(tx, BoardAction{.words = words,
                                             .meeting = core::Id::parse(meeting),
                                             .owner = core::Id::parse(place.manager),
                                             .due = core::Date{2015, 1, 31},
                                             .done_on = done,
                                             .outcome = done ? "Done" : ""});
        };
        undertake(board, "Write to schools", {});
        undertake(board, "Done the day after", core::Date{2015, 2, 3});
        undertake(board, "Done on the day", report_day);
        undertake(group, "Of a group", {});
        const auto open = open_board_actions(tx, report_day);
        REQUIRE(open.size() == 2);
        CHECK(open[0].owner == "Mary Moss");
        CHECK(open[0].meeting == "Board");

        const auto risk = [&](const char *title, std::int64_t likelihood, std::int64_t impact,
                              std::optional<core::Date> closed) {
            place.keeper.add(tx, Risk{.title = title,
                                      .cause = "c",
                                      .effect = "e",
                                      .likelihood = 5,
                                      .impact = 5,
                                      .likelihood_after = likelihood,
                                      .impact_after = impact,
                                      .closed_on = closed});
        };
        risk("Small", 1, 2, {});
        risk("Large", 4, 4, {});
        risk("Closed", 5, 5, report_day);
        const auto risks = open_risks(tx, report_day);
        REQUIRE(risks.size() == 2);
        CHECK(risks[0].title == "Large");
        CHECK(risks[0].before == 25);
        CHECK(risks[0].after == 16); // 4 times 4
        CHECK(risks[0].level == "High");
        CHECK(risks[1].level == "Low");
        const auto duties = open_duties(tx, place.rules, report_day);
        CHECK_FALSE(duties.empty()); // this partnership proves next to nothing
        CHECK(std::ranges::all_of(duties, [](const auto &duty) { return !duty.missing.empty(); }));
    });
}
