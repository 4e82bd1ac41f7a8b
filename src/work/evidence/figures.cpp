#include "work/evidence/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"

namespace wardmote::evidence {

namespace {

constexpr std::array<std::string_view, 12> month_names = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

std::string verdict_word(stats::Verdict verdict) {
    switch (verdict) {
    case stats::Verdict::rise:
        return "rise";
    case stats::Verdict::fall:
        return "fall";
    case stats::Verdict::no_clear_change:
        return "no clear change";
    case stats::Verdict::not_calculable:
        break;
    }
    return {};
}

/// A straight line asks nothing of last year.
std::vector<core::Period> months_projected_from(const stats::Projection &projection) {
    const bool alone = projection.chosen.method == stats::ProjectionMethod::straight_line;
    return {{projection.year.first() - (alone ? 0 : 12), projection.last}};
}

} // namespace

Question::Question(const Desk &desk, std::string key, const Measure &measure, std::string what,
                   const Asking &asking)
    : m_desk{desk}
    , m_key{std::move(key)}
    , m_measure{measure}
    , m_what{std::move(what)}
    , m_asking{asking}
    , m_at{desk.standpoint(asking)} {
    if (m_at) {
        m_analysis = desk.analyse(measure, *m_at);
    }
}

std::uint64_t Question::rows_in(const std::vector<core::Period> &periods) const {
    std::uint64_t rows = 0;
    for (const auto &period : periods) {
        if (m_analysis->served.counts->rows_are_counts) {
            const auto months = stats::slice(m_analysis->series, period);
            rows += static_cast<std::uint64_t>(
                std::llround(std::accumulate(months.counts.begin(), months.counts.end(), 0.0)));
        } else {
            // Rows that stand for several: only the store knows how many there are.
            const auto scope = m_desk.scope_of(*m_at);
            const auto &source = *m_analysis->served.source;
            lake::CountQuery query{.dataset = source.dataset,
                                   .where = source.where,
                                   .period = period,
                                   .as_known_on = m_at->as_known_on,
                                   .level = scope.level,
                                   .within_level = source.whole_place ? "" : scope.within_level,
                                   .within_code = source.whole_place ? "" : scope.within,
                                   .split_by = {},
                                   .owner = {}};
            rows += m_desk.reader().count(query).rows;
        }
    }
    return rows;
}

Answer Question::refuse(std::string sentence) const {
    return {.figure = {}, .why_not = std::move(sentence), .verdict = {}, .listing = {}};
}

Answer Question::give(double value, std::string unit, std::string text, std::string sentence,
                      Rest rest, stats::Verdict verdict) const {
    const auto &named = m_analysis ? words() : m_measure;
    core::Provenance provenance{.measure = m_measure.key,
                                .definition = fmt::format("{}, version {}: {}", named.title,
                                                          named.version, named.definition),
                                .filter = rest.filter,
                                .area = m_at->area.name,
                                .period = std::move(rest.period),
                                .comparator = std::move(rest.comparator),
                                .method = std::move(rest.method),
                                .as_known_on = m_at->as_known_on,
                                .rows = 0,
                                .files = {},
                                .notes = std::move(rest.notes)};
    auto files = std::move(rest.files);
    if (m_analysis && !rest.months.empty()) {
        auto whole = rest.months.front();
        for (const auto &period : rest.months) {
            whole = {std::min(whole.first(), period.first()),
                     std::max(whole.last(), period.last())};
        }
        for (const auto &file : files_of(m_analysis->served.counts->table.files, whole)) {
            const bool wanted =
                std::any_of(rest.months.begin(), rest.months.end(), [&](core::Period period) {
                    return file.covers && file.covers->overlap(period);
                });
            if (wanted) {
                files.push_back(file);
            }
        }
        provenance.rows = rest.rows ? *rest.rows : rows_in(rest.months);
    } else {
        provenance.rows = rest.rows.value_or(0);
    }
    if (m_analysis) {
        const auto &source = m_analysis->served.source->words;
        provenance.filter =
            rest.filter.empty() ? source : fmt::format("{}; {}", source, rest.filter);
        if (provenance.notes.empty()) {
            provenance.notes = notes(*m_analysis, rest.months);
        }
    }
    for (const auto &file : files) {
        provenance.files.push_back(source_file(file));
    }
    if (provenance.files.empty()) {
        return refuse(fmt::format("No file speaks for “{}” in {}.", m_key, provenance.period));
    }
    Answer given;
    given.figure.emplace(m_key, value, std::move(unit), std::move(text), std::move(sentence),
                         std::move(provenance));
    given.verdict = verdict_word(verdict);
    return given;
}

std::string Question::method_of_change() const {
    const auto &change = m_analysis->change;
    return fmt::format("Test of two Poisson counts, mid-p interval of the ratio{}{}",
                       change.dispersion > 1.05
                           ? fmt::format(", widened for months that vary {} times as much as "
                                         "chance would make them",
                                         core::number(change.dispersion, 1))
                           : "",
                       interval_phrase(change).empty() ? "" : "; " + interval_phrase(change));
}

Answer Question::this_period() {
    const auto &pair = m_analysis->pair;
    const auto known = so_far(*m_analysis);
    if (!pair.comparable() && !known) {
        return refuse(stats::pair_note(pair));
    }
    // What cannot be compared can still be counted, with the months that are missing said.
    const double value = pair.comparable() ? pair.now_sum : known->count;
    return give(value, words().many, core::number(std::llround(value)),
                change_sentence(*m_analysis),
                {.period = m_analysis->period_in_words(),
                 .comparator = {},
                 .method = "Count",
                 .months = {pair.now}},
                m_analysis->change.verdict);
}

Answer Question::last_period() {
    const auto &pair = m_analysis->pair;
    if (!pair.comparable()) {
        return refuse(stats::pair_note(pair));
    }
    return give(pair.before_sum, words().many, core::number(std::llround(pair.before_sum)),
                change_sentence(*m_analysis),
                {.period = pair.before.text(),
                 .comparator = {},
                 .method = "Count",
                 .months = {pair.before}},
                m_analysis->change.verdict);
}

Answer Question::change() {
    const auto &change = m_analysis->change;
    const auto &pair = m_analysis->pair;
    if (!pair.comparable()) {
        return refuse(stats::pair_note(pair));
    }
    Rest rest{.period = m_analysis->period_in_words(),
              .comparator = pair.before.text(),
              .method = method_of_change(),
              .months = {pair.now, pair.before}};
    if (!change.percent) {
        return give(change.now - change.before, words().many, change_text(change),
                    change_sentence(*m_analysis), rest, change.verdict);
    }
    return give(*change.percent, "per cent", change_text(change), change_sentence(*m_analysis),
                rest, change.verdict);
}

Answer Question::month_change(unsigned month) {
    auto last = m_analysis->last;
    while (last.month() != month) {
        last = last - 1;
    }
    const auto pair = stats::month_on_year_ago(m_analysis->series, last);
    if (!pair.comparable()) {
        return refuse(stats::pair_note(pair));
    }
    stats::ChangeOptions options;
    options.dispersion = m_analysis->change.dispersion;
    auto one = *m_analysis;
    one.pair = pair;
    one.before = pair.before_sum;
    one.change = stats::compare_counts(pair, options);
    if (!one.change.percent) {
        return refuse(fmt::format("There were no {} in {} to compare with.", words().in_sentence,
                                  pair.before.text()));
    }
    return give(*one.change.percent, "per cent", change_text(one.change), change_sentence(one),
                {.period = pair.now.text(),
                 .comparator = pair.before.text(),
                 .method = "Test of two Poisson counts, mid-p interval of the ratio; " +
                           interval_phrase(one.change),
                 .months = {pair.now, pair.before}},
                one.change.verdict);
}

Answer Question::course() {
    const auto pairs =
        stats::year_to_date_course(m_analysis->series, m_analysis->last, stats::YearKind::financial,
                                   stats::MissingRule::leave_out_of_both);
    Listing listing{
        .items = {}, .headings = {"To the end of", "This year", "Last year", "Change"}, .rows = {}};
    std::vector<double> sizes;
    for (const auto &pair : pairs) {
        const auto change = stats::compare_counts(pair);
        if (!pair.comparable() || !change.percent) {
            return refuse(stats::pair_note(pair));
        }
        sizes.push_back(*change.percent);
        listing.items.push_back(fmt::format("{}: {}", pair.now.last().name(), change_cell(change)));
        listing.rows.push_back({pair.now.last().text(), core::number(std::llround(pair.now_sum)),
                                core::number(std::llround(pair.before_sum)), change_cell(change)});
    }
    if (sizes.size() < 2) {
        return refuse("One month does not make a course.");
    }
    const bool rise = sizes.front() > 0;
    bool eases = true;
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        eases = eases && (rise ? sizes[i] < sizes[i - 1] : sizes[i] > sizes[i - 1]);
    }
    const auto path =
        fmt::format("from {} in {} to {} by {}", core::change_in_words(sizes.front(), 1),
                    pairs.front().now.first().name(), core::change_in_words(sizes.back(), 1),
                    pairs.back().now.last().text());
    const auto text =
        eases ? fmt::format("has shrunk every month, {}", path) : fmt::format("went {}", path);
    auto given = give(eases ? 1 : 0, "yes or no", text,
                      fmt::format("The {} in {} over the year to date {}.", rise ? "rise" : "fall",
                                  words().in_sentence, text),
                      {.period = m_analysis->period_in_words(),
                       .comparator = m_analysis->pair.before.text(),
                       .method = "Change of the year to date at each month’s end",
                       .months = {m_analysis->pair.now, m_analysis->pair.before}},
                      m_analysis->change.verdict);
    given.listing = std::move(listing);
    return given;
}

Answer Question::rolling(bool before, bool compared) {
    const auto rolled = m_desk.analyse(m_measure, *m_at, {Basis::Span::rolling_twelve, {}});
    const auto &pair = rolled->pair;
    if (!pair.comparable()) {
        return refuse(stats::pair_note(pair));
    }
    if (compared && !rolled->change.percent) {
        return refuse("There is nothing to compare with.");
    }
    const double count = before ? pair.before_sum : pair.now_sum;
    const auto period = before ? pair.before.text() : rolled->period_in_words();
    std::vector<core::Period> months{before ? pair.before : pair.now};
    if (compared) {
        months.push_back(pair.before);
    }
    return give(compared ? *rolled->change.percent : count, compared ? "per cent" : words().many,
                compared ? change_text(rolled->change) : core::number(std::llround(count)),
                change_sentence(*rolled),
                {.period = period,
                 .comparator = compared ? pair.before.text() : "",
                 .method = compared ? method_of_change() : "Count",
                 .months = months},
                rolled->change.verdict);
}

Answer Question::projection() {
    const auto &projection = m_analysis->projection;
    if (!projection.possible()) {
        return refuse(stats::projection_reason(projection));
    }
    const auto ahead = projection_change(projection, projection.last_year);
    return give(
        projection.chosen.value, words().many, about(projection.chosen.value),
        projection_sentence(*m_analysis),
        {.period = fmt::format("{}, projected from {}", year_name(projection),
                               core::Period{projection.year.first(), projection.last}.text()),
         .comparator = year_name(projection, 1),
         .method = stats::projection_method_note(projection),
         .months = months_projected_from(projection)},
        ahead.verdict);
}

Answer Question::projection_compared() {
    const auto &projection = m_analysis->projection;
    if (!projection.possible()) {
        return refuse(stats::projection_reason(projection));
    }
    const auto last_year = year_count(core::FinancialYear::containing(projection.last) - 1);
    const auto ahead =
        projection_change(projection, last_year ? std::optional{last_year->count} : std::nullopt);
    if (!ahead.percent) {
        return refuse(fmt::format("The total of {} is not known.", year_name(projection, 1)));
    }
    return give(*ahead.percent, "per cent", change_text(ahead), projection_sentence(*m_analysis),
                {.period = year_name(projection),
                 .comparator = year_name(projection, 1),
                 .method = stats::projection_method_note(projection),
                 .months = months_projected_from(projection)},
                ahead.verdict);
}

Answer Question::answer() {
    if (!m_at) {
        return refuse(fmt::format("There is no area “{}” here.", m_asking.area));
    }
    if (m_what == "last-year" && !m_analysis) {
        return last_year();
    }
    if (const auto year = core::FinancialYear::parse(m_what)) {
        return financial_year(*year);
    }
    if (m_what == "lowest-on-record") {
        return lowest();
    }
    if (!m_analysis && m_measure.district_only && !m_at->whole) {
        return refuse(fmt::format("{} are so few, and so personal, that they are not shown below "
                                  "the district.",
                                  core::capitalised(m_measure.in_sentence)));
    }
    if (!m_analysis) {
        return refuse(fmt::format("No evidence of {} has come.", m_measure.in_sentence));
    }
    for (const auto &one : m_measure.parts) {
        if (one.key == m_what) {
            return part(one);
        }
    }
    if (const auto year = core::CalendarYear::parse(m_what)) {
        return calendar_year(*year);
    }
    for (unsigned month = 1; month <= 12; ++month) {
        if (m_what == fmt::format("{}-change", month_names[month - 1])) {
            return month_change(month);
        }
    }
    using Maker = Answer (Question::*)();
    static constexpr std::array<std::pair<std::string_view, Maker>, 10> makers = {{
        {"this", &Question::this_period},
        {"last", &Question::last_period},
        {"change", &Question::change},
        {"change-eases", &Question::course},
        {"projection", &Question::projection},
        {"projection-change", &Question::projection_compared},
        {"last-year", &Question::last_year},
        {"top-categories", &Question::categories},
        {"rate", &Question::rate},
        {"lowest-on-record", &Question::lowest},
    }};
    for (const auto &[name, maker] : makers) {
        if (m_what == name) {
            return (this->*maker)();
        }
    }
    if (m_what == "wards-rising" || m_what == "wards-falling") {
        return parts(m_what == "wards-rising");
    }
    if (m_what.starts_with("rolling-12")) {
        return rolling(m_what == "rolling-12-last", m_what == "rolling-12-change");
    }
    return refuse(fmt::format("“{}” is not known of the measure “{}”.", m_what, m_measure.key));
}

Answer answer(const Desk &desk, std::string_view key, const Asking &asking) {
    const auto dot = key.find('.');
    const auto *measure = desk.measure(key.substr(0, dot));
    if (measure && dot != std::string_view::npos) {
        return Question{desk, std::string{key}, *measure, std::string{key.substr(dot + 1)}, asking}
            .answer();
    }
    return {.figure = {},
            .why_not = fmt::format("No measure is called “{}”.", key.substr(0, dot)),
            .verdict = {},
            .listing = {}};
}

std::vector<std::string> figure_keys(const Desk &desk) {
    std::vector<std::string> keys;
    for (const auto &measure : desk.measures()) {
        for (const auto *what :
             {"this", "last", "change", "change-eases", "projection", "projection-change",
              "last-year", "lowest-on-record", "rolling-12", "rolling-12-last", "rolling-12-change",
              "wards-rising", "wards-falling", "top-categories", "rate"}) {
            keys.push_back(measure.key + "." + what);
        }
        for (const auto &month : month_names) {
            keys.push_back(fmt::format("{}.{}-change", measure.key, month));
        }
        for (const auto &part : measure.parts) {
            keys.push_back(measure.key + "." + part.key);
        }
    }
    return keys;
}

} // namespace wardmote::evidence
