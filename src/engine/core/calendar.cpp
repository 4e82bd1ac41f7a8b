#include "engine/core/calendar.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::core {

namespace {

constexpr std::array month_names = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};

std::optional<int> digits(std::string_view text) {
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

Date::Date(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!date.ok())
        throw std::invalid_argument{
            fmt::format("there is no day {:04}-{:02}-{:02}", year, month, day)};
    m_days = date;
}

Date::Date(std::chrono::sys_days days)
    : m_days{days} {}

std::optional<Date> Date::parse(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-')
        return std::nullopt;
    const auto year = digits(iso.substr(0, 4));
    const auto month = digits(iso.substr(5, 2));
    const auto day = digits(iso.substr(8, 2));
    if (!year || !month || !day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    return Date{std::chrono::sys_days{date}};
}

int Date::year() const {
    return static_cast<int>(std::chrono::year_month_day{m_days}.year());
}
unsigned Date::month() const {
    return static_cast<unsigned>(std::chrono::year_month_day{m_days}.month());
}
unsigned Date::day() const {
    return static_cast<unsigned>(std::chrono::year_month_day{m_days}.day());
}
unsigned Date::weekday() const {
    return std::chrono::weekday{m_days}.c_encoding();
}

Date Date::plus_months(int months) const {
    const std::chrono::year_month_day date{m_days};
    const auto moved = date + std::chrono::months{months};
    if (moved.ok())
        return Date{std::chrono::sys_days{moved}};
    return Date{std::chrono::sys_days{moved.year() / moved.month() / std::chrono::last}};
}

std::string Date::iso() const {
    return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}
std::string Date::text() const {
    return fmt::format("{} {} {}", day(), month_names[month() - 1], year());
}

int days_between(Date from, Date to) {
    return static_cast<int>((to.days() - from.days()).count());
}

Month::Month(int year, unsigned month)
    : m_index{year * 12 + static_cast<int>(month) - 1} {
    if (month < 1 || month > 12)
        throw std::invalid_argument{fmt::format("there is no month {}", month)};
}

std::optional<Month> Month::parse(std::string_view iso) {
    if (iso.size() != 7 || iso[4] != '-')
        return std::nullopt;
    const auto year = digits(iso.substr(0, 4));
    const auto month = digits(iso.substr(5, 2));
    if (!year || !month || *month < 1 || *month > 12)
        return std::nullopt;
    return Month{*year, static_cast<unsigned>(*month)};
}

Month Month::from_index(int index) {
    Month month;
    month.m_index = index;
    return month;
}

int Month::year() const {
    return m_index >= 0 ? m_index / 12 : (m_index - 11) / 12;
}
unsigned Month::month() const {
    return static_cast<unsigned>(m_index - year() * 12) + 1;
}
Date Month::first_day() const {
    return {year(), month(), 1};
}
Date Month::last_day() const {
    return (*this + 1).first_day().plus_days(-1);
}
std::string Month::iso() const {
    return fmt::format("{:04}-{:02}", year(), month());
}
std::string Month::text() const {
    return fmt::format("{} {}", name(), year());
}
std::string Month::short_text() const {
    return fmt::format("{} {}", short_name(), year());
}
std::string Month::name() const {
    return month_names[month() - 1];
}
std::string Month::short_name() const {
    return name().substr(0, 3);
}

Period::Period(Month first, Month last)
    : m_first{first}
    , m_last{last} {
    if (last < first)
        throw std::invalid_argument{fmt::format("{} is before {}", last.iso(), first.iso())};
}

std::optional<Period> Period::overlap(Period other) const {
    const Month first = std::max(m_first, other.m_first);
    const Month last = std::min(m_last, other.m_last);
    if (last < first)
        return std::nullopt;
    return Period{first, last};
}

std::vector<Month> Period::each() const {
    std::vector<Month> all;
    all.reserve(static_cast<std::size_t>(months()));
    for (Month month = m_first; month <= m_last; ++month)
        all.push_back(month);
    return all;
}

std::string Period::text() const {
    if (m_first == m_last)
        return m_first.text();
    if (m_first.year() == m_last.year())
        return fmt::format("{} to {}", m_first.name(), m_last.text());
    return fmt::format("{} to {}", m_first.text(), m_last.text());
}

std::string Period::short_text() const {
    if (m_first == m_last)
        return m_first.short_text();
    if (m_first.year() == m_last.year())
        return fmt::format("{} to {}", m_first.short_name(), m_last.short_text());
    return fmt::format("{} to {}", m_first.short_text(), m_last.short_text());
}

std::string Period::iso() const {
    return fmt::format("{}/{}", m_first.iso(), m_last.iso());
}

template <unsigned FirstMonth>
std::string Year<FirstMonth>::name() const {
    if constexpr (FirstMonth == 1)
        return fmt::format("{:04}", m_start_year);
    else
        return fmt::format("{:04}-{:02}", m_start_year, (m_start_year + 1) % 100);
}

template <unsigned FirstMonth>
std::optional<Year<FirstMonth>> Year<FirstMonth>::parse(std::string_view name) {
    const auto start = digits(name.substr(0, 4));
    if (name.size() < 4 || !start)
        return std::nullopt;
    const Year year{*start};
    if (year.name() != name)
        return std::nullopt;
    return year;
}

template class Year<1>;
template class Year<4>;
template class Year<9>;

Quarter::Quarter(FinancialYear year, unsigned number)
    : m_year{year}
    , m_number{number} {
    if (number < 1 || number > 4)
        throw std::invalid_argument{fmt::format("there is no quarter {}", number)};
}

Quarter Quarter::containing(Month month) {
    const auto year = FinancialYear::containing(month);
    return {year, static_cast<unsigned>(month - year.first_month()) / 3 + 1};
}

Period Quarter::period() const {
    const Month first = m_year.first_month() + static_cast<int>(m_number - 1) * 3;
    return {first, first + 2};
}

std::string Quarter::name() const {
    return fmt::format("Q{} {}", m_number, m_year.name());
}

namespace {

/// How many months follow one another from months[at] on.
std::size_t run_length(const std::vector<Month> &months, std::size_t at) {
    std::size_t end = at + 1;
    while (end < months.size() && months[end] - months[end - 1] == 1) {
        ++end;
    }
    return end - at;
}

} // namespace

std::string months_in_words(const std::vector<Month> &months) {
    constexpr std::size_t shortest_run = 3;
    std::vector<std::string> items;
    for (std::size_t i = 0; i < months.size();) {
        if (const std::size_t run = run_length(months, i); run >= shortest_run) {
            items.push_back(Period{months[i], months[i + run - 1]}.text());
            i += run;
            continue;
        }
        // "November and December 2014": the year is said once, after the last of its months.
        const bool year_follows = i + 1 < months.size() &&
                                  months[i + 1].year() == months[i].year() &&
                                  run_length(months, i + 1) < shortest_run;
        items.push_back(year_follows ? months[i].name() : months[i].text());
        ++i;
    }
    return joined(items);
}

} // namespace wardmote::core
