/// Which counts of a table may be published, so that nobody can work out a small one.
///
/// Hidden cells are all shown by one sign, whether they were hidden because they are small or to
/// protect those that are: a reader learns only that a hidden count is not nought. Counts of nought
/// are shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/stats/linear_programme.hpp"
#include "engine/stats/watch.hpp"

namespace wardmote::stats {

/// Counts with the totals of each row and column, and the total of all, as last column and row.
class MarginTable {
public:
    /// `counts` a row after another. Throws std::invalid_argument on a count below nought, or
    /// another number of counts than rows x columns.
    MarginTable(std::size_t rows, std::size_t columns, const std::vector<std::int64_t> &counts);

    std::size_t rows() const { return m_rows; } ///< with that of the totals
    std::size_t columns() const { return m_columns; }
    std::size_t size() const { return m_counts.size(); }
    std::size_t index(std::size_t row, std::size_t column) const {
        return row * m_columns + column;
    }
    std::int64_t at(std::size_t row, std::size_t column) const {
        return m_counts[index(row, column)];
    }
    const std::vector<std::int64_t> &counts() const { return m_counts; }

private:
    std::size_t m_rows, m_columns;
    std::vector<std::int64_t> m_counts;
};

struct DisclosureRule {
    std::int64_t threshold = 5; ///< counts from 1 to below it are small
    /// Of no hidden cell may the values that fit everything shown span less than this. 3: as much
    /// as "1 to 4" leaves open.
    double least_width = 3;
};

enum class Shown { yes, small, to_protect };

struct Suppression {
    std::vector<Shown> cells;  ///< by MarginTable::index
    std::vector<Range> ranges; ///< what a reader can work out of each hidden cell; else the count
};

/// Hides the small counts, then others, few and low, until no hidden cell can be worked out more
/// closely than the rule allows: the linear programme of what a reader knows is solved for each.
/// Every table can be so protected. Throws Stopped when the watch says so.
Suppression suppress(const MarginTable &table, const DisclosureRule &rule = {},
                     const Watch &watch = {});

/// What a reader who sees all but the hidden cells can work out of cell `index`. Since the sums of
/// a table are what they are (totally unimodular), both ends are whole and reached by whole counts.
Range attack(const MarginTable &table, const std::vector<Shown> &cells, std::size_t index);

/// Each to the nearest multiple of the base, margins too, each for itself: rows need not add up.
/// Halves, which an odd base does not have, go up.
std::vector<std::int64_t> round_each(const MarginTable &table, std::int64_t base = 5);
/// Each to a multiple of the base next to it, so that rows and columns add up (controlled rounding,
/// Cox 1987), with the least sum of changes. Multiples stay.
std::vector<std::int64_t> round_to_add_up(const MarginTable &table, std::int64_t base = 5);

/// A count given to the public: how many there were in some set of areas, months and kinds.
struct Release {
    std::string title;              ///< "Robberies, Cowley, May 2025", for the reason of a refusal
    std::vector<std::uint64_t> set; ///< of the smallest parts counted, in any order
    std::int64_t count = 0;
};

/// Why a count may not be published after others: one reason for each small count it would reveal
/// by subtraction, where one set lies within the other, or the same set was counted before and the
/// count has changed by little. Empty: it may.
std::vector<std::string> refused(const Release &fresh, const std::vector<Release> &earlier,
                                 const DisclosureRule &rule = {});

} // namespace wardmote::stats
