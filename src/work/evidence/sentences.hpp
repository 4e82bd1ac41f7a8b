/// What an analysis says, in sentences: headline, finding, projection, notes on the data.
///
/// Each states base, result, change, period and verdict. A percentage of fewer than 20 is never
/// said, and chance is called chance.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "work/evidence/desk.hpp"

namespace wardmote::evidence {

/// "Burglary of homes is heading for about 320 this year, down 24%"; about ten words.
std::string headline(const Analysis &analysis);
/// "From April to December 2014 there were 237 burglaries ..., 75 fewer than the 312 of the same
/// months of 2013: down 24.0%, a clear fall."
std::string change_sentence(const Analysis &analysis);
/// "If the last three months follow last year's pattern the year will end at about 320, against
/// 421 in 2013-14: down 24.0%. ..." or why there is no projection.
std::string projection_sentence(const Analysis &analysis);
/// "Above usual for 15 months", "Too few to tell".
std::string control_words(const Analysis &analysis);
/// What stands in a paragraph: "down 24.0%".
std::string change_text(const stats::Change &change);
/// For a table cell, without a decimal from 100 up: "up 133%".
std::string change_cell(const stats::Change &change);
/// "clear fall", with "a" or "no" as grammar wants: "a clear fall", "no clear change".
std::string verdict_phrase(stats::Verdict verdict);
/// "95% interval: down 36% to down 10%"; empty when not calculable.
std::string interval_phrase(const stats::Change &change);
/// "November and December 2014 are provisional.", "July 2025 has no figure: ...", declared breaks,
/// months estimated: what a reader must know of the numbers.
std::vector<std::string> notes(const Analysis &analysis);
/// The same for a figure that counts these months only.
std::vector<std::string> notes(const Analysis &analysis, const std::vector<core::Period> &months);
using core::months_in_words;
/// What is known of the period when it cannot be compared: the months that have a figure, added up.
struct SoFar {
    double count = 0;
    std::string period; ///< "April to December 2025, without July 2025,"
};
/// Nothing when no month of the period has a figure.
std::optional<SoFar> so_far(const Analysis &analysis);
/// "about 320".
std::string about(double value);
/// A count in words with its noun: "237 burglaries", "1 burglary".
std::string counted(double count, const Measure &measure);
/// "2013-14".
std::string year_name(const stats::Projection &projection, int years_before = 0);
/// Change of the projection on last year's total; not_calculable without one. The verdict comes
/// from the projection's 95% interval.
stats::Change projection_change(const stats::Projection &projection,
                                std::optional<double> last_year);
/// In Oxford, in Carfax, in the area.
std::string in_place(const Standpoint &at);

} // namespace wardmote::evidence
