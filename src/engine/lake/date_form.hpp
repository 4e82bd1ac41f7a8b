/// Dates as people write them, read by an example of the form: "31/12/2014".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::lake {

/// One way to write a date, given as the last day of 2014 would be written in it: "2014-12-31",
/// "31/12/14", "31 December 2014", "31-Dec-14 23:59", "2014-12-31T23:59:59+00:00".
///
/// In an example 2014 or 14 is the year, 12, Dec or December the month, 31 the day, 23 the hour; 59
/// stands for minutes and seconds. A time with +00:00 or Z is UTC, and the date is then London's.
class DateForm {
public:
    /// Throws std::runtime_error when the example has no year, month or day.
    explicit DateForm(std::string_view example);
    /// Nothing when `text` is not in this form or there is no such day.
    std::optional<core::Date> read(std::string_view text) const;
    const std::string &example() const { return m_example; }

private:
    struct Part {
        char what; ///< Y y M D h, i for ignored digits, N a month's name, z a zone's letter, = a
                   ///< literal
        char literal;
    };
    std::string m_example;
    std::vector<Part> m_parts;
    bool m_utc = false;
};

/// The forms tried when a mapping names none: ISO 8601 and the British ones; never month before
/// day.
const std::vector<DateForm> &usual_date_forms();

} // namespace wardmote::lake
