#include "engine/core/clock.hpp"
#include "engine/core/id.hpp"

#include <set>

#include <doctest/doctest.h>

namespace core = wardmote::core;
using core::Date;
using core::Instant;

TEST_CASE("an instant is stored in UTC and shown as London reads it") {
    const auto winter = Instant::parse("2015-02-02T08:10:00Z");
    REQUIRE(winter);
    CHECK(winter->text() == "2 February 2015 at 8.10am");
    CHECK(winter->iso() == "2015-02-02T08:10:00.000Z");

    const auto summer = Instant::parse("2014-07-01T23:30:00.250Z");
    REQUIRE(summer);
    CHECK(summer->text() == "2 July 2014 at 12.30am"); // British Summer Time is an hour ahead
    CHECK(summer->london_date() == Date(2014, 7, 2));
    CHECK(Instant::parse("2014-01-01T12:00:00Z")->text() == "1 January 2014 at 12pm");
}

TEST_CASE("a day has 23 hours when the clocks go forward and 25 when they go back") {
    using std::chrono::hours;
    const auto length = [](Date date) {
        return Instant::start_of(date.plus_days(1)).time() - Instant::start_of(date).time();
    };
    CHECK(length(Date(2014, 3, 30)) == hours{23});
    CHECK(length(Date(2014, 10, 26)) == hours{25});
    CHECK(length(Date(2014, 10, 27)) == hours{24});
    CHECK(Instant::end_of(Date(2014, 7, 1)).iso() == "2014-07-01T22:59:59.999Z");
}

TEST_CASE("what is not an instant is refused") {
    for (const char *wrong :
         {"2015-02-02", "2015-02-02T08:10:00", "2015-02-02T24:00:00Z", "2015-02-02T08:60:00Z",
          "2015-02-02 08:10:00Z", "", "2015-02-02T-8:10:00Z", "2015-02-30T08:10:00Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(Instant::parse(wrong));
    }
}

TEST_CASE("identifiers are UUID version 7, sort by time and are never alike") {
    core::FixedClock clock{*Instant::parse("2015-02-02T08:10:00Z")};
    const auto first = core::Id::make(clock);
    CHECK(first.text().at(14) == '7');
    CHECK(std::string{"89ab"}.find(first.text().at(19)) != std::string::npos);
    CHECK(first.made() == clock.now());
    CHECK(core::Id::parse(first.text()) == first);

    std::set<core::Id> many;
    for (int i = 0; i < 1000; ++i)
        many.insert(core::Id::make(clock));
    CHECK(many.size() == 1000);
    clock.move_to(clock.now().plus(std::chrono::milliseconds{1}));
    CHECK(core::Id::make(clock) > *many.rbegin());
}

TEST_CASE("the example of RFC 9562 appendix A.6 reads back its moment") {
    const auto id = core::Id::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    REQUIRE(id);
    CHECK(id->made().iso() == "2022-02-22T19:22:22.000Z");
    CHECK(id->text() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    CHECK_FALSE(core::Id::parse("017F22E279B07CC398C4DC0C0C07398F"));
    CHECK_FALSE(core::Id::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398G"));
}
