#include "engine/core/calendar.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

namespace core = wardmote::core;
using core::Date;
using core::FinancialYear;
using core::Month;
using core::Period;

TEST_CASE("a date reads and writes ISO and speaks as people do") {
    const auto date = Date::parse("2015-02-02");
    REQUIRE(date);
    CHECK(date->iso() == "2015-02-02");
    CHECK(date->text() == "2 February 2015");
    CHECK(date->weekday() == 1); // 2 February 2015 was a Monday
}

TEST_CASE("what is not a day is refused") {
    for (const char *wrong : {"2015-02-29", "2015-13-01", "2015-2-2", "2015-02-02 ", "20150202",
                              "+015-02-02", "", "2015-00-10", "2015-04-31", "2015/02/02"}) {
        CAPTURE(wrong);
        CHECK_FALSE(Date::parse(wrong));
    }
    CHECK_THROWS_AS(Date(2015, 2, 29), std::invalid_argument);
    CHECK(Date::parse("2016-02-29"));
}

TEST_CASE("a month after the 31st of January is the last day of February") {
    CHECK(Date(2026, 1, 31).plus_months(1).iso() == "2026-02-28");
    CHECK(Date(2028, 1, 31).plus_months(1).iso() == "2028-02-29");
    CHECK(Date(2026, 3, 31).plus_months(-1).iso() == "2026-02-28");
    CHECK(Date(2026, 3, 15).plus_months(-15).iso() == "2024-12-15");
}

TEST_CASE("days between two dates count a leap day") {
    CHECK(core::days_between(Date(2016, 2, 1), Date(2016, 3, 1)) == 29);
    CHECK(core::days_between(Date(2016, 3, 1), Date(2016, 2, 1)) == -29);
}

TEST_CASE("months count on across years") {
    const Month december{2014, 12};
    CHECK((december + 1).iso() == "2015-01");
    CHECK((december - 24).iso() == "2012-12");
    CHECK(Month(2015, 3) - december == 3);
    CHECK(december.last_day().iso() == "2014-12-31");
    CHECK(Month(2016, 2).last_day().day() == 29);
    CHECK(Month::from_index(december.index()) == december);
    CHECK(december.text() == "December 2014");
    CHECK(december.short_text() == "Dec 2014");
    CHECK_FALSE(Month::parse("2014-00"));
    CHECK_FALSE(Month::parse("2014-1"));
    CHECK(Month::parse("2014-01") == Month(2014, 1));
}

TEST_CASE("a period names its months once") {
    const Period nine{Month{2014, 4}, Month{2014, 12}};
    CHECK(nine.text() == "April to December 2014");
    CHECK(nine.short_text() == "Apr to Dec 2014");
    CHECK(nine.months() == 9);
    CHECK(nine.year_before().text() == "April to December 2013");
    CHECK(FinancialYear{2013}.period().text() == "April 2013 to March 2014");
    CHECK(Period{Month{2014, 5}}.text() == "May 2014");
    CHECK(nine.iso() == "2014-04/2014-12");
    CHECK(nine.each().size() == 9);
    CHECK_THROWS_AS(Period(Month(2014, 5), Month(2014, 4)), std::invalid_argument);
}

TEST_CASE("periods overlap where both hold a month") {
    const Period first{Month{2014, 1}, Month{2014, 6}};
    CHECK(first.overlap({Month{2014, 5}, Month{2014, 9}}) ==
          Period{Month{2014, 5}, Month{2014, 6}});
    CHECK_FALSE(first.overlap(Period{Month{2014, 7}}));
}

TEST_CASE("a financial year runs from April to March and is named by both years") {
    CHECK(FinancialYear::containing(Month{2015, 3}).name() == "2014-15");
    CHECK(FinancialYear::containing(Month{2015, 4}).name() == "2015-16");
    CHECK(FinancialYear{1999}.name() == "1999-00");
    CHECK(FinancialYear::parse("2014-15") == FinancialYear{2014});
    CHECK(FinancialYear::parse("1999-00") == FinancialYear{1999});
    for (const char *wrong : {"2014-16", "2014", "2014-2015", "", "abcd-15", "2014-15 "})
        CHECK_FALSE(FinancialYear::parse(wrong));
    CHECK(FinancialYear{2014}.to_date(Month{2014, 12}).text() == "April to December 2014");
}

TEST_CASE("academic years start in September and calendar years in January") {
    CHECK(core::AcademicYear::containing(Month{2014, 8}).name() == "2013-14");
    CHECK(core::AcademicYear::containing(Month{2014, 9}).name() == "2014-15");
    CHECK(core::CalendarYear::containing(Month{2014, 12}).name() == "2014");
    CHECK(core::CalendarYear::parse("2014") == core::CalendarYear{2014});
}

TEST_CASE("the quarters of the handbook: Q1 April to June, Q4 January to March") {
    CHECK(core::Quarter::containing(Month{2014, 4}).name() == "Q1 2014-15");
    CHECK(core::Quarter::containing(Month{2015, 3}).name() == "Q4 2014-15");
    CHECK(core::Quarter(FinancialYear{2014}, 3).period().text() == "October to December 2014");
    CHECK_THROWS_AS(core::Quarter(FinancialYear{2014}, 5), std::invalid_argument);
}

TEST_CASE("months are listed as people say them, three in a row as a run") {
    using core::Month;
    CHECK(core::months_in_words({}).empty());
    CHECK(core::months_in_words({Month{2025, 7}}) == "July 2025");
    CHECK(core::months_in_words({Month{2014, 11}, Month{2014, 12}}) ==
          "November and December 2014");
    CHECK(core::months_in_words({Month{2014, 12}, Month{2015, 1}}) ==
          "December 2014 and January 2015");
    CHECK(core::months_in_words({Month{2018, 7}, Month{2024, 4}, Month{2024, 5}, Month{2024, 6},
                                 Month{2025, 7}}) == "July 2018, April to June 2024 and July 2025");
}
