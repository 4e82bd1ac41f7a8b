#include "platform/law/bank_holidays.hpp"

#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace core = wardmote::core;
using namespace wardmote::law;

namespace {

const BankHolidays &shipped() {
    static const auto read = BankHolidays::read(std::filesystem::path{WARDMOTE_SOURCE_DIR} /
                                                "catalogue/law" / bank_holidays_file);
    return read;
}

std::string refusal(const std::string &toml) {
    try {
        BankHolidays::parse(toml, "days.toml");
    } catch (const std::runtime_error &error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("Easter falls on the days that the almanacs print") {
    // The earliest and latest Easters there are, and the years of the shipped list.
    const std::array<core::Date, 22> printed{{
        {1818, 3, 22}, {2008, 3, 23}, {2038, 4, 25}, {2010, 4, 4},  {2011, 4, 24}, {2012, 4, 8},
        {2013, 3, 31}, {2014, 4, 20}, {2015, 4, 5},  {2016, 3, 27}, {2017, 4, 16}, {2018, 4, 1},
        {2019, 4, 21}, {2020, 4, 12}, {2021, 4, 4},  {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31},
        {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16},
    }};
    for (const auto &date : printed) {
        CHECK(easter_sunday(date.year()) == date);
        CHECK(good_friday(date.year()) == date.plus_days(-2));
    }
}

TEST_CASE("the shipped days are the usual ones but for those that were moved or added") {
    const std::set<std::string> added{"2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08",
                                      "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"};
    const std::set<std::string> left_out{"2012-05-28", "2020-05-04", "2022-05-30"};
    std::set<std::string> only_shipped;
    std::set<std::string> only_usual;
    REQUIRE(shipped().first_year() == 2010);
    REQUIRE(shipped().last_year() == 2028);
    for (int year = 2010; year <= 2028; ++year) {
        for (const auto &[date, name] : BankHolidays::usual(year)) {
            const auto found = shipped().days().find(date);
            if (found == shipped().days().end()) {
                only_usual.insert(date.iso());
            } else {
                CHECK(found->second == name);
            }
        }
    }
    for (const auto &[date, name] : shipped().days()) {
        if (!BankHolidays::usual(date.year()).contains(date)) {
            only_shipped.insert(date.iso());
        }
        CHECK(date.weekday() != 0);
        CHECK(date.weekday() != 6);
    }
    CHECK(only_shipped == added);
    CHECK(only_usual == left_out);
    CHECK(shipped().days().size() == 19 * 8 + 5); // eight a year, and five extra
}

TEST_CASE("a holiday at a weekend is kept on the next weekday that is free") {
    CHECK(shipped().name({2021, 12, 27}) == "Christmas Day (substitute day)");
    CHECK(shipped().name({2021, 12, 28}) == "Boxing Day (substitute day)");
    CHECK(shipped().name({2022, 12, 26}) == "Boxing Day");
    CHECK(shipped().name({2022, 12, 27}) == "Christmas Day (substitute day)");
    CHECK(BankHolidays::usual(2032).at({2032, 12, 27}) == "Christmas Day (substitute day)");
    CHECK(BankHolidays::usual(2033).at({2033, 1, 3}) == "New Year’s Day (substitute day)");
}

TEST_CASE("a working day is Monday to Friday and no bank holiday") {
    CHECK(shipped().working_day({2026, 4, 2}));
    CHECK(!shipped().working_day({2026, 4, 3}));
    CHECK(!shipped().working_day({2026, 4, 4}));
    CHECK(!shipped().working_day({2026, 4, 5}));
    CHECK(!shipped().working_day({2026, 4, 6}));
    CHECK(shipped().working_day({2022, 5, 30}));
    CHECK(!shipped().working_day({2029, 1, 1})); // by the usual rule
    CHECK(!shipped().published({2029, 1, 1}));
}

TEST_CASE("a faulty list is refused with file, line and reason") {
    const std::string years{"bank_holidays_from = 2026\nbank_holidays_to = 2026\n"};
    CHECK(refusal("bank_holidays_from = 2026") ==
          "days.toml, line 1: “bank_holidays_to” is missing.");
    CHECK(refusal(years + "[[bank_holiday]]\ndate = 2027-01-01\nname = \"x\"") ==
          "days.toml, line 4: “date” lies outside “bank_holidays_from” and “bank_holidays_to”.");
    CHECK(refusal(years + "[[bank_holiday]]\ndate = \"2026-01-01\"\nname = \"x\"") ==
          "days.toml, line 4: “date” must be a date without quotes, such as 2015-02-02.");
    const std::string row{"[[bank_holiday]]\ndate = 2026-01-01\nname = \"x\"\n"};
    CHECK(refusal(years + row + row) == "days.toml, line 7: “date” has a bank holiday already.");
    CHECK(refusal(years + "[[bank_holiday]]\ndate = 2026-02-30\nname = \"x\"")
              .starts_with("days.toml, line 4: "));
}
