/// A calendar as other programs read it: iCalendar (RFC 5545).
///
/// Moments are written in UTC and days as days, so that no reader needs a table of time zones and
/// summer time cannot shift anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"

namespace wardmote::calendar {

/// From a moment to another; without an end it only begins.
struct Span {
    core::Instant starts;
    std::optional<core::Instant> ends;
};

/// One entry. All texts are UTF-8 of any length and any characters.
struct Event {
    std::string uid;                     ///< the same for as long as the thing is there
    std::int64_t sequence = 0;           ///< more with each change
    core::Instant changed;               ///< when it was changed last
    std::variant<core::Date, Span> when; ///< a whole day takes nobody's time: it is a deadline
    std::string summary, location, description;
    std::string url;
    bool cancelled = false;
};

/// A calendar of that name, its lines folded at 75 octets and ended by CR LF.
std::string icalendar(std::string_view name, const std::vector<Event> &events);

/// RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks escaped, other control characters
/// left out.
std::string escaped(std::string_view text);
/// RFC 5545, 3.1: a content line in parts of at most 75 octets, no character cut in two, each
/// ended by CR LF.
std::string folded(std::string_view line);

} // namespace wardmote::calendar
