// What the board is told of its own work.
#include <algorithm>

#include "engine/core/text.hpp"
#include "work/funding/funding.hpp"
#include "work/partnership/partnership.hpp"
#include "work/plan/plan.hpp"
#include "work/reports/council_records.hpp"
#include "work/reports/inner_records.hpp"

#include <fmt/format.h>

namespace wardmote::reports {

namespace {

using document::Item;
using plan::ActionStanding;

std::string on(const std::optional<core::Date> &day) {
    return day ? day->text() : std::string{"Not set"};
}

std::string named(const ActionStanding &action) {
    return action.ref + " " + action.title;
}

/// "Violent crime: 9 actions: 7 on track, 1 off track and 1 finished".
std::string summary_of(const std::string &priority, const std::vector<ActionStanding> &all) {
    std::vector<std::string> kinds; // in the order in which they first come
    std::map<std::string, std::int64_t> counts;
    std::int64_t actions = 0;
    for (const auto &action : all) {
        if (action.priority == priority) {
            ++actions;
            if (counts[action.computed]++ == 0) {
                kinds.push_back(action.computed);
            }
        }
    }
    std::vector<std::string> parts;
    for (const auto &kind : kinds) {
        parts.push_back(fmt::format("{} {}", counts[kind], core::lower(kind)));
    }
    return fmt::format("{}: {}, {}.", priority, core::counted(actions, "action", "actions"),
                       core::joined(parts));
}

void add_priorities(Records &records, const std::vector<ActionStanding> &standings) {
    std::vector<std::string> summaries;
    std::string last;
    for (const auto &action : standings) {
        if (action.priority != last) {
            last = action.priority;
            summaries.push_back(summary_of(last, standings));
        }
    }
    records.list("plan.priorities", items_of(summaries));
}

/// Those that a test holds of, counted and told.
template <class Test, class Words>
void add_named(Records &records, const Looking &looking, const std::string &key,
               std::string definition, const std::vector<ActionStanding> &standings, Test test,
               Words words) {
    Count count{.key = key,
                .table = "action",
                .one = "action",
                .many = "actions",
                .definition = std::move(definition),
                .filter = {},
                .counted = {}};
    std::vector<std::string> told;
    for (const auto &action : standings) {
        if (test(action)) {
            count.counted.push_back(named(action));
            told.push_back(fmt::format("{}: {}.", named(action), words(action)));
        }
    }
    records.count(count, looking);
    records.list(key, items_of(told));
}

void add_progress(Records &records, db::Transaction &tx, const Looking &looking) {
    const auto year = plan_year_of(looking.as_at).name();
    const auto standings = plan::standings_of_year(tx, year, looking.as_at);
    add_priorities(records, standings);
    add_named(
        records, looking, "plan.overdue", "Actions in progress that are past their date", standings,
        [](const ActionStanding &action) { return action.overdue > 0; },
        [](const ActionStanding &action) {
            return fmt::format("{}, led by {}",
                               core::counted(action.overdue, "day overdue", "days overdue"),
                               action.led_by);
        });
    add_named(
        records, looking, "plan.silent", "Actions whose owner has not answered for over a week",
        standings, [](const ActionStanding &action) { return action.silent; },
        [](const ActionStanding &action) { return "led by " + action.led_by; });
    chart::Table table{
        "How each action stands: as the plan computes it, and as its owner says",
        {{"Action"}, {"Priority"}, {"Computed"}, {"Why"}, {"Its owner says"}, {"Since last time"}},
        {}};
    for (const auto &action : standings) {
        table.rows.push_back({named(action), action.priority, action.computed, action.why,
                              action.said.empty() ? "Nothing yet" : action.said,
                              core::capitalised(action.direction)});
    }
    records.table("plan.progress", std::move(table));
}

void add_log(Records &records, db::Transaction &tx, const Looking &looking) {
    Count count{.key = "board.actions",
                .table = "board_action",
                .one = "action",
                .many = "actions",
                .definition = "Actions agreed at meetings of the board and not done",
                .filter = {},
                .counted = {}};
    chart::Table table{
        "The action log", {{"What"}, {"Who"}, {"Agreed at"}, {"Due"}, {"Came back", true}}, {}};
    for (const auto &action : partnership::open_board_actions(tx, looking.as_at)) {
        count.counted.push_back(action.words);
        table.rows.push_back({action.words, action.owner.empty() ? "Nobody" : action.owner,
                              action.meeting, action.due.text(),
                              core::counted(action.carried, "time", "times")});
    }
    records.count(count, looking);
    records.table("board.actions", std::move(table));
}

void add_risks(Records &records, db::Transaction &tx, const Looking &looking) {
    Count count{.key = "risks",
                .table = "risk",
                .one = "risk",
                .many = "risks",
                .definition = "Risks to the partnership that are open",
                .filter = {},
                .counted = {}};
    chart::Table table{"Risks, what remains of them worst first",
                       {{"Risk"},
                        {"With nothing done", true},
                        {"What remains", true},
                        {"Level"},
                        {"What is done"},
                        {"Next review"}},
                       {}};
    for (const auto &risk : partnership::open_risks(tx, looking.as_at)) {
        count.counted.push_back(risk.title);
        table.rows.push_back({risk.title, std::to_string(risk.before), std::to_string(risk.after),
                              risk.level, risk.mitigation, on(risk.review_on)});
    }
    records.count(count, looking);
    records.table("risks", std::move(table));
}

void add_duties(Records &records, db::Transaction &tx, const Looking &looking) {
    if (looking.rules == nullptr) {
        return;
    }
    Count count{.key = "duties",
                .table = "duty",
                .one = "duty",
                .many = "duties",
                .definition = "Duties of the law that the records do not prove",
                .filter = {},
                .counted = {}};
    chart::Table table{
        "Duties that are open", {{"Duty"}, {"Source"}, {"What is missing"}, {"By"}}, {}};
    for (const auto &duty : partnership::open_duties(tx, *looking.rules, looking.as_at)) {
        count.counted.push_back(duty.words);
        table.rows.push_back({duty.words, duty.source, duty.missing,
                              duty.overdue ? "Overdue"
                              : duty.by    ? duty.by->text()
                                           : std::string{}});
    }
    records.count(count, looking);
    records.table("duties", std::move(table));
}

void add_money(Records &records, db::Transaction &tx, const Looking &looking) {
    const auto year = plan_year_of(looking.as_at);
    Count of{.key = {},
             .table = "grant_line",
             .one = "grant",
             .many = "grants",
             .definition = {},
             .filter = "of grants in " + year.name(),
             .counted = {}};
    core::Money budget, actual, outturn;
    chart::Table table{fmt::format("Grants in {}", year.name()),
                       {{"Grant"},
                        {"Funder"},
                        {"Budget", true},
                        {"Spent", true},
                        {"Forecast for the year", true},
                        {"Left of the budget", true}},
                       {}};
    for (const auto &grant : funding::grants_in_year(tx, year)) {
        if (grant.budget == core::Money{} && grant.gives == core::Money{}) {
            continue; // of other years
        }
        of.counted.push_back(grant.reference);
        budget = budget + grant.budget;
        actual = actual + grant.actual;
        outturn = outturn + grant.outturn;
        table.rows.push_back({grant.title, grant.funder, grant.budget.text(), grant.actual.text(),
                              grant.outturn.text(), grant.left().text()});
    }
    records.table("money", std::move(table));
    if (!of.counted.empty()) {
        for (const auto &[key, definition, amount] :
             {std::tuple{"money.budget", "Budget of the lines", budget},
              {"money.spent", "Spend of the lines", actual},
              {"money.outturn", "Spend and forecast of the lines", outturn}}) {
            of.key = key;
            of.definition = definition;
            records.sum(of, amount, looking);
        }
    }
    const auto outlook = funding::outlook(tx, looking.as_at);
    chart::Table cliff{"Posts that grants pay for, by financial year", {{"Post"}}, {}};
    for (const auto &each : outlook.years) {
        cliff.columns.push_back({each});
    }
    for (const auto &post : outlook.posts) {
        cliff.rows.push_back({post.title});
        std::ranges::copy(post.years, std::back_inserter(cliff.rows.back()));
    }
    records.table("cliff", std::move(cliff));
}

} // namespace

void add_board(Records &records, db::Transaction &tx, const Looking &looking) {
    if (const auto next = partnership::next_board_meeting(tx, looking.as_at)) {
        records.say("next_meeting", next->starts.london_date().text());
    }
    add_progress(records, tx, looking);
    add_log(records, tx, looking);
    add_risks(records, tx, looking);
    add_duties(records, tx, looking);
    add_money(records, tx, looking);
}

} // namespace wardmote::reports
