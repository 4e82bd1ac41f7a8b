#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/site/lifecycle_pages.hpp"
#include "work/evidence/evidence.hpp"
#include "work/plan/desk.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/plan_view.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

Shown shown_by(const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto view = request.query("view").value_or("");
    return {.view = view == "board"      ? Shown::View::board
                    : view == "timeline" ? Shown::View::timeline
                                         : Shown::View::list,
            .by_priority = request.query("by") == "priority",
            .groups = request.queries("group"),
            .standings = request.queries("state"),
            .only = request.queries("only"),
            .lead = request.query("lead").value_or(""),
            .me = visit.person.id,
            .people = may_name_people(visit)};
}

std::string title_of(const Year &year) {
    std::int64_t overdue_actions = 0;
    for (const auto &line : year.lines) {
        overdue_actions += line.judged.overdue > 0 ? 1 : 0;
    }
    if (year.years.empty()) {
        return "Rolling Plan";
    }
    const auto actions =
        year.lines.empty()
            ? std::string{"no actions yet"}
            : core::counted(static_cast<std::int64_t>(year.lines.size()), "action", "actions");
    return fmt::format(
        "Rolling Plan{}: {}{}", year.year == "all" ? std::string{} : " " + year.year, actions,
        overdue_actions == 0 ? std::string{} : fmt::format(", {} overdue", overdue_actions));
}

html::Html ways_of_looking(const Year &year, const Shown &shown) {
    html::SubNavigation views{.label = "Ways of looking at the plan"};
    const auto add = [&](const std::string &words, Shown other) {
        const auto href = "/plan" + address_of(other, year.year);
        views.items.push_back({words, href, href == "/plan" + address_of(shown, year.year)});
    };
    auto other = shown;
    other.view = Shown::View::list;
    other.by_priority = false;
    add("By group", other);
    other.by_priority = true;
    add("By priority", other);
    other.by_priority = false;
    other.view = Shown::View::board;
    add("Board", other);
    other.view = Shown::View::timeline;
    add("Timeline", other);
    return html::sub_navigation(views);
}

html::Html other_years(const Year &year) {
    if (year.years.size() < 2) {
        return {};
    }
    html::Html links;
    for (const auto &each : year.years) {
        if (each != year.year) {
            links += html::format("{} ", html::link({each, "/plan?year=" + each}));
        }
    }
    if (year.year != "all") {
        links += html::link({"all years", "/plan?year=all"});
    }
    return html::format(R"(<p class="app-small">Other years: {}</p>)", links);
}

html::Html head(const access::Visit &visit, const Year &year, const Shown &shown) {
    html::Html note;
    if (access::may_somewhere(visit.person, Act::create, "action") && !year.priorities.empty()) {
        note += html::button({.text = "Add an action",
                              .href = "/actions/new",
                              .classes = "app-button-s",
                              .attributes = {{"data-key", "n"}}});
    }
    if (!year.lines.empty()) {
        note += html::format(
            R"( <a class="govuk-link app-small" href="/plan.csv{}">Download (CSV)</a>)",
            address_of(shown, year.year));
    }
    return html::page_head({.title = title_of(year),
                            .note = html::format(R"(<div class="app-buttons">{}</div>)", note)});
}

html::Html what_else(const access::Visit &visit, const Year &year) {
    html::Html items;
    const auto add = [&](const char *words, const std::string &href, Act act, const char *kind) {
        if (access::may_somewhere(visit.person, act, kind)) {
            items += html::format("<li>{}</li>", html::link({words, href}));
        }
    };
    add("Strategies", "/strategies", Act::view, "strategy");
    add("Years of the plan", "/plan-years", Act::view, "plan_year");
    add("Priorities", "/priorities", Act::view, "priority");
    add("All actions as a list", "/actions", Act::view, "action");
    add("Bring in a plan that you have", "/actions/imports", Act::create, "action");
    if (year.years.size() > 1) {
        add("Compare two years", "/plan/comparison", Act::view, "action");
    }
    if (!year.priorities.empty() && year.year != "all") {
        add("Refresh for the next year", "/plan/refresh?year=" + year.year, Act::create,
            "plan_year");
        add("Ask for progress now", "/plan/requests", Act::create, "progress");
    }
    return html::format(
        R"(<section class="app-section"><h2 class="govuk-heading-m">Keeping the plan</h2>)"
        R"(<ul class="govuk-list">{}</ul></section>)",
        items);
}

web::Response show(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto today = desk.today(visit);
    const auto shown = shown_by(request);
    const auto year = desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        return load_year(tx, request.query("year").value_or(""), today);
    });
    html::Page page{.title = title_of(year), .section = "/plan", .breadcrumbs = {{"Home", "/"}}};
    page.content = head(visit, year, shown);
    if (year.lines.empty()) {
        page.content += other_years(year) + beginning(visit, year);
    } else {
        const auto view = shown.view == Shown::View::board      ? board_view(year, shown)
                          : shown.view == Shown::View::timeline ? timeline_view(year, shown, today)
                                                                : list_view(year, shown);
        page.content += facts_row(year) + other_years(year) + needs_naming(year, shown.people) +
                        ways_of_looking(year, shown) +
                        html::filter_layout({.filter = filter_of(year, shown), .results = view});
    }
    if (!year.id.empty() && !year.priorities.empty()) {
        page.content += priorities_section(visit, year);
    }
    if (!year.summary.empty()) {
        page.content += html::format(R"(<section class="app-section"><h2 class="govuk-heading-m">)"
                                     R"(What is new this year, and why</h2>)"
                                     R"(<p class="govuk-body app-para">{}</p></section>)",
                                     year.summary);
    }
    page.content += what_else(visit, year);
    desk.site->note(request, "list", "action", {},
                    fmt::format(R"({{"found":{}}})", year.lines.size()));
    return desk.site->page(request, std::move(page));
}

web::Response download(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto shown = shown_by(request);
    const auto year = desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        return load_year(tx, request.query("year").value_or(""), desk.today(visit));
    });
    desk.site->note(request, "export", "action", {},
                    fmt::format(R"({{"form":"CSV","records":{}}})", year.lines.size()));
    return web::download(fmt::format("plan-{}.csv", year.year), "text/csv; charset=utf-8",
                         csv_of(year, shown));
}

} // namespace

const evidence::Workspace *Desk::evidence_of(const access::Visit &visit) const {
    return workspace != nullptr && site->may_pass(visit, Need::to(Act::view, "evidence"))
               ? workspace
               : nullptr;
}

std::optional<record::Stored> Desk::find(db::Transaction &tx, const web::Request &request,
                                         const record::Description &what, Act act) const {
    return site::find_record(*site, tx, request, what, act);
}

web::Response missing(const record::Description &what) {
    return site::no_such_record(what);
}

bool may_name_people(const access::Visit &visit) {
    return access::may_somewhere(visit.person, Act::view, "person");
}

void add_plan_pages(const Desk &desk) {
    auto &router = desk.site->router();
    const auto need = Need::to(Act::view, "action");
    router.get("/plan", need, [desk](const web::Request &request) { return show(desk, request); });
    router.get("/plan.csv", Need::to(Act::download, "action"),
               [desk](const web::Request &request) { return download(desk, request); });
}

} // namespace wardmote::plan
