/// The server: answers HTTP on one address and port until it is told to stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "platform/web/router.hpp"

namespace wardmote::web {

struct ServeOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; ///< 0: any free one, see Server::port()
    unsigned threads = 0;      ///< 0: as many as there are processors, at least 4
    std::size_t largest_header_bytes = 32 * 1024;
    std::size_t largest_body_bytes = 64 * 1024;
    std::chrono::seconds read_timeout{30};
    std::chrono::seconds answer_timeout{60};
    bool access_log = true; ///< method, route, status, bytes, time: no address, no query, no person
};

/// A running server. It answers from construction to stop() or destruction.
class Server {
public:
    /// Throws std::runtime_error with a sentence when the port is taken or not allowed.
    Server(Router router, const ServeOptions &options);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    std::uint16_t port() const;
    /// Finishes the answers under way, then stops. May be called twice.
    void stop();

private:
    struct Running;
    std::unique_ptr<Running> m_running;
};

/// Serves until SIGTERM or SIGINT, then stops calmly. `when_ready` is called with the port once
/// connections are accepted. Also answers /healthz and the stylesheet.
void serve(Router router, const ServeOptions &options,
           const std::function<void(std::uint16_t)> &when_ready = {});

} // namespace wardmote::web
