#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/html/moj.hpp"
#include "platform/html/table.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/site/administration.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/import_store.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using access::Need;
using html::Html;
using web::Request;
using web::Response;

constexpr std::size_t most_findings = 100;

/// The latest entry that upkeep made of itself.
struct Latest {
    std::string at;
    nlohmann::json detail;
};
std::optional<Latest> latest(db::Transaction &tx, std::string_view act) {
    const auto row = tx.first("select at, detail from change_log where tenant = :tenant and "
                              "kind = 'log' and act = :act order by at desc limit 1",
                              {{"tenant", tx.tenant()}, {"act", std::string{act}}});
    if (!row) {
        return {};
    }
    const auto at = core::Instant::parse(row->text("at"));
    return Latest{at ? at->text() : row->text("at"),
                  nlohmann::json::parse(row->text("detail"), nullptr, false)};
}

std::string counted(const nlohmann::json &detail, const char *name) {
    return core::number(detail.value(name, std::int64_t{0}));
}

Html outcome(const std::optional<Latest> &verified) {
    if (!verified || !verified->detail.is_object()) {
        return html::alert({.label = "the logs", .text = "The logs have not been verified yet."});
    }
    const auto &detail = verified->detail;
    const auto findings = detail.value("findings", std::vector<std::string>{});
    const auto read = fmt::format("{} entries in {} chains, against {} signed checkpoints, on {}.",
                                  counted(detail, "entries"), counted(detail, "chains"),
                                  counted(detail, "checkpoints"), verified->at);
    if (findings.empty()) {
        return html::alert({.kind = html::Alert::Kind::success,
                            .label = "the logs",
                            .text = "Nothing was changed or taken away: " + read});
    }
    Html items;
    for (const auto &words : findings) {
        items += html::format("<li>{}</li>", words);
    }
    return html::alert({.kind = html::Alert::Kind::error,
                        .label = "the logs",
                        .text = "The logs are not as they were written: " + read}) +
           html::format(R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)", items);
}

Response show(const Site &site, const Request &request) {
    html::Page page;
    page.title = "Audit";
    page.section = "/administration";
    page.breadcrumbs = {{"Home", "/"}, {"Administration", "/administration"}};
    page.content =
        heading(page.title) +
        paragraph("Every change, and every look at a record, is written to a log to which can only "
                  "be added. Each entry seals the one before it, and signed checkpoints are kept "
                  "outside the database, so that any edit is found.");
    site.database().read(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto checkpoint = latest(tx, "checkpoint");
        page.content +=
            outcome(latest(tx, "verify")) +
            paragraph(checkpoint ? "The last checkpoint was signed on " + checkpoint->at + "."
                                 : std::string{"No checkpoint has been signed yet."});
    });
    page.content += html::post_button(
        {.action = "/administration/audit", .csrf = request.csrf, .text = "Verify both logs now"});
    return site.page(request, std::move(page));
}

Response begin(const Site &site, const Request &request) {
    site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        site.queue().add(tx, {.kind = verify_kind});
    });
    return site.done(request, "/administration/audit",
                     "Both logs are being verified. Open this page again in a moment.");
}

void log(const Site &site, const std::string &tenant, std::string act,
         const nlohmann::json &detail) {
    site.database().write({tenant, {}, {}}, [&](db::Transaction &tx) {
        site.keeper().ledger().append(tx, db::Log::changes,
                                      {.act = act, .kind = "log", .detail = detail.dump()});
    });
}

void verify(const Site &site, const jobs::Job &job) {
    site.seen().flush();
    const auto result = site.keeper().ledger().verify(site.database());
    auto findings = nlohmann::json::array();
    for (const auto &finding : result.findings) {
        if (findings.size() < most_findings) {
            findings.push_back(finding.words);
        }
    }
    log(site, job.tenant, "verify",
        {{"entries", result.entries},
         {"chains", result.chains},
         {"checkpoints", result.checkpoints},
         {"findings", std::move(findings)}});
}

void checkpoint(const Site &site) {
    site.seen().flush();
    site.keeper().ledger().checkpoint(site.database());
    for (const auto &tenant : access::all_tenants(site.database())) {
        log(site, tenant.id, "checkpoint", nlohmann::json::object());
    }
}

} // namespace

void add_upkeep(const Site &site, jobs::Handlers &handlers) {
    handlers.outside(verify_kind, [&site](const jobs::Job &job) { verify(site, job); });
    handlers.outside(checkpoint_kind, [&site](const jobs::Job &) { checkpoint(site); });
    handlers.outside(sweep_kind, [&site](const jobs::Job &) {
        site.doors().sessions.sweep();
        site.attachments().sweep(site.database());
        forget_drafts(site.database(), site.clock());
    });
}

std::vector<jobs::Schedule> upkeep_schedules() {
    using jobs::Recurrence;
    return {
        {.name = "audit checkpoint",
         .kind = checkpoint_kind,
         .recurrence = Recurrence::every(60),
         .each_tenant = false},
        {.name = "audit verification", .kind = verify_kind, .recurrence = Recurrence::daily(3, 15)},
        {.name = "sweep",
         .kind = sweep_kind,
         .recurrence = Recurrence::every(30),
         .each_tenant = false}};
}

void add_audit(Site &site) {
    auto &router = site.router();
    router.get("/administration/audit", Need::to(Act::view, "log"),
               [&site](const Request &request) { return show(site, request); });
    router.post("/administration/audit", Need::to(Act::view, "log"),
                [&site](const Request &request) { return begin(site, request); });
}

} // namespace wardmote::site
