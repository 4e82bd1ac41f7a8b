#include <algorithm>

#include <fmt/format.h>

#include "platform/law/parameters.hpp"
#include "platform/record/keeper.hpp"
#include "work/funding/monitoring_return.hpp"
#include "work/funding/plan_link.hpp"
#include "work/funding/steps.hpp"

namespace wardmote::funding {

namespace {

/// From the first day of the quarter's year to its last.
core::Period to_date(core::Quarter quarter) {
    return quarter.year().to_date(quarter.period().last());
}

void freeze(db::Transaction &tx, std::string_view id, const std::vector<ReturnFigure> &figures) {
    const auto submission =
        tx.first("select coalesce(max(submission), 0) + 1 as next from return_figure "
                 "where tenant = :tenant and monitoring_return = :id",
                 {{"tenant", tx.tenant()}, {"id", std::string{id}}})
            ->integer("next");
    std::int64_t number = 0;
    for (const auto &figure : figures) {
        tx.execute("insert into return_figure (tenant, monitoring_return, submission, number, "
                   "name, words, amount, source) values (:tenant, :id, :submission, :number, "
                   ":name, :words, :amount, :source)",
                   {{"tenant", tx.tenant()},
                    {"id", std::string{id}},
                    {"submission", submission},
                    {"number", ++number},
                    {"name", figure.name},
                    {"words", figure.words},
                    {"amount", figure.amount ? db::Value{figure.amount->pence()} : db::Value{}},
                    {"source", figure.source}});
    }
}

} // namespace

std::string stored_quarter(core::Quarter quarter) {
    return fmt::format("{} Q{}", quarter.year().name(), quarter.number());
}

std::optional<core::Quarter> parse_stored_quarter(std::string_view stored) {
    if (stored.size() != 10 || stored.substr(7, 2) != " Q" || stored[9] < '1' || stored[9] > '4') {
        return std::nullopt;
    }
    const auto year = core::FinancialYear::parse(stored.substr(0, 7));
    return year ? std::optional{core::Quarter{*year, static_cast<unsigned>(stored[9] - '0')}}
                : std::nullopt;
}

std::pair<core::Date, std::string> due_day(const law::Parameters &parameters,
                                           core::Quarter quarter) {
    const auto end = quarter.period().last().last_day();
    const auto &row = parameters.at(fmt::format("grant.return.q{}", quarter.number()), end);
    const auto day = row.day_in(end.year());
    return {day > end ? day : row.day_in(end.year() + 1), row.id};
}

std::vector<ReturnFigure> prefilled(db::Transaction &tx, std::string_view grant,
                                    core::Quarter quarter, core::Date today) {
    const auto year = quarter.year();
    const auto period = to_date(quarter);
    const auto kept_on = ", as kept on " + today.text();
    std::vector<ReturnFigure> figures;
    YearTotals all;
    core::Money spent_in_all;
    const auto add = [&](const std::string &name, core::Money amount, const std::string &source) {
        figures.push_back({name, amount.text(), amount, source + kept_on});
    };
    const auto lines = lines_of(tx, grant);
    for (const auto &line : lines) {
        const auto months = months_of(tx, line.id, year.period());
        const auto totals = totals_of(months, year, in_year(line.budget, year));
        core::Money spent;
        for (const auto &[month, money] : months) {
            if (period.contains(month)) {
                spent = spent + money.actual.value_or(core::Money{});
            }
        }
        const auto of_line = fmt::format(" of the line “{}”", line.title);
        add(line.title + ": budget " + year.name(), totals.budget, "Budget" + of_line);
        add(line.title + ": spend to date", spent,
            "Spend of the months " + period.text() + of_line);
        add(line.title + ": forecast for the year", totals.outturn,
            "Spend of the months that have it and forecast of the others in " + year.name() +
                of_line);
        all.budget = all.budget + totals.budget;
        all.outturn = all.outturn + totals.outturn;
        spent_in_all = spent_in_all + spent;
    }
    add("All lines: budget " + year.name(), all.budget, "Sum of the lines");
    add("All lines: spend to date", spent_in_all, "Sum of the lines");
    add("All lines: forecast for the year", all.outturn, "Sum of the lines");
    for (const auto &action : actions_of_lines(tx, lines, year)) {
        figures.push_back({fmt::format("Action {}: {}", action.ref, action.title),
                           action.how,
                           {},
                           "The plan of " + year.name() + kept_on});
    }
    return figures;
}

std::vector<ReturnFigure> submitted_figures(db::Transaction &tx, std::string_view id) {
    std::vector<ReturnFigure> figures;
    tx.each("select name, words, amount, source from return_figure where tenant = :tenant "
            "and monitoring_return = :id and submission = (select max(submission) from "
            "return_figure where tenant = :tenant and monitoring_return = :id) order by number",
            {{"tenant", tx.tenant()}, {"id", std::string{id}}}, [&](const db::Row &row) {
                const auto pence = row.optional_integer("amount");
                figures.push_back({row.text("name"), row.text("words"),
                                   pence ? std::optional{core::Money::pence(*pence)} : std::nullopt,
                                   row.text("source")});
            });
    return figures;
}

bool must_explain(db::Transaction &tx, std::string_view grant, core::Quarter quarter) {
    const auto year = quarter.year();
    core::Money budget;
    core::Money spent;
    for (const auto &line : lines_of(tx, grant)) {
        budget = budget + in_year(line.budget, year);
        for (const auto &[month, money] : months_of(tx, line.id, to_date(quarter))) {
            spent = spent + money.actual.value_or(core::Money{});
        }
    }
    // An even share is quarters / 4 of the budget; multiplied out, so that no pence are lost.
    const auto share = budget.pence() * quarter.number();
    return budget > core::Money{} && (share - 4 * spent.pence()) * 10'000 >= explained_from * share;
}

record::Problems step_return(record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                             std::string_view verb, law::Roles roles, std::string_view reason) {
    const auto now = keeper.clock().now();
    const auto me = core::Id::parse(tx.scope().person);
    const Taking<Return> taking{
        .holds =
            [&](std::string_view guard, const Return &value) {
                if (guard == "narrative") {
                    return !value.narrative.empty();
                }
                if (guard == "explained") {
                    return !value.underspend.empty() ||
                           !must_explain(tx, value.grant->text(),
                                         parse_stored_quarter(value.quarter).value());
                }
                return me.has_value() && value.author != me;
            },
        .change =
            [&](std::string_view taken, Return &value) {
                if (taken == "check") {
                    value.author = me;
                    value.checker.reset();
                } else if (taken == "submission") {
                    value.checker = me;
                    value.submitted = now;
                    freeze(tx, id,
                           prefilled(tx, value.grant->text(),
                                     parse_stored_quarter(value.quarter).value(),
                                     now.london_date()));
                }
                return record::Problems{};
            }};
    return take_step<Return>(keeper, tx, return_lifecycle(), id, verb, roles, reason, taking);
}

std::string open_return(record::Keeper &keeper, db::Transaction &tx,
                        const law::Parameters &parameters, std::string_view grant,
                        core::Quarter quarter) {
    const auto there =
        tx.first("select id from monitoring_return where tenant = :tenant "
                 "and grant_agreement = :grant and quarter = :quarter and removed is null",
                 {{"tenant", tx.tenant()},
                  {"grant", std::string{grant}},
                  {"quarter", stored_quarter(quarter)}});
    if (there) {
        return there->text("id");
    }
    auto [day, rule] = due_day(parameters, quarter);
    return keeper.add(tx, Return{.grant = core::Id::parse(grant),
                                 .quarter = stored_quarter(quarter),
                                 .due = day,
                                 .due_rule = std::move(rule)});
}

std::vector<ReturnDue> returns_due(db::Transaction &tx, const law::Parameters &parameters,
                                   core::Date today) {
    std::vector<ReturnDue> due;
    const auto last = core::Quarter::containing(core::Month{today} - 3);
    tx.each(
        "select g.id, g.reference, g.title from grant_agreement g join grant_year y "
        "on y.tenant = g.tenant and y.grant_agreement = g.id and y.year = :year "
        "where g.tenant = :tenant and g.state = 'agreed' and g.removed is null "
        "and not exists (select 1 from monitoring_return r where r.tenant = g.tenant "
        "and r.grant_agreement = g.id and r.quarter = :quarter and r.removed is null) "
        "order by g.reference",
        {{"tenant", tx.tenant()}, {"year", last.year().name()}, {"quarter", stored_quarter(last)}},
        [&](const db::Row &row) {
            due.push_back({.id = {},
                           .grant = row.text("id"),
                           .reference = row.text("reference"),
                           .title = row.text("title"),
                           .state = {},
                           .quarter = last,
                           .due = due_day(parameters, last).first});
        });
    tx.each("select r.id, r.grant_agreement, r.quarter, r.due, r.state, g.reference, g.title "
            "from monitoring_return r join grant_agreement g on g.tenant = r.tenant "
            "and g.id = r.grant_agreement where r.tenant = :tenant and r.removed is null "
            "and g.removed is null and r.state in ('draft', 'finance_check', 'queried')",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                due.push_back({.id = row.text("id"),
                               .grant = row.text("grant_agreement"),
                               .reference = row.text("reference"),
                               .title = row.text("title"),
                               .state = row.text("state"),
                               .quarter = parse_stored_quarter(row.text("quarter")).value(),
                               .due = core::Date::parse(row.text("due")).value()});
            });
    std::ranges::stable_sort(due, {}, &ReturnDue::due);
    return due;
}

} // namespace wardmote::funding
