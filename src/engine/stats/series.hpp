/// A monthly series of counts, its gaps and breaks, and the sums and pairs of periods that may be
/// compared.
///
/// A month without a figure is not nought: a sum over it is refused, and so is a comparison unless
/// both sides lack the same month. Figures that are negative or not finite count as missing.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/calendar.hpp"

namespace wardmote::stats {

/// A declared change of what is counted or how.
struct SeriesBreak {
    core::Month month;     ///< the first month counted the new way
    std::string note = {}; ///< "Burglary of sheds counted as residential"

    bool operator==(const SeriesBreak &) const = default;
};

/// Counts by month from `first` on, without holes in the vectors: a month without a figure has
/// `present` false. `counts` and `present` have the same length; where `present` is the shorter,
/// the months it does not reach are missing.
struct MonthlySeries {
    core::Month first;
    std::vector<double> counts = {};
    std::vector<bool> present = {};
    std::vector<SeriesBreak> breaks = {};

    /// A series in which every month is present.
    static MonthlySeries complete(core::Month first, std::vector<double> counts);

    std::size_t size() const { return counts.size(); }
    /// First to last month, present or not; nothing when empty.
    std::optional<core::Period> period() const;
    /// The month's figure; nothing when outside, missing, negative or not finite.
    std::optional<double> at(core::Month month) const;
    bool has(core::Month month) const { return at(month).has_value(); }
};

/// The latest month with a figure.
std::optional<core::Month> last_present(const MonthlySeries &series);
/// The same series over exactly `period`; months it does not reach become missing. Keeps breaks.
MonthlySeries slice(const MonthlySeries &series, core::Period period);
/// The months of `period` without a figure, in order.
std::vector<core::Month> missing_months(const MonthlySeries &series, core::Period period);
/// The sum over every month of `period`; nothing when any is missing.
std::optional<double> sum(const MonthlySeries &series, core::Period period);
/// The declared breaks that lie inside (first, last]: those a sum or comparison would cross.
std::vector<SeriesBreak> breaks_within(const MonthlySeries &series, core::Period period);
/// Sums of the `months` months ending in each month of the series; nothing where one is missing.
std::vector<std::optional<double>> rolling_sums(const MonthlySeries &series, int months);

/// Which twelve months make a year.
enum class YearKind { calendar, financial, academic };

core::Period year_containing(core::Month month, YearKind kind);
std::string year_name(core::Month month, YearKind kind); ///< "2014" or "2014-15"

/// One year's total; nothing when a month is missing.
struct YearTotal {
    core::Period year;
    std::string name = {};
    std::optional<double> total = {};
};

/// Every year that the series touches, in order.
std::vector<YearTotal> yearly_totals(const MonthlySeries &series, YearKind kind);

/// What to do with a month that only one side of a comparison has.
enum class MissingRule {
    refuse,             ///< no comparison
    leave_out_of_both,  ///< compare what both have, and say which months were left out
    compare_to_shorter, ///< both sides stop before the first month that either lacks
};

/// Why two periods cannot be compared.
enum class Refusal {
    none,
    missing_months, ///< one side has months the other lacks
    no_months,      ///< nothing is left to compare
    series_break,   ///< what is counted changed in between
    unequal_length, ///< the periods differ in length
};

/// Two periods of one series, ready to be compared or refused.
struct PeriodPair {
    core::Period now;    ///< as compared: shorter than asked under compare_to_shorter
    core::Period before; ///< the same number of months
    double now_sum = 0;  ///< sums over the months both have; meaningless when refused
    double before_sum = 0;
    int months = 0;                         ///< how many month pairs were summed
    std::vector<core::Month> left_out = {}; ///< months of `now` summed on neither side
    std::vector<core::Month> missing =
        {}; ///< months without a figure, of both sides as asked, in order
    std::vector<SeriesBreak> breaks = {}; ///< declared breaks between the start and end of the two
    Refusal refusal = Refusal::none;
    bool comparable() const { return refusal == Refusal::none; }
};

/// `now` against `before`, month by month in order. Both sides lacking the same month is no reason
/// to refuse; it is reported in `left_out`. A declared break refuses.
PeriodPair compare_periods(const MonthlySeries &series, core::Period now, core::Period before,
                           MissingRule rule = MissingRule::refuse);

/// From the start of the year that holds `last` to `last`, against the same months a year before.
PeriodPair year_to_date(const MonthlySeries &series, core::Month last, YearKind kind,
                        MissingRule rule = MissingRule::refuse);
/// The twelve months to `last` against the twelve before them.
PeriodPair rolling_twelve(const MonthlySeries &series, core::Month last,
                          MissingRule rule = MissingRule::refuse);
/// One month against the same month a year before.
PeriodPair month_on_year_ago(const MonthlySeries &series, core::Month month);
/// Year to date as it stood after each month of the year up to `last`: how a rise or fall grew or
/// shrank.
std::vector<PeriodPair> year_to_date_course(const MonthlySeries &series, core::Month last,
                                            YearKind kind, MissingRule rule = MissingRule::refuse);

} // namespace wardmote::stats
