/// The calendars a partnership counts by: days, months, quarters, and calendar, financial and
/// academic years.
///
/// All are small values without I/O. Months are the grain of police data, so a Period is a run of
/// whole months.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::core {

/// A day of the Gregorian calendar, always a real one.
class Date {
public:
    /// Throws std::invalid_argument when there is no such day.
    Date(int year, unsigned month, unsigned day);
    explicit Date(std::chrono::sys_days days);

    /// Reads "2015-02-02"; nothing else, and nothing around it.
    static std::optional<Date> parse(std::string_view iso);

    int year() const;
    unsigned month() const;
    unsigned day() const;
    std::chrono::sys_days days() const { return m_days; }
    /// 0 is Sunday, 6 is Saturday.
    unsigned weekday() const;

    Date plus_days(int days) const { return Date{m_days + std::chrono::days{days}}; }
    /// The corresponding date `months` later; where there is none, the last day of that month.
    Date plus_months(int months) const;

    std::string iso() const;  ///< "2015-02-02"
    std::string text() const; ///< "2 February 2015"

    auto operator<=>(const Date &) const = default;

private:
    std::chrono::sys_days m_days;
};

/// The whole days from `from` to `to`, negative when `to` is earlier.
int days_between(Date from, Date to);

/// A month of a year, such as December 2014.
class Month {
public:
    /// Throws std::invalid_argument unless month is 1 to 12.
    Month(int year, unsigned month);
    explicit Month(Date date)
        : Month{date.year(), date.month()} {}

    /// Reads "2014-12"; nothing else.
    static std::optional<Month> parse(std::string_view iso);
    /// The month `index` months after January of year 0; the inverse of index().
    static Month from_index(int index);

    int index() const { return m_index; }
    int year() const;
    unsigned month() const;
    Date first_day() const;
    Date last_day() const;

    Month operator+(int months) const { return from_index(m_index + months); }
    Month operator-(int months) const { return from_index(m_index - months); }
    int operator-(Month other) const { return m_index - other.m_index; }
    Month &operator++() {
        ++m_index;
        return *this;
    }

    std::string iso() const;        ///< "2014-12"
    std::string text() const;       ///< "December 2014"
    std::string short_text() const; ///< "Dec 2014"
    std::string name() const;       ///< "December"
    std::string short_name() const; ///< "Dec"

    auto operator<=>(const Month &) const = default;

private:
    Month() = default;
    int m_index = 0;
};

/// A run of whole months, both ends included; never empty.
class Period {
public:
    /// Throws std::invalid_argument when last is before first.
    Period(Month first, Month last);
    explicit Period(Month only)
        : Period{only, only} {}

    Month first() const { return m_first; }
    Month last() const { return m_last; }
    int months() const { return m_last - m_first + 1; }
    bool contains(Month month) const { return m_first <= month && month <= m_last; }
    bool contains(Period other) const { return contains(other.m_first) && contains(other.m_last); }
    std::optional<Period> overlap(Period other) const;
    /// The same run `months` later; negative is earlier.
    Period shifted(int months) const { return {m_first + months, m_last + months}; }
    /// The same months of the year before.
    Period year_before() const { return shifted(-12); }
    std::vector<Month> each() const;

    std::string text() const; ///< "April to December 2014", "April 2013 to March 2014", "May 2014"
    std::string short_text() const; ///< "Apr to Dec 2014", "Apr 2013 to Mar 2014", "May 2014"
    std::string iso() const;        ///< "2014-04/2014-12"

    bool operator==(const Period &) const = default;

private:
    Month m_first;
    Month m_last;
};

/// "November and December 2014"; three or more in a row as a run: "July 2018, April to
/// December 2024 and July 2025". The months are in order, each once.
std::string months_in_words(const std::vector<Month> &months);

/// A year that starts in a given month; the base of the three kinds.
template <unsigned FirstMonth>
class Year {
public:
    explicit Year(int start_year)
        : m_start_year{start_year} {}
    static Year containing(Month month) {
        return Year{month.month() >= FirstMonth ? month.year() : month.year() - 1};
    }

    int start_year() const { return m_start_year; }
    Month first_month() const { return {m_start_year, FirstMonth}; }
    Month last_month() const { return first_month() + 11; }
    Period period() const { return {first_month(), last_month()}; }
    /// From the first month of the year to `last`, which must lie in it.
    Period to_date(Month last) const { return {first_month(), last}; }
    Year operator+(int years) const { return Year{m_start_year + years}; }
    Year operator-(int years) const { return Year{m_start_year - years}; }

    /// "2014" for a calendar year, "2014-15" for one that spans two.
    std::string name() const;
    /// Reads what name() writes; "2014-16" is refused.
    static std::optional<Year> parse(std::string_view name);

    auto operator<=>(const Year &) const = default;

private:
    int m_start_year;
};

using CalendarYear = Year<1>;
using FinancialYear = Year<4>; ///< 1 April to 31 March
using AcademicYear = Year<9>;  ///< 1 September to 31 August

/// A quarter of a financial year: Q1 is April to June.
class Quarter {
public:
    /// Throws std::invalid_argument unless number is 1 to 4.
    Quarter(FinancialYear year, unsigned number);
    static Quarter containing(Month month);

    FinancialYear year() const { return m_year; }
    unsigned number() const { return m_number; }
    Period period() const;
    std::string name() const; ///< "Q3 2014-15"

    auto operator<=>(const Quarter &) const = default;

private:
    FinancialYear m_year;
    unsigned m_number;
};

} // namespace wardmote::core
