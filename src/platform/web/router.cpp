#include "platform/web/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "platform/web/address.hpp"
#include "platform/web/failure.hpp"
#include "platform/web/finish.hpp"

namespace wardmote::web {

namespace {

bool is_parameter(std::string_view segment) {
    return segment.starts_with(':');
}

bool is_rest(std::string_view segment) {
    return segment.starts_with('*');
}

/// Literal before parameter before rest: the order in which routes are tried.
int rank(std::string_view segment) {
    return is_rest(segment) ? 2 : is_parameter(segment) ? 1 : 0;
}

std::vector<std::string> split(std::string_view pattern) {
    std::vector<std::string> segments;
    while (pattern.size() > 1 && pattern.front() == '/') {
        pattern.remove_prefix(1);
        const auto end = std::min(pattern.find('/'), pattern.size());
        segments.emplace_back(pattern.substr(0, end));
        pattern.remove_prefix(end);
    }
    return segments;
}

bool tried_earlier(const std::vector<std::string> &a, const std::vector<std::string> &b) {
    return std::ranges::lexicographical_compare(
        a, b, [](const auto &x, const auto &y) { return rank(x) < rank(y); });
}

using Parameters = std::map<std::string, std::string, std::less<>>;

bool matches(const std::vector<std::string> &pattern, const std::vector<std::string> &path,
             Parameters &parameters) {
    parameters.clear();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view segment = pattern[i];
        if (is_rest(segment)) {
            std::string rest;
            for (std::size_t k = i; k < path.size(); ++k) {
                // An escaped slash inside a segment could climb out of a folder.
                if (path[k].empty() || path[k].find_first_of("/\\") != std::string::npos)
                    return false;
                rest += (k > i ? "/" : "") + path[k];
            }
            parameters.emplace(segment.substr(1), rest);
            return !rest.empty();
        }
        if (i >= path.size())
            return false;
        if (is_parameter(segment)) {
            if (path[i].empty())
                return false;
            parameters.emplace(segment.substr(1), path[i]);
        } else if (segment != path[i]) {
            return false;
        }
    }
    return pattern.size() == path.size();
}

} // namespace

Router::Router() {
    html::Site site; // until failures() gives the site's own pages
    site.name = "Wardmote";
    site.product.clear();
    m_failure_page = failure_page(std::move(site));
}

void Router::get(std::string_view pattern, Handler handler) {
    if (!pattern.starts_with('/'))
        throw std::logic_error("a route begins with a slash: " + std::string{pattern});
    auto segments = split(pattern);
    for (const auto &route : m_routes)
        if (route.segments == segments)
            throw std::logic_error("the route is given twice: " + std::string{pattern});
    const auto place = std::ranges::find_if(
        m_routes, [&](const Route &other) { return tried_earlier(segments, other.segments); });
    m_routes.insert(place, {std::string{pattern}, std::move(segments), std::move(handler)});
}

const Router::Route *Router::find(const std::vector<std::string> &path, Request &request) const {
    for (const auto &route : m_routes)
        if (matches(route.segments, path, request.parameters))
            return &route;
    return nullptr;
}

Response Router::routed(Request &request, std::string_view target) const {
    if (request.method != "GET" && request.method != "HEAD") {
        Response response;
        response.status = 405;
        response.headers.emplace_back("Allow", "GET, HEAD");
        return response;
    }
    const auto query_at = std::min(target.find('?'), target.size());
    const auto raw_path = target.substr(0, query_at);
    auto path = decoded_path(raw_path);
    auto fields = decoded_query(target.substr(std::min(query_at + 1, target.size())));
    if (!path || !fields)
        return bad_request("A part of the address that begins with % is broken.");
    request.fields = std::move(*fields);
    request.path = *percent_decoded(raw_path);

    if (const auto *route = find(*path, request)) {
        auto response = route->handler(request);
        response.route = route->pattern;
        return response;
    }
    // "/sources/" is "/sources" to people: send them there, if it is there.
    if (!path->empty() && path->back().empty()) {
        path->pop_back();
        if (find(*path, request)) {
            Response response;
            response.status = 301;
            response.headers.emplace_back("Location",
                                          std::string{raw_path.substr(0, raw_path.size() - 1)} +
                                              std::string{target.substr(query_at)});
            return response;
        }
    }
    return not_found({});
}

void Router::complete(const Request &request, Response &response) const {
    if (response.status >= 400 && response.body.empty()) {
        response.content_type = "text/html; charset=utf-8";
        response.policy = Response::Policy::page;
        response.body = m_failure_page({response.status, response.explanation, request.id}).str();
    }
    finish(request, response);
}

Response Router::answer(Request request, std::string_view target) const {
    std::string problem;
    try {
        auto response = routed(request, target);
        complete(request, response);
        return response;
    } catch (const std::exception &error) {
        problem = error.what();
    } catch (...) {
        problem = "something that is not an exception was thrown";
    }
    spdlog::error("request {} failed: {}", request.id, problem);
    Response response;
    response.status = 500;
    try {
        complete(request, response);
    } catch (const std::exception &error) {
        spdlog::error("request {}: the error page failed: {}", request.id, error.what());
        response.body = "Sorry, there is a problem with the service\n";
        response.content_type = "text/plain; charset=utf-8";
        response.headers = {{"Content-Type", response.content_type}};
    }
    return response;
}

} // namespace wardmote::web
