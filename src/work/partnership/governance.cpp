// The tracker of duties, the risk register, scrutiny, and what the home page says of them and of
// meetings.
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/home.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/jobs/job.hpp"
#include "work/partnership/data_receipt.hpp"
#include "work/partnership/deadlines.hpp"
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/pack_job.hpp"
#include "work/partnership/partnership.hpp"
#include "work/partnership/recommendation.hpp"
#include "work/partnership/requirement.hpp"
#include "work/partnership/risk.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

struct StateWords {
    std::string_view words;
    const char *tag;
};
/// In the order of DutyStanding::State.
constexpr StateWords states[] = {{"Met", "govuk-tag--green"},
                                 {"Due", "govuk-tag--yellow"},
                                 {"Overdue", "govuk-tag--red"},
                                 {"Not owed here", "govuk-tag--grey"},
                                 {"Cannot be told", "govuk-tag--grey"}};

html::Html state_tag(DutyStanding::State state) {
    const auto &[words, tag] = states[static_cast<std::size_t>(state)];
    return html::tag({.text = words, .classes = tag});
}

html::Html counted(const std::array<std::int64_t, std::size(states)> &counts) {
    html::Html facts;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        facts += html::format("<div><dt>{}</dt><dd><strong>{}</strong></dd></div>", states[i].words,
                              counts[i]);
    }
    return html::format(R"(<dl class="app-facts app-facts--row">{}</dl>)", facts);
}

html::Html proof_of(const DutyStanding &standing) {
    html::Html shown;
    if (!standing.found.missing.empty()) {
        shown = html::text(standing.found.missing);
    }
    html::Html links;
    for (const auto &proof : standing.found.proof) {
        links += html::format("<li>{}</li>", html::link(proof));
    }
    if (links.empty()) {
        return standing.found.missing.empty() ? html::text("Nothing calls for it now") : shown;
    }
    return shown + html::format(R"(<ul class="app-proof">{}</ul>)", links);
}

web::Response duties(const site::Site &site, const Rules &rules, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    std::array<std::int64_t, std::size(states)> counts{};
    const auto today = site.today(visit);
    html::DataTable table;
    table.columns = {{.heading = "Duty", .label = "Duty"},
                     {.heading = "State", .label = "State"},
                     {.heading = "By", .label = "By"},
                     {.heading = "What proves it", .label = "What proves it"}};
    site.database().read(visit.scope(), [&](db::Transaction &tx) {
        for (const auto &duty : rules.duties) {
            const auto standing = standing_of(duty, rules.evidences, tx, today);
            ++counts.at(static_cast<std::size_t>(standing.state));
            table.rows.push_back(
                {.cells = {html::format(R"({}<small>{}{}{}</small>)", duty.words, duty.source,
                                        duty.note.empty() ? "" : ". ", duty.note),
                           state_tag(standing.state),
                           standing.by ? standing.by->text() : std::string{"At all times"},
                           proof_of(standing)}});
        }
    });
    html::Page page{.title = "Duties",
                    .section = "/partnership",
                    .breadcrumbs = {{"Home", "/"}, {"Partnership", "/partnership"}}};
    page.content =
        html::page_head({.title = page.title}) +
        html::Html{R"(<p class="govuk-body">Nothing here is ticked by hand: a duty is met while )"
                   R"(something in the records proves it.</p>)"} +
        counted(counts) + html::data_table(table);
    return site.page(request, std::move(page));
}

/// How many open risks stand at each likelihood and impact, with what is done about them.
web::Response heat(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    std::array<std::array<std::int64_t, worst + 1>, worst + 1> counts{};
    site.database().read(visit.scope(), [&](db::Transaction &tx) {
        tx.each("select likelihood_after, impact_after, count(*) as risks from risk "
                "where tenant = :tenant and removed is null and closed_on is null "
                "group by likelihood_after, impact_after",
                {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                    counts.at(static_cast<std::size_t>(row.integer("likelihood_after")))
                        .at(static_cast<std::size_t>(row.integer("impact_after"))) =
                        row.integer("risks");
                });
    });
    html::DataTable table;
    table.columns = {{.heading = "How likely", .label = "How likely"}};
    for (std::int64_t impact = 1; impact <= worst; ++impact) {
        const auto words = fmt::format("Impact {}", impact);
        table.columns.push_back({.heading = words, .label = words});
    }
    for (std::int64_t likelihood = worst; likelihood >= 1; --likelihood) {
        html::DataRow row{.cells = {std::to_string(likelihood)}};
        for (std::int64_t impact = 1; impact <= worst; ++impact) {
            const auto risks =
                counts[static_cast<std::size_t>(likelihood)][static_cast<std::size_t>(impact)];
            const auto height = level(likelihood * impact);
            row.cells.emplace_back(
                risks == 0 ? html::text(height)
                           : html::tag({.text = fmt::format("{}: {}", height, risks),
                                        .classes = height == "High"     ? "govuk-tag--red"
                                                   : height == "Medium" ? "govuk-tag--yellow"
                                                                        : "govuk-tag--green"}));
        }
        table.rows.push_back(std::move(row));
    }
    html::Page page{
        .title = "Where the risks stand",
        .section = "/partnership",
        .breadcrumbs = {{"Home", "/"}, {"Partnership", "/partnership"}, {"Risks", "/risks"}}};
    page.content = html::page_head({.title = page.title}) + html::data_table(table);
    return site.page(request, std::move(page));
}

} // namespace

void add_governance(site::Site &site, const Rules &rules) {
    add_meeting_pages(site, rules);
    const std::vector<html::Link> above{{"Partnership", "/partnership"}};
    site.records<Risk>(
        {.columns = {"title", "owner", "likelihood_after", "impact_after", "review_on"},
         .section = "/partnership",
         .parents = above,
         .imports = true});
    site.records<Recommendation>({.columns = {"title", "addressee", "sent_on", "response"},
                                  .section = "/partnership",
                                  .parents = above,
                                  .imports = true});
    site.records<Requirement>({.columns = {"title", "kind", "due", "met_on"},
                               .section = "/partnership",
                               .parents = above});
    site.records<DataReceipt>({.columns = {"title", "holder", "period_from", "received_on"},
                               .section = "/partnership",
                               .parents = above});
    site.router().get("/risks/heat", Need::to(Act::view, "risk"),
                      [&site](const web::Request &request) { return heat(site, request); });
    site.router().get(
        "/duties", Need::to(Act::view, "duty"),
        [&site, &rules](const web::Request &request) { return duties(site, rules, request); });
    site.home([&site, &rules](db::Transaction &tx, const access::Visit &visit, site::Home &home) {
        gather_deadlines(tx, rules.law, visit, site.today(visit), home);
        gather_meetings(tx, visit, site.today(visit), home);
    });
}

void add_jobs(const site::Site &site, jobs::Handlers &handlers) {
    handlers.outside(std::string{pack_kind}, [&site](const jobs::Job &job) {
        const auto payload = nlohmann::json::parse(job.payload);
        make_edition(site, {job.tenant, payload.at("person").get<std::string>(), job.id},
                     payload.at("meeting").get<std::string>());
    });
}

} // namespace wardmote::partnership
