/// What is found in a file's rows that a reader should know, counted as they pass and said at the
/// end.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lake/manifest.hpp"

namespace wardmote::lake {

enum class Found : std::size_t {
    same_row,       ///< the same row again: a repeat
    same_reference, ///< the reference again, with other particulars
    totals,         ///< a row that adds up others
    nothing_available,
    no_coordinates,
    lsoa_blank,
    lsoa_unknown,
    only_2011,
    only_2021,
    place_agrees,
    place_disagrees,
    outside_force,
    sum_differs,
    count
};

class FindingCounts {
public:
    void add(Found what) { ++m_counts[static_cast<std::size_t>(what)]; }
    void add_category(std::string_view category) { ++m_categories[std::string{category}]; }
    /// Those there are, each a sentence.
    std::vector<Finding> list() const;

private:
    std::uint64_t at(Found what) const { return m_counts[static_cast<std::size_t>(what)]; }

    std::array<std::uint64_t, static_cast<std::size_t>(Found::count)> m_counts{};
    std::map<std::string, std::uint64_t> m_categories; ///< not known, and how often
};

} // namespace wardmote::lake
