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
}

void add_serve(CLI::App &app, Context &context) {
    auto wanted = std::make_shared<Serve>();
    CLI::App *command = app.add_subcommand("serve", "Show a workspace to browsers, until stopped");
    command->footer("Stop it with Ctrl-C, or SIGTERM. Nothing can be changed through it, and "
                    "nobody signs in: leave the address as it is unless the network may see all.");
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
