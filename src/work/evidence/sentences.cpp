#include "work/evidence/sentences.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"

namespace wardmote::evidence {

namespace {

using stats::Verdict;

std::string subject_with(const Measure &measure, std::string_view singular,
                         std::string_view plural) {
    return fmt::format("{} {}", measure.short_title, measure.plural ? plural : singular);
}

/// "down 24%" for a headline: whole numbers.
std::string round_change(double percent) {
    return core::change_in_words(percent, 0);
}

bool may_say_percent(const stats::Change &change) {
    return change.percent && !change.percent_suppressed;
}

std::string from_to(const stats::Change &change) {
    return fmt::format("from {} to {}", core::number(std::llround(change.before)),
                       core::number(std::llround(change.now)));
}

std::string pattern(const stats::Projection &projection) {
    const int left = 12 - (projection.last - projection.year.first() + 1);
    const auto rest = left == 1 ? std::string{"the last month"}
                                : fmt::format("the last {} months", core::in_words(left));
    switch (projection.chosen.method) {
    case stats::ProjectionMethod::seasonal_share:
        return fmt::format("If {} {} last year’s pattern", rest, left == 1 ? "follows" : "follow");
    case stats::ProjectionMethod::seasonal_regression:
        return fmt::format("If {} {} the trend and seasons of past years", rest,
                           left == 1 ? "follows" : "follow");
    case stats::ProjectionMethod::straight_line:
        break;
    }
    return fmt::format("If {} {} like those of this year so far", rest, left == 1 ? "is" : "are");
}

} // namespace

std::string about(double value) {
    return fmt::format("about {}", core::number(std::llround(value)));
}

std::string counted(double count, const Measure &measure) {
    return core::counted(std::llround(count), measure.one, measure.many);
}

std::string year_name(const stats::Projection &projection, int years_before) {
    return (core::FinancialYear::containing(projection.last) - years_before).name();
}

std::string in_place(const Standpoint &at) {
    return "in " + at.area.name;
}

std::string verdict_phrase(Verdict verdict) {
    const auto words = std::string{stats::verdict_in_words(verdict)};
    return verdict == Verdict::rise || verdict == Verdict::fall ? "a " + words : words;
}

std::string control_words(const Analysis &analysis) {
    return analysis.control.state == stats::ChartState::not_enough
               ? "Too few to tell"
               : stats::chart_state_in_words(analysis.control);
}

std::string change_text(const stats::Change &change) {
    return stats::describe_change(change, 1);
}

std::string change_cell(const stats::Change &change) {
    if (may_say_percent(change)) {
        return core::change_in_words(*change.percent, std::abs(*change.percent) >= 99.95 ? 0 : 1);
    }
    if (change.verdict == Verdict::not_calculable && change.before == 0 && change.now > 0) {
        return from_to(change);
    }
    return stats::change_in_brief(change, 1);
}

std::string interval_phrase(const stats::Change &change) {
    const auto words = stats::interval_in_words(change, 0);
    return words.empty() ? words : "95% interval: " + words;
}

stats::Change projection_change(const stats::Projection &projection,
                                std::optional<double> last_year) {
    stats::Change change;
    if (!projection.possible() || !last_year || *last_year <= 0) {
        return change;
    }
    const auto &chosen = projection.chosen;
    change.before = *last_year;
    change.now = chosen.value;
    change.difference = change.now - change.before;
    change.ratio = change.now / change.before;
    change.percent = 100 * (*change.ratio - 1);
    change.interval = {chosen.interval95.low / *last_year, chosen.interval95.high / *last_year};
    change.percent_suppressed = *last_year < stats::smallest_base_for_percent;
    change.verdict = chosen.interval95.high < *last_year  ? Verdict::fall
                     : chosen.interval95.low > *last_year ? Verdict::rise
                                                          : Verdict::no_clear_change;
    return change;
}

std::string headline(const Analysis &analysis) {
    const auto &measure = analysis.served.measure;
    const auto &change = analysis.change;
    const bool clear = change.verdict == Verdict::rise || change.verdict == Verdict::fall;
    const bool doubled = clear && change.ratio && *change.ratio >= 2;
    const auto ahead = projection_change(analysis.projection, analysis.projection.last_year);
    const bool agrees = ahead.verdict == change.verdict;
    if (clear && agrees && !doubled && may_say_percent(ahead)) {
        return fmt::format("{} heading for {} this year, {}", subject_with(measure, "is", "are"),
                           about(analysis.projection.chosen.value), round_change(*ahead.percent));
    }
    if (clear && doubled) {
        return fmt::format("{} {}", subject_with(measure, "has", "have"), change_text(change));
    }
    if (clear && may_say_percent(change)) {
        return fmt::format("{} {}, {}", subject_with(measure, "is", "are"),
                           round_change(*change.percent), from_to(change));
    }
    if (clear) {
        return fmt::format("{} {}, {}", subject_with(measure, "has", "have"),
                           change.verdict == Verdict::rise ? "risen" : "fallen", from_to(change));
    }
    if (change.verdict == Verdict::no_clear_change) {
        return fmt::format("{} no clear change, {}", subject_with(measure, "shows", "show"),
                           from_to(change));
    }
    const auto known = so_far(analysis);
    return fmt::format("{}: {} from {}", measure.short_title,
                       core::number(std::llround(known ? known->count : analysis.pair.now_sum)),
                       analysis.period_in_words());
}

std::optional<SoFar> so_far(const Analysis &analysis) {
    const auto &now = analysis.pair.now;
    const auto missing = stats::missing_months(analysis.series, now);
    if (missing.size() == static_cast<std::size_t>(now.months())) {
        return {};
    }
    SoFar found{.count = 0, .period = now.text()};
    for (const auto month : now.each()) {
        found.count += analysis.series.at(month).value_or(0);
    }
    if (!missing.empty()) {
        found.period += ", without " + core::months_in_words(missing) + ",";
    }
    return found;
}

std::string change_sentence(const Analysis &analysis) {
    const auto &measure = analysis.served.measure;
    const auto &pair = analysis.pair;
    if (!pair.comparable()) {
        const auto counted_so_far = so_far(analysis);
        auto said = counted_so_far
                        ? fmt::format("From {} there were {} {} {}. ", counted_so_far->period,
                                      core::number(std::llround(counted_so_far->count)),
                                      measure.in_sentence, in_place(analysis.at))
                        : std::string{};
        return said + stats::pair_note(pair);
    }
    const auto now = std::llround(pair.now_sum);
    const auto before = std::llround(analysis.before);
    const auto name = now == 1 ? measure.one : measure.in_sentence;
    auto said = fmt::format("{} {} there {} {} {} {}", pair.now.months() == 1 ? "In" : "From",
                            analysis.period_in_words(), now == 1 ? "was" : "were",
                            core::number(now), name, in_place(analysis.at));
    if (now == before) {
        return said + fmt::format(", as many as in {}: {}.", analysis.before_in_words(),
                                  verdict_phrase(analysis.change.verdict));
    }
    said += fmt::format(", {} {} than the {} of {}", core::number(std::abs(now - before)),
                        now < before ? "fewer" : "more", core::number(before),
                        analysis.before_in_words());
    const auto &change = analysis.change;
    if (change.verdict == Verdict::not_calculable) {
        return said + ".";
    }
    if (may_say_percent(change)) {
        said += ": " + core::change_in_words(*change.percent, 1);
        said += fmt::format(", {}", verdict_phrase(change.verdict));
    } else {
        said += fmt::format(": {}", verdict_phrase(change.verdict));
    }
    const auto interval = may_say_percent(change) ? interval_phrase(change) : std::string{};
    if (change.verdict == Verdict::no_clear_change) {
        said += interval.empty() ? std::string{"; chance alone could explain it"}
                                 : fmt::format("; chance alone could explain it ({})", interval);
    } else if (!interval.empty()) {
        said += fmt::format(" ({})", interval);
    }
    return said + ".";
}

std::string projection_sentence(const Analysis &analysis) {
    const auto &projection = analysis.projection;
    if (!projection.possible()) {
        return stats::projection_reason(projection);
    }
    if (projection.because == stats::ChosenBecause::year_over) {
        return fmt::format("The year {} ended at {}.", year_name(projection),
                           core::number(std::llround(projection.chosen.value)));
    }
    auto said = fmt::format("{}, the year will end at {}", pattern(projection),
                            about(projection.chosen.value));
    const auto ahead = projection_change(projection, projection.last_year);
    if (projection.last_year) {
        said += fmt::format(", against {} in {}", core::number(std::llround(*projection.last_year)),
                            year_name(projection, 1));
        if (may_say_percent(ahead)) {
            said += ": " + core::change_in_words(*ahead.percent, 1);
        }
    }
    said += fmt::format(". Four times in five it will end between {} and {}.",
                        core::number(std::llround(projection.chosen.interval80.low)),
                        core::number(std::llround(projection.chosen.interval80.high)));
    if (analysis.gaps_estimated) {
        said += fmt::format(" {} {} no figure and {} estimated with what is to come.",
                            months_in_words(projection.missing),
                            projection.missing.size() == 1 ? "has" : "have",
                            projection.missing.size() == 1 ? "is" : "are");
    }
    return said;
}

std::vector<std::string> notes(const Analysis &analysis) {
    return notes(analysis, {analysis.pair.now, analysis.pair.before, analysis.projection.year});
}

std::vector<std::string> notes(const Analysis &analysis, const std::vector<core::Period> &months) {
    const auto counted_here = [&](core::Month month) {
        return std::any_of(months.begin(), months.end(),
                           [month](core::Period period) { return period.contains(month); });
    };
    std::vector<std::string> said;
    std::vector<core::Month> provisional;
    std::copy_if(analysis.provisional.begin(), analysis.provisional.end(),
                 std::back_inserter(provisional), counted_here);
    if (!provisional.empty()) {
        said.push_back(fmt::format(
            "{} {} provisional: the source may send {} again.", months_in_words(provisional),
            provisional.size() == 1 ? "is" : "are", provisional.size() == 1 ? "it" : "them"));
    }
    const auto &pair = analysis.pair;
    const bool gap_here = std::any_of(pair.missing.begin(), pair.missing.end(), counted_here);
    if (const auto note = stats::pair_note(pair);
        !note.empty() && (gap_here || pair.missing.empty())) {
        said.push_back(note);
    }
    if (analysis.gaps_estimated && std::any_of(analysis.projection.missing.begin(),
                                               analysis.projection.missing.end(), counted_here)) {
        said.push_back(fmt::format("The projection estimates {}, which {} no figure.",
                                   months_in_words(analysis.projection.missing),
                                   analysis.projection.missing.size() == 1 ? "has" : "have"));
    }
    for (const auto &one : analysis.series.breaks) {
        if (one.month > analysis.series.first && one.month <= analysis.last) {
            said.push_back(fmt::format("The series breaks in {}: {}. Months before are not "
                                       "compared with months after.",
                                       one.month.text(), one.note));
        }
    }
    if (const auto &note = analysis.served.source->note; !note.empty()) {
        said.push_back(note);
    }
    return said;
}

} // namespace wardmote::evidence
