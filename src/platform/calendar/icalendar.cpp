#include "platform/calendar/icalendar.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wardmote::calendar {

namespace {

constexpr std::size_t longest_line = 75; ///< octets, without the line break

bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// "20150202": of a day.
std::string digits(core::Date day) {
    return fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day());
}
/// "20150202T101500Z", from the ISO form of the same.
std::string digits(core::Instant moment) {
    auto text = moment.iso().substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + "Z";
}

class Writer {
public:
    void line(std::string_view name, std::string_view value) {
        m_text += folded(fmt::format("{}:{}", name, value));
    }
    void words(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            line(name, escaped(value));
        }
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

void write_when(Writer &out, const Event &event) {
    if (const auto *day = std::get_if<core::Date>(&event.when)) {
        out.line("DTSTART;VALUE=DATE", digits(*day));
        out.line("DTEND;VALUE=DATE", digits(day->plus_days(1))); // the day after the last
        out.line("TRANSP", "TRANSPARENT");
        return;
    }
    const auto &span = std::get<Span>(event.when);
    out.line("DTSTART", digits(span.starts));
    if (span.ends) {
        out.line("DTEND", digits(*span.ends));
    }
}

void write_event(Writer &out, const Event &event) {
    out.line("BEGIN", "VEVENT");
    out.words("UID", event.uid);
    out.line("DTSTAMP", digits(event.changed));
    out.line("LAST-MODIFIED", digits(event.changed));
    out.line("SEQUENCE", std::to_string(event.sequence));
    write_when(out, event);
    out.words("SUMMARY", event.summary);
    out.words("LOCATION", event.location);
    out.words("DESCRIPTION", event.description);
    if (!event.url.empty()) {
        out.line("URL", event.url);
    }
    out.line("STATUS", event.cancelled ? "CANCELLED" : "CONFIRMED");
    out.line("END", "VEVENT");
}

} // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '\\':
        case ';':
        case ',':
            out += {'\\', c};
            break;
        case '\n':
            out += "\\n";
            break;
        default:
            if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') {
                out += c;
            }
        }
    }
    return out;
}

std::string folded(std::string_view line) {
    std::string out;
    std::size_t room = longest_line;
    while (line.size() > room) {
        auto cut = room;
        while (cut > 0 && continues_a_character(line[cut])) {
            --cut;
        }
        if (cut == 0) { // no text at all: cut it anywhere rather than never
            cut = room;
        }
        out.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
        room = longest_line - 1; // the space counts
    }
    return out.append(line).append("\r\n");
}

std::string icalendar(std::string_view name, const std::vector<Event> &events) {
    Writer out;
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Wardmote//Wardmote//EN");
    out.line("CALSCALE", "GREGORIAN");
    out.words("X-WR-CALNAME", name);
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"); // RFC 7986
    for (const auto &event : events) {
        write_event(out, event);
    }
    out.line("END", "VCALENDAR");
    return out.take();
}

} // namespace wardmote::calendar
