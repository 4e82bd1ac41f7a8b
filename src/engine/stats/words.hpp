/// What the numbers say, in the words every page, chart and report uses.
#pragma once

#include <string>
#include <string_view>

#include "engine/stats/change.hpp"
#include "engine/stats/control_chart.hpp"
#include "engine/stats/funnel.hpp"
#include "engine/stats/projection.hpp"
#include "engine/stats/rates.hpp"
#include "engine/stats/series.hpp"
#include "engine/stats/similar.hpp"

namespace wardmote::stats {

/// "clear rise", "clear fall", "no clear change", "not calculable".
std::string_view verdict_in_words(Verdict verdict);
/// "down 24.0%", "unchanged", "from 12 to 15" where the base is under 20, "not calculable"
/// where it is nought.
std::string change_in_brief(const Change &change, int decimals = 1);
/// As change_in_brief; from a doubling up "more than doubled, from 24 to 56" ("doubled",
/// "more than trebled" and so on); a fall stays a per cent.
std::string describe_change(const Change &change, int decimals = 1);
/// "down 36% to down 10%"; "down 5% to up 12%"; empty when not calculable.
std::string interval_in_words(const Change &change, int decimals = 0);

/// Why two periods were not compared, as a sentence; empty when they were and nothing was left out.
/// "Not compared: July 2025 has no figure." "Compared without July 2025, which has no figure."
std::string pair_note(const PeriodPair &pair);

/// "straight line", "seasonal share", "seasonal regression".
std::string_view method_in_words(ProjectionMethod method);
/// "303 to 337".
std::string range_in_words(const Interval &interval);
/// "Seasonal share; 80% interval 303 to 337"; for figures' provenance. Empty when not possible.
std::string projection_method_note(const Projection &projection);
/// Why this method, or why no projection, as a sentence.
std::string projection_reason(const Projection &projection);

/// "Above usual for 15 months", "Usual variation", "High in June", "Too few months".
std::string chart_state_in_words(const ControlChart &chart);
/// "nine months in a row below the mean"; one rule, for a key or a sentence.
std::string_view signal_in_words(Signal signal);
/// "Concern: higher than usual" and so on, for the NHS icons' text alternative.
std::string_view variation_in_words(Variation variation);
std::string_view assurance_in_words(Assurance assurance);

/// "above", "in line", "below".
std::string_view standing_in_words(Standing standing);
/// "far below", "below", "within", "above", "far above" (the limits).
std::string_view place_in_words(FunnelPlace place);

} // namespace wardmote::stats
