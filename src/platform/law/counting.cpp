#include "platform/law/counting.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

#include <date/tz.h>
#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::law {

namespace {

constexpr int most = 10'000;

void check(int count) {
    if (count < 1 || count > most) {
        throw std::invalid_argument{
            fmt::format("a time limit counts from 1 to {}, not {}", most, count)};
    }
}

std::string_view phrase(Start start) {
    return start == Start::beginning_with ? "beginning with" : "following";
}

std::string_view weekday_name(core::Date date) {
    constexpr std::string_view names[]{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
    return names[date.weekday()];
}

Deadline of_days(const std::string &span, int days, Start start, core::Date from) {
    const bool counts_first = start == Start::beginning_with;
    const auto last = from.plus_days(counts_first ? days - 1 : days);
    return {.last_day = last,
            .words = fmt::format("within {} {} {}: {}", span, phrase(start), from.text(),
                                 with_weekday(last)),
            .rule =
                fmt::format("{}{} is day 1.", counts_first ? "" : "The day after ", from.text())};
}

Deadline of_months(const std::string &span, int months, Start start, core::Date from) {
    const auto ahead = from.plus_months(months);
    const bool corresponds = ahead.day() == from.day();
    const bool day_before = corresponds && start == Start::beginning_with;
    const auto last = day_before ? ahead.plus_days(-1) : ahead;
    return {.last_day = last,
            .words = fmt::format("within {} {} {}: {}", span, phrase(start), from.text(),
                                 with_weekday(last)),
            .rule = corresponds
                        ? fmt::format("It ends {}the corresponding date, {}.",
                                      day_before ? "the day before " : "on ", ahead.text())
                        : fmt::format("{} has no day {}, so it ends on the last of the month.",
                                      core::Month{ahead}.text(), from.day())};
}

/// Walks from day to day over the working days, and keeps what the answer must tell of the walk.
class Walk {
public:
    Walk(core::Date from, const BankHolidays &holidays)
        : m_at{from}
        , m_holidays{holidays} {}

    /// To the `count`th working day after (`step` 1) or before (-1) where it stands.
    void move(int count, int step) {
        while (count > 0) {
            m_at = m_at.plus_days(step);
            m_estimated = m_estimated || !m_holidays.published(m_at);
            if (m_holidays.working_day(m_at)) {
                --count;
            } else if (const auto name = m_holidays.name(m_at); !name.empty()) {
                m_left_out.push_back(fmt::format("{}, {}", m_at.text(), name));
            }
        }
    }

    core::Date at() const { return m_at; }
    bool estimated() const { return m_estimated; }
    std::string sentences() const {
        std::string text{" Weekends are left out."};
        if (!m_left_out.empty()) {
            text += fmt::format(" So are the bank holidays: {}.", fmt::join(m_left_out, "; "));
        }
        if (m_estimated) {
            text += fmt::format(" Bank holidays are known from {} to {}: beyond, the usual ones "
                                "are assumed, so this is estimated.",
                                m_holidays.first_year(), m_holidays.last_year());
        }
        return text;
    }
    /// "Monday 13 April 2026", and whether that is estimated.
    std::string end() const { return with_weekday(m_at) + (m_estimated ? " (estimated)" : ""); }

private:
    core::Date m_at;
    const BankHolidays &m_holidays;
    bool m_estimated = false;
    std::vector<std::string> m_left_out;
};

std::string working_days_in_words(int count) {
    return core::counted(count, "working day", "working days");
}

/// What the clock on a wall in London shows.
std::chrono::milliseconds time_of_day(core::Instant instant) {
    static const date::time_zone *const london = date::locate_zone("Europe/London");
    const auto local = london->to_local(instant.time());
    return local - date::floor<date::days>(local);
}

} // namespace

core::Instant Deadline::end() const {
    return moment ? *moment : core::Instant::end_of(last_day);
}

std::string with_weekday(core::Date date) {
    return fmt::format("{} {}", weekday_name(date), date.text());
}

Deadline within_days(int count, Start start, core::Date from) {
    check(count);
    return of_days(core::counted(count, "day", "days"), count, start, from);
}

Deadline within_weeks(int count, Start start, core::Date from) {
    check(count);
    return of_days(core::counted(count, "week", "weeks"), 7 * count, start, from);
}

Deadline within_months(int count, Start start, core::Date from) {
    check(count);
    return of_months(core::counted(count, "month", "months"), count, start, from);
}

Deadline within_years(int count, Start start, core::Date from) {
    check(count);
    return of_months(core::counted(count, "year", "years"), 12 * count, start, from);
}

core::Date first_day_after_clear_days(int count, core::Date notice) {
    check(count);
    return notice.plus_days(count + 1);
}

Deadline notice_by_clear_days(int count, core::Date event) {
    check(count);
    const auto last = event.plus_days(-count - 1);
    return {.last_day = last,
            .words = fmt::format("at least {} before {}: {}",
                                 core::counted(count, "clear day", "clear days"), event.text(),
                                 with_weekday(last)),
            .rule = "Neither the day of the notice nor that of the event is counted."};
}

Deadline notice_by_clear_working_days(int count, core::Date event, const BankHolidays &holidays) {
    check(count);
    Walk walk{event, holidays};
    walk.move(count + 1, -1);
    return {.last_day = walk.at(),
            .words = fmt::format("at least {} before {}: {}",
                                 core::counted(count, "clear working day", "clear working days"),
                                 event.text(), walk.end()),
            .rule = "Neither the day of the notice nor that of the event is counted." +
                    walk.sentences(),
            .estimated = walk.estimated()};
}

bool Disregarded::covers(core::Date date) const {
    constexpr unsigned sunday = 0;
    return (christmas_day && date.month() == 12 && date.day() == 25) ||
           (good_friday && date == law::good_friday(date.year())) ||
           (sundays && date.weekday() == sunday);
}

Deadline hours_after(int count, core::Instant from, std::string_view event,
                     Disregarded disregarded) {
    check(count);
    std::chrono::milliseconds left = std::chrono::hours{count};
    std::vector<std::string> passed_over;
    auto at = from;
    while (left.count() > 0) {
        const auto day = at.london_date();
        const auto next = core::Instant::start_of(day.plus_days(1));
        if (disregarded.covers(day)) {
            passed_over.push_back(with_weekday(day));
            at = next;
        } else {
            const auto span = std::min(left, next.time() - at.time());
            at = at.plus(span);
            left -= span;
        }
    }
    std::string rule{"Hours are counted as they pass, whatever the clocks do."};
    if (!passed_over.empty()) {
        rule += fmt::format(" Left out: {}.", core::joined(passed_over));
    }
    return {.last_day = at.london_date(),
            .moment = at,
            .words = fmt::format("not later than {} after {} on {}: {} {}",
                                 core::counted(count, "hour", "hours"), event, from.text(),
                                 weekday_name(at.london_date()), at.text()),
            .rule = rule};
}

Deadline working_days(int count, core::Date received, const BankHolidays &holidays) {
    check(count);
    Walk walk{received, holidays};
    walk.move(count, 1);
    return {.last_day = walk.at(),
            .words = fmt::format("within {} of {}: {}", working_days_in_words(count),
                                 received.text(), walk.end()),
            .rule = fmt::format("{} is day 0.{}", received.text(), walk.sentences()),
            .estimated = walk.estimated()};
}

Deadline working_days(int count, core::Instant received, TimeOfDay cut_off,
                      const BankHolidays &holidays) {
    const auto day = received.london_date();
    const auto closing = std::chrono::hours{cut_off.hour} + std::chrono::minutes{cut_off.minute};
    if (holidays.working_day(day) && time_of_day(received) <= closing) {
        return working_days(count, day, holidays);
    }
    Walk opening{day, holidays};
    opening.move(1, 1);
    auto deadline = working_days(count, opening.at(), holidays);
    deadline.rule = fmt::format("Received out of hours, {}, so it counts as received on {}. {}",
                                received.text(), with_weekday(opening.at()), deadline.rule);
    deadline.estimated = deadline.estimated || opening.estimated();
    return deadline;
}

} // namespace wardmote::law
