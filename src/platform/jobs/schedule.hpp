/// Work that comes round: every few minutes, each day or each month at a London time.
///
/// A schedule adds an ordinary job when it is due. The moment it is next due is kept in the
/// database and moved on in the transaction that adds the job, so it fires once however many
/// processes look, and what was missed while none ran is made up for once.
#pragma once

#include <chrono>
#include <string>

#include "engine/core/clock.hpp"

namespace wardmote::jobs {

/// When it comes round.
class Recurrence {
public:
    /// On whole multiples of `minutes`, counted from midnight UTC of 1 January 1970. All three
    /// throw std::invalid_argument on a time that does not exist.
    static Recurrence every(int minutes);
    /// By the clock on the wall: at 6.30am in winter and in summer. A time that the change to
    /// summer time skips is taken at the change; one that comes twice in autumn, at its first.
    static Recurrence daily(int hour, int minute);
    /// The same on a day of the month, or on its last where it has fewer.
    static Recurrence monthly(int day, int hour, int minute);

    /// The first moment later than `moment`.
    core::Instant next_after(core::Instant moment) const;
    std::string text() const; ///< "every 5 minutes", "daily at 06:30", "monthly on day 1 at 02:00"

private:
    enum class Kind { minutes, daily, monthly };
    Recurrence(Kind kind, int count, int hour, int minute);
    core::Instant on(core::Date date) const;

    Kind m_kind;
    int m_count; ///< of minutes, or the day of the month
    int m_hour;
    int m_minute;
};

struct Schedule {
    std::string name; ///< its own; two schedules of one name are one
    std::string kind; ///< of the job it adds
    Recurrence recurrence;
    bool each_tenant = true; ///< a job for each of them; else one for the installation
    std::string payload = "{}";
};

} // namespace wardmote::jobs
