#include "app/site.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <mutex>
#include <ostream>
#include <spdlog/spdlog.h>
#include <thread>

#include "app/workspace.hpp"
#include "engine/lake/sheets.hpp"
#include "platform/site/administration.hpp"
#include "platform/site/digest.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/messages.hpp"
#include "platform/web/server.hpp"
#include "work/assessment/assessment.hpp"
#include "work/evidence/evidence.hpp"
#include "work/funding/funding.hpp"
#include "work/partnership/partnership.hpp"
#include "work/plan/plan.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {
namespace {

using access::Act;
using access::Need;

/// A workspace has one store of evidence: that of the partnership which was set up first.
class FirstTenant {
public:
    explicit FirstTenant(db::Database &database)
        : m_database{database} {}

    bool is(const access::Visit &visit) {
        const std::scoped_lock lock{m_mutex};
        if (m_id.empty()) {
            m_id = first_tenant(m_database).value_or("");
        }
        return m_id == visit.person.tenant;
    }

private:
    db::Database &m_database;
    std::mutex m_mutex;
    std::string m_id;
};

evidence::Shell shell_of(const site::Site &site) {
    return {
        .page = [&site](const web::Request &request,
                        html::Page page) { return site.page(request, std::move(page)); },
        .exported = [&site](const web::Request &request, std::string_view kind,
                            std::string_view what) { site.note(request, "export", kind, what); }};
}

/// All that comes round.
std::vector<jobs::Schedule> all_schedules() {
    auto all = site::upkeep_schedules();
    all.push_back(site::digest_schedule());
    std::ranges::move(plan::schedules(), std::back_inserter(all));
    return all;
}

/// Spreadsheets and CSV files are read as those of the evidence are.
core::SheetsRead read_sheets(std::string_view name, std::string_view bytes) {
    return lake::read_sheets(name, bytes);
}

bool is_this_machine(std::string_view address) {
    constexpr std::array loopback{"127.0.0.1", "::1", "localhost"};
    return std::ranges::find(loopback, address) != loopback.end();
}

site::Settings pages_of(const SiteOptions &options, const SiteSettings &settings,
                        const evidence::Workspace &workspace) {
    site::Settings pages;
    pages.url = settings.url.empty()
                    ? fmt::format("{}://{}:{}", settings.certificate.empty() ? "http" : "https",
                                  options.address, options.port)
                    : settings.url;
    pages.sends_mail = settings.smtp.has_value();
    pages.openid = settings.openid;
    pages.openid_words = settings.openid_words;
    pages.example_sign_in = is_this_machine(options.address) && settings.trusted_proxies.empty();
    pages.footer_links = {{"Accessibility", "/accessibility"}, {"Methods", "/methods"}};
    pages.footer_note = workspace.settings().footer;
    return pages;
}

web::ServeOptions serving(const SiteOptions &options, const SiteSettings &settings,
                          RecordsHome &records, WholeSite &whole) {
    web::ServeOptions serve;
    serve.address = options.address;
    serve.port = options.port;
    serve.certificate = settings.certificate;
    serve.private_key = settings.private_key;
    serve.trusted_proxies = settings.trusted_proxies;
    serve.metrics_from = settings.metrics_from;
    serve.requests_per_second = static_cast<double>(settings.requests_per_second);
    serve.burst = 4 * serve.requests_per_second;
    serve.ready = [&records] { return records.database.unwell(); };
    serve.metrics = [&whole] {
        return whole.worker().metrics() +
               fmt::format("# HELP wardmote_seen_log_waiting_bytes Noted and not yet in the log.\n"
                           "# TYPE wardmote_seen_log_waiting_bytes gauge\n"
                           "wardmote_seen_log_waiting_bytes {}\n",
                           whole.seen().waiting());
    };
    return serve;
}

void say_where(const Context &context, const std::string &name, const std::string &url,
               const site::Site &site) {
    auto &out = context.terminal.out;
    out << fmt::format("{} is at {}/ until you press Ctrl-C.\n", name, url);
    const auto &first_run = site.doors().first_run;
    if (first_run.needed()) {
        out << fmt::format("No partnership is set up yet. Open {}/set-up?token={}\n", url,
                           first_run.token());
    }
    out << std::flush;
}

} // namespace

SiteSettings settings_of(const Home &home, const SiteOptions &options) {
    auto settings = read_site_settings(home);
    const auto over = [](auto &setting, const auto &option) {
        if (!option.empty()) {
            setting = option;
        }
    };
    over(settings.certificate, options.certificate);
    over(settings.private_key, options.private_key);
    over(settings.trusted_proxies, options.trusted_proxies);
    over(settings.metrics_from, options.metrics_from);
    settings.records = options.records;
    return settings;
}

partnership::Rules rules_of(const Home &home) {
    auto rules = partnership::Rules::read(home.catalogues());
    rules.evidences.merge(assessment::duty_evidence());
    rules.evidences.merge(plan::duty_evidence(rules.law.parameters));
    rules.evidences.merge(funding::duty_evidence());
    return rules;
}

WholeSite::WholeSite(const Home &home, const evidence::Workspace &workspace, RecordsHome &records,
                     const SiteSettings &settings, const site::Settings &pages,
                     const core::Clock &clock)
    : m_keeper{records.database, records.ledger, records.keys, clock}
    , m_attachments{records.keys, records.ledger, clock, settings.attachments}
    , m_seen{records.database, records.ledger, clock, spool_folder(home)}
    , m_queue{clock}
    , m_rules{rules_of(home)}
    , m_site{m_router, {m_keeper, m_seen, m_queue, m_attachments, read_sheets}, pages}
    , m_worker{records.database, m_queue, clock, handlers(settings, workspace), all_schedules()} {
    add_pages(workspace);
}

void WholeSite::add_pages(const evidence::Workspace &workspace) {
    const auto first = std::make_shared<FirstTenant>(m_keeper.database());
    for (const auto *kind : {"evidence", "report"}) {
        m_site.belongs(kind, [first](const access::Visit &visit) { return first->is(visit); });
    }
    m_site.today_is([first, &workspace](const access::Visit &visit) {
        const bool stands_still = visit.example && first->is(visit);
        return stands_still ? std::optional{workspace.today()} : std::nullopt;
    });
    m_site.section({"Evidence", "/evidence", Need::to(Act::view, "evidence"), "g e"});
    m_site.section({"Sources", "/sources", Need::to(Act::view, "evidence"), "g s"});
    partnership::routes(m_site);
    partnership::add_governance(m_site, m_rules);
    assessment::routes(m_site);
    plan::routes(m_site, &workspace);
    funding::routes(m_site, m_rules.law.parameters);
    reports::routes(m_site, workspace);
    evidence::routes(m_router, workspace, shell_of(m_site));
    m_site.home(
        [this, &workspace](db::Transaction &, const access::Visit &visit, site::Home &home) {
            if (m_site.may_pass(visit, Need::to(Act::view, "evidence"))) {
                home.figures = evidence::home_figures(workspace);
            }
        });
}

jobs::Handlers WholeSite::handlers(const SiteSettings &settings,
                                   const evidence::Workspace &workspace) const {
    jobs::Handlers handlers;
    site::add_upkeep(m_site, handlers);
    site::add_digest(m_site, handlers);
    site::add_import_job(m_site, handlers);
    partnership::add_jobs(m_site, handlers);
    plan::add_jobs(m_site, handlers);
    reports::add_jobs(m_site, workspace, &m_rules, handlers);
    if (settings.smtp && settings.mail_from) {
        handlers.outside(std::string{site::mail_kind},
                         site::mailer(m_keeper, m_site.settings(), mail::Smtp{*settings.smtp},
                                      *settings.mail_from));
    }
    return handlers;
}

int serve_home(const Context &context, const Home &home, const SiteOptions &options) {
    const auto workspace = open_workspace(context, home);
    if (!workspace) {
        return Exit::mistake;
    }
    try {
        const auto settings = settings_of(home, options);
        const auto records = open_records(context, home, settings.records);
        if (!records) {
            return Exit::mistake;
        }
        WholeSite whole{
            home,         *workspace, *records, settings, pages_of(options, settings, *workspace),
            context.clock};
        whole.worker().start();
        const std::jthread warming{[&workspace] {
            try {
                evidence::warm(*workspace);
            } catch (const std::exception &error) { // whoever asks for the page is told why
                spdlog::warn("the evidence could not be made ready: {}", error.what());
            }
        }};
        web::serve(
            whole.router(), serving(options, settings, *records, whole), [&](std::uint16_t port) {
                say_where(context, workspace->settings().partnership,
                          fmt::format("{}://{}:{}", settings.certificate.empty() ? "http" : "https",
                                      options.address, port),
                          whole.site());
            });
        whole.worker().stop();
        whole.seen().close();
    } catch (const std::runtime_error &error) { // the port is taken, the settings are wrong
        return context.refuse(error.what());
    }
    return Exit::done;
}

} // namespace wardmote::app
