#include "work/evidence/dashboard.hpp"

#include <algorithm>
#include <cmath>
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
                             return a.pair.now_sum > b.pair.now_sum;
                         }
                         if (clear(a.change) != clear(b.change)) {
                             return clear(a.change);
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
    for (const auto &row : rows) {
        falls += row.analysis->change.verdict == Verdict::fall ? 1U : 0U;
        rises += row.analysis->change.verdict == Verdict::rise ? 1U : 0U;
    }
    const auto of = core::counted(static_cast<std::int64_t>(rows.size()), "measure", "measures");
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

/// Gaps first, then what is late, then what is provisional.
std::vector<std::string> soundness_of(const Dashboard &board) {
    std::map<std::string, std::vector<core::Month>> gap_months;
    std::vector<std::string> late;
    std::map<std::string, std::set<std::string>> provisional;
    for (const auto &row : board.rows) {
        const auto &analysis = *row.analysis;
        const auto &publisher = analysis.served.measure.publisher;
        if (!analysis.pair.missing.empty() || !analysis.missing.empty()) {
            auto &months = gap_months[publisher];
            for (const auto month : analysis.pair.missing) {
                if (std::find(months.begin(), months.end(), month) == months.end()) {
                    months.push_back(month);
                }
            }
        }
        if (row.late) {
            late.push_back(fmt::format("{} is known to {} only and compared to that month.",
                                       analysis.served.measure.title, analysis.last.text()));
        }
        if (!analysis.provisional.empty()) {
            provisional[publisher].insert(months_in_words(analysis.provisional));
        }
    }
    std::vector<std::string> said;
    for (auto &[publisher, months] : gap_months) {
        std::sort(months.begin(), months.end());
        if (!months.empty()) {
            said.push_back(fmt::format("{} {} not come from the {}: {} left out of both years.",
                                       months_in_words(months), months.size() == 1 ? "has" : "have",
                                       core::lower(publisher),
                                       months.size() == 1 ? "that month is" : "those months are"));
        }
    }
    if (late.size() > 3) {
        said.push_back(fmt::format("{} measures are known to earlier months only and compared to "
                                   "those.",
                                   late.size()));
    } else {
        said.insert(said.end(), late.begin(), late.end());
    }
    for (const auto &[publisher, months] : provisional) {
        if (!months.empty()) {
            said.push_back(fmt::format(
                "{} from the {} {} provisional.", *months.begin(), core::lower(publisher),
                months.begin()->find(" and ") == std::string::npos ? "is" : "are"));
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
            comparable ? whole(analysis.pair.now_sum) : "",
            comparable ? whole(analysis.before) : "",
            change.percent && !change.percent_suppressed ? fmt::format("{:.1f}", *change.percent)
                                                         : "",
            std::string{stats::verdict_in_words(change.verdict)},
            change.ratio ? fmt::format("{:.3f}", change.interval.low) : "",
            change.ratio ? fmt::format("{:.3f}", change.interval.high) : "",
            projected ? whole(projection.chosen.value) : "",
            projected ? whole(projection.chosen.interval80.low) : "",
            projected ? whole(projection.chosen.interval80.high) : "",
            stats::chart_state_in_words(analysis.control)};
}

const std::vector<std::string> column_names = {
    "key",       "measure",          "publisher",         "period",       "now",
    "before",    "change_percent",   "verdict",           "ratio_low_95", "ratio_high_95",
    "projected", "projected_low_80", "projected_high_80", "control_chart"};

} // namespace

Dashboard make_dashboard(const Desk &desk, const DashboardOptions &options) {
    const auto at = desk.standpoint(options.asking);
    if (!at) {
        const auto whole = *desk.standpoint({});
        return {whole, options.basis, "There is no such place here", "", {}, {}, {}, {}, 0};
    }
    Dashboard board{*at, options.basis, {}, {}, {}, {}, {}, {}, 0};
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
            board.lead =
                fmt::format("{}, {} against {}.", core::capitalised(at->area.name),
                            row.analysis->period_in_words(), row.analysis->before_in_words());
        }
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
