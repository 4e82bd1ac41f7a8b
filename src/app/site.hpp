/// The site: every folder's pages behind one gate, with its records and its background work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/records.hpp"
#include "app/site_settings.hpp"
#include "platform/access/seen_log.hpp"
#include "platform/jobs/queue.hpp"
#include "platform/jobs/worker.hpp"
#include "platform/record/attachments.hpp"
#include "platform/record/keeper.hpp"
#include "platform/site/site.hpp"
#include "platform/web/router.hpp"
#include "work/evidence/evidence.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::app {

/// What the command line says; each stands instead of what the settings say.
struct SiteOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string certificate, private_key;
    std::vector<std::string> trusted_proxies, metrics_from;
    RecordsOptions records;
};

void add_site(CLI::App &command, SiteOptions &options);

/// The settings of a workspace with the options over them. Throws as read_site_settings() does.
SiteSettings settings_of(const Home &home, const SiteOptions &options);

/// The law and its duties, with what proves them in the records of every folder. Throws as
/// partnership::Rules::read() does.
partnership::Rules rules_of(const Home &home);

/// All that a served workspace is made of, in the order in which it must be made.
class WholeSite {
public:
    /// All must outlive it. Throws std::runtime_error with a sentence.
    WholeSite(const Home &home, const evidence::Workspace &workspace, RecordsHome &records,
              const SiteSettings &settings, const site::Settings &pages, const core::Clock &clock);

    web::Router &router() { return m_router; }
    site::Site &site() { return m_site; }
    jobs::Worker &worker() { return m_worker; }
    access::SeenLog &seen() { return m_seen; }

private:
    void add_pages(const evidence::Workspace &workspace);
    jobs::Handlers handlers(const SiteSettings &settings,
                            const evidence::Workspace &workspace) const;

    record::Keeper m_keeper;
    record::Attachments m_attachments;
    access::SeenLog m_seen;
    jobs::Queue m_queue;
    partnership::Rules m_rules;
    web::Router m_router;
    site::Site m_site;
    jobs::Worker m_worker;
};

/// Serves until SIGINT or SIGTERM.
int serve_home(const Context &context, const Home &home, const SiteOptions &options);

} // namespace wardmote::app
