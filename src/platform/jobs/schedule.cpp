#include "platform/jobs/schedule.hpp"

#include <algorithm>
#include <stdexcept>

#include <date/tz.h>
#include <fmt/format.h>

namespace wardmote::jobs {

namespace {

const date::time_zone &london() {
    static const date::time_zone *const zone = date::locate_zone("Europe/London");
    return *zone;
}

} // namespace

Recurrence::Recurrence(Kind kind, int count, int hour, int minute)
    : m_kind{kind}
    , m_count{count}
    , m_hour{hour}
    , m_minute{minute} {
    const int most = kind == Kind::monthly ? 31 : 24 * 60;
    if (count < 1 || count > most || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        throw std::invalid_argument("a schedule is set to a time that does not exist");
    }
}

Recurrence Recurrence::every(int minutes) {
    return {Kind::minutes, minutes, 0, 0};
}

Recurrence Recurrence::daily(int hour, int minute) {
    return {Kind::daily, 1, hour, minute};
}

Recurrence Recurrence::monthly(int day, int hour, int minute) {
    return {Kind::monthly, day, hour, minute};
}

core::Instant Recurrence::on(core::Date date) const {
    const auto local = date::local_days{date.days().time_since_epoch()} +
                       std::chrono::hours{m_hour} + std::chrono::minutes{m_minute};
    return core::Instant{london().to_sys(date::local_time<std::chrono::milliseconds>{local},
                                         date::choose::earliest)};
}

core::Instant Recurrence::next_after(core::Instant moment) const {
    if (m_kind == Kind::minutes) {
        const auto step = std::chrono::milliseconds{std::chrono::minutes{m_count}};
        return moment.plus(step - moment.time().time_since_epoch() % step);
    }
    const auto today = moment.london_date();
    if (m_kind == Kind::daily) {
        const auto at = on(today);
        return at > moment ? at : on(today.plus_days(1));
    }
    for (core::Month month{today};; ++month) {
        const auto last = month.last_day();
        const auto day = std::min(static_cast<unsigned>(m_count), last.day());
        const auto at = on({month.year(), month.month(), day});
        if (at > moment) {
            return at;
        }
    }
}

std::string Recurrence::text() const {
    switch (m_kind) {
    case Kind::minutes:
        return m_count == 1 ? "every minute" : fmt::format("every {} minutes", m_count);
    case Kind::daily:
        return fmt::format("daily at {:02}:{:02}", m_hour, m_minute);
    case Kind::monthly:
        break;
    }
    return fmt::format("monthly on day {} at {:02}:{:02}", m_count, m_hour, m_minute);
}

} // namespace wardmote::jobs
