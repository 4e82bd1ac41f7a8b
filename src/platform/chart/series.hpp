/// Values along a time axis, as charts take them: a value missing is nothing, never nought.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::chart {

using Values = std::vector<std::optional<double>>;

/// Values from counts and whether each is present, both of one length.
Values values(std::span<const double> counts, const std::vector<bool> &present);
Values values(std::span<const double> counts);

struct Interval {
    double low = 0;
    double high = 0;
};

enum class Step { months, quarters, calendar_years, financial_years };

/// Equal steps of time from the one that starts with month `first`.
struct Axis {
    core::Month first;
    Step step = Step::months;

    std::string name(std::size_t index) const;       ///< "December 2014", "2014-15", "Q3 2014-15"
    std::string short_name(std::size_t index) const; ///< "Dec 2014"; years and quarters as name()
    core::Month month(std::size_t index) const;      ///< the first month of that step
};

/// A declared break in a series: before step `at` and from it on are not comparable.
struct Break {
    std::size_t at = 0;
    std::string text; ///< "Counting rules changed": short, it is drawn
};

} // namespace wardmote::chart
