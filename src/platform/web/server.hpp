/// The server: answers HTTP or HTTPS on one address and port until it is told to stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/web/router.hpp"

namespace wardmote::web {

struct ServeOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; ///< 0: any free one, see Server::port()
    unsigned threads = 0;      ///< for handlers; 0: four a processor, at least 8

    std::string certificate; ///< PEM file with the whole chain; empty: no TLS of its own
    std::string private_key; ///< PEM file

    /// Addresses ("192.0.2.7") or networks ("10.0.0.0/8") whose X-Forwarded-For, -Proto and -Host
    /// are believed.
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> metrics_from; ///< who may read /metrics besides this machine

    std::size_t largest_header_bytes = 32UL * 1024;
    std::size_t memory_body_bytes = 256UL * 1024; ///< a longer body waits in a file
    std::string spool_folder = "/var/tmp";        ///< where that file is, without a name
    std::size_t largest_connections = 4000;
    std::size_t connections_per_remote = 500; ///< proxies that are trusted are not held to it
    std::size_t largest_queue = 1000;         ///< requests waiting for a thread; more get 503

    double requests_per_second = 100; ///< for each client; 0: no limit
    double burst = 400;               ///< how many at once before that rate counts

    std::chrono::seconds idle_timeout{60};   ///< between requests
    std::chrono::seconds header_timeout{10}; ///< for all the headers of one
    /// A body, either way, may stall so long; beyond that it must have moved at `least_rate`.
    std::chrono::seconds stall_timeout{30};
    double least_rate = 4096;              ///< bytes a second
    std::chrono::seconds stop_timeout{30}; ///< how long stopping waits for answers under way

    bool access_log = true; ///< method, route, status, bytes, time: no address, no query, no person
    /// For /readyz: why requests should go elsewhere, in a sentence, or nothing.
    std::function<std::optional<std::string>()> ready;
    std::function<std::string()> metrics; ///< further lines for /metrics, in Prometheus's format
};

/// A running server. It answers from construction to stop() or destruction. To the router's own
/// pages it adds /healthz, /readyz, /metrics and the stylesheet.
class Server {
public:
    /// Throws std::runtime_error with a sentence when the port is taken or not allowed, or the
    /// certificate does not fit.
    Server(Router router, const ServeOptions &options);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    std::uint16_t port() const;
    /// Reads the certificate and key again for connections to come; throws and keeps the old ones
    /// when they do not fit.
    void reload_certificate();
    /// Finishes the answers under way, then stops. May be called twice.
    void stop();

private:
    struct Running;
    std::unique_ptr<Running> m_running;
};

/// Serves until SIGTERM or SIGINT, then stops calmly; SIGHUP reads the certificate again.
/// `when_ready` is called with the port once connections are accepted.
void serve(Router router, const ServeOptions &options,
           const std::function<void(std::uint16_t)> &when_ready = {});

} // namespace wardmote::web
