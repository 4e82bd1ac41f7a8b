// Expected moments are worked out by hand from the rule that summer time begins and ends at
// 01:00 UTC on the last Sundays of March and October: in 2026, 29 March and 25 October.
#include "platform/jobs/schedule.hpp"

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace {

using wardmote::core::Instant;
using wardmote::jobs::Recurrence;

std::string next(const Recurrence &recurrence, const char *after) {
    return recurrence.next_after(Instant::parse(after).value()).iso();
}

} // namespace

TEST_CASE("every five minutes is on the five minutes, and later than the moment asked about") {
    const auto five = Recurrence::every(5);
    CHECK(next(five, "2026-01-20T10:02:17Z") == "2026-01-20T10:05:00.000Z");
    CHECK(next(five, "2026-01-20T10:05:00Z") == "2026-01-20T10:10:00.000Z");
    CHECK(next(five, "2026-01-20T23:59:59.999Z") == "2026-01-21T00:00:00.000Z");
}

TEST_CASE("half past six by London's clock is an hour earlier in UTC when summer time begins") {
    const auto early = Recurrence::daily(6, 30);
    CHECK(next(early, "2026-03-28T06:30:00Z") == "2026-03-29T05:30:00.000Z");
    CHECK(next(early, "2026-03-29T05:30:00Z") == "2026-03-30T05:30:00.000Z");
    CHECK(next(early, "2026-10-24T05:30:00Z") == "2026-10-25T06:30:00.000Z");
}

TEST_CASE("a time that spring skips is taken once, at the change") {
    const auto skipped = Recurrence::daily(1, 30);
    CHECK(next(skipped, "2026-03-28T01:30:00Z") == "2026-03-29T01:00:00.000Z");
    CHECK(next(skipped, "2026-03-29T01:00:00Z") == "2026-03-30T00:30:00.000Z");
}

TEST_CASE("a time that comes twice in autumn is taken once, at its first") {
    const auto twice = Recurrence::daily(1, 30);
    CHECK(next(twice, "2026-10-24T00:30:00Z") == "2026-10-25T00:30:00.000Z");
    CHECK(next(twice, "2026-10-25T00:30:00Z") == "2026-10-26T01:30:00.000Z");
    // Between the two, and at the second.
    CHECK(next(twice, "2026-10-25T01:00:00Z") == "2026-10-26T01:30:00.000Z");
    CHECK(next(twice, "2026-10-25T01:30:00Z") == "2026-10-26T01:30:00.000Z");
}

TEST_CASE("midnight in summer belongs to the day that begins") {
    // 00:05 on 2 July in London is 23:05 on 1 July in UTC.
    CHECK(next(Recurrence::daily(0, 5), "2026-07-01T12:00:00Z") == "2026-07-01T23:05:00.000Z");
    CHECK(next(Recurrence::daily(0, 5), "2026-07-01T23:05:00Z") == "2026-07-02T23:05:00.000Z");
}

TEST_CASE("the 31st of each month is the last day of a shorter one") {
    const auto last = Recurrence::monthly(31, 2, 0);
    CHECK(next(last, "2026-01-31T02:00:00Z") == "2026-02-28T02:00:00.000Z");
    CHECK(next(last, "2028-02-01T00:00:00Z") == "2028-02-29T02:00:00.000Z");
    CHECK(next(last, "2026-03-30T00:00:00Z") == "2026-03-31T01:00:00.000Z");
    CHECK(next(last, "2026-12-31T02:00:00Z") == "2027-01-31T02:00:00.000Z");
}

TEST_CASE("a schedule says in words when it comes round") {
    CHECK(Recurrence::every(1).text() == "every minute");
    CHECK(Recurrence::every(15).text() == "every 15 minutes");
    CHECK(Recurrence::daily(6, 5).text() == "daily at 06:05");
    CHECK(Recurrence::monthly(1, 2, 0).text() == "monthly on day 1 at 02:00");
}

TEST_CASE("a time that does not exist is refused") {
    CHECK_THROWS_AS(Recurrence::every(0), std::invalid_argument);
    CHECK_THROWS_AS(Recurrence::daily(24, 0), std::invalid_argument);
    CHECK_THROWS_AS(Recurrence::daily(-1, 0), std::invalid_argument);
    CHECK_THROWS_AS(Recurrence::daily(0, 60), std::invalid_argument);
    CHECK_THROWS_AS(Recurrence::monthly(32, 0, 0), std::invalid_argument);
    CHECK_THROWS_AS(Recurrence::monthly(0, 0, 0), std::invalid_argument);
}
