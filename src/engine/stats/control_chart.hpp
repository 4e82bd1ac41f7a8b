/// Control charts: which months are out of the ordinary, given how much months usually vary.
///
/// XmR for any monthly figure; c for counts; u for counts over a changing exposure; Laney u' for
/// counts that vary more than chance. Limits are frozen at a baseline and move only by a decision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/stats/series.hpp"

namespace wardmote::stats {

enum class ChartKind { xmr, c, u, laney_u };
enum class Polarity { lower_is_better, higher_is_better, neither };

/// Nelson's rules (1984), as bits of ControlPoint::signals. Those of NHS "Making Data Count" are
/// beyond_limits, nhs_shift, trend and two_of_three.
enum Signal : unsigned {
    beyond_limits = 1U << 0,  ///< rule 1: beyond three sigma
    nine_one_side = 1U << 1,  ///< rule 2: nine in a row on one side of the mean
    trend = 1U << 2,          ///< rule 3: six in a row rising, or falling
    alternating = 1U << 3,    ///< rule 4: fourteen in a row up and down by turns
    two_of_three = 1U << 4,   ///< rule 5: two of three beyond two sigma, one side
    four_of_five = 1U << 5,   ///< rule 6: four of five beyond one sigma, one side
    too_quiet = 1U << 6,      ///< rule 7: fifteen in a row within one sigma
    both_sides_far = 1U << 7, ///< rule 8: eight in a row beyond one sigma, either side
    nhs_shift = 1U << 8,      ///< NHS: seven in a row on one side of the mean
};
inline constexpr unsigned nelson_signals = 0xFF;
inline constexpr unsigned nhs_signals = beyond_limits | nhs_shift | trend | two_of_three;

/// A person's decision that the level moved for good: limits are worked out anew from `month` on.
struct Rebase {
    core::Month month;
    std::string note = {}; ///< who decided, when, why
};

struct ControlOptions {
    ChartKind kind = ChartKind::xmr;
    std::optional<core::Period> baseline = {}; ///< limits from these months only; else from all
    std::vector<Rebase> rebases = {}; ///< each starts a new baseline of up to `rebase_months`
    int rebase_months = 12;
    std::vector<double> exposures = {}; ///< for u and u': one a month of the series
    Polarity polarity = Polarity::lower_is_better;
    std::optional<double> target = {};
};

struct ControlPoint {
    core::Month month;
    std::optional<double> value = {}; ///< the figure, or count over exposure for u and u'
    double mean = 0;
    double sigma = 0;
    double lower = 0;        ///< mean - 3 sigma; never under nought
    double upper = 0;        ///< mean + 3 sigma
    unsigned signals = 0;    ///< rules in whose pattern this point takes part
    bool baseline = false;   ///< limits were drawn from this month
    bool has_limits = false; ///< false where its baseline is too short: mean and limits are 0
    int side() const;        ///< -1 below the mean, 1 above, 0 on it or missing
};

/// NHS "Making Data Count" icons.
enum class Variation {
    not_enough, ///< too few points
    common_cause,
    improving_high,
    improving_low,
    concerning_high,
    concerning_low,
    neither_high,
    neither_low,
};
enum class Assurance { no_target, passes, fails, hit_or_miss };

/// Where the chart stands at its last point, the order being the order of what is said.
enum class ChartState {
    not_enough,
    above_usual, ///< a run of nine or more above the mean that still goes on
    below_usual,
    rising, ///< a trend of six or more that still goes on
    falling,
    high_month, ///< the latest month within twelve that is beyond a limit
    low_month,
    usual,
};

struct ControlChart {
    ChartKind kind = ChartKind::xmr;
    std::vector<ControlPoint> points = {}; ///< one a month of the series, missing months too
    ChartState state = ChartState::not_enough;
    int state_months = 0;                        ///< how long the run or trend has lasted
    std::optional<core::Month> state_month = {}; ///< which month is high or low
    Variation variation = Variation::not_enough;
    Assurance assurance = Assurance::no_target;
    double laney_sigma_z = 1;   ///< u': how many times chance the points vary
    bool crosses_break = false; ///< a declared break lies inside without a rebase at it
};

/// Fewest months with a figure that limits are drawn from; with fewer the state is not_enough.
inline constexpr int fewest_for_limits = 6;

/// Draws the chart's numbers. Limits: XmR mean +- 2.66 mean moving range; c mean +- 3 sqrt(mean);
/// u mean +- 3 sqrt(mean / exposure); u' that times sigma z (Laney 2002). A missing month breaks no
/// run and no moving range: it is passed over.
ControlChart control_chart(const MonthlySeries &series, const ControlOptions &options = {});

} // namespace wardmote::stats
