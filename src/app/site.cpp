#include "app/site.hpp"

#include <fmt/format.h>
#include <ostream>

#include "app/workspace.hpp"
#include "platform/web/router.hpp"
#include "platform/web/server.hpp"
#include "work/evidence/evidence.hpp"
#include "work/reports/reports.hpp"

namespace wardmote::app {

void add_pages(web::Router &router, const evidence::Workspace &workspace) {
    evidence::routes(router, workspace);
    reports::routes(router, workspace);
}

int serve_home(const Context &context, const Home &home, const SiteOptions &options) {
    const auto workspace = open_workspace(context, home);
    if (!workspace) {
        return Exit::mistake;
    }
    web::Router router;
    router.gate(web::everyone_may()); // until the signed-in site stands in this place
    add_pages(router, *workspace);
    web::ServeOptions serving;
    serving.address = options.address;
    serving.port = options.port;
    try {
        web::serve(std::move(router), serving, [&](std::uint16_t port) {
            context.terminal.out << fmt::format("{} is at http://{}:{}/ until you press Ctrl-C.\n",
                                                workspace->settings().partnership, options.address,
                                                port)
                                 << std::flush;
        });
    } catch (const std::runtime_error &error) { // the port is taken, or not ours to have
        return context.refuse(error.what());
    }
    return Exit::done;
}

} // namespace wardmote::app
