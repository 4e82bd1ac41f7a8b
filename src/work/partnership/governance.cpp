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
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/pack_job.hpp"
#include "work/partnership/partnership.hpp"
#include "work/partnership/recommendation.hpp"
#include "work/partnership/risk.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

constexpr int shown_before = 28; ///< days before its end that a clock comes onto the home page

html::Html state_tag(DutyStanding::State state) {
    switch (state) {
    case DutyStanding::State::met:
        return html::tag({.text = "Met", .classes = "govuk-tag--green"});
    case DutyStanding::State::due:
        return html::tag({.text = "Due", .classes = "govuk-tag--yellow"});
    case DutyStanding::State::overdue:
        return html::tag({.text = "Overdue", .classes = "govuk-tag--red"});
    case DutyStanding::State::unknown:
        return html::tag({.text = "Cannot be told yet", .classes = "govuk-tag--grey"});
    }
    throw std::logic_error("not a state");
}

html::Html proof_of(const DutyStanding &standing) {
    html::Html shown;
    if (!standing.found.missing.empty()) {
        shown = html::format(R"(<p class="govuk-body">{}</p>)", standing.found.missing);
    }
    html::Html links;
    for (const auto &proof : standing.found.proof) {
        links += html::format("<li>{}</li>", html::link(proof));
    }
    return links.empty() ? shown : shown + html::format(R"(<ul class="govuk-list">{}</ul>)", links);
}

web::Response duties(const site::Site &site, const Rules &rules, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto today = site.clock().now().london_date();
    html::DataTable table;
    table.columns = {{.heading = "Duty", .label = "Duty"},
                     {.heading = "State", .label = "State"},
                     {.heading = "By", .label = "By"},
                     {.heading = "What proves it", .label = "What proves it"}};
    site.database().read(visit.scope(), [&](db::Transaction &tx) {
        for (const auto &duty : rules.duties) {
            const auto standing = standing_of(duty, rules.evidences, tx, today);
            table.rows.push_back(
                {.cells = {html::format(R"({}<br><span class="govuk-hint">{}</span>)", duty.words,
                                        duty.source),
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
        html::data_table(table);
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

/// A clock of whole days, for the home page.
html::Clock clock(core::Date today, core::Date last, html::Link what, std::string rule,
                  html::Link act) {
    const int days = core::days_between(today, last);
    return {.state = days < 0    ? html::Clock::State::overdue
                     : days == 0 ? html::Clock::State::today
                                 : html::Clock::State::later,
            .left = days < 0    ? core::counted(-days, "day overdue", "days overdue")
                    : days == 0 ? "Today"
                                : last.text(),
            .left_more = days > 0 ? core::counted(days, "day left", "days left") : "",
            .what = std::move(what),
            .who = "You",
            .rule = std::move(rule),
            .act = std::move(act)};
}

void my_actions(db::Transaction &tx, const access::Visit &visit, core::Date today,
                site::Home &home) {
    for (const auto &action : open_actions_of(tx, visit.person.id)) {
        if (core::days_between(today, action.due) <= shown_before) {
            home.due.push_back(
                clock(today, action.due, {action.words, "/board-actions/" + action.id},
                      fmt::format("Agreed at {}, came back {}", action.meeting_title,
                                  core::counted(action.carried, "time", "times")),
                      {"Say what came of it", "/board-actions/" + action.id + "/edit"}));
        }
    }
}

void my_answers(db::Transaction &tx, const law::Law &law, const access::Visit &visit,
                core::Date today, site::Home &home) {
    tx.each("select id, title, sent_on from recommendation where tenant = :tenant "
            "and owner = :person and removed is null and responded_on is null order by sent_on",
            {{"tenant", tx.tenant()}, {"person", visit.person.id}}, [&](const db::Row &row) {
                const auto due = answer_due(law, core::Date::parse(row.text("sent_on")).value());
                const auto id = row.text("id");
                home.due.push_back(clock(today, due.last_day,
                                         {"Answer: " + row.text("title"), "/recommendations/" + id},
                                         "SI 2009/942: " + due.words,
                                         {"Answer it", "/recommendations/" + id + "/edit"}));
            });
}

void my_risks(db::Transaction &tx, const access::Visit &visit, core::Date today, site::Home &home) {
    tx.each("select id, title, review_on from risk where tenant = :tenant and owner = :person "
            "and removed is null and closed_on is null and review_on <= :until order by review_on",
            {{"tenant", tx.tenant()},
             {"person", visit.person.id},
             {"until", today.plus_days(shown_before).iso()}},
            [&](const db::Row &row) {
                const auto id = row.text("id");
                const auto on = core::Date::parse(row.text("review_on")).value();
                home.due.push_back(clock(today, on,
                                         {"Review: " + row.text("title"), "/risks/" + id},
                                         "The risk's own day of review: " + on.text(),
                                         {"Review it", "/risks/" + id + "/edit"}));
            });
}

/// Papers are owed by whoever keeps the meetings.
void papers(db::Transaction &tx, const law::Law &law, const access::Visit &visit, core::Date today,
            site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::edit, "meeting")) {
        return;
    }
    tx.each("select id, title, starts from meeting where tenant = :tenant and removed is null "
            "and state = 'planned' and kind = 'board' and starts >= :now order by starts",
            {{"tenant", tx.tenant()}, {"now", core::Instant::start_of(today).iso()}},
            [&](const db::Row &row) {
                const auto day = core::Instant::parse(row.text("starts")).value().london_date();
                const auto due = papers_due(law, day);
                if (core::days_between(today, due.last_day) <= shown_before) {
                    const auto page = meeting_address(row.text("id"));
                    home.due.push_back(clock(
                        today, due.last_day, {"Send out the papers: " + row.text("title"), page},
                        "Papers are due " + due.words, {"See the agenda", page + "#agenda"}));
                }
            });
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
    site.router().get("/risks/heat", Need::to(Act::view, "risk"),
                      [&site](const web::Request &request) { return heat(site, request); });
    site.router().get(
        "/duties", Need::to(Act::view, "duty"),
        [&site, &rules](const web::Request &request) { return duties(site, rules, request); });
    site.home([&site, &rules](db::Transaction &tx, const access::Visit &visit, site::Home &home) {
        const auto today = site.clock().now().london_date();
        my_actions(tx, visit, today, home);
        my_answers(tx, rules.law, visit, today, home);
        my_risks(tx, visit, today, home);
        papers(tx, rules.law, visit, today, home);
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
