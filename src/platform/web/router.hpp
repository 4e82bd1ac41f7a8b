/// The router: which handler answers which address, and what must be true of whoever asks.
///
/// Handlers run on several threads at once, so what they share must be safe to use so. A handler
/// that throws is logged with the request's id and answered with an error page.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/access/permission.hpp"
#include "platform/html/html.hpp"
#include "platform/web/request.hpp"
#include "platform/web/response.hpp"

namespace wardmote::web {

enum class Method { get, post };
std::string_view words(Method method); ///< "GET"

/// What a route takes at most.
struct Limits {
    std::uint64_t largest_body = 64UL * 1024; ///< bytes, files and all
};

using Handler = std::function<Response(const Request &)>;

/// Called between finding a route and its handler, with what the route needs. Sets
/// Request::visit; a response ends the matter: sign in first, or 403.
using Gate = std::function<std::optional<Response>(Request &, const access::Need &)>;
/// Lets everybody in: for tests and for lone pages without sign-in.
Gate everyone_may();

/// What an error page is told.
struct Failure {
    int status = 500;
    std::string explanation; ///< may be empty
    std::string request_id;
    const Request *request = nullptr; ///< its visit is who is signed in
};
/// Draws the page of a failure (403, 404, 400, 405, 500) in the site's shell.
using FailurePage = std::function<html::Html(const Failure &)>;

struct RouteInfo {
    Method method = Method::get;
    std::string pattern;
    access::Need need;
};

class Router {
public:
    Router();

    /// `pattern` is literal segments and parameters: "/evidence/:measure/table.csv". A parameter is
    /// one segment, or a whole rest when the last is written "*name". Literal segments win over
    /// parameters. GET answers HEAD too, without the body. Throws std::logic_error when the same
    /// method and pattern are given twice.
    void get(std::string_view pattern, access::Need need, Handler handler);
    /// For whoever is signed in.
    void get(std::string_view pattern, Handler handler);
    void post(std::string_view pattern, access::Need need, Handler handler, Limits limits = {});

    /// Without a gate only routes that need nothing answer; all others are 403.
    void gate(Gate gate) { m_gate = std::move(gate); }
    void failures(FailurePage page) { m_failure_page = std::move(page); }

    std::vector<RouteInfo> routes() const;

    /// Routes, reads the form, asks the gate, calls and completes: never throws. `target` is the
    /// address as it was sent, with its query: "/evidence?place=north". 400 when it or the form is
    /// malformed, 404 when nothing matches, 405 when the method does not fit, 500 when the handler
    /// throws.
    Response answer(Request request, std::string_view target) const;
    /// A request that is refused before it can be routed: the completed error page.
    Response refuse(Request request, int status, std::string explanation = {}) const;
    /// How many bytes of body a request may bring; that of any form when no route takes it.
    std::uint64_t largest_body(std::string_view method, std::string_view target) const;

private:
    struct Route {
        RouteInfo info;
        std::vector<std::string> segments;
        Handler handler;
        Limits limits;
    };
    using Parameters = decltype(Request::parameters);
    void add(RouteInfo info, Handler handler, Limits limits);
    const Route *find(Method method, const std::vector<std::string> &path,
                      Parameters &parameters) const;
    Response routed(Request &request, std::string &pattern) const;
    Response called(Request &request, const Route &route) const;
    Response unmatched(const Request &request, std::vector<std::string> path) const;
    Response completed(const Request &request, Response response) const;
    Response guarded(const Request &request, const std::function<Response()> &make) const;

    std::vector<Route> m_routes; ///< in the order they are tried
    Gate m_gate;
    FailurePage m_failure_page;
};

} // namespace wardmote::web
