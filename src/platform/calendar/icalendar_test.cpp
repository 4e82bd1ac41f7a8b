// What is written is read back by another program's parser, libical.
#include <doctest/doctest.h>

#include <functional>
#include <memory>

#include <libical/ical.h>

#include "platform/calendar/icalendar.hpp"

using namespace wardmote;
using namespace wardmote::calendar;

namespace {

core::Instant at(const char *iso) {
    return core::Instant::parse(iso).value();
}

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;
Component read(const std::string &text) {
    return {icalparser_parse_string(text.c_str()), icalcomponent_free};
}
icalcomponent *first_event(const Component &calendar) {
    return icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
}

Event meeting() {
    return {.uid = "meeting/1@oxford.example",
            .sequence = 3,
            .changed = at("2015-01-20T09:00:00Z"),
            .when = Span{at("2015-03-11T14:00:00Z"), at("2015-03-11T16:00:00Z")},
            .summary = "Board, March 2015",
            .location = "Town Hall",
            .description = "Papers",
            .url = "https://oxford.example/meetings/1"};
}

} // namespace

TEST_CASE("a meeting is read back as it was written") {
    const auto calendar = read(icalendar("Mine", {meeting()}));
    REQUIRE(calendar);
    CHECK(icalcomponent_count_errors(calendar.get()) == 0);
    CHECK(icalrestriction_check(calendar.get()) == 1);
    auto *event = first_event(calendar);
    REQUIRE(event != nullptr);
    CHECK(std::string{icalcomponent_get_uid(event)} == "meeting/1@oxford.example");
    CHECK(icalcomponent_get_sequence(event) == 3);
    CHECK(std::string{icalcomponent_get_summary(event)} == "Board, March 2015");
    CHECK(std::string{icalcomponent_get_location(event)} == "Town Hall");
    CHECK(icalcomponent_get_status(event) == ICAL_STATUS_CONFIRMED);
    const auto starts = icalcomponent_get_dtstart(event);
    CHECK(icaltime_is_utc(starts) == 1);
    CHECK(std::string{icaltime_as_ical_string(starts)} == "20150311T140000Z");
    CHECK(std::string{icaltime_as_ical_string(icalcomponent_get_dtend(event))} ==
          "20150311T160000Z");
    CHECK(std::string{icaltime_as_ical_string(icalcomponent_get_dtstamp(event))} ==
          "20150120T090000Z");
}

TEST_CASE("two o'clock in London is two hours of UTC apart before and after the clocks change") {
    // GMT until 29 March 2015, 1am; BST, an hour ahead of UTC, after it.
    auto before = meeting();
    before.when =
        Span{core::Instant::start_of(core::Date{2015, 3, 28}).plus(std::chrono::hours{14}), {}};
    auto after = before;
    after.when =
        Span{core::Instant::start_of(core::Date{2015, 3, 30}).plus(std::chrono::hours{14}), {}};
    const auto text = icalendar("Mine", {before, after});
    CHECK(text.find("DTSTART:20150328T140000Z") != std::string::npos);
    CHECK(text.find("DTSTART:20150330T130000Z") != std::string::npos);
    CHECK(text.find("DTEND") == std::string::npos);
}

TEST_CASE("a deadline is a day that takes no time, also the last of a year") {
    auto due = meeting();
    due.when = core::Date{2014, 12, 31};
    const auto calendar = read(icalendar("Mine", {due}));
    auto *event = first_event(calendar);
    const auto starts = icalcomponent_get_dtstart(event);
    CHECK(starts.is_date == 1);
    CHECK(std::string{icaltime_as_ical_string(starts)} == "20141231");
    CHECK(std::string{icaltime_as_ical_string(icalcomponent_get_dtend(event))} == "20150101");
    auto *shown = icalcomponent_get_first_property(event, ICAL_TRANSP_PROPERTY);
    REQUIRE(shown != nullptr);
    CHECK(icalproperty_get_transp(shown) == ICAL_TRANSP_TRANSPARENT);
}

TEST_CASE("any text comes back whole, however long and whatever is in it") {
    auto event = meeting();
    event.summary = "Café, bar; and \\ “quotes”: 50% — naïve\nsecond line";
    event.description.clear();
    for (int i = 0; i < 40; ++i) {
        event.description += "Zoë’s 🚲, ";
    }
    event.description += "end"; // libical leaves out spaces at the end
    const auto text = icalendar("Mine", {event});
    std::size_t longest = 0;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find("\r\n", from);
        REQUIRE(end != std::string::npos);
        longest = std::max(longest, end - from);
        CHECK((static_cast<unsigned char>(text[from]) & 0xC0U) != 0x80U); // no character is cut
        from = end + 2;
    }
    CHECK(longest <= 75);
    CHECK(longest >= 72); // and lines are used: a character has four octets at most
    const auto calendar = read(text);
    CHECK(std::string{icalcomponent_get_summary(first_event(calendar))} == event.summary);
    CHECK(std::string{icalcomponent_get_description(first_event(calendar))} == event.description);
}

TEST_CASE("no text can add a line of its own") {
    auto event = meeting();
    event.summary = "Board\r\nATTENDEE:mailto:x@example.com\x01\x7f";
    const auto text = icalendar("Mine", {event});
    CHECK(text.find("\r\nATTENDEE") == std::string::npos);
    CHECK(text.find("SUMMARY:Board\\nATTENDEE:mailto:x@example.com\r\n") != std::string::npos);
}

TEST_CASE("a line is folded after 75 octets and not before") {
    const std::string just(75, 'a');
    CHECK(folded(just) == just + "\r\n");
    CHECK(folded(just + "b") == just + "\r\n b\r\n");
    CHECK(folded(std::string(74, 'a') + "é") == std::string(74, 'a') + "\r\n é\r\n");
    CHECK(folded("") == "\r\n");
    CHECK(folded(std::string(80, '\x80')).size() == 80 + 5); // no text: it ends all the same
}

TEST_CASE("a cancelled meeting says so, and a calendar may be empty") {
    auto event = meeting();
    event.cancelled = true;
    const auto calendar = read(icalendar("Mine", {event}));
    CHECK(icalcomponent_get_status(first_event(calendar)) == ICAL_STATUS_CANCELLED);
    const auto nothing = read(icalendar("Mine", {}));
    REQUIRE(nothing);
    CHECK(icalcomponent_count_components(nothing.get(), ICAL_VEVENT_COMPONENT) == 0);
}
