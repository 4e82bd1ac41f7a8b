#include "work/plan/plan.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/refresh.hpp"
#include "work/plan/steps.hpp"
#include "work/plan/strategy.hpp"
#include "work/plan/year.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

void gather(db::Transaction &tx, const access::Visit &visit, site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::view, "action")) {
        return;
    }
    for (const auto &one : unanswered(tx, visit.person.id)) {
        home.waiting.push_back(
            {.item = {.what = {fmt::format("Say how {} {} stands", one.ref, one.title),
                               fmt::format("/actions/{}/progress", one.action)},
                      .after = "asked for " + one.quarter},
             .thing = {"action", one.action, one.quarter},
             .by = one.asked.london_date().plus_days(days_to_answer)});
    }
    for (const auto &action : actions_of_lead(tx, visit.person.id)) {
        const auto page = "/actions/" + action.id;
        home.due.push_back({.thing = {"action", action.id, {}},
                            .on = action.due,
                            .what = {action.ref + " " + action.title, page},
                            .rule = "The plan of " + action.year,
                            .act = {"Report progress", page + "/progress"}});
    }
}

} // namespace

void routes(site::Site &site, const evidence::Workspace *workspace) {
    const Desk desk{&site, workspace};
    site.section({"Plan", "/plan", Need::to(Act::view, "action"), "g l"});
    const std::vector<html::Link> above{{"Plan", "/plan"}};
    const site::RecordPages plain{.section = "/plan", .parents = above};
    auto strategies = plain;
    strategies.columns = {"title", "first_year", "state"};
    strategies.more = [](db::Transaction &tx, const access::Visit &visit,
                         const record::Stored &strategy) {
        const auto buttons = step_buttons(tx, visit, steered_strategy(), strategy);
        return buttons.empty()
                   ? buttons
                   : html::format(R"(<div class="govuk-button-group">{}</div>)", buttons);
    };
    site.records<Strategy>(strategies);
    site.records<PlanYear>(plain);
    auto priorities = plain;
    priorities.columns = {"title", "plan_year", "number", "ratified_on"};
    site.records<Priority>(priorities);
    auto actions = plain;
    actions.columns = {"ref", "title", "activity_group", "lead_organisation", "due", "state"};
    actions.imports = true;
    actions.instead["GET /:id"] = [desk](const web::Request &request) {
        return show_action(desk, request);
    };
    site.records<Action>(actions);
    add_plan_pages(desk);
    add_action_pages(desk);
    add_progress_pages(desk);
    add_ratification_pages(desk);
    add_refresh_pages(desk);
    site.home(gather);
}

} // namespace wardmote::plan
