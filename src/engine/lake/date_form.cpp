#include "engine/lake/date_form.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/core/clock.hpp"
#include "engine/core/text.hpp"

namespace wardmote::lake {

namespace {

constexpr std::array<std::string_view, 12> month_names{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view leading(std::string_view text, bool (*fits)(char)) {
    return text.substr(0, static_cast<std::size_t>(
                              std::find_if_not(text.begin(), text.end(), fits) - text.begin()));
}

/// 1 to 12 for a month's name or its first three letters, 0 for another word.
unsigned month_named(std::string_view word) {
    const std::string lower = core::lower(word);
    for (unsigned i = 0; i < month_names.size(); ++i) {
        if (lower == month_names[i] || lower == month_names[i].substr(0, 3)) {
            return i + 1;
        }
    }
    return 0;
}

} // namespace

DateForm::DateForm(std::string_view example)
    : m_example{example} {
    std::string seen;
    std::string_view rest = example;
    while (!rest.empty()) {
        if (is_digit(rest.front())) {
            const std::string_view digits = leading(rest, is_digit);
            const char what = digits == "2014" ? 'Y'
                              : digits == "14" ? 'y'
                              : digits == "12" ? 'M'
                              : digits == "31" ? 'D'
                              : digits == "23" ? 'h'
                                               : 'i';
            m_parts.push_back({what, 0});
            seen += what;
            rest.remove_prefix(digits.size());
        } else if (is_letter(rest.front()) && month_named(leading(rest, is_letter)) == 12) {
            m_parts.push_back({'N', 0});
            seen += 'M';
            rest.remove_prefix(leading(rest, is_letter).size());
        } else {
            m_parts.push_back({'=', rest.front()});
            rest.remove_prefix(1);
        }
    }
    m_utc = example.ends_with("+00:00") || example.ends_with("Z");
    const auto has = [&](char what) { return seen.find(what) != std::string::npos; };
    if ((!has('Y') && !has('y')) || !has('M') || !has('D')) {
        throw std::runtime_error{fmt::format(
            "\"{}\" is no form of a date: write 31 December 2014 as the file would", example)};
    }
}

std::optional<core::Date> DateForm::read(std::string_view text) const {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    for (const Part part : m_parts) {
        if (part.what == '=') {
            if (text.empty() || text.front() != part.literal) {
                return std::nullopt;
            }
            text.remove_prefix(1);
            continue;
        }
        if (part.what == 'N') {
            const std::string_view word = leading(text, is_letter);
            month = month_named(word);
            text.remove_prefix(word.size());
            if (month == 0) {
                return std::nullopt;
            }
            continue;
        }
        const std::size_t most = part.what == 'Y' ? 4 : part.what == 'i' ? 9 : 2;
        const std::string_view digits = leading(text, is_digit).substr(0, most);
        if (digits.empty() || (part.what == 'Y' && digits.size() != 4)) {
            return std::nullopt;
        }
        int value = 0;
        for (const char c : digits) {
            value = value * 10 + (c - '0');
        }
        text.remove_prefix(digits.size());
        switch (part.what) {
        case 'Y':
            year = value;
            break;
        case 'y': // two digits: 1970 to 2069
            year = value + (value < 70 ? 2000 : 1900);
            break;
        case 'M':
            month = static_cast<unsigned>(value);
            break;
        case 'D':
            day = static_cast<unsigned>(value);
            break;
        case 'h':
            hour = value;
            break;
        default:
            break;
        }
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!text.empty() || !date.ok() || hour > 24) {
        return std::nullopt;
    }
    if (m_utc && hour >= 23) { // only the last hour of a UTC day can be tomorrow in London
        const auto moment = std::chrono::sys_days{date} + std::chrono::hours{hour};
        return core::Instant{moment}.london_date();
    }
    return core::Date{std::chrono::sys_days{date}};
}

const std::vector<DateForm> &usual_date_forms() {
    static const std::vector<DateForm> forms = [] {
        std::vector<DateForm> list;
        for (const char *example :
             {"2014-12-31", "31/12/2014", "2014-12-31T23:59:59+00:00", "2014-12-31T23:59:59Z",
              "2014-12-31T23:59:59", "2014-12-31 23:59:59", "2014-12-31 23:59", "31/12/2014 23:59",
              "31/12/2014 23:59:59", "31-12-2014", "31 December 2014", "31-Dec-2014", "31-Dec-14",
              "31/12/14"}) {
            list.emplace_back(example);
        }
        return list;
    }();
    return forms;
}

} // namespace wardmote::lake
