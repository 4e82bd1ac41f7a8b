#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <ostream>

#include "app/context.hpp"
#include "app/site.hpp"
#include "app/workspace.hpp"

namespace wardmote::app {
namespace {

struct Serve {
    std::string home;
    SiteOptions site;
};

} // namespace

void add_site(CLI::App &command, SiteOptions &options) {
    command.add_option("--address", options.address, "The address to listen on")
        ->type_name("ADDRESS")
        ->capture_default_str();
    command.add_option("--port", options.port, "The port to listen on; 0 is any free one")
        ->type_name("PORT")
        ->capture_default_str();
    command
        .add_option("--certificate", options.certificate,
                    "PEM file of the certificate and its chain: serves HTTPS")
        ->type_name("FILE");
    command.add_option("--private-key", options.private_key, "PEM file of its private key")
        ->type_name("FILE");
    command
        .add_option("--trusted-proxy", options.trusted_proxies,
                    "An address or network (10.0.0.0/8) whose X-Forwarded headers are believed; "
                    "may be given again")
        ->type_name("ADDRESS");
    command
        .add_option("--metrics-from", options.metrics_from,
                    "Who may read /metrics besides this machine; may be given again")
        ->type_name("ADDRESS");
    add_records(command, options.records);
}

void add_serve(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Serve>();
    CLI::App *command = app.add_subcommand("serve", "Serve the site of a workspace, until stopped");
    command->footer("Stop it with Ctrl-C, or SIGTERM; SIGHUP reads the certificate again. The "
                    "first time it prints a link that sets up the partnership. Settings of mail, "
                    "accounts elsewhere and files are in the workspace's wardmote.toml.");
    add_home(*command, wanted->home);
    add_site(*command, wanted->site);
    command->callback([wanted, &context] {
        context.chosen = [wanted, &context]() -> int {
            const auto home = find_home(context, wanted->home);
            return home ? serve_home(context, *home, wanted->site) : Exit::mistake;
        };
    });
}

} // namespace wardmote::app
