#include "platform/web/service.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "engine/core/id.hpp"
#include "platform/html/script.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::web {

namespace {

const std::vector<std::string> this_machine{"127.0.0.0/8", "::1"};

Response text(std::string words, int status = 200) {
    Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(words);
    response.no_store = true;
    return response;
}

Response asset(std::string_view type, std::string_view body) {
    Response response;
    response.content_type = type;
    response.body = body;
    response.immutable = true;
    return response;
}

std::string_view reason(int status) {
    struct Reason {
        int status;
        std::string_view words;
    };
    constexpr std::array reasons{
        Reason{200, "OK"},
        Reason{201, "Created"},
        Reason{204, "No Content"},
        Reason{301, "Moved Permanently"},
        Reason{302, "Found"},
        Reason{303, "See Other"},
        Reason{304, "Not Modified"},
        Reason{400, "Bad Request"},
        Reason{401, "Unauthorized"},
        Reason{403, "Forbidden"},
        Reason{404, "Not Found"},
        Reason{405, "Method Not Allowed"},
        Reason{408, "Request Timeout"},
        Reason{409, "Conflict"},
        Reason{410, "Gone"},
        Reason{413, "Content Too Large"},
        Reason{422, "Unprocessable Content"},
        Reason{429, "Too Many Requests"},
        Reason{431, "Request Header Fields Too Large"},
        Reason{500, "Internal Server Error"},
        Reason{503, "Service Unavailable"},
    };
    for (const auto &known : reasons)
        if (known.status == status)
            return known.words;
    return status < 400 ? "OK" : "Error";
}

/// As in a Date header: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> out{};
    return {out.data(), std::strftime(out.data(), out.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

} // namespace

std::string new_request_id() {
    // 48 random bits: enough to find one request in a log.
    const auto whole = core::Id::make(core::SystemClock{}).text();
    return whole.substr(whole.size() - 12);
}

std::string head_of(const Response &response, const Framing &framing) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: {}\r\n",
                                   response.status, reason(response.status), http_date(),
                                   framing.keep_alive ? "keep-alive" : "close");
    for (const auto &[name, value] : response.headers)
        head.append(name).append(": ").append(value).append("\r\n");
    if (framing.chunked)
        head += "Transfer-Encoding: chunked\r\n";
    else if (response.stream && response.stream_bytes)
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *response.stream_bytes);
    else if (!response.stream && response.status != 204 && response.status != 304)
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
    return head + "\r\n";
}

Service::Service(Router router, ServeOptions options)
    : m_router{std::move(router)}
    , m_options{std::move(options)}
    , m_trusted{m_options.trusted_proxies}
    , m_metrics_from{m_options.metrics_from}
    , m_rate{m_options.requests_per_second, m_options.burst} {
    add_own_routes();
}

void Service::add_own_routes() {
    constexpr auto anyone = access::Need::anyone();
    m_router.get("/healthz", anyone, [](const Request &) { return text("ok\n"); });
    m_router.get("/readyz", anyone, [this](const Request &) {
        const auto problem = m_options.ready ? m_options.ready() : std::nullopt;
        return problem ? text(*problem + "\n", 503) : text("ready\n");
    });
    m_router.get("/metrics", anyone,
                 [this](const Request &request) { return metrics_page(request); });
    m_router.get(html::stylesheet_href(), anyone, [](const Request &) {
        return asset("text/css; charset=utf-8", html::stylesheet());
    });
    m_router.get(html::script_href(), anyone, [](const Request &) {
        return asset("text/javascript; charset=utf-8", html::script());
    });
}

Response Service::metrics_page(const Request &request) const {
    static const Networks loopback{this_machine};
    // A proxy on this machine that is not trusted would make the whole world look local.
    const bool through_proxy = request.header("X-Forwarded-For") || request.header("Forwarded");
    const bool local = loopback.holds(request.remote) && !through_proxy;
    if (!local && !m_metrics_from.holds(request.remote))
        return failure(403, "The measurements of this server are not for this address.");
    auto response = text(m_metrics.text() + (m_options.metrics ? m_options.metrics() : ""));
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return response;
}

std::optional<Response> Service::refusal(Request &request, const std::string &peer, bool tls) {
    auto client = client_of(request, peer, tls, m_trusted);
    request.remote = client ? client->remote : peer;
    if (client) {
        request.host = std::move(client->host);
        request.secure = client->secure;
    }
    if (!m_rate.take(counted_as(request.remote), Clock::now())) {
        auto response = refuse(request, 429);
        response.headers.emplace_back("Retry-After", "1");
        return response;
    }
    if (!client)
        return refuse(request, 400, "The request does not name the site that it is for.");
    return std::nullopt;
}

void Service::record(const Request &request, const Response &response, Clock::duration took) {
    const std::string_view route = response.route.empty() ? "-" : std::string_view{response.route};
    const std::chrono::duration<double> seconds = took;
    m_metrics.answered(request.method, route, response.status, seconds.count());
    if (!m_options.access_log)
        return;
    // The route, not the address: an address or a query may name a person.
    const auto bytes = response.stream ? response.stream_bytes.value_or(0) : response.body.size();
    spdlog::info("{} {} {} {} bytes {:.1f} ms {}", known_method(request.method), route,
                 response.status, bytes, seconds.count() * 1000, request.id);
}

Response Service::answer(Request request, Clock::time_point since) {
    ++m_metrics.in_flight;
    const auto response = m_router.answer(request, request.target);
    --m_metrics.in_flight;
    record(request, response, Clock::now() - since);
    return response;
}

Response Service::refuse(const Request &request, int status, std::string explanation) {
    auto response = m_router.refuse(request, status, std::move(explanation));
    record(request, response, {});
    return response;
}

} // namespace wardmote::web
