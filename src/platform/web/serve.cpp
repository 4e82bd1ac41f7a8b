#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "platform/web/server.hpp"

namespace wardmote::web {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Each connection is an open file, and systems allow few unless asked.
void allow_many_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
    ::setrlimit(RLIMIT_NOFILE, &limit); // when refused, fewer connections are accepted at once
}

} // namespace

void serve(Router router, const ServeOptions &options,
           const std::function<void(std::uint16_t)> &when_ready) {
    allow_many_files();
    Server server{std::move(router), options};
    {
        // Kept to this block: a second signal, while stopping, ends the program at once.
        asio::io_context waiting;
        asio::signal_set ends{waiting, SIGINT, SIGTERM};
        asio::signal_set reloads{waiting, SIGHUP};
        std::function<void(error_code, int)> reload = [&](error_code problem, int) {
            if (problem)
                return;
            try {
                server.reload_certificate();
            } catch (const std::exception &error) {
                spdlog::error("the certificate stays as it was: {}", error.what());
            }
            reloads.async_wait(reload);
        };
        reloads.async_wait(reload);
        ends.async_wait([&](error_code, int) { waiting.stop(); });
        if (when_ready)
            when_ready(server.port());
        waiting.run();
    }
    server.stop();
}

} // namespace wardmote::web
