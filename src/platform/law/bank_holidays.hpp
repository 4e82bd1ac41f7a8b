/// The bank holidays of England and Wales, and Easter, from which two of them follow.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/core/calendar.hpp"

namespace wardmote::law {

/// The file of catalogue/law that they stand in.
inline constexpr std::string_view bank_holidays_file = "bank-holidays.toml";

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 2nd edition, chapter
/// 8, after the anonymous algorithm in Nature, 20 April 1876).
core::Date easter_sunday(int year);
core::Date good_friday(int year);

/// The days as published, and for years outside the publication the days that the usual rules give.
class BankHolidays {
public:
    /// Reads "[[bank_holiday]]" tables of date and name, "bank_holidays_from" and
    /// "bank_holidays_to", the first and last years published. Throws std::runtime_error naming
    /// file, line and reason.
    static BankHolidays parse(std::string_view toml, const std::string &file);
    static BankHolidays read(const std::filesystem::path &file);

    /// What the usual rules give for a year: no moved and no extra days.
    static std::map<core::Date, std::string> usual(int year);

    /// The name of the holiday; empty on any other day. An ordinary weekend has no name.
    std::string name(core::Date date) const;
    bool working_day(core::Date date) const; ///< Monday to Friday and no bank holiday
    /// Whether the year of `date` is one for which the days have been published.
    bool published(core::Date date) const;

    int first_year() const { return m_first_year; }
    int last_year() const { return m_last_year; }
    const std::map<core::Date, std::string> &days() const { return m_days; }

private:
    int m_first_year = 0;
    int m_last_year = -1;
    std::map<core::Date, std::string> m_days;
};

} // namespace wardmote::law
