#include "work/plan/refresh.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "work/plan/plan.hpp"

namespace wardmote::plan {

namespace {

/// Fields that every carried action has anew, and that tell nobody anything.
constexpr std::array uncompared{"priority",     "starts",   "due",          "state",
                                "state_reason", "state_on", "carried_from", "in_reports"};

record::Problems problems_of(db::Transaction &tx, const Refresh &how, const std::string &next) {
    record::Problems problems;
    const auto there = years(tx);
    if (std::ranges::find(there, next) != there.end()) {
        problems.push_back({"", fmt::format("The plan of {} is there already", next)});
    }
    if (how.summary.empty()) {
        problems.push_back({"summary", "Say what is new next year, and why"});
    }
    for (const auto &action : unfinished(tx, how.from)) {
        const auto decision = std::ranges::find(how.decisions, action.id, &Decision::action);
        if (decision == how.decisions.end()) {
            problems.push_back({"fate-" + action.id, fmt::format("Decide what becomes of {} {}",
                                                                 action.ref, action.title)});
        } else if (decision->fate != Fate::carry && decision->reason.empty()) {
            problems.push_back(
                {"reason-" + action.id,
                 fmt::format("Say why {} {} is {}", action.ref, action.title,
                             decision->fate == Fate::finish ? "finished" : "dropped")});
        }
    }
    return problems;
}

/// Copies the priorities of a year into the next: the old id to the new.
std::map<std::string, std::string> carry_priorities(record::Keeper &keeper, db::Transaction &tx,
                                                    const std::string &from,
                                                    const std::string &plan_year) {
    std::map<std::string, std::string> carried;
    for (const auto &row : tx.query("select p.id from priority p join plan_year y "
                                    "on y.tenant = p.tenant and y.id = p.plan_year "
                                    "where p.tenant = :tenant and p.removed is null "
                                    "and y.removed is null and y.year = :year order by p.number",
                                    {{"tenant", tx.tenant()}, {"year", from}})) {
        const auto id = row.text("id");
        auto priority = keeper.get<Priority>(tx, id).value().value;
        priority.plan_year = core::Id::parse(plan_year);
        priority.carried_from = core::Id::parse(id);
        priority.ratified_on.reset(); // each year's are ratified anew
        priority.ratified_minute.clear();
        carried[id] = keeper.add(tx, priority);
    }
    return carried;
}

void carry(record::Keeper &keeper, db::Transaction &tx, const record::Kept<Action> &old,
           const std::string &priority, core::FinancialYear next, core::Date on) {
    auto action = old.value;
    action.priority = core::Id::parse(priority);
    action.starts = next.first_month().first_day();
    action.due = next.last_month().last_day();
    action.carried_from = core::Id::parse(old.id);
    action.state_reason.clear();
    action.in_reports.clear(); // told of the year that ends
    action.state_on = on;
    const auto id = keeper.add(tx, action);
    set_links(tx, keeper.ledger(), id, links_of(tx, old.id));
}

void close(record::Keeper &keeper, db::Transaction &tx, const record::Kept<Action> &old,
           const Decision &decision, core::Date on) {
    auto action = old.value;
    action.state = decision.fate == Fate::carry    ? ActionState::carried_over
                   : decision.fate == Fate::finish ? ActionState::done
                                                   : ActionState::dropped;
    action.state_reason = decision.reason;
    action.state_on = on;
    keeper.update(tx, record::description<Action>(), old.id, old.version,
                  record::values_of(action));
}

} // namespace

std::vector<ActionSummary> unfinished(db::Transaction &tx, std::string_view year) {
    auto all = actions_of_year(tx, year);
    std::erase_if(all, [](const ActionSummary &action) {
        return action.state != "in_progress" && action.state != "proposed";
    });
    return all;
}

std::pair<std::string, record::Problems> refresh(record::Keeper &keeper, db::Transaction &tx,
                                                 const Refresh &how) {
    const auto year = core::FinancialYear::parse(how.from);
    const auto row = tx.first("select strategy from plan_year where tenant = :tenant "
                              "and year = :year and removed is null",
                              {{"tenant", tx.tenant()}, {"year", how.from}});
    if (!year || !row) {
        return {{}, {{"", "There is no plan of that year"}}};
    }
    const auto next = *year + 1;
    if (auto problems = problems_of(tx, how, next.name()); !problems.empty()) {
        return {{}, std::move(problems)};
    }
    const auto plan_year =
        keeper.add(tx, PlanYear{.strategy = core::Id::parse(row->text("strategy")),
                                .year = next.name(),
                                .summary = how.summary,
                                .refreshed_on = how.on});
    const auto priorities = carry_priorities(keeper, tx, how.from, plan_year);
    for (const auto &each : unfinished(tx, how.from)) {
        const auto old = keeper.get<Action>(tx, each.id).value();
        const auto &decision = *std::ranges::find(how.decisions, each.id, &Decision::action);
        if (decision.fate == Fate::carry) {
            carry(keeper, tx, old, priorities.at(old.value.priority->text()), next, how.on);
        }
        close(keeper, tx, old, decision, how.on);
    }
    return {next.name(), {}};
}

Comparison compare(record::Keeper &keeper, db::Transaction &tx, std::string_view earlier,
                   std::string_view later, core::Date today) {
    const auto &what = record::description<Action>();
    const auto before = load_year(tx, earlier, today).lines;
    Comparison is;
    std::map<std::string, record::Stored> stored; // of both years, in one statement
    for (auto &record : keeper.list(tx, what, {.page_size = 0}, {.all_restricted = true}).records) {
        stored.emplace(record.id, std::move(record));
    }
    for (const auto &line : load_year(tx, later, today).lines) {
        const auto &now = stored.at(line.id);
        const auto from = db::text_of(now.values[what.index("carried_from")]);
        const auto old = std::ranges::find(before, from, &Line::id);
        if (old == before.end()) {
            is.added.push_back(line);
            continue;
        }
        Comparison::Carried carried{.before = *old, .after = line};
        for (const auto &difference :
             record::differences(what, stored.at(old->id).values, now.values)) {
            if (std::ranges::find(uncompared, difference.field) == uncompared.end()) {
                carried.changed.emplace_back(what.field(difference.field).label);
            }
        }
        is.carried.push_back(std::move(carried));
    }
    for (const auto &line : before) {
        switch (line.facts.state) {
        case ActionState::done:
            is.finished.push_back(line);
            break;
        case ActionState::dropped:
            is.dropped.push_back(line);
            break;
        case ActionState::carried_over:
            break;
        case ActionState::proposed:
        case ActionState::in_progress:
            is.left.push_back(line);
        }
    }
    return is;
}

} // namespace wardmote::plan
