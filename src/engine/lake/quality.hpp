/// The quality of evidence over months: what a reader of a dataset should know before believing it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"

namespace wardmote::lake {

/// One month of one dataset from one owner, as the files in force have it.
struct MonthQuality {
    core::Month month;
    std::uint64_t rows = 0;
    std::uint64_t without_point = 0; ///< no longitude and latitude
    std::uint64_t blank_lsoa = 0;    ///< no LSOA named
    std::uint64_t unplaced = 0;      ///< neither a point nor a code that is known
    std::uint64_t both = 0;          ///< placed by point and by code
    std::uint64_t disagree = 0;      ///< of these, point and code name different places
    std::vector<std::pair<std::string, std::uint64_t>> categories; ///< rows of each, by name
};

/// Something found, in a sentence.
struct QualityFinding {
    /// "month-missing", "month-small", "category-appears", "category-disappears", "no-coordinates",
    /// "lsoa-blank", "unplaced" or "point-and-code-disagree".
    std::string code;
    std::string sentence;
    std::optional<core::Period> months; ///< those it is about; the whole run when absent
    std::uint64_t rows = 0;             ///< rows it touches; nought for missing months
};

struct QualityReport {
    std::string dataset;
    std::string owner;
    std::vector<MonthQuality> months; ///< ascending
    std::vector<QualityFinding> findings;
};

/// Finds what stands out in a run of months; pure, so that the rules can be tested by hand.
///
/// A month is small when it has a tenth, or less, of the median of the three months on either
/// side. A category appears when no row of the six months before has it and the six from there on
/// have ten a month or more, on average; it disappears the other way round. Near an end of the run
/// three months are enough.
std::vector<QualityFinding> find_quality(const std::vector<MonthQuality> &months);

/// A report for each dataset and owner that has months, of the files in force at `as_known_on`;
/// `dataset` empty for all.
std::vector<QualityReport> quality(const std::string &store, const std::string &dataset,
                                   core::Instant as_known_on);

} // namespace wardmote::lake
