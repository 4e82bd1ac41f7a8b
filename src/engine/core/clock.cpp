#include "engine/core/clock.hpp"

#include <charconv>

#include <date/tz.h>
#include <fmt/format.h>

namespace wardmote::core {

namespace {

const date::time_zone &london() {
    static const date::time_zone *const zone = date::locate_zone("Europe/London");
    return *zone;
}

std::optional<int> two_digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-')
        return std::nullopt;
    return value;
}

} // namespace

Instant Instant::start_of(Date date) {
    const date::local_days local{date.days().time_since_epoch()};
    return Instant{london().to_sys(date::local_time<std::chrono::milliseconds>{local},
                                   date::choose::earliest)};
}

Instant Instant::end_of(Date date) {
    return start_of(date.plus_days(1)).plus(std::chrono::milliseconds{-1});
}

std::optional<Instant> Instant::parse(std::string_view iso) {
    // 2015-02-02T08:10:00Z or 2015-02-02T08:10:00.000Z
    if ((iso.size() != 20 && iso.size() != 24) || iso[10] != 'T' || iso.back() != 'Z' ||
        iso[13] != ':' || iso[16] != ':' || (iso.size() == 24 && iso[19] != '.'))
        return std::nullopt;
    const auto date = Date::parse(iso.substr(0, 10));
    const auto hour = two_digits(iso.substr(11, 2));
    const auto minute = two_digits(iso.substr(14, 2));
    const auto second = two_digits(iso.substr(17, 2));
    const auto millis = iso.size() == 24 ? two_digits(iso.substr(20, 3)) : std::optional{0};
    if (!date || !hour || !minute || !second || !millis || *hour > 23 || *minute > 59 ||
        *second > 59)
        return std::nullopt;
    using namespace std::chrono;
    return Instant{Milliseconds{date->days()} + hours{*hour} + minutes{*minute} + seconds{*second} +
                   milliseconds{*millis}};
}

Date Instant::london_date() const {
    const auto local = london().to_local(m_time);
    return Date{std::chrono::sys_days{date::floor<date::days>(local).time_since_epoch()}};
}

std::string Instant::iso() const {
    const auto days = std::chrono::floor<std::chrono::days>(m_time);
    const auto millis = (m_time - days).count();
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", Date{days}.iso(), millis / 3'600'000,
                       millis / 60'000 % 60, millis / 1'000 % 60, millis % 1'000);
}

std::string Instant::text() const {
    const auto local = london().to_local(m_time);
    const auto minutes =
        std::chrono::floor<std::chrono::minutes>(local - date::floor<date::days>(local)).count();
    const auto hour = minutes / 60;
    const auto hour_of_twelve = hour % 12 == 0 ? 12 : hour % 12;
    const std::string_view half = hour < 12 ? "am" : "pm";
    if (minutes % 60 == 0)
        return fmt::format("{} at {}{}", london_date().text(), hour_of_twelve, half);
    return fmt::format("{} at {}.{:02}{}", london_date().text(), hour_of_twelve, minutes % 60,
                       half);
}

Instant SystemClock::now() const {
    return Instant{
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())};
}

} // namespace wardmote::core
