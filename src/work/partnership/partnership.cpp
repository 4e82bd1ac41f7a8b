#include "work/partnership/partnership.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/organisation.hpp"
#include "platform/access/person.hpp"
#include "platform/access/post.hpp"
#include "platform/access/succession.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/administration.hpp"
#include "work/partnership/authority_form.hpp"
#include "work/partnership/document.hpp"
#include "work/partnership/document_pages.hpp"
#include "work/partnership/membership.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

constexpr int reminded_before = 28; ///< days before a review is shown as coming

web::Response overview(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto today = site.today(visit);
    html::Page page{.title = visit.tenant_name, .section = "/partnership"};
    html::Html add;
    if (access::may_somewhere(visit.person, Act::create, "membership")) {
        add = html::button({.text = "Add a responsible authority",
                            .href = "/partnership/authorities/new",
                            .classes = "govuk-!-margin-bottom-0",
                            .attributes = {{"data-key", "n"}}});
    }
    page.content = html::page_head({.title = page.title, .note = add});
    const auto authorities = site.database().read(
        visit.scope(), [&](db::Transaction &tx) { return authorities_on(tx, today); });
    const auto missing = std::ranges::count_if(
        authorities, [](const Authority &authority) { return authority.members.empty(); });
    page.content += html::format(
        R"(<h2 class="govuk-heading-m">Responsible authorities</h2><p class="govuk-body">{}</p>)",
        missing == 0 ? std::string{"Every kind that section 5 of the Crime and Disorder Act 1998 "
                                   "names is here."}
                     : fmt::format("{} that section 5 of the Crime and Disorder Act 1998 names {} "
                                   "missing.",
                                   core::capitalised(core::in_words(missing)) +
                                       (missing == 1 ? " kind" : " kinds"),
                                   missing == 1 ? "is" : "are"));
    html::DataTable table;
    table.columns = {{.heading = "By law", .label = "By law"},
                     {.heading = "Member", .label = "Member"}};
    for (const auto &authority : authorities) {
        table.rows.push_back(
            {.cells = {authority.needed,
                       authority.members.empty()
                           ? html::tag({.text = "Missing", .classes = "govuk-tag--orange"})
                           : html::text(core::joined(authority.members))}});
    }
    page.content += html::data_table(table);
    html::Html links;
    struct Kept {
        const char *words, *href, *kind;
        Act act = Act::view;
    };
    for (const auto &[words, href, kind, act] :
         {Kept{"Members", "/members", "membership"},
          {"Organisations", "/organisations", "organisation"},
          {"What replaced what", "/successions", "succession"},
          {"People", "/people", "person"},
          {"Posts", "/posts", "post"},
          {"Documents", "/documents", "document"},
          {"Duties of the law", "/duties", "duty"},
          {"Plan the year’s meetings", "/meetings/year", "meeting", Act::create},
          {"Actions of meetings", "/board-actions", "board_action"},
          {"Risks", "/risks", "risk"},
          {"Where the risks stand", "/risks/heat", "risk"},
          {"Recommendations of scrutiny", "/recommendations", "recommendation"},
          {"What is required of us", "/requirements", "requirement"},
          {"Data of each quarter", "/data-receipts", "data_receipt"}}) {
        if (access::may_somewhere(visit.person, act, kind)) {
            links += html::format("<li>{}</li>", html::link({words, href}));
        }
    }
    page.content += html::format(
        R"(<h2 class="govuk-heading-m">What is kept here</h2><ul class="govuk-list">{}</ul>)",
        links);
    return site.page(request, std::move(page));
}

/// Until every kind of authority is there, whoever may add one is told so.
void first_steps(db::Transaction &tx, const access::Visit &visit, core::Date today,
                 site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::create, "membership")) {
        return;
    }
    const auto authorities = authorities_on(tx, today);
    const auto there = std::ranges::count_if(
        authorities, [](const Authority &authority) { return !authority.members.empty(); });
    const auto all = static_cast<std::ptrdiff_t>(authorities.size());
    if (there < all) {
        home.waiting.push_back(
            {.item = {.what = {"Add the responsible authorities", "/partnership"},
                      .after = fmt::format("{} of {} kinds are here", there, all)}});
    }
}

void reviews(db::Transaction &tx, const access::Visit &visit, site::Home &home) {
    for (const auto &[id, title, on, sensitive] : reviews_due(tx, visit.person.id)) {
        home.due.push_back({.thing = {"document", id, "review"},
                            .on = on,
                            .what = {"Review " + title, "/documents/" + id},
                            .rule = "The document's own day of review: " + on.text(),
                            .act = {"Review it", "/documents/" + id + "/edit"},
                            .sensitive = sensitive});
    }
}

} // namespace

void routes(site::Site &site) {
    site.section({"Partnership", "/partnership", Need::to(Act::view, "membership"), "g p"});
    site.router().get("/partnership", Need::to(Act::view, "membership"),
                      [&site](const web::Request &request) { return overview(site, request); });
    add_authority_form(site);
    const std::vector<html::Link> above{{"Partnership", "/partnership"}};
    const site::RecordPages plain{.section = "/partnership", .parents = above};
    auto organisations = plain;
    organisations.imports = true;
    site.records<access::Organisation>(organisations);
    site.records<access::Succession>(plain);
    site.records<access::PersonRecord>({.columns = {"name", "role", "organisation", "job_title"},
                                        .section = "/partnership",
                                        .parents = above,
                                        .more = site::account_of_person(site)});
    site.records<access::Post>(plain);
    site.records<Membership>({.columns = {"organisation", "standing", "joined", "left_on"},
                              .section = "/partnership",
                              .parents = above});
    site.records<Document>(
        {.columns = {"title", "kind", "marking", "owner", "review_on"},
         .section = "/partnership",
         .parents = above,
         .more =
             [](db::Transaction &tx, const access::Visit &visit, const record::Stored &document) {
                 return versions_on_page(tx, visit, document);
             },
         .marking =
             [](const record::Stored &document) {
                 return html::Marking{
                     .level =
                         std::string{markings[static_cast<std::size_t>(
                                                  record::typed<Document>(document).value.marking)]
                                         .value}};
             }});
    add_document_pages(site);
    site.home([&site](db::Transaction &tx, const access::Visit &visit, site::Home &home) {
        first_steps(tx, visit, site.today(visit), home);
        reviews(tx, visit, home);
    });
}

} // namespace wardmote::partnership
