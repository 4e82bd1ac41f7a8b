#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "work/plan/refresh.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using access::Need;

constexpr std::size_t most_reason = 500;
constexpr std::size_t most_summary = 4000;

struct FateWords {
    const char *value, *words;
};
constexpr auto fates = std::to_array<FateWords>(
    {{"carry", "Carry it over"}, {"finish", "It is finished"}, {"drop", "Drop it"}});

std::string typed(const web::Request &request, const std::string &name) {
    return std::string{core::trim(request.value(name).value_or(""))};
}

std::optional<html::ErrorMessage> error_of(const record::Problems &problems,
                                           const std::string &field) {
    const auto found = std::ranges::find(problems, field, &record::Problem::field);
    return found == problems.end() ? std::nullopt
                                   : std::optional{html::ErrorMessage{.text = found->words}};
}

html::Html decision_fields(const web::Request &request, const ActionSummary &action,
                           const record::Problems &problems) {
    const auto fate = "fate-" + action.id;
    const auto reason = "reason-" + action.id;
    const auto chosen = typed(request, fate);
    html::Choices choices{
        .name = fate,
        .chosen = {chosen.empty() ? std::string{fates.front().value} : chosen},
        .fieldset = html::Fieldset{.legend = html::Legend{.text = action.ref + " " + action.title,
                                                          .classes = "govuk-fieldset__legend--s"}},
        .error = error_of(problems, fate),
        .classes = "govuk-radios--small govuk-radios--inline"};
    for (const auto &[value, words] : fates) {
        choices.items.push_back({.text = words, .value = value});
    }
    return html::radios(choices) +
           html::input({.field = {.name = reason,
                                  .label = {.text = html::format(
                                                R"(Why it is finished or dropped<span )"
                                                R"(class="govuk-visually-hidden">, {}</span>)",
                                                action.ref)},
                                  .error = error_of(problems, reason)},
                        .value = typed(request, reason)});
}

web::Response ask(const Desk &desk, const web::Request &request, const std::string &year,
                  const record::Problems &problems) {
    const auto &visit = site::visit_of(request);
    const auto from = core::FinancialYear::parse(year);
    if (!from) {
        return web::not_found("There is no plan of that year.");
    }
    const auto actions = desk.site->database().read(
        visit.scope(), [&](db::Transaction &tx) { return unfinished(tx, year); });
    const auto next = (*from + 1).name();
    html::Page page{.title = "Refresh the plan for " + next,
                    .section = "/plan",
                    .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan?year=" + year}}};
    for (const auto &problem : problems) {
        page.errors.push_back({.text = problem.words,
                               .href = "#" + (problem.field.empty() ? "main" : problem.field)});
    }
    html::Html fields = html::hidden_fields({{"year", year}});
    for (const auto &action : actions) {
        fields += decision_fields(request, action, problems);
    }
    fields += html::textarea(
        {.field = {.name = "summary",
                   .label = {.text = "What is new next year, and why", .classes = "govuk-label--m"},
                   .hint = html::Hint{.text = "It stands on the plan of " + next},
                   .error = error_of(problems, "summary")},
         .value = typed(request, "summary")});
    page.content =
        html::page_head({.title = page.title}) +
        html::format(
            R"(<p class="govuk-body">{} of {} {} not finished. Decide what becomes of each; all )"
            R"(of it happens at once. What is carried keeps its reference, partners, measures and )"
            R"(places, and is due at the end of {}. Priorities are carried and await their )"
            R"(ratification.</p>)",
            core::counted(static_cast<std::int64_t>(actions.size()), "action", "actions"), year,
            actions.size() == 1 ? "is" : "are", next) +
        html::form({.action = "/plan/refresh",
                    .csrf = site::csrf(request),
                    .fields = fields,
                    .button = "Make the plan of " + next,
                    .cancel = {"Cancel", "/plan?year=" + year}});
    return desk.site->page(request, std::move(page), problems.empty() ? 200 : 422);
}

web::Response take(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    Refresh how{.from = typed(request, "year"),
                .summary = typed(request, "summary"),
                .on = desk.today(visit)};
    record::Problems too_long;
    if (how.summary.size() > most_summary) {
        too_long.push_back({"summary", "What is new must be 4,000 characters or fewer"});
    }
    constexpr std::string_view prefix = "fate-";
    for (const auto &[name, value] : request.form) {
        const auto fate = std::ranges::find(fates, value, &FateWords::value);
        if (!name.starts_with(prefix) || fate == fates.end()) {
            continue;
        }
        const auto action = name.substr(prefix.size());
        how.decisions.push_back({.action = action,
                                 .fate = static_cast<Fate>(fate - fates.begin()),
                                 .reason = typed(request, "reason-" + action)});
        if (how.decisions.back().reason.size() > most_reason) {
            too_long.push_back({"reason-" + action, "A reason must be 500 characters or fewer"});
        }
    }
    if (!too_long.empty()) {
        return ask(desk, request, how.from, too_long);
    }
    const auto [next, problems] = desk.site->database().write(
        visit.scope(), [&](db::Transaction &tx) { return refresh(desk.site->keeper(), tx, how); });
    return problems.empty() ? desk.site->done(request, "/plan?year=" + next,
                                              fmt::format("The plan of {} is made", next))
                            : ask(desk, request, how.from, problems);
}

html::Html list_of(const std::string &heading, const std::vector<Line> &lines) {
    if (lines.empty()) {
        return {};
    }
    html::Html items;
    for (const auto &line : lines) {
        items += html::format(R"(<li><a class="govuk-link" href="/actions/{}">{} {}</a><br>)"
                              R"(<span class="app-quiet">{}</span></li>)",
                              line.id, line.ref, line.title, line.state_reason);
    }
    return html::format(R"(<section class="app-section"><h2 class="govuk-heading-m">{}: {}</h2>)"
                        R"(<ul class="app-list">{}</ul></section>)",
                        heading,
                        core::counted(static_cast<std::int64_t>(lines.size()), "action", "actions"),
                        items);
}

html::Html carried_table(const Comparison &is) {
    html::DataTable table;
    table.columns = {{.heading = "Carried", .label = "Carried"},
                     {.heading = "What changed", .label = "What changed"}};
    for (const auto &[before, after, changed] : is.carried) {
        table.rows.push_back(
            {.cells = {html::format(R"(<a class="govuk-link" href="/actions/{}">{} {}</a>)",
                                    after.id, after.ref, after.title),
                       changed.empty() ? std::string{"Nothing but its year"}
                                       : core::joined(changed)}});
    }
    return html::format(
        R"(<section class="app-section"><h2 class="govuk-heading-m">Carried over: )"
        R"({}</h2>{}</section>)",
        core::counted(static_cast<std::int64_t>(is.carried.size()), "action", "actions"),
        is.carried.empty() ? html::Html{} : html::data_table(table));
}

html::Html year_select(const char *name, const char *words, const std::vector<std::string> &years,
                       const std::string &chosen) {
    html::Select select{.field = {.name = name, .label = {.text = words}}, .value = chosen};
    for (const auto &year : years) {
        select.items.push_back({.text = year});
    }
    return html::select(select);
}

web::Response show_comparison(const Desk &desk, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    return desk.site->database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto all = years(tx);
        html::Page page{.title = "Compare two years",
                        .section = "/plan",
                        .breadcrumbs = {{"Home", "/"}, {"Plan", "/plan"}}};
        page.content = html::page_head({.title = page.title});
        if (all.size() < 2) {
            page.content += html::Html{R"(<p class="govuk-body">There is only one year yet.</p>)"};
            return desk.site->page(request, std::move(page));
        }
        auto earlier = request.query("earlier").value_or(all[1]);
        auto later = request.query("later").value_or(all[0]);
        const auto there = [&](const std::string &year) {
            return std::ranges::find(all, year) != all.end();
        };
        if (!there(earlier) || !there(later)) {
            return web::not_found("There is no plan of that year.");
        }
        const auto is = compare(desk.site->keeper(), tx, earlier, later, desk.today(visit));
        page.content += html::format(
            R"(<form class="app-bar" action="/plan/comparison" method="get">{}{}{}</form>)",
            year_select("earlier", "Earlier year", all, earlier),
            year_select("later", "Later year", all, later),
            html::button({.text = "Compare", .classes = "app-button-s"}));
        page.content += carried_table(is) + list_of("New in " + later, is.added) +
                        list_of("Finished in " + earlier, is.finished) +
                        list_of("Dropped in " + earlier, is.dropped) +
                        list_of("Still open in " + earlier, is.left);
        return desk.site->page(request, std::move(page));
    });
}

} // namespace

void add_refresh_pages(const Desk &desk) {
    auto &router = desk.site->router();
    router.get("/plan/refresh", Need::to(Act::create, "plan_year"),
               [desk](const web::Request &request) {
                   return ask(desk, request, request.query("year").value_or(""), {});
               });
    router.post("/plan/refresh", Need::to(Act::create, "plan_year"),
                [desk](const web::Request &request) { return take(desk, request); },
                {.largest_body = 512UL * 1024}); // a reason for each of hundreds
    router.get("/plan/comparison", Need::to(Act::view, "action"),
               [desk](const web::Request &request) { return show_comparison(desk, request); });
}

} // namespace wardmote::plan
