// What reports ask of the money.
#include <doctest/doctest.h>

#include "platform/law/parameters.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/money_for_test.hpp"
#include "work/funding/monitoring_return.hpp"

namespace wardmote::funding {

namespace {

constexpr std::string_view commissioner = "police_and_crime_commissioner";
const core::Date report_day{2015, 2, 2};

} // namespace

TEST_CASE("posts are paid for by a kind of funder while an agreed grant of theirs runs") {
    Money3 money;
    CHECK(money.set(money.plan()).empty());
    const auto paid = [&](std::string_view kind, core::Date day) {
        return money.write([&](db::Transaction &tx) { return posts_paid_by(tx, kind, day); });
    };
    CHECK(paid(commissioner, report_day).empty()); // the grant is not agreed
    CHECK(money.write([&](db::Transaction &tx) { return agreed_of(tx, commissioner); }).empty());
    CHECK(money.agree().empty());
    REQUIRE(paid(commissioner, report_day).size() == 1);
    CHECK(paid(commissioner, report_day).front().title == "Coordinator");
    CHECK(paid("district_council", report_day).empty());
    CHECK(paid(commissioner, {2014, 3, 19}).empty()); // the day before it was agreed
    CHECK(paid(commissioner, {2016, 3, 31}).size() == 1);
    CHECK(paid(commissioner, {2016, 4, 1}).empty()); // it ended the day before
    const auto agreed =
        money.write([&](db::Transaction &tx) { return agreed_of(tx, commissioner); });
    CHECK(agreed.at(y14) == Money3::pounds(60'000));
    CHECK(agreed.at(y15) == Money3::pounds(50'000));
}

TEST_CASE("a grant's year adds its lines up, and what is left is budget less outturn") {
    Money3 money;
    CHECK(money.set(money.plan()).empty());
    money.write([&](db::Transaction &tx) {
        set_months(
            tx, money.world.one.ledger, money.coordinator,
            {{core::Month{2014, 4},
              {.forecast = Money3::pounds(900), .actual = Money3::pounds(1'000), .committed = {}}},
             {core::Month{2014, 5},
              {.forecast = Money3::pounds(2'000), .actual = {}, .committed = {}}}});
        const auto grants = grants_in_year(tx, y14);
        REQUIRE(grants.size() == 1);
        CHECK(grants[0].state == "Being agreed");
        CHECK(grants[0].gives == Money3::pounds(60'000));
        CHECK(grants[0].budget == Money3::pounds(60'000));
        CHECK(grants[0].actual == Money3::pounds(1'000));
        CHECK(grants[0].outturn == Money3::pounds(3'000)); // 1,000 spent and 2,000 forecast
        CHECK(grants[0].left() == Money3::pounds(57'000));
        const auto posts = outlook(tx, report_day);
        REQUIRE(posts.posts.size() == 1);
        CHECK(posts.posts[0].years.size() == posts.years.size());
        CHECK(posts.years.front() == "2014-15");
        CHECK(posts.posts[0].years.front() == "At risk"); // its only grant is not agreed
    });
}

TEST_CASE("a return is of the quarter that ended last, as it stands or as it was submitted") {
    Money3 money;
    CHECK(money.set(money.plan()).empty());
    const auto told = [&](std::string_view grant) {
        return money.write([&](db::Transaction &tx) { return return_of(tx, grant, report_day); });
    };
    CHECK_FALSE(told("")); // no grant is agreed
    CHECK(money.agree().empty());
    CHECK_FALSE(told("CSF/99"));
    const auto spend = [&](std::int64_t pounds) {
        money.write([&](db::Transaction &tx) {
            set_months(tx, money.world.one.ledger, money.coordinator,
                       {{core::Month{2014, 12},
                         {.forecast = {}, .actual = Money3::pounds(pounds), .committed = {}}},
                        {core::Month{2015, 1},
                         {.forecast = {}, .actual = Money3::pounds(7), .committed = {}}}});
        });
    };
    spend(1'000);
    const auto now = told("csf/14");
    REQUIRE(now);
    CHECK(now->state == "Not begun");
    CHECK(now->quarter.name() == "Q3 2014-15");
    REQUIRE(now->lines.size() == 4); // three lines and all of them
    CHECK(now->lines[0].title == "Coordinator");
    CHECK(now->lines[0].budget == Money3::pounds(35'000));
    CHECK(now->lines[0].spent == Money3::pounds(1'000)); // January is of the next quarter
    CHECK(now->lines[3].budget == Money3::pounds(60'000));
    CHECK(now->lines[3].spent == Money3::pounds(1'000));

    money.write([&](db::Transaction &tx) {
        const auto parameters = law::Parameters::read({WARDMOTE_SOURCE_DIR "/catalogue/law"});
        const auto id = open_return(money.keeper(), tx, parameters, money.grant, now->quarter);
        auto kept = money.keeper().get<Return>(tx, id).value();
        kept.value.narrative = "Patrols began.";
        kept.value.underspend = "The post was vacant.";
        money.keeper().update(tx, record::description<Return>(), id, kept.version,
                              record::values_of(kept.value));
        CHECK(step_return(money.keeper(), tx, id, "check", writer_role, "").empty());
    });
    CHECK(told("")->narrative == "Patrols began.");
    CHECK(told("")->state == "With finance");
    CHECK(told("")->due.has_value());
}

} // namespace wardmote::funding
