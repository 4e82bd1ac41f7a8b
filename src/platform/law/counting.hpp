/// Time limits, counted as the statutes word them, each with the words that say how.
///
/// The phrases and worked examples are in docs/methods/counting-days.md. Every count is of the
/// calendar of England and Wales in London time; a count below 1 or above 10,000 throws
/// std::invalid_argument.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "platform/law/bank_holidays.hpp"

namespace wardmote::law {

/// The end of a time limit: a whole day, or a moment when it is counted in hours.
struct Deadline {
    core::Date last_day;                 ///< in London; the day of `moment` where there is one
    std::optional<core::Instant> moment; ///< only when counted in hours
    std::string words; ///< "within 28 days beginning with 2 March 2026: Sunday 29 March 2026"
    std::string rule;  ///< "2 March 2026 is day 1."
    /// Counted over days for which no bank holidays are published; words and rule say so.
    bool estimated = false;

    /// The last moment at which it is met: the end of the last day in London, or `moment`.
    core::Instant end() const;
    bool met_on(core::Date date) const { return date <= last_day; }
    bool met_at(core::Instant instant) const { return instant <= end(); }
};

/// What a limit in days, weeks, months or years is counted from.
enum class Start {
    beginning_with, ///< the first day is day 1
    following       ///< the day after it is day 1
};

/// "within 28 days beginning with 2 March 2026".
Deadline within_days(int count, Start start, core::Date from);
Deadline within_weeks(int count, Start start, core::Date from);
/// Ends the day before the corresponding date (on it, when counted as following); where there is
/// no corresponding date, on the last day of the month.
Deadline within_months(int count, Start start, core::Date from);
Deadline within_years(int count, Start start, core::Date from);

/// The first day of a thing that needs `count` clear days after `notice`: neither the day of the
/// notice nor that of the thing is counted.
core::Date first_day_after_clear_days(int count, core::Date notice);
/// The last day for a notice that must stand `count` clear days before `event`.
Deadline notice_by_clear_days(int count, core::Date event);
/// The same where only working days count and notice is given on one, as for the papers of a
/// council's meeting.
Deadline notice_by_clear_working_days(int count, core::Date event, const BankHolidays &holidays);

/// The days that a limit in hours passes over.
struct Disregarded {
    bool christmas_day = false;
    bool good_friday = false;
    bool sundays = false;

    bool covers(core::Date date) const;
};

/// Closure: the hearing "not later than 48 hours after service", Christmas Day disregarded
/// (Anti-social Behaviour, Crime and Policing Act 2014, s.80(3) and (4)).
inline constexpr Disregarded for_closure{.christmas_day = true};
/// Arrest under an injunction: "24 hours beginning with the time of the arrest", Christmas Day,
/// Good Friday and Sundays disregarded (the same Act, s.9(3) and (4)).
inline constexpr Disregarded for_arrest{
    .christmas_day = true, .good_friday = true, .sundays = true};

/// Hours that pass, whatever the clocks do in March and October; while a disregarded day lasts in
/// London, none pass. `event` says what began it: "service", "arrest".
Deadline hours_after(int count, core::Instant from, std::string_view event,
                     Disregarded disregarded);

/// Working days, Monday to Friday less bank holidays; the day of receipt is day 0.
Deadline working_days(int count, core::Date received, const BankHolidays &holidays);

/// A time of day in London.
struct TimeOfDay {
    int hour = 0;
    int minute = 0;
};

/// The same where a local office closes: what comes after `cut_off`, or on a day that is not a
/// working day, counts as received on the next working day.
Deadline working_days(int count, core::Instant received, TimeOfDay cut_off,
                      const BankHolidays &holidays);

/// "Sunday 29 March 2026".
std::string with_weekday(core::Date date);

} // namespace wardmote::law
