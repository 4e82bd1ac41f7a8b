/// Many series over the same months, as one block of numbers.
#pragma once

#include <cstddef>
#include <span>

namespace wardmote::stats {

/// Row-major, a series a row, its months in order and none left out. Figures that are negative or
/// not finite are missing.
struct SeriesTable {
    std::span<const double> counts;
    std::size_t months = 0; ///< a row's length

    /// False when the numbers are no whole number of rows.
    bool whole() const { return months > 0 && counts.size() % months == 0; }
    std::size_t size() const { return months == 0 ? 0 : counts.size() / months; }
    std::span<const double> series(std::size_t row) const {
        return counts.subspan(row * months, months);
    }
};

} // namespace wardmote::stats
