/// Records that may be of the same person or place, held as columns of numbered values.
///
/// Every distinct text has one number throughout the table, so that a name in one column can be
/// compared with a name in another, and each pair of values is looked at by its numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wardmote::stats {

/// A value that is not there: it speaks neither for a link nor against it.
inline constexpr std::uint32_t missing_value = 0;

struct LinkageColumn {
    std::string name;
    bool place = false; ///< numbers of points, not of texts
    std::size_t present = 0;
    std::vector<std::uint32_t> counts = {}; ///< records by number of value; shorter where nought
    std::vector<double> x = {}, y = {};     ///< of a place, by its number; metres

    /// Of a record that has the value, the share of the other records that have it too. For two
    /// or more.
    double frequency(std::uint32_t value) const {
        return (static_cast<double>(counts[value]) - 1) / (static_cast<double>(present) - 1);
    }
};

/// A distinct text and what is asked of it often.
struct LinkageText {
    std::uint64_t letters = 0; ///< which characters occur, modulo 64
    std::uint64_t start = 0;
    std::uint32_t length = 0;
    std::uint32_t head = 0; ///< its first four characters, the first in the lowest byte
};

class LinkageTable {
public:
    explicit LinkageTable(std::size_t records)
        : m_records{records}
        , m_texts(1) {}

    /// Adds a column and gives its number. Blanks at the ends are dropped and letters made capital;
    /// what is then empty is missing. A date is a text of eight digits, "19840229". Throws
    /// std::invalid_argument unless there is a value for each record.
    std::size_t add_text(std::string name, std::span<const std::string> values);
    /// Coordinates in metres; a point that is not finite is missing.
    std::size_t add_places(std::string name, std::span<const double> x, std::span<const double> y);

    std::size_t size() const { return m_records; }
    std::size_t columns() const { return m_columns.size(); }
    const LinkageColumn &column(std::size_t column) const { return m_columns[column]; }
    std::uint32_t value(std::size_t record, std::size_t column) const {
        return m_values[column][record];
    }
    std::size_t texts() const { return m_texts.size(); } ///< with the missing one, number 0
    const LinkageText &text(std::uint32_t value) const { return m_texts[value]; }
    /// Where a text will be read; for places, whose numbers are no texts, somewhere harmless.
    const LinkageText *text_at(std::uint32_t value) const { return m_texts.data() + value; }
    std::string_view string(std::uint32_t value) const {
        return std::string_view{m_characters}.substr(m_texts[value].start, m_texts[value].length);
    }

private:
    void add_column(LinkageColumn column, std::vector<std::uint32_t> values);

    std::size_t m_records;
    std::vector<LinkageColumn> m_columns;
    std::vector<std::vector<std::uint32_t>> m_values;
    std::vector<LinkageText> m_texts;
    std::string m_characters;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

} // namespace wardmote::stats
