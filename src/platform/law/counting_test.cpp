#include "platform/law/counting.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace core = wardmote::core;
using namespace wardmote::law;

namespace {

const BankHolidays &holidays() {
    static const auto read = BankHolidays::read(std::filesystem::path{WARDMOTE_SOURCE_DIR} /
                                                "catalogue/law" / bank_holidays_file);
    return read;
}

core::Date day(const std::string &iso) {
    return core::Date::parse(iso).value();
}

core::Instant moment(const std::string &iso) {
    return core::Instant::parse(iso).value();
}

/// "21 days beginning with 2026-03-02": the count, the phrase without it, and what it runs from.
Deadline counted(const std::string &limit) {
    const auto space = limit.find(' ');
    const auto last = limit.rfind(' ');
    const int count = std::stoi(limit.substr(0, space));
    const auto from = limit.substr(last + 1);
    auto phrase = limit.substr(space + 1, last - space - 1);
    for (const std::string unit : {"day", "week", "month", "year", "hour"}) {
        if (const auto at = phrase.find(unit + "s"); at != phrase.npos) {
            phrase.erase(at + unit.size(), 1); // one form for one and many
        }
    }
    for (const auto &[word, start] : {std::pair{" beginning with", Start::beginning_with},
                                      std::pair{" following", Start::following}}) {
        if (phrase == std::string{"day"} + word)
            return within_days(count, start, day(from));
        if (phrase == std::string{"week"} + word)
            return within_weeks(count, start, day(from));
        if (phrase == std::string{"month"} + word)
            return within_months(count, start, day(from));
        if (phrase == std::string{"year"} + word)
            return within_years(count, start, day(from));
    }
    if (phrase == "hour after closure")
        return hours_after(count, moment(from), "service", for_closure);
    if (phrase == "hour after arrest")
        return hours_after(count, moment(from), "arrest", for_arrest);
    if (phrase == "working day of")
        return working_days(count, day(from), holidays());
    if (phrase == "working day to five")
        return working_days(count, moment(from), {.hour = 17}, holidays());
    if (phrase == "clear day before")
        return notice_by_clear_days(count, day(from));
    if (phrase == "clear working day before")
        return notice_by_clear_working_days(count, day(from), holidays());
    throw std::runtime_error{"no such limit: " + phrase};
}

} // namespace

TEST_CASE("every limit in the table ends when a hand count says") {
    std::ifstream file{WARDMOTE_SOURCE_DIR "/tests/law/counting.test"};
    int run = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        INFO(line);
        const auto arrow = line.find(" -> ");
        REQUIRE(arrow != line.npos);
        const auto deadline = counted(line.substr(0, arrow));
        std::istringstream expected{line.substr(arrow + 4)};
        std::string end;
        std::string estimated;
        expected >> end >> estimated;
        if (end.find('T') != end.npos) {
            REQUIRE(deadline.moment.has_value());
            CHECK(deadline.moment->iso() == moment(end).iso());
        } else {
            CHECK(!deadline.moment);
            CHECK(deadline.last_day.iso() == end);
        }
        CHECK(deadline.estimated == (estimated == "estimated"));
        ++run;
    }
    CHECK(run == 58);
}

TEST_CASE("a deadline says in words how it was counted") {
    const auto days = within_days(28, Start::beginning_with, {2026, 3, 2});
    CHECK(days.words == "within 28 days beginning with 2 March 2026: Sunday 29 March 2026");
    CHECK(days.rule == "2 March 2026 is day 1.");
    const auto following = within_days(14, Start::following, {2026, 3, 2});
    CHECK(following.words == "within 14 days following 2 March 2026: Monday 16 March 2026");
    CHECK(following.rule == "The day after 2 March 2026 is day 1.");
    const auto month = within_months(1, Start::beginning_with, {2026, 1, 31});
    CHECK(month.words ==
          "within 1 month beginning with 31 January 2026: Saturday 28 February 2026");
    CHECK(month.rule == "February 2026 has no day 31, so it ends on the last of the month.");
    CHECK(within_years(3, Start::beginning_with, {2026, 3, 2}).rule ==
          "It ends the day before the corresponding date, 2 March 2029.");
    const auto closure = hours_after(48, moment("2026-12-24T15:00:00Z"), "service", for_closure);
    CHECK(closure.words == "not later than 48 hours after service on 24 December 2026 at 3pm: "
                           "Sunday 27 December 2026 at 3pm");
    CHECK(closure.rule == "Hours are counted as they pass, whatever the clocks do. Left out: "
                          "Friday 25 December 2026.");
    const auto working = working_days(5, core::Date{2026, 4, 2}, holidays());
    CHECK(working.words == "within 5 working days of 2 April 2026: Monday 13 April 2026");
    CHECK(working.rule == "2 April 2026 is day 0. Weekends are left out. So are the bank "
                          "holidays: 3 April 2026, Good Friday; 6 April 2026, Easter Monday.");
    const auto late =
        working_days(1, moment("2026-03-06T17:30:00Z"), {.hour = 17, .minute = 0}, holidays());
    CHECK(late.rule == "Received out of hours, 6 March 2026 at 5.30pm, so it counts as received "
                       "on Monday 9 March 2026. 9 March 2026 is day 0. Weekends are left out.");
    const auto papers = notice_by_clear_days(5, {2026, 3, 9});
    CHECK(papers.words == "at least 5 clear days before 9 March 2026: Tuesday 3 March 2026");
    CHECK(first_day_after_clear_days(5, {2026, 3, 3}) == core::Date{2026, 3, 9});
}

TEST_CASE("beyond the published bank holidays the answer says that it is estimated") {
    const auto deadline = working_days(1, core::Date{2029, 12, 24}, holidays());
    CHECK(deadline.words ==
          "within 1 working day of 24 December 2029: Thursday 27 December 2029 (estimated)");
    CHECK(deadline.rule.find("Bank holidays are known from 2010 to 2028") != std::string::npos);
    CHECK(!working_days(1, core::Date{2028, 12, 28}, holidays()).estimated);
    CHECK(working_days(1, core::Date{2028, 12, 29}, holidays()).estimated);
    CHECK(working_days(1, core::Date{2009, 12, 30}, holidays()).estimated);
}

TEST_CASE(
    "a limit in days is met to the end of its last day in London, one in hours to its moment") {
    const auto summer = within_days(1, Start::beginning_with, {2026, 7, 1});
    CHECK(summer.end().iso() == "2026-07-01T22:59:59.999Z");
    CHECK(summer.met_on({2026, 7, 1}));
    CHECK(!summer.met_on({2026, 7, 2}));
    CHECK(!summer.met_at(moment("2026-07-01T23:00:00Z")));
    const auto hearing = hours_after(48, moment("2026-03-02T10:00:00Z"), "service", for_closure);
    CHECK(hearing.met_at(moment("2026-03-04T10:00:00Z")));
    CHECK(!hearing.met_at(moment("2026-03-04T10:00:00.001Z")));
}

TEST_CASE("a count below one or beyond all reason is refused") {
    CHECK_THROWS_AS(within_days(0, Start::following, {2026, 1, 1}), std::invalid_argument);
    CHECK_THROWS_AS(within_months(-1, Start::following, {2026, 1, 1}), std::invalid_argument);
    CHECK_THROWS_AS(within_years(10'001, Start::following, {2026, 1, 1}), std::invalid_argument);
    CHECK_THROWS_AS(working_days(0, core::Date{2026, 1, 1}, holidays()), std::invalid_argument);
}

TEST_CASE(
    "no limit ends before it begins, a later start never ends earlier, nor does a longer one") {
    // Four years with a leap day and the moved bank holidays of 2020 and 2022.
    const std::map<std::string, std::function<core::Date(int, core::Date)>> limits{
        {"days",
         [](int n, core::Date d) { return within_days(n, Start::beginning_with, d).last_day; }},
        {"following",
         [](int n, core::Date d) { return within_days(n, Start::following, d).last_day; }},
        {"weeks",
         [](int n, core::Date d) { return within_weeks(n, Start::beginning_with, d).last_day; }},
        {"months",
         [](int n, core::Date d) { return within_months(n, Start::beginning_with, d).last_day; }},
        {"months following",
         [](int n, core::Date d) { return within_months(n, Start::following, d).last_day; }},
        {"years",
         [](int n, core::Date d) { return within_years(n, Start::beginning_with, d).last_day; }},
        {"working", [](int n, core::Date d) { return working_days(n, d, holidays()).last_day; }},
    };
    for (const auto &each : limits) {
        const auto &limit = each.second;
        for (const int count : {1, 2, 7, 13}) {
            auto before = limit(count, {2018, 12, 31});
            for (core::Date from{2019, 1, 1}; from < core::Date{2023, 1, 1};
                 from = from.plus_days(1)) {
                const auto end = limit(count, from);
                INFO(each.first, " ", count, " from ", from.iso());
                REQUIRE(end >= from);
                REQUIRE(end >= before);
                REQUIRE(limit(count + 1, from) > end);
                before = end;
            }
        }
    }
}

TEST_CASE("hours never run backwards over Christmas, Easter and the changes of the clocks") {
    for (const auto &[first, rule] : {std::pair{"2026-12-20T00:30:00Z", for_closure},
                                      std::pair{"2026-12-20T00:30:00Z", for_arrest},
                                      std::pair{"2026-03-26T00:30:00Z", for_arrest},
                                      std::pair{"2026-10-22T00:30:00Z", for_arrest}}) {
        auto from = moment(first);
        auto before = from;
        for (int step = 0; step < 24 * 14; ++step) {
            const auto end = hours_after(24, from, "it", rule).end();
            REQUIRE(end >= from.plus(std::chrono::hours{24}));
            REQUIRE(end >= before);
            before = end;
            from = from.plus(std::chrono::hours{1});
        }
    }
}

TEST_CASE("received later, by the clock of an office that closes, is never due earlier") {
    auto from = moment("2026-03-30T00:00:00Z");
    core::Date before{2026, 3, 30};
    for (int step = 0; step < 24 * 4 * 14; ++step) {
        const auto end = working_days(3, from, {.hour = 16, .minute = 30}, holidays()).last_day;
        INFO(from.iso());
        REQUIRE(end >= before);
        before = end;
        from = from.plus(std::chrono::minutes{15});
    }
}
