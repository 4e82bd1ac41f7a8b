#include "platform/law/bank_holidays.hpp"

namespace wardmote::law {

namespace {

constexpr unsigned sunday = 0;
constexpr unsigned saturday = 6;

core::Date first_monday(int year, unsigned month) {
    const core::Date first{year, month, 1};
    return first.plus_days(static_cast<int>((8 - first.weekday()) % 7));
}

core::Date last_monday(int year, unsigned month) {
    const auto last = core::Month{year, month}.last_day();
    return last.plus_days(-static_cast<int>((last.weekday() + 6) % 7));
}

bool weekend(core::Date date) {
    return date.weekday() == saturday || date.weekday() == sunday;
}

} // namespace

core::Date easter_sunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - b / 4 - g + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1)};
}

core::Date good_friday(int year) {
    return easter_sunday(year).plus_days(-2);
}

std::map<core::Date, std::string> BankHolidays::usual(int year) {
    std::map<core::Date, std::string> days{
        {good_friday(year), "Good Friday"},
        {easter_sunday(year).plus_days(1), "Easter Monday"},
        {first_monday(year, 5), "Early May bank holiday"},
        {last_monday(year, 5), "Spring bank holiday"},
        {last_monday(year, 8), "Summer bank holiday"},
    };
    // One that falls at a weekend moves to the next weekday that is not a bank holiday itself.
    const auto add = [&](core::Date date, const std::string &name) {
        const bool moved = weekend(date);
        while (weekend(date) || days.contains(date)) {
            date = date.plus_days(1);
        }
        days.emplace(date, moved ? name + " (substitute day)" : name);
    };
    add({year, 1, 1}, "New Year’s Day");
    const core::Date christmas{year, 12, 25};
    const core::Date boxing{year, 12, 26};
    if (christmas.weekday() == sunday) { // Boxing Day keeps its Monday, Christmas has the Tuesday
        add(boxing, "Boxing Day");
        add(christmas, "Christmas Day");
    } else {
        add(christmas, "Christmas Day");
        add(boxing, "Boxing Day");
    }
    return days;
}

bool BankHolidays::published(core::Date date) const {
    return m_first_year <= date.year() && date.year() <= m_last_year;
}

std::string BankHolidays::name(core::Date date) const {
    const auto name_in = [&](const std::map<core::Date, std::string> &days) {
        const auto found = days.find(date);
        return found == days.end() ? std::string{} : found->second;
    };
    return published(date) ? name_in(m_days) : name_in(usual(date.year()));
}

bool BankHolidays::working_day(core::Date date) const {
    return !weekend(date) && name(date).empty();
}

} // namespace wardmote::law
