#include "engine/stats/words.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::stats {

namespace {

std::string count(double value) {
    // Beyond 2^53 a double is whole but no longer exact; no count comes near it.
    if (value == std::floor(value) && std::fabs(value) < 9e15)
        return core::number(static_cast<std::int64_t>(value));
    return core::number(value, 1);
}

std::string from_to(const Change &change) {
    return fmt::format("from {} to {}", count(change.before), count(change.now));
}

using core::months_in_words;

std::string have(const std::vector<core::Month> &months) {
    return months.size() == 1 ? "has" : "have";
}

std::string missing_sentence(std::string_view start, const std::vector<core::Month> &months) {
    return fmt::format("{}: {} {} no figure.", start, months_in_words(months), have(months));
}

std::string break_sentence(std::string_view start, const std::vector<SeriesBreak> &breaks) {
    std::vector<std::string> said;
    for (const SeriesBreak &one : breaks) {
        std::string from = "from " + one.month.text();
        said.push_back(one.note.empty() ? from : fmt::format("{} ({})", from, one.note));
    }
    return fmt::format("{}: what is counted changed {}.", start, core::joined(said));
}

} // namespace

std::string_view verdict_in_words(Verdict verdict) {
    switch (verdict) {
    case Verdict::rise:
        return "clear rise";
    case Verdict::fall:
        return "clear fall";
    case Verdict::no_clear_change:
        return "no clear change";
    case Verdict::not_calculable:
        break;
    }
    return "not calculable";
}

std::string change_in_brief(const Change &change, int decimals) {
    if (!change.percent)
        return "not calculable";
    if (change.percent_suppressed)
        return from_to(change);
    return core::change_in_words(*change.percent, decimals);
}

std::string describe_change(const Change &change, int decimals) {
    if (!change.ratio || change.percent_suppressed || *change.ratio < 2)
        return change_in_brief(change, decimals);
    constexpr std::array words = {"doubled", "trebled", "quadrupled"};
    const double times = std::min(4.0, std::floor(*change.ratio));
    const std::string_view word = words[static_cast<std::size_t>(times) - 2];
    const std::string_view more = *change.ratio > times ? "more than " : "";
    return fmt::format("{}{}, {}", more, word, from_to(change));
}

std::string interval_in_words(const Change &change, int decimals) {
    if (change.verdict == Verdict::not_calculable)
        return "";
    const Interval percent = change.percent_interval();
    const std::string low = core::change_in_words(percent.low, decimals);
    return std::isfinite(percent.high)
               ? fmt::format("{} to {}", low, core::change_in_words(percent.high, decimals))
               : fmt::format("{} or more", low);
}

std::string pair_note(const PeriodPair &pair) {
    switch (pair.refusal) {
    case Refusal::unequal_length:
        return "Not compared: the two periods differ in length.";
    case Refusal::series_break:
        return break_sentence("Not compared", pair.breaks);
    case Refusal::missing_months:
    case Refusal::no_months:
        return missing_sentence("Not compared", pair.missing);
    case Refusal::none:
        break;
    }
    if (pair.left_out.empty())
        return "";
    std::vector<core::Month> both;
    for (const core::Month month : pair.left_out) {
        const int back = pair.now.first() - pair.before.first();
        both.push_back(month - back);
    }
    const auto length = static_cast<int>(pair.left_out.size());
    const bool tail = pair.months == pair.now.months() && pair.left_out.front() > pair.now.last();
    if (tail)
        return fmt::format("Compared {} only: {} {} no figure.", pair.now.text(),
                           months_in_words(pair.missing), have(pair.missing));
    return fmt::format(
        "Compared without {}, {}: {} {} no figure.", core::counted(length, "month", "months"),
        fmt::format("{} against {}", months_in_words(pair.left_out), months_in_words(both)),
        months_in_words(pair.missing), have(pair.missing));
}

std::string_view method_in_words(ProjectionMethod method) {
    switch (method) {
    case ProjectionMethod::straight_line:
        return "straight line";
    case ProjectionMethod::seasonal_share:
        return "seasonal share";
    case ProjectionMethod::seasonal_regression:
        break;
    }
    return "seasonal regression";
}

std::string range_in_words(const Interval &interval) {
    return fmt::format("{} to {}", count(interval.low), count(interval.high));
}

std::string projection_method_note(const Projection &projection) {
    if (!projection.possible())
        return "";
    if (projection.because == ChosenBecause::year_over)
        return "Count of a whole year";
    return fmt::format("{}; 80% interval {}",
                       core::capitalised(method_in_words(projection.chosen.method)),
                       range_in_words(projection.chosen.interval80));
}

std::string projection_reason(const Projection &projection) {
    switch (projection.refusal) {
    case NoProjection::missing_months:
        return missing_sentence("Not projected", projection.missing);
    case NoProjection::series_break:
        return break_sentence("Not projected", projection.breaks);
    case NoProjection::no_method:
        return "Not projected: there are too few months to go by.";
    case NoProjection::stopped:
        return "Not projected: the work was stopped.";
    case NoProjection::none:
        break;
    }
    const std::string method = core::capitalised(method_in_words(projection.chosen.method));
    switch (projection.because) {
    case ChosenBecause::did_best: {
        const BackTest *test = projection.backtest(projection.chosen.method);
        const auto years = test == nullptr ? 0 : test->tries.size();
        return fmt::format("{} would have come closest at this point of the past years it was "
                           "tried on ({}).",
                           method,
                           core::counted(static_cast<std::int64_t>(years), "year", "years"));
    }
    case ChosenBecause::tie:
        return "Seasonal share, as no other method would have come closer in past years.";
    case ChosenBecause::no_history:
        return fmt::format("{}, as there are too few past years to try the methods on.", method);
    case ChosenBecause::only_one:
        return fmt::format("{}, as there is too little history for the other methods.", method);
    case ChosenBecause::asked_for:
        return fmt::format("{}, as asked for.", method);
    case ChosenBecause::year_over:
        break;
    }
    return "The year is over: this is its count.";
}

std::string chart_state_in_words(const ControlChart &chart) {
    const std::string length = core::counted(chart.state_months, "month", "months");
    const std::string month = chart.state_month ? chart.state_month->name() : "";
    switch (chart.state) {
    case ChartState::not_enough:
        return "Too few months";
    case ChartState::above_usual:
        return "Above usual for " + length;
    case ChartState::below_usual:
        return "Below usual for " + length;
    case ChartState::rising:
        return "Rising for " + length;
    case ChartState::falling:
        return "Falling for " + length;
    case ChartState::high_month:
        return "High in " + month;
    case ChartState::low_month:
        return "Low in " + month;
    case ChartState::usual:
        break;
    }
    return "Usual variation";
}

std::string_view signal_in_words(Signal signal) {
    switch (signal) {
    case beyond_limits:
        return "a month beyond the limits";
    case nine_one_side:
        return "nine months in a row on one side of the mean";
    case trend:
        return "six months in a row rising, or falling";
    case alternating:
        return "fourteen months up and down by turns";
    case two_of_three:
        return "two of three months close to one limit";
    case four_of_five:
        return "four of five months away from the mean on one side";
    case too_quiet:
        return "fifteen months in a row close to the mean";
    case both_sides_far:
        return "eight months in a row away from the mean";
    case nhs_shift:
        break;
    }
    return "seven months in a row on one side of the mean";
}

std::string_view variation_in_words(Variation variation) {
    switch (variation) {
    case Variation::not_enough:
        return "Too few months to tell";
    case Variation::common_cause:
        return "Usual variation";
    case Variation::improving_high:
        return "Improvement: higher than usual";
    case Variation::improving_low:
        return "Improvement: lower than usual";
    case Variation::concerning_high:
        return "Concern: higher than usual";
    case Variation::concerning_low:
        return "Concern: lower than usual";
    case Variation::neither_high:
        return "Higher than usual";
    case Variation::neither_low:
        break;
    }
    return "Lower than usual";
}

std::string_view assurance_in_words(Assurance assurance) {
    switch (assurance) {
    case Assurance::no_target:
        return "No target";
    case Assurance::passes:
        return "Will meet the target month after month";
    case Assurance::fails:
        return "Will miss the target month after month";
    case Assurance::hit_or_miss:
        break;
    }
    return "Will meet the target in some months and miss it in others";
}

std::string_view standing_in_words(Standing standing) {
    switch (standing) {
    case Standing::above:
        return "above";
    case Standing::in_line:
        return "in line";
    case Standing::below:
        break;
    }
    return "below";
}

std::string_view place_in_words(FunnelPlace place) {
    switch (place) {
    case FunnelPlace::very_low:
        return "far below";
    case FunnelPlace::low:
        return "below";
    case FunnelPlace::within:
        return "within";
    case FunnelPlace::high:
        return "above";
    case FunnelPlace::very_high:
        break;
    }
    return "far above";
}

} // namespace wardmote::stats
