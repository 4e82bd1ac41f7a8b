/// How two records' values of a column are compared: a ladder of levels, the first that fits holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/stats/linkage_table.hpp"

namespace wardmote::stats {

enum class LevelKind {
    exact,
    jaro_winkler, ///< at least `bound`
    edits,        ///< at most `bound`; of a date, its eight digits are the string
    sounds_alike, ///< one soundex code
    exchanged,    ///< each equals the other's `other` column: given name and surname
    day_month,    ///< dates whose day and month have changed places
    days,         ///< dates at most `bound` days apart
    beginning,    ///< the first `bound` characters are the same: of a date the year or month, of a
                  ///< postcode the town
    metres        ///< places at most `bound` metres apart
};

struct Level {
    LevelKind kind = LevelKind::exact;
    double bound = 0;
    std::size_t other = 0; ///< column, for `exchanged`; one that is compared too
};

/// "exact", "Jaro-Winkler at least 0.92", "at most 1 edit", "within 500 m"; for a waterfall.
std::string in_words(const Level &level);

/// One column, and the levels it is tried on from the most to the least alike. What fits none of
/// them is the level 0, "different"; level l is levels[l - 1].
struct Comparison {
    std::size_t column = 0;
    std::vector<Level> levels;
    bool term_frequency = false; ///< an exact agreement on a rare value speaks louder
};

/// Ladders for the usual columns.
Comparison compare_name(std::size_t column); ///< exact, Jaro-Winkler 0.92 and 0.85, sound
Comparison
compare_date(std::size_t column); ///< exact, day and month changed places, one edit, year
Comparison compare_exact(std::size_t column);

inline constexpr int value_missing = -1;

class Comparer {
public:
    /// Throws std::invalid_argument when a level does not suit its column.
    Comparer(const LinkageTable &table, std::vector<Comparison> comparisons);

    std::size_t size() const { return m_comparisons.size(); }
    const Comparison &at(std::size_t comparison) const { return m_comparisons[comparison]; }
    /// The level two records reach, or value_missing.
    int level(std::size_t comparison, std::uint32_t a, std::uint32_t b) const;

    /// All levels of a pair as one number: the sum of (level + 1) x radix. 0 is all missing.
    std::uint32_t pattern(std::uint32_t a, std::uint32_t b) const;
    /// The level of one comparison in a pattern.
    int level_in(std::uint32_t pattern, std::size_t comparison) const {
        return static_cast<int>(pattern / m_radices[comparison] % m_sizes[comparison]) - 1;
    }

private:
    struct Alike;
    bool fits(const Level &level, const LinkageColumn &column, std::uint32_t a, std::uint32_t b,
              Alike &alike) const;

    const LinkageTable &m_table;
    std::vector<Comparison> m_comparisons;
    std::vector<std::size_t> m_of_column; ///< which comparison a column has
    std::vector<std::uint32_t> m_radices, m_sizes;
    std::vector<std::uint32_t> m_rows;   ///< values of the compared columns, a record a row
    std::vector<std::uint32_t> m_sounds; ///< soundex code of each text, as four bytes
};

} // namespace wardmote::stats
