#include "work/evidence/dashboard.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "engine/stats/words.hpp"
#include "work/evidence/sentences.hpp"

namespace wardmote::evidence {

namespace {

using stats::Verdict;

bool clear(const stats::Change &change) {
    return change.verdict == Verdict::rise || change.verdict == Verdict::fall;
}

/// How far from no change: halved and doubled are equally far.
double size_of(const stats::Change &change) {
    if (!change.ratio) {
        return -1;
    }
    return std::abs(std::log(std::max(*change.ratio, 1e-6)));
}

void sort_rows(std::vector<DashboardRow> &rows, DashboardOptions::Sort sort) {
    using Sort = DashboardOptions::Sort;
    std::stable_sort(rows.begin(), rows.end(),
                     [sort](const DashboardRow &left, const DashboardRow &right) {
                         const auto &a = *left.analysis;
                         const auto &b = *right.analysis;
                         if (sort == Sort::name) {
                             return a.served.measure.title < b.served.measure.title;
                         }
                         if (sort == Sort::size) {
                             return left.now().value_or(-1) > right.now().value_or(-1);
                         }
                         if (clear(a.change) != clear(b.change)) {
                             return clear(a.change);
                         }
                         if (!left.comparable() && !right.comparable()) {
                             return left.now().value_or(-1) > right.now().value_or(-1);
                         }
                         return size_of(a.change) > size_of(b.change);
                     });
}

std::string source_identity(const Source &source) {
    std::string identity = source.dataset;
    for (const auto &condition : source.where) {
        identity += fmt::format("|{}{}{}", condition.column, condition.negated ? "!" : "",
                                fmt::join(condition.values, ","));
    }
    return identity + fmt::format("#{}", fmt::join(source.flags, ","));
}

std::string count_headline(const std::vector<DashboardRow> &rows) {
    std::size_t falls = 0;
    std::size_t rises = 0;
    const auto comparable = std::count_if(rows.begin(), rows.end(),
                                          [](const DashboardRow &row) { return row.comparable(); });
    if (comparable == 0) {
        return fmt::format(
            "{} counted, none of which can be compared yet",
            core::counted(static_cast<std::int64_t>(rows.size()), "measure", "measures"));
    }
    for (const auto &row : rows) {
        falls += row.analysis->change.verdict == Verdict::fall ? 1U : 0U;
        rises += row.analysis->change.verdict == Verdict::rise ? 1U : 0U;
    }
    auto of = core::counted(comparable, "measure", "measures");
    if (comparable < static_cast<std::ptrdiff_t>(rows.size())) {
        of += " that can be compared";
    }
    if (falls == 0 && rises == 0) {
        return fmt::format("None of {} changed clearly", of);
    }
    if (rises == 0) {
        return fmt::format("Of {}, {} fell clearly and none rose", of, falls);
    }
    if (falls == 0) {
        return fmt::format("Of {}, {} rose clearly and none fell", of, rises);
    }
    return rises > falls
               ? fmt::format("Of {}, {} rose clearly and {} fell clearly", of, rises, falls)
               : fmt::format("Of {}, {} fell clearly and {} rose clearly", of, falls, rises);
}

/// "the police"; "mySociety" as it is written.
std::string source_name(const std::string &publisher) {
    return publisher.empty() || publisher[0] < 'A' || publisher[0] > 'Z'
               ? publisher
               : "the " + core::lower(publisher);
}

/// What one publisher's measures lack.
struct Gaps {
    std::set<core::Month> months;
    bool refused = false; ///< so much that nothing of theirs can be compared
    std::vector<core::Month> provisional;
};

std::string gap_sentence(const std::string &publisher, const Gaps &gaps) {
    const std::vector<core::Month> months{gaps.months.begin(), gaps.months.end()};
    const bool one = months.size() == 1;
    const auto *what = gaps.refused ? "this year cannot be compared with the year before"
                       : one        ? "that month is left out of both years"
                                    : "those months are left out of both years";
    return fmt::format("{} {} not come from {}: {}.", months_in_words(months), one ? "has" : "have",
                       source_name(publisher), what);
}

std::vector<std::string> late_sentences(const Dashboard &board) {
    std::vector<std::string> late;
    for (const auto &row : board.rows) {
        if (row.late) {
            late.push_back(fmt::format("{} is known to {} only and compared to that month.",
                                       row.analysis->served.measure.title,
                                       row.analysis->last.text()));
        }
    }
    if (late.size() > 3) {
        late = {fmt::format("{} measures are known to earlier months only and compared to those.",
                            late.size())};
    }
    for (const auto &row : board.old) {
        late.push_back(fmt::format("{} is known to {} only and not shown here.",
                                   row.analysis->served.measure.title, row.analysis->last.text()));
    }
    return late;
}

/// Gaps first, then what is late, then what is provisional.
std::vector<std::string> soundness_of(const Dashboard &board) {
    std::map<std::string, Gaps> publishers;
    for (const auto &row : board.rows) {
        const auto &analysis = *row.analysis;
        auto &gaps = publishers[analysis.served.measure.publisher];
        gaps.months.insert(analysis.pair.missing.begin(), analysis.pair.missing.end());
        gaps.refused = gaps.refused || !row.comparable();
        if (analysis.provisional.size() > gaps.provisional.size()) {
            gaps.provisional = analysis.provisional;
        }
    }
    std::vector<std::string> said;
    for (const auto &[publisher, gaps] : publishers) {
        if (!gaps.months.empty()) {
            said.push_back(gap_sentence(publisher, gaps));
        }
    }
    const auto late = late_sentences(board);
    said.insert(said.end(), late.begin(), late.end());
    for (const auto &[publisher, gaps] : publishers) {
        if (!gaps.provisional.empty()) {
            said.push_back(fmt::format("{} from {} {} provisional.",
                                       months_in_words(gaps.provisional), source_name(publisher),
                                       gaps.provisional.size() == 1 ? "is" : "are"));
        }
    }
    return said;
}

std::vector<std::string> cells(const DashboardRow &row) {
    const auto &analysis = *row.analysis;
    const auto &change = analysis.change;
    const auto &projection = analysis.projection;
    const bool comparable = analysis.pair.comparable();
    const bool projected = projection.possible();
    const auto whole = [](double value) { return fmt::format("{}", std::llround(value)); };
    return {analysis.served.measure.key,
            analysis.served.measure.title,
            analysis.served.measure.publisher,
            analysis.period_in_words(),
            row.now() ? whole(*row.now()) : "",
            comparable ? whole(analysis.before) : "",
            change.percent && !change.percent_suppressed ? fmt::format("{:.1f}", *change.percent)
                                                         : "",
            std::string{stats::verdict_in_words(change.verdict)},
            change.ratio ? fmt::format("{:.3f}", change.interval.low) : "",
            change.ratio ? fmt::format("{:.3f}", change.interval.high) : "",
            projected ? whole(projection.chosen.value) : "",
            projected ? whole(projection.chosen.interval80.low) : "",
            projected ? whole(projection.chosen.interval80.high) : "",
            control_words(analysis)};
}

const std::vector<std::string> column_names = {
    "key",       "measure",          "publisher",         "period",       "now",
    "before",    "change_percent",   "verdict",           "ratio_low_95", "ratio_high_95",
    "projected", "projected_low_80", "projected_high_80", "control_chart"};

/// Measures whose evidence ended long before the others' say nothing of the same time.
void set_old_apart(Dashboard &board) {
    const auto is_old = [&](const DashboardRow &row) {
        return board.now->last() - row.analysis->last > 12;
    };
    std::copy_if(board.rows.begin(), board.rows.end(), std::back_inserter(board.old), is_old);
    std::erase_if(board.rows, is_old);
}

} // namespace

std::optional<double> DashboardRow::now() const {
    if (comparable()) {
        return analysis->pair.now_sum;
    }
    const auto known = so_far(*analysis);
    return known ? std::optional{known->count} : std::nullopt;
}

Dashboard make_dashboard(const Desk &desk, const DashboardOptions &options) {
    const auto at = desk.standpoint(options.asking);
    if (!at) {
        const auto whole = *desk.standpoint({});
        return {whole, options.basis, "There is no such place here", "", {}, {}, {}, {}, {}, 0};
    }
    Dashboard board{*at, options.basis, {}, {}, {}, {}, {}, {}, {}, 0};
    std::set<std::string> seen;
    for (const auto &measure : desk.measures()) {
        if (!measure.dashboard || (!options.theme.empty() && measure.theme != options.theme)) {
            continue;
        }
        auto analysis = desk.analyse(measure, *at, options.basis);
        if (analysis && analysis->has_rows() &&
            seen.insert(source_identity(*analysis->served.source)).second) {
            board.rows.push_back({&measure, std::move(analysis), false});
        }
    }
    for (const auto &row : board.rows) {
        if (!board.now || row.analysis->last > board.now->last()) {
            board.now = row.analysis->pair.now;
            board.before = row.analysis->pair.before;
            board.lead = fmt::format(
                "{}, {}{}.", core::capitalised(at->area.name), row.analysis->period_in_words(),
                row.comparable() ? " against " + row.analysis->before_in_words() : std::string{});
        }
    }
    if (board.now) {
        set_old_apart(board);
    }
    for (auto &row : board.rows) {
        row.late = row.analysis->last < board.now->last();
    }
    board.sources = desk.reader().coverage("", at->as_known_on).size();
    sort_rows(board.rows, options.sort);
    board.headline = board.rows.empty() ? "No evidence to show yet" : count_headline(board.rows);
    board.soundness = soundness_of(board);
    return board;
}

std::string dashboard_csv(const Dashboard &dashboard) {
    auto text = core::csv_line(column_names);
    for (const auto &row : dashboard.rows) {
        text += core::csv_line(cells(row));
    }
    return text;
}

std::string dashboard_json(const Dashboard &dashboard) {
    nlohmann::ordered_json document;
    document["place"] = dashboard.at.area.name;
    document["as_known_on"] = dashboard.at.as_known_on.iso();
    document["headline"] = dashboard.headline;
    document["notes"] = dashboard.soundness;
    document["measures"] = nlohmann::ordered_json::array();
    for (const auto &row : dashboard.rows) {
        nlohmann::ordered_json one;
        const auto values = cells(row);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto number = core::parse_real(values[i]);
            if (values[i].empty()) {
                one[column_names[i]] = nullptr;
            } else if (number && i >= 4) {
                one[column_names[i]] = *number;
            } else {
                one[column_names[i]] = values[i];
            }
        }
        document["measures"].push_back(std::move(one));
    }
    return document.dump(2) + "\n";
}

} // namespace wardmote::evidence
