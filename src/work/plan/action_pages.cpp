// The page of an action.
#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/home.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/typography.hpp"
#include "platform/web/address.hpp"
#include "work/plan/action_view.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/plan_view.hpp"
#include "work/plan/steps.hpp"

namespace wardmote::plan {

namespace {

using access::Act;

const record::Description &what() {
    return record::description<Action>();
}

std::string address(std::string_view id, std::string_view part = {}) {
    return fmt::format("{}/{}{}", what().path, id, part);
}

/// The action as its line of the plan: with names, and judged.
std::optional<Line> line_of(db::Transaction &tx, const Action &action, std::string_view id,
                            core::Date today) {
    const auto row = tx.first("select y.year from priority p join plan_year y "
                              "on y.tenant = p.tenant and y.id = p.plan_year "
                              "where p.tenant = :tenant and p.id = :priority",
                              {{"tenant", tx.tenant()}, {"priority", action.priority->text()}});
    if (row) {
        for (auto &line : load_year(tx, row->text("year"), today).lines) {
            if (line.id == id) {
                return std::move(line);
            }
        }
    }
    return std::nullopt;
}

std::string names_of(db::Transaction &tx, const std::vector<std::string> &organisations) {
    std::vector<std::string> names;
    for (const auto &id : organisations) {
        const auto row = tx.first("select name from organisation where tenant = :tenant "
                                  "and id = :id",
                                  {{"tenant", tx.tenant()}, {"id", id}});
        names.push_back(row ? row->text("name") : "an organisation");
    }
    return core::joined(names);
}

html::Html buttons(db::Transaction &tx, const access::Visit &visit, const record::Stored &stored,
                   const Action &action) {
    html::Html all;
    const bool may_edit = access::may(visit.person, Act::edit, what(), stored);
    if (may_edit && action.state == ActionState::in_progress) {
        all += html::button({.text = "Report progress", .href = address(stored.id, "/progress")});
    }
    all += step_buttons(tx, visit, steered_action(), stored, "carrying");
    if (may_edit) {
        all += html::button({.text = "Change",
                             .href = address(stored.id, "/edit"),
                             .classes = "govuk-button--secondary",
                             .attributes = {{"data-key", "e"}}});
        all += html::button({.text = "Partners, measures and places",
                             .href = address(stored.id, "/links"),
                             .classes = "govuk-button--secondary"});
    }
    return all.empty() ? all : html::format(R"(<div class="govuk-button-group">{}</div>)", all);
}

html::Html parts(const access::Visit &visit, const record::Stored &stored) {
    html::SubNavigation navigation{
        .label = "Parts of this action",
        .items = {{"Overview", address(stored.id), true}, {"Files", address(stored.id, "/files")}}};
    if (access::may(visit.person, Act::history, what(), stored)) {
        navigation.items.push_back({"History", address(stored.id, "/history")});
    }
    if (access::may(visit.person, Act::seen, what(), stored)) {
        navigation.items.push_back({"Who has looked", address(stored.id, "/seen")});
    }
    return html::sub_navigation(navigation);
}

/// How long there is yet, in the identity bar.
html::Html left(const Line &line, core::Date today) {
    const auto &facts = line.facts;
    if (line.judged.overdue > 0) {
        return html::format(R"(<span class="app-late">{}</span>)",
                            core::counted(line.judged.overdue, "day overdue", "days overdue"));
    }
    if (facts.state != ActionState::in_progress && facts.state != ActionState::proposed) {
        return line.state_on ? html::format("Since <b>{}</b>", line.state_on->text())
                             : html::Html{};
    }
    const int days = core::days_between(today, facts.due);
    return html::format("Due <b>{}</b>{}", facts.due.text(),
                        days > 0 ? ", in " + core::counted(days, "day", "days") : std::string{});
}

html::Html identity(const Line &line, core::Date today) {
    return html::identity_bar({.label = "Action " + line.ref,
                               .items = {html::format("<b>Action {}</b>", line.ref),
                                         standing_tag(line), left(line, today)}});
}

/// Its group in the plan of its year.
html::Link group_of(const Line &line) {
    const auto &group = activity_groups[static_cast<std::size_t>(line.group)];
    return {std::string{group.words},
            fmt::format("/plan?year={}&group={}", line.year, group.value)};
}

html::Html why(const Line &line) {
    return line.judged.why.empty()
               ? html::Html{}
               : html::inset_text(
                     {.text = line.judged.why +
                              (line.judged.differs ? ". The owner says otherwise" : "")});
}

} // namespace

web::Response show_action(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto today = desk.today(visit);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = desk.find(tx, request, what(), Act::view);
        if (!stored) {
            return missing(what());
        }
        ActionShown is{.action = record::typed<Action>(*stored).value,
                       .links = links_of(tx, stored->id),
                       .evidence = desk.evidence_of(visit),
                       .people = may_name_people(visit)};
        is.partners = names_of(tx, is.links.partners);
        auto line = line_of(tx, is.action, stored->id, today);
        html::Page page{.title = fmt::format("{} {}", is.action.ref, is.action.title),
                        .section = "/plan",
                        .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}}};
        page.content = html::page_head({.title = is.action.title});
        if (!is.action.about.empty()) {
            page.content += html::format(R"(<p class="govuk-body-l">{}</p>)", is.action.about);
        }
        if (line) {
            is.line = std::move(*line);
            page.breadcrumbs.back().href += "?year=" + is.line.year;
            page.breadcrumbs.push_back(group_of(is.line));
            page.before_main = identity(is.line, today);
            page.content += action_facts(is) + why(is.line);
        } else {
            page.content += html::tag({.text = "Removed", .classes = "govuk-tag--grey"});
        }
        page.content += buttons(tx, visit, *stored, is.action) + parts(visit, *stored);
        page.content += html::format(
            R"(<div class="app-grid app-grid--side"><div>{}{}</div>)"
            R"(<section aria-labelledby="latest">)"
            R"(<h2 class="govuk-heading-m" id="latest">Quarter by quarter</h2>{}</section></div>)",
            measures_of_success(is), about_action(is),
            quarters(tx, desk.site->keeper(), stored->id, is.people));
        desk.site->note(request, "view", what().table, stored->id);
        return desk.site->page(request, std::move(page));
    });
}

void add_action_pages(const Desk &desk) {
    add_link_pages(desk);
    add_steps(*desk.site, steered_action(), "carrying");
    add_steps(*desk.site, steered_strategy());
}

} // namespace wardmote::plan
