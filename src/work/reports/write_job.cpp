#include "work/reports/write_job.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/typography.hpp"
#include "platform/jobs/job.hpp"
#include "platform/jobs/overview.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/site/site.hpp"
#include "work/evidence/evidence.hpp"
#include "work/funding/funding.hpp"
#include "work/reports/council_records.hpp"
#include "work/reports/inner_records.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::reports {

namespace {

using access::Act;
using access::Need;
using html::Html;

constexpr auto write = Need::to(Act::create, "report");

/// What a shipped report is called where it can be written; a template of one's own has its name.
std::string title_of(std::string_view report) {
    return report == "council"      ? "Report to the council"
           : report == board_report ? "Performance report to the board"
           : report == grant_return ? "Monitoring return to a funder"
                                    : core::capitalised(report);
}

/// Agreed grants that a return of this day can be of.
std::vector<funding::GrantYear> grants_of(db::Transaction &tx, core::Date day) {
    auto grants = funding::grants_in_year(tx, plan_year_of(day));
    std::erase_if(grants, [](const funding::GrantYear &grant) {
        return !(grant.gives > core::Money{}) || grant.state == "Being agreed";
    });
    return grants;
}

Html grant_field(const std::vector<funding::GrantYear> &grants) {
    html::Select select;
    select.field.name = "grant";
    select.field.label.text = "Grant";
    for (const auto &grant : grants) {
        select.items.push_back({.text = fmt::format("{} ({})", grant.title, grant.reference),
                                .value = grant.reference});
    }
    return html::select(select);
}

Html form_of(const web::Request &request, const std::string &report,
             const std::vector<funding::GrantYear> &grants) {
    return html::form({.action = "/reports",
                       .csrf = site::csrf(request),
                       .hidden = {{"report", report}},
                       .fields = report == grant_return ? grant_field(grants) : Html{},
                       .button = "Write this report",
                       .button_classes = "govuk-button--secondary",
                       .keeps_draft = false});
}

/// How the writing goes, of the reports that are not written yet.
Html how_it_goes(db::Transaction &tx, core::Date today) {
    std::size_t open = 0;
    for (const auto state : {jobs::State::waiting, jobs::State::running}) {
        const auto listed = jobs::list(tx, state);
        open +=
            static_cast<std::size_t>(std::ranges::count(listed, write_kind, &jobs::Listed::kind));
    }
    Html all;
    if (open > 0) {
        all += html::inset_text(
            {.text =
                 html::format("{} being written. {}",
                              core::capitalised(core::in_words(static_cast<std::int64_t>(open))) +
                                  (open == 1 ? " report is" : " reports are"),
                              html::link({"See whether it is there", "/reports"}))});
    }
    for (const auto &dead : jobs::list(tx, jobs::State::dead)) {
        const auto ended = core::Instant::parse(dead.finished.value_or(""));
        if (dead.kind == write_kind && ended && ended->london_date() == today) {
            all += html::inset_text(
                {.text = fmt::format("A report could not be written. {}", dead.error)});
        }
    }
    return all;
}

web::Response ask(const site::Site &site, const evidence::Workspace &workspace,
                  const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto report = request.value("report").value_or("");
    const auto grant = request.value("grant").value_or("");
    const auto names = report_names(workspace);
    const bool known = std::ranges::find(names, report) != names.end();
    if (!known || !may_read(site, visit, report)) {
        return web::not_found("There is no such report to write here.");
    }
    const auto day = workspace.today();
    const bool asked = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto grants = grants_of(tx, day);
        if (!grant.empty() &&
            std::ranges::find(grants, grant, &funding::GrantYear::reference) == grants.end()) {
            return false;
        }
        const nlohmann::json payload{{"report", report}, {"grant", grant}, {"as_at", day.iso()}};
        site.queue().add(tx, {.kind = std::string{write_kind}, .payload = payload.dump()});
        return true;
    });
    return asked ? site.done(request, "/reports",
                             "The report is being written. It will be here within a minute")
                 : web::not_found("There is no such grant here.");
}

} // namespace

bool may_read(const site::Site &site, const access::Visit &visit, std::string_view report) {
    return std::ranges::all_of(needs_of(report),
                               [&](const Need &need) { return site.may_pass(visit, need); });
}

Html write_forms(const site::Site &site, const evidence::Workspace &workspace,
                 const web::Request &request) {
    const auto &visit = site::visit_of(request);
    if (!site.may_pass(visit, write)) {
        return {};
    }
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto grants = grants_of(tx, workspace.today());
        auto all = how_it_goes(tx, site.clock().now().london_date());
        all += Html{R"(<h2 class="govuk-heading-m">Write a report</h2>)"};
        for (const auto &report : report_names(workspace)) {
            if (!may_read(site, visit, report) || (report == grant_return && grants.empty())) {
                continue;
            }
            all += html::format(R"(<h3 class="govuk-heading-s">{}</h3>{})", title_of(report),
                                form_of(request, report, grants));
        }
        return all + html::format(R"(<p class="govuk-body">{}</p>)",
                                  html::link({"What each report says of itself: to whom, by whom, "
                                              "approved by whom",
                                              "/report-details"}));
    });
}

void add_write_page(site::Site &site, const evidence::Workspace &workspace) {
    site.router().post("/reports", write, [&site, &workspace](const web::Request &request) {
        return ask(site, workspace, request);
    });
}

void add_jobs(const site::Site &site, const evidence::Workspace &workspace,
              const partnership::Rules *rules, jobs::Handlers &handlers) {
    handlers.outside(std::string{write_kind}, [&site, &workspace, rules](const jobs::Job &job) {
        const auto payload = nlohmann::json::parse(job.payload);
        const auto report = payload.at("report").get<std::string>();
        const auto grant = payload.at("grant").get<std::string>();
        evidence::Asking asking;
        asking.as_at = core::Date::parse(payload.at("as_at").get<std::string>());
        auto looking = looking_of(workspace, asking);
        looking.rules = rules;
        looking.grant = grant;
        const auto records =
            site.database().read({job.tenant, {}, job.id}, [&](db::Transaction &tx) {
                return read_records(tx, report, looking);
            });
        write_report(report, workspace, records, asking,
                     usual_folder(workspace, report, looking.as_at, grant));
    });
}

} // namespace wardmote::reports
