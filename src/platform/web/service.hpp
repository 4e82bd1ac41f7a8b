/// What the server does with a request once it is read, apart from sockets: admits it, answers it,
/// counts it, logs it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "platform/web/client.hpp"
#include "platform/web/limits.hpp"
#include "platform/web/metrics.hpp"
#include "platform/web/router.hpp"
#include "platform/web/server.hpp"

namespace wardmote::web {

class Service {
public:
    using Clock = std::chrono::steady_clock;

    /// Adds the server's own pages to the router's. Throws std::runtime_error for an option that
    /// makes no sense.
    Service(Router router, ServeOptions options);
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;

    /// Fills in who the client is. A response when it may not go on: the headers contradict each
    /// other, or it asks too often.
    std::optional<Response> refusal(Request &request, const std::string &peer, bool tls);
    std::uint64_t largest_body(const Request &request) const {
        return m_router.largest_body(request.method, request.target);
    }
    Response answer(Request request, Clock::time_point since);
    Response refuse(const Request &request, int status, std::string explanation = {});

    bool trusts(const std::string &peer) const { return m_trusted.holds(peer); }
    const ServeOptions &options() const { return m_options; }
    Metrics &metrics() { return m_metrics; }

private:
    void add_own_routes();
    Response metrics_page(const Request &request) const;
    void record(const Request &request, const Response &response, Clock::duration took);

    Router m_router;
    ServeOptions m_options;
    Networks m_trusted;
    Networks m_metrics_from;
    RateLimit m_rate;
    Metrics m_metrics;
};

/// The first lines of an answer, up to and with the empty one. A stream of unknown length is sent
/// in chunks, or until the connection closes.
struct Framing {
    bool chunked = false;
    bool keep_alive = true;
};
std::string head_of(const Response &response, const Framing &framing);

/// Names a request in the log: short enough to read out on the telephone.
std::string new_request_id();

} // namespace wardmote::web
