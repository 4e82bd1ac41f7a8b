#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/rates.hpp"
#include "engine/stats/words.hpp"
#include "work/evidence/figures.hpp"

namespace wardmote::evidence {

namespace {

/// "Litter" is litter inside a sentence; "ASB" stays as it is.
std::string inside_sentence(const std::string &name) {
    const bool shouts = name.size() > 1 && name[1] >= 'A' && name[1] <= 'Z';
    return shouts || name.empty() ? name : core::lower(name.substr(0, 1)) + name.substr(1);
}

std::string share_of(double part, double whole) {
    return part < stats::smallest_base_for_percent
               ? core::number(std::llround(part))
               : fmt::format("{} ({}%)", core::number(std::llround(part)),
                             std::lround(100 * part / whole));
}

} // namespace

std::optional<YearCount> Question::year_count(core::FinancialYear year) const {
    for (const auto &one : m_desk.years(m_measure, *m_at)) {
        if (one.year == year) {
            return one;
        }
    }
    return {};
}

Question::Rest Question::rest_of_year(const YearCount &year) const {
    Rest rest{.period = year.year.name(),
              .comparator = {},
              .method = "Count of the financial year",
              .months = {}};
    if (year.from_months) {
        rest.months = {year.year.period()};
        return rest;
    }
    rest.method = "Yearly figure";
    for (const auto &file : m_desk.annual_files(m_measure, *m_at)) {
        if (file.covers && file.covers->overlap(year.year.period())) {
            rest.files.push_back(file);
        }
    }
    rest.rows = 1;
    rest.filter = m_measure.annual.empty() ? "" : m_measure.annual.front().words;
    return rest;
}

Answer Question::financial_year(core::FinancialYear year) {
    const auto found = year_count(year);
    if (!found) {
        return refuse(fmt::format("No complete count of {} is known for {}.", m_measure.in_sentence,
                                  year.name()));
    }
    const auto &named = m_analysis ? words() : m_measure;
    auto rest = rest_of_year(*found);
    if (!found->from_months) {
        rest.notes = {"A yearly figure; no monthly figures of that year have come."};
    }
    return give(found->count, named.many, core::number(std::llround(found->count)),
                fmt::format("In {} there were {} {} {}.", year.name(),
                            core::number(std::llround(found->count)), named.in_sentence,
                            in_place(*m_at)),
                std::move(rest));
}

Answer Question::last_year() {
    if (m_analysis) {
        return financial_year(core::FinancialYear::containing(m_analysis->last) - 1);
    }
    const auto years = m_desk.years(m_measure, *m_at);
    if (years.empty()) {
        return refuse(fmt::format("No evidence of {} has come.", m_measure.in_sentence));
    }
    return financial_year(years.back().year);
}

Answer Question::calendar_year(core::CalendarYear year) {
    const auto period = year.period();
    const auto total = stats::sum(m_analysis->series, period);
    if (!total) {
        const auto missing = stats::missing_months(m_analysis->series, period);
        return refuse(fmt::format("The year {} is not complete: {} {} no figure.", year.name(),
                                  months_in_words(missing), missing.size() == 1 ? "has" : "have"));
    }
    return give(*total, words().many, core::number(std::llround(*total)),
                fmt::format("In {} there were {} {} {}.", year.name(),
                            core::number(std::llround(*total)), words().in_sentence,
                            in_place(*m_at)),
                {.period = period.text(), .comparator = {}, .method = "Count", .months = {period}});
}

Answer Question::lowest() {
    auto years = m_desk.years(m_measure, *m_at);
    const int first_year = m_desk.settings().first_year;
    std::erase_if(years, [&](const YearCount &one) { return one.year.start_year() < first_year; });
    if (years.empty()) {
        return refuse(fmt::format("No year of {} is complete.", m_measure.in_sentence));
    }
    auto current = years.back();
    double at_most = current.count;
    bool projected = false;
    if (m_analysis) {
        const auto year = core::FinancialYear::containing(m_analysis->last);
        if (current.year < year) {
            const auto &projection = m_analysis->projection;
            if (!projection.possible()) {
                return refuse(stats::projection_reason(projection));
            }
            current = {year, projection.chosen.value, true};
            at_most = projection.chosen.interval95.high;
            projected = true;
            years.push_back(current);
        }
    }
    if (years.size() < 3) {
        return refuse("Fewer than three years are known: too few to speak of a record.");
    }
    std::size_t falls_from = years.size() - 1;
    while (falls_from > 0 && years[falls_from - 1].count > years[falls_from].count &&
           years[falls_from].year == years[falls_from - 1].year + 1) {
        --falls_from;
    }
    const bool lowest = std::all_of(years.begin(), years.end() - 1,
                                    [&](const YearCount &one) { return one.count > at_most; });
    const auto &named = m_analysis ? words() : m_measure;
    auto said = fmt::format(
        "The {} {} {} of {} {} the lowest of the {} financial years from {}",
        projected ? "projected" : "count of", core::number(std::llround(current.count)),
        named.in_sentence, current.year.name(),
        lowest ? (projected ? "would be" : "is") : (projected ? "would not clearly be" : "is not"),
        years.size(), years.front().year.name());
    if (falls_from + 1 < years.size()) {
        said += fmt::format("; every year since {} has been lower than the one before",
                            years[falls_from].year.name());
    }
    Listing listing{
        .items = {}, .headings = {"Financial year", core::capitalised(named.many)}, .rows = {}};
    Rest rest{.period = fmt::format("{} to {}", years.front().year.name(), current.year.name()),
              .comparator = "all earlier years on record",
              .method = projected ? stats::projection_method_note(m_analysis->projection) +
                                        "; lowest if its 95% interval lies below every year"
                                  : "Counts of financial years",
              .months = {}};
    for (const auto &year : years) {
        listing.items.push_back(year.year.name());
        const bool is_projected = projected && year.year == current.year;
        listing.rows.push_back({year.year.name(), is_projected
                                                      ? about(year.count)
                                                      : core::number(std::llround(year.count))});
        if (year.from_months) {
            const auto last = is_projected ? m_analysis->last : year.year.last_month();
            rest.months.push_back({year.year.first_month(), last});
        }
    }
    if (!years.front().from_months) {
        rest.files = m_desk.annual_files(m_measure, *m_at);
    }
    auto given = give(lowest ? 1 : 0, "yes or no",
                      lowest ? fmt::format("the lowest level since {}", years.front().year.name())
                             : fmt::format("not the lowest since {}", years.front().year.name()),
                      said + ".", std::move(rest));
    given.listing = std::move(listing);
    return given;
}

Answer Question::parts(bool rising) {
    const auto parts = m_desk.parts(m_measure, *m_at);
    if (!parts || !m_at->whole) {
        return refuse("These rows do not say in which ward they lie.");
    }
    if (!m_analysis->pair.comparable()) {
        return refuse(stats::pair_note(m_analysis->pair));
    }
    const auto noun = m_desk.part_noun();
    Listing listing{.items = {},
                    .headings = {core::capitalised(noun), parts->before.short_text(),
                                 parts->now.short_text(), "Change"},
                    .rows = {}};
    std::vector<std::string> clear;
    for (const auto &part : parts->parts) {
        const auto &pair = part.pair;
        const bool wanted =
            rising ? pair.now_sum > pair.before_sum : pair.now_sum < pair.before_sum;
        if (!wanted) {
            continue;
        }
        listing.items.push_back(part.area.name);
        listing.rows.push_back({part.area.name, core::number(std::llround(pair.before_sum)),
                                core::number(std::llround(pair.now_sum)),
                                fmt::format("{}, {}", change_cell(part.change),
                                            stats::verdict_in_words(part.change.verdict))});
        if (part.change.verdict == (rising ? stats::Verdict::rise : stats::Verdict::fall)) {
            clear.push_back(part.area.name);
        }
    }
    if (!rising) {
        std::reverse(listing.items.begin(), listing.items.end());
        std::reverse(listing.rows.begin(), listing.rows.end());
    }
    const auto count = listing.items.size();
    auto said = fmt::format("From {} {} {} in {} of {} {}s", m_analysis->period_in_words(),
                            words().in_sentence, rising ? "rose" : "fell", count,
                            parts->parts.size(), noun);
    if (count > 0 && count <= 8) {
        said += ": " + core::joined(listing.items);
    }
    said += clear.empty()       ? std::string{"; in none of them is the change more than chance"}
            : clear.size() <= 4 ? fmt::format("; the {} is clear in {}", rising ? "rise" : "fall",
                                              core::joined(clear))
                                : fmt::format("; the {} is clear in {} of them",
                                              rising ? "rise" : "fall", clear.size());
    auto given = give(
        static_cast<double>(count), fmt::format("{}s", noun),
        core::counted(static_cast<std::int64_t>(count), noun, fmt::format("{}s", noun)), said + ".",
        {.period = m_analysis->period_in_words(),
         .comparator = m_analysis->pair.before.text(),
         .method = fmt::format("Counts of each {} compared", noun),
         .months = {m_analysis->pair.now, m_analysis->pair.before}});
    given.listing = std::move(listing);
    return given;
}

Answer Question::categories() {
    const auto now = m_analysis->pair.now;
    const auto values = m_desk.store().values(*m_analysis->served.source, m_desk.scope_of(*m_at),
                                              m_at->as_known_on, now, "category");
    double total = 0;
    for (const auto &value : values) {
        total += static_cast<double>(value.count);
    }
    if (values.empty() || total <= 0 || !m_at->whole) {
        return refuse(fmt::format("No {} say what they are about.", words().in_sentence));
    }
    Listing listing{.items = {}, .headings = {"Category", "Count", "Share"}, .rows = {}};
    std::vector<std::string> said;
    double leading = 0;
    const auto shown = std::min<std::size_t>(values.size(), 5);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto name =
            values[i].value.empty() ? std::string{"not said"} : inside_sentence(values[i].value);
        const auto count = static_cast<double>(values[i].count);
        listing.rows.push_back({core::capitalised(name), core::number(values[i].count),
                                count < stats::smallest_base_for_percent
                                    ? ""
                                    : fmt::format("{}%", std::lround(100 * count / total))});
        if (i < shown) {
            listing.items.push_back(name);
            said.push_back(fmt::format("{}, {}", name, share_of(count, total)));
            leading += count;
        }
    }
    const auto text = core::joined(listing.items);
    auto given = give(
        100 * leading / total, "per cent", text,
        fmt::format("Of {} {} from {}, {}% were about {} {}: {}.",
                    core::number(std::llround(total)), words().in_sentence, now.text(),
                    std::lround(100 * leading / total),
                    core::in_words(static_cast<std::int64_t>(shown)),
                    shown == 1 ? "thing" : "things", fmt::join(said, "; ")),
        {.period = now.text(), .comparator = {}, .method = "Share by category", .months = {now}});
    given.listing = std::move(listing);
    return given;
}

Answer Question::rate() {
    using Denominator = Measure::Denominator;
    if (m_measure.denominator == Denominator::none) {
        return refuse(fmt::format("{} has no population at risk.", m_measure.title));
    }
    const auto rolled = m_desk.analyse(m_measure, *m_at, {Basis::Span::rolling_twelve, {}});
    const auto count = stats::sum(rolled->series, rolled->pair.now);
    if (!count) {
        return refuse("A rate needs twelve months, and some of them have no figure.");
    }
    const bool homes = m_measure.denominator == Denominator::households;
    const auto scope = m_desk.scope_of(*m_at);
    const auto people = m_desk.reader().population(scope.level, homes ? "households" : "residents",
                                                   rolled->last.year());
    double population = 0;
    int year = 0;
    std::string source;
    for (const auto &one : people) {
        if (one.code == m_at->area.code) {
            population = static_cast<double>(one.people);
            year = one.year;
            source = one.source;
        }
    }
    const auto rate = stats::rate(*count, population);
    if (!rate) {
        return refuse(fmt::format("The number of {} {} is not known.",
                                  homes ? "households" : "residents", in_place(*m_at)));
    }
    Rest rest{.period = rolled->pair.now.text(),
              .comparator = {},
              .method = fmt::format(
                  "Per 1,000 {} of {}; 95% interval {} to {}", homes ? "households" : "residents",
                  year, core::number(rate->interval.low, 1), core::number(rate->interval.high, 1)),
              .months = {rolled->pair.now}};
    for (const auto &file : m_desk.reader().manifests(m_at->as_known_on)) {
        if (file.id == source) {
            rest.files.push_back(file);
        }
    }
    return give(rate->value, fmt::format("per 1,000 {}", homes ? "households" : "residents"),
                core::number(rate->value, 1),
                fmt::format("From {} there were {} {} {}, {} for every 1,000 {}.",
                            rolled->pair.now.text(), core::number(std::llround(*count)),
                            words().in_sentence, in_place(*m_at), core::number(rate->value, 1),
                            homes ? "households" : "residents"),
                std::move(rest));
}

Answer Question::part(const Measure::Part &part) {
    const auto counts = m_desk.store().counts(*m_analysis->served.source, m_desk.scope_of(*m_at),
                                              m_at->as_known_on, part.where, part.flags);
    if (!counts) {
        return refuse(fmt::format("No evidence of {} has come.", part.many));
    }
    const auto series = counts->series(m_at->whole ? "" : m_at->area.code, {});
    using Over = Measure::Part::Over;
    std::optional<core::Period> period;
    if (part.over == Over::year_to_date) {
        period = m_analysis->pair.now;
    } else if (part.over == Over::everything) {
        period = core::Period{series.first, m_analysis->last};
    } else {
        // The latest calendar year that is over; else the one that has begun.
        auto year = core::CalendarYear::containing(m_analysis->last);
        if (m_analysis->last.month() != 12 && series.first <= (year - 1).first_month()) {
            year = year - 1;
        }
        period = year.to_date(std::min(m_analysis->last, year.last_month()));
    }
    double count = 0;
    const auto months = stats::slice(series, *period);
    count = std::accumulate(months.counts.begin(), months.counts.end(), 0.0);
    const auto number = std::llround(count);
    auto sentence =
        fmt::format("From {} there {} {}{}", period->text(), number == 1 ? "was" : "were",
                    core::counted(number, part.one, part.many),
                    m_analysis->served.source->whole_place ? std::string{} : " " + in_place(*m_at));
    const double whole = m_analysis->pair.now_sum;
    if (part.over == Over::year_to_date && count < whole) {
        sentence +=
            fmt::format(", of {} {}", core::number(std::llround(whole)), words().in_sentence);
    }
    const auto rows = static_cast<std::uint64_t>(
        counts->rows_are_counts ? number : static_cast<long long>(counts->table.rows));
    return give(count, part.many, core::number(number), sentence + ".",
                {.period = period->text(),
                 .comparator = {},
                 .method = "Count",
                 .months = {*period},
                 .files = {},
                 .rows = rows,
                 .filter = part.words});
}

} // namespace wardmote::evidence
