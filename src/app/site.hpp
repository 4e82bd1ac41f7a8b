/// The site of one workspace: every folder's pages on one server.
#pragma once

#include <cstdint>
#include <string>

#include "app/context.hpp"

namespace wardmote::web {
class Router;
}
namespace wardmote::evidence {
class Workspace;
}

namespace wardmote::app {

struct SiteOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
};

void add_site(CLI::App &command, SiteOptions &options);

/// Adds every page there is. `workspace` must outlive the router.
void add_pages(web::Router &router, const evidence::Workspace &workspace);

/// Serves until SIGINT or SIGTERM.
int serve_home(const Context &context, const Home &home, const SiteOptions &options);

} // namespace wardmote::app
