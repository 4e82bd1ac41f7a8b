/// Instants, and the clock that tells them: stored in UTC, shown as London reads them.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/calendar.hpp"

namespace wardmote::core {

/// A moment, to the millisecond, in UTC.
class Instant {
public:
    using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

    explicit Instant(Milliseconds time)
        : m_time{time} {}
    /// Midnight in London at the start of `date`.
    static Instant start_of(Date date);
    /// The last millisecond of `date` in London.
    static Instant end_of(Date date);
    /// Reads what iso() writes, with or without milliseconds.
    static std::optional<Instant> parse(std::string_view iso);

    Milliseconds time() const { return m_time; }
    Instant plus(std::chrono::milliseconds span) const { return Instant{m_time + span}; }
    Date london_date() const;

    std::string iso() const;  ///< "2015-02-02T08:10:00.000Z"
    std::string text() const; ///< "2 February 2015 at 8.10am", London time

    auto operator<=>(const Instant &) const = default;

private:
    Milliseconds m_time;
};

/// Tells the time. Code that needs it is given one, so that a test or an example can say when it
/// is.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

/// Stands still at one moment until it is moved.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant now)
        : m_now{now} {}
    Instant now() const override { return m_now; }
    void move_to(Instant now) { m_now = now; }

private:
    Instant m_now;
};

} // namespace wardmote::core
