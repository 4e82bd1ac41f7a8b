// What reports ask of the money.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/funding/cliff_store.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/monitoring_return.hpp"

namespace wardmote::funding {

namespace {

/// The agreement that a return is about: its id, or the first by reference agreed by a day.
std::optional<db::Row> agreement(db::Transaction &tx, std::string_view grant, core::Date day) {
    return tx.first("select g.id, g.title, g.reference, o.name as funder from grant_agreement g "
                    "join organisation o on o.tenant = g.tenant and o.id = g.funder "
                    "where g.tenant = :tenant and g.removed is null and g.state <> 'draft' "
                    "and coalesce(g.agreed_on, '') <= :day "
                    "and (:wanted = '' or g.id = :wanted or lower(g.reference) = lower(:wanted)) "
                    "order by lower(g.reference), g.id limit 1",
                    {{"tenant", tx.tenant()}, {"wanted", std::string{grant}}, {"day", day.iso()}});
}

/// "TITLE: spend to date" with an amount is a sum of a line; without one it is what was done.
void take_figures(ReturnSummary &summary, const std::vector<ReturnFigure> &figures) {
    for (const auto &figure : figures) {
        const auto colon = figure.name.rfind(": ");
        if (!figure.amount || colon == figure.name.npos) {
            constexpr std::string_view action = "Action ";
            auto name = figure.name;
            if (name.starts_with(action)) {
                name.erase(0, action.size());
                if (const auto at = name.find(": "); at != name.npos) {
                    name.erase(at, 1); // the plan's "2.1: Training" is told as "2.1 Training"
                }
            }
            summary.outputs.push_back({std::move(name), figure.words});
            continue;
        }
        const auto title = figure.name.substr(0, colon);
        const auto what = std::string_view{figure.name}.substr(colon + 2);
        if (summary.lines.empty() || summary.lines.back().title != title) {
            summary.lines.push_back({.title = title});
        }
        auto &line = summary.lines.back();
        (what.starts_with("budget")  ? line.budget
         : what.starts_with("spend") ? line.spent
                                     : line.outturn) = *figure.amount;
    }
}

} // namespace

std::vector<GrantYear> grants_in_year(db::Transaction &tx, core::FinancialYear year) {
    std::vector<GrantYear> grants;
    tx.each("select g.id, g.title, g.reference, g.state, o.name as funder from grant_agreement g "
            "join organisation o on o.tenant = g.tenant and o.id = g.funder "
            "where g.tenant = :tenant and g.removed is null order by lower(g.reference), g.id",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                grants.push_back(
                    {.id = row.text("id"),
                     .title = row.text("title"),
                     .reference = row.text("reference"),
                     .funder = row.text("funder"),
                     .state = std::string{grant_lifecycle().state(row.text("state"))->words}});
            });
    for (auto &grant : grants) {
        grant.gives = in_year(amounts_of(tx, grant.id), year);
        for (const auto &line : lines_of(tx, grant.id)) {
            const auto sums =
                totals_of(months_of(tx, line.id, year.period()), year, in_year(line.budget, year));
            grant.budget = grant.budget + sums.budget;
            grant.actual = grant.actual + sums.actual;
            grant.outturn = grant.outturn + sums.outturn;
        }
    }
    return grants;
}

FundingOutlook outlook(db::Transaction &tx, core::Date today) {
    const auto input = cliff_input(tx);
    const auto [first, last] = years_of(input, today);
    const auto made = cliff(input, first, last, {});
    FundingOutlook all;
    for (const auto &year : made.years) {
        all.years.push_back(year.year.name());
    }
    for (const auto &row : made.rows) {
        const auto &post = input.posts[row.post];
        PostOutlook words{.title = post.title, .years = {}};
        for (const auto &year : row.years) {
            words.years.push_back(words_of(year, post.full_time_equivalent));
        }
        all.posts.push_back(std::move(words));
    }
    return all;
}

std::optional<ReturnSummary> return_of(db::Transaction &tx, std::string_view wanted,
                                       core::Date day) {
    const auto grant = agreement(tx, wanted, day);
    if (!grant) {
        return {};
    }
    const auto quarter = core::Quarter::containing(core::Month{day} - 3);
    ReturnSummary summary{.grant = grant->text("id"),
                          .title = grant->text("title"),
                          .reference = grant->text("reference"),
                          .funder = grant->text("funder"),
                          .quarter = quarter,
                          .state = "Not begun"};
    std::vector<ReturnFigure> figures;
    const auto kept = tx.first(
        "select id, state, due, narrative, outcomes, underspend, case_study "
        "from monitoring_return where tenant = :tenant and removed is null "
        "and grant_agreement = :grant and quarter = :quarter",
        {{"tenant", tx.tenant()}, {"grant", summary.grant}, {"quarter", stored_quarter(quarter)}});
    if (kept) {
        summary.state = return_lifecycle().state(kept->text("state"))->words;
        summary.due = core::Date::parse(kept->text("due"));
        summary.narrative = kept->text("narrative");
        summary.outcomes = kept->text("outcomes");
        summary.underspend = kept->text("underspend");
        summary.case_study = kept->text("case_study");
        figures = submitted_figures(tx, kept->text("id"));
    }
    summary.source = figures.empty()
                         ? fmt::format("the months of each line, as kept on {}", day.text())
                         : "the figures of the return as it was submitted";
    take_figures(summary, figures.empty() ? prefilled(tx, summary.grant, quarter, day) : figures);
    return summary;
}

} // namespace wardmote::funding
