#include "work/funding/funding.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/record_parts.hpp"
#include "work/funding/monitoring_return.hpp"
#include "work/funding/pages.hpp"
#include "work/funding/virement.hpp"

namespace wardmote::funding {

namespace {

using access::Act;
using access::Need;

constexpr int shown_before = 60;   ///< days before a return is due, it shows on the home page
constexpr int warned_before = 365; ///< and before a post is at risk

std::string address_of(const ReturnDue &due) {
    return due.id.empty() ? "/grants/" + due.grant : "/monitoring-returns/" + due.id;
}

void gather(db::Transaction &tx, const access::Visit &visit, const law::Parameters &parameters,
            core::Date today, site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::edit, "monitoring_return")) {
        return;
    }
    for (const auto &due : returns_due(tx, parameters, today)) {
        const auto page = address_of(due);
        home.due.push_back(
            {.thing = {"grant_agreement", due.grant, due.quarter.name()},
             .on = due.due,
             .what = {fmt::format("Return for {}: {}", due.quarter.name(), due.title), page},
             .rule = fmt::format("Due {}", due.due.text()),
             .act = {due.id.empty() ? "Begin it" : "Open it", page},
             .who = due.reference,
             .shown_before = shown_before});
    }
    for (const auto &late : late_payments(tx, today)) {
        home.waiting.push_back(
            {.item = {.what = {fmt::format("Payment late: {}", late.name),
                               "/grant-payments/" + late.id},
                      .after = fmt::format("{} due {}", late.missing.text(), late.due.text())},
             .thing = {"grant_payment", late.id, {}}});
    }
    for (const auto &post : posts_on(tx, today)) {
        if (post.at_risk_on && core::days_between(today, *post.at_risk_on) <= warned_before) {
            home.waiting.push_back(
                {.item = {.what = {fmt::format("Post at risk: {}", post.title),
                                   "/funded-posts/" + post.id},
                          .after = fmt::format("from {}", post.at_risk_on->text())},
                 .thing = {"funded_post", post.id, {}}});
        }
    }
}

html::Html grants_table(db::Transaction &tx, core::FinancialYear year) {
    html::DataTable table{
        .caption = fmt::format("Grants in {}", year.name()),
        .columns = {
            {.heading = "Grant", .label = "Grant"},
            {.heading = "State", .label = "State"},
            {.heading = "Gives", .label = "Gives", .numeric = true},
            {.heading = "Budget", .label = "Budget", .numeric = true},
            {.heading = "Spent", .label = "Spent", .numeric = true},
            {.heading = "Outturn", .label = "Outturn", .numeric = true},
            {.heading = "Left of the budget", .label = "Left of the budget", .numeric = true}}};
    for (const auto &grant : grants_in_year(tx, year)) {
        table.rows.push_back(
            {.cells = {html::link({grant.title, "/grants/" + grant.id}), grant.state,
                       grant.gives.text(), grant.budget.text(), grant.actual.text(),
                       grant.outturn.text(), grant.left().text()}});
    }
    return html::data_table(table);
}

html::Html nothing_yet(const access::Visit &visit) {
    html::EmptyState state{.title = "No grants yet",
                           .text = "What each grant gives, what is spent of it and what is left "
                                   "will be here."};
    if (access::may_somewhere(visit.person, Act::create, "grant_agreement")) {
        state.start = {"Add a grant", "/grants/new"};
    }
    return html::empty_state(state);
}

web::Response overview(const site::Site &site, const web::Request &request,
                       const law::Parameters &parameters, core::Date today) {
    const auto &visit = site::visit_of(request);
    const auto year = core::FinancialYear::containing(core::Month{today});
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const bool any = tx.first("select id from grant_agreement where tenant = :tenant "
                                  "and removed is null limit 1",
                                  {{"tenant", tx.tenant()}})
                             .has_value();
        auto content =
            any ? grants_table(tx, year) + heading("Returns to write") : nothing_yet(visit);
        html::Html items;
        for (const auto &due : returns_due(tx, parameters, today)) {
            items += html::format(
                "<li>{}, due {}{}</li>",
                html::link({fmt::format("{}, {}", due.title, due.quarter.name()), address_of(due)}),
                due.due.text(), due.due < today ? ", late" : "");
        }
        if (any) {
            content += items.empty() ? paragraph("None is due.")
                                     : html::format(R"(<ul class="govuk-list">{}</ul>)", items);
        }
        html::Html links;
        for (const auto &[words, href, kind] :
             {std::tuple{"The funding cliff: posts by year, and what a cut takes", "/funding/cliff",
                         "funded_post"},
              {"Grants", "/grants", "grant_agreement"},
              {"Lines", "/grant-lines", "grant_line"},
              {"Funded posts", "/funded-posts", "funded_post"},
              {"Projects", "/projects", "project"},
              {"Payments", "/grant-payments", "grant_payment"},
              {"Conditions", "/grant-conditions", "grant_condition"},
              {"Match funding", "/match-funding", "match_funding"},
              {"Virements", "/virements", "virement"},
              {"Monitoring returns", "/monitoring-returns", "monitoring_return"}}) {
            if (access::may_somewhere(visit.person, Act::view, kind)) {
                links += html::format("<li>{}</li>", html::link({words, href}));
            }
        }
        content +=
            heading("What is kept here") + html::format(R"(<ul class="govuk-list">{}</ul>)", links);
        auto page = page_of("Funding", std::move(content));
        page.breadcrumbs.pop_back();
        return site.page(request, std::move(page));
    });
}

} // namespace

void routes(site::Site &site, const law::Parameters &parameters) {
    const auto see = Need::to(Act::view, "grant_agreement");
    site.section({"Funding", "/funding", see, "g f"});
    site.router().get("/funding", see, [&site, &parameters](const web::Request &request) {
        return overview(site, request, parameters, site.today(site::visit_of(request)));
    });
    // Before the records: /grants/:id/money is no part of a grant that any record has.
    add_grant_pages(site, parameters);
    add_line_pages(site);
    add_virement_pages(site);
    add_return_pages(site);
    add_cliff_page(site);
    const site::RecordPages plain{
        .section = "/funding", .parents = {{"Funding", "/funding"}}, .imports = true};
    const auto with = [&](auto more) {
        auto pages = plain;
        pages.more = [&site, more](db::Transaction &tx, const access::Visit &visit,
                                   const record::Stored &stored) {
            return stored.is_removed() ? html::Html{} : more(tx, visit, stored, site.today(visit));
        };
        return pages;
    };
    site.records<Grant>(with(money_of_grant));
    add_month_import(site);
    site.records<Line>(with(months_of_line));
    const auto in_steps = [&](auto more) { // they come about by steps, not by rows
        auto pages = with(more);
        pages.imports = false;
        return pages;
    };
    site.records<Virement>(
        in_steps([](db::Transaction &, const access::Visit &visit, const record::Stored &stored,
                    core::Date) { return steps_of_virement(visit, stored); }));
    site.records<Return>(in_steps(parts_of_return));
    site.records<Condition>(plain);
    site.records<Payment>(plain);
    site.records<Match>(plain);
    site.records<Project>(plain);
    site.records<FundedPost>(plain);
    site.home(
        [&site, &parameters](db::Transaction &tx, const access::Visit &visit, site::Home &home) {
            gather(tx, visit, parameters, site.today(visit), home);
        });
}

} // namespace wardmote::funding
