#include "engine/stats/linkage_comparison.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/stats/similarity.hpp"

namespace wardmote::stats {

namespace {

std::optional<std::chrono::sys_days> day_of(std::string_view digits) {
    if (digits.size() != 8 || digits.find_first_not_of("0123456789") != digits.npos)
        return {};
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        for (const char c : digits.substr(at, length))
            value = value * 10 + (c - '0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(4, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(6, 2))}};
    if (!date.ok())
        return {};
    return std::chrono::sys_days{date};
}

bool day_and_month_exchanged(std::string_view a, std::string_view b) {
    return a.size() == 8 && b.size() == 8 && a.substr(0, 4) == b.substr(0, 4) &&
           a.substr(4, 2) == b.substr(6, 2) && a.substr(6, 2) == b.substr(4, 2);
}

/// Characters of a that can have a partner in b, at most.
int common_at_most(const LinkageText &a, const LinkageText &b) {
    return static_cast<int>(a.length) - std::popcount(a.letters & ~b.letters);
}

/// What Jaro-Winkler comes to at most; spares most pairs of unlike names the work.
double most_alike(const LinkageText &a, const LinkageText &b) {
    const int common = std::min({common_at_most(a, b), common_at_most(b, a),
                                 static_cast<int>(std::min(a.length, b.length))});
    const int prefix = std::countr_zero(a.head ^ b.head) / 8; // 4 when all are equal
    const double lengths = static_cast<double>(a.length) + static_cast<double>(b.length);
    const double product = static_cast<double>(a.length) * static_cast<double>(b.length);
    const double jaro = (common * lengths / product + 1) / 3;
    return jaro + 0.1 * prefix * (1 - jaro);
}

bool can_be_within(const LinkageText &a, const LinkageText &b, double edits) {
    const auto only_a = std::popcount(a.letters & ~b.letters);
    const auto only_b = std::popcount(b.letters & ~a.letters);
    const auto longer = std::max(a.length, b.length) - std::min(a.length, b.length);
    return std::max(only_a, only_b) <= edits && longer <= edits;
}

} // namespace

std::string in_words(const Level &level) {
    switch (level.kind) {
    case LevelKind::exact:
        return "exact";
    case LevelKind::jaro_winkler:
        return fmt::format("Jaro-Winkler at least {:g}", level.bound);
    case LevelKind::edits:
        return fmt::format("at most {:g} edit{}", level.bound, level.bound == 1 ? "" : "s");
    case LevelKind::sounds_alike:
        return "sounds alike";
    case LevelKind::exchanged:
        return "exchanged with another column";
    case LevelKind::day_month:
        return "day and month exchanged";
    case LevelKind::days:
        return fmt::format("within {:g} day{}", level.bound, level.bound == 1 ? "" : "s");
    case LevelKind::beginning:
        return fmt::format("first {:g} characters the same", level.bound);
    case LevelKind::metres:
        return fmt::format("within {:g} m", level.bound);
    }
    return {};
}

Comparison compare_name(std::size_t column) {
    return {column,
            {{LevelKind::exact},
             {LevelKind::jaro_winkler, 0.92},
             {LevelKind::jaro_winkler, 0.85},
             {LevelKind::sounds_alike}},
            true};
}

Comparison compare_date(std::size_t column) {
    return {column,
            {{LevelKind::exact},
             {LevelKind::day_month},
             {LevelKind::edits, 1},
             {LevelKind::beginning, 4}}};
}

Comparison compare_exact(std::size_t column) {
    return {column, {{LevelKind::exact}}, true};
}

Comparer::Comparer(const LinkageTable &table, std::vector<Comparison> comparisons)
    : m_table{table}
    , m_comparisons{std::move(comparisons)} {
    std::uint64_t radix = 1;
    bool sounds = false;
    m_of_column.assign(table.columns(), size());
    for (std::size_t c = 0; c < size(); ++c)
        m_of_column.at(m_comparisons[c].column) = c;
    for (const Comparison &one : m_comparisons) {
        for (const Level &level : one.levels) {
            const bool of_place = table.column(one.column).place;
            const bool any = level.kind == LevelKind::exact;
            const bool lacking =
                level.kind == LevelKind::exchanged && m_of_column.at(level.other) == size();
            if (lacking || (!any && of_place != (level.kind == LevelKind::metres)))
                throw std::invalid_argument("A level of a comparison does not suit its column.");
            sounds |= level.kind == LevelKind::sounds_alike;
        }
        m_radices.push_back(static_cast<std::uint32_t>(radix));
        m_sizes.push_back(static_cast<std::uint32_t>(one.levels.size() + 2));
        radix *= one.levels.size() + 2;
        if (radix > std::numeric_limits<std::uint32_t>::max())
            throw std::invalid_argument("There are too many levels in all.");
    }
    m_rows.resize(table.size() * size());
    for (std::size_t record = 0; record < table.size(); ++record) {
        for (std::size_t c = 0; c < size(); ++c)
            m_rows[record * size() + c] = table.value(record, m_comparisons[c].column);
    }
    m_sounds.resize(sounds ? table.texts() : 0);
    for (std::uint32_t value = 1; value < m_sounds.size(); ++value) {
        const std::string code = soundex(table.string(value));
        if (!code.empty())
            std::memcpy(&m_sounds[value], code.data(), sizeof m_sounds[value]);
    }
}

/// What is worked out once for all levels of a pair of values; below nought until then.
struct Comparer::Alike {
    double most = -1; ///< that jaro_winkler can be
    double jaro_winkler = -1;
    double edits = -1;
};

bool Comparer::fits(const Level &level, const LinkageColumn &column, std::uint32_t a,
                    std::uint32_t b, Alike &alike) const {
    const auto string = [&](std::uint32_t value) { return m_table.string(value); };
    switch (level.kind) {
    case LevelKind::exact:
        return a == b;
    case LevelKind::jaro_winkler:
        if (alike.most < 0)
            alike.most = most_alike(m_table.text(a), m_table.text(b));
        if (alike.most < level.bound)
            return false;
        if (alike.jaro_winkler < 0)
            alike.jaro_winkler = jaro_winkler(string(a), string(b));
        return alike.jaro_winkler >= level.bound;
    case LevelKind::edits:
        if (alike.edits < 0 && can_be_within(m_table.text(a), m_table.text(b), level.bound))
            alike.edits = static_cast<double>(edits(string(a), string(b)));
        return alike.edits >= 0 && alike.edits <= level.bound;
    case LevelKind::sounds_alike:
        return m_sounds[a] == m_sounds[b] && m_sounds[a] != 0;
    case LevelKind::day_month:
        return day_and_month_exchanged(string(a), string(b));
    case LevelKind::days: {
        const auto one = day_of(string(a));
        const auto two = day_of(string(b));
        return one && two && static_cast<double>(std::abs((*one - *two).count())) <= level.bound;
    }
    case LevelKind::beginning: {
        const auto length = static_cast<std::size_t>(level.bound);
        return m_table.text(a).length >= length && m_table.text(b).length >= length &&
               string(a).substr(0, length) == string(b).substr(0, length);
    }
    case LevelKind::metres:
        return std::hypot(column.x[a] - column.x[b], column.y[a] - column.y[b]) <= level.bound;
    case LevelKind::exchanged:
        break; // needs the records, not only the values: see level()
    }
    return false;
}

int Comparer::level(std::size_t comparison, std::uint32_t a, std::uint32_t b) const {
    const Comparison &one = m_comparisons[comparison];
    const std::uint32_t *row_a = &m_rows[a * size()];
    const std::uint32_t *row_b = &m_rows[b * size()];
    const std::uint32_t in_a = row_a[comparison];
    const std::uint32_t in_b = row_b[comparison];
    if (in_a == missing_value || in_b == missing_value)
        return value_missing;
    const LinkageColumn &column = m_table.column(one.column);
    Alike alike;
    for (std::size_t i = 0; i < one.levels.size(); ++i) {
        const Level &level = one.levels[i];
        const bool holds =
            level.kind == LevelKind::exchanged
                ? in_a == row_b[m_of_column[level.other]] && in_b == row_a[m_of_column[level.other]]
                : fits(level, column, in_a, in_b, alike);
        if (holds)
            return static_cast<int>(i) + 1;
    }
    return 0;
}

std::uint32_t Comparer::pattern(std::uint32_t a, std::uint32_t b) const {
    // All that will be read is asked for at once: waiting for memory is most of the time.
    for (std::size_t c = 0; c < size(); ++c) {
        __builtin_prefetch(m_table.text_at(m_rows[a * size() + c]));
        __builtin_prefetch(m_table.text_at(m_rows[b * size() + c]));
    }
    std::uint32_t number = 0;
    for (std::size_t c = 0; c < size(); ++c)
        number += static_cast<std::uint32_t>(level(c, a, b) + 1) * m_radices[c];
    return number;
}

} // namespace wardmote::stats
