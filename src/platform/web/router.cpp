#include "platform/web/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "platform/web/address.hpp"
#include "platform/web/failure.hpp"
#include "platform/web/finish.hpp"
#include "platform/web/forms.hpp"

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

using Parameters = decltype(Request::parameters);

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

std::optional<Method> method_of(std::string_view name) {
    if (name == "GET" || name == "HEAD")
        return Method::get;
    return name == "POST" ? std::optional{Method::post} : std::nullopt;
}

/// 128 random bits in base64.
std::string new_nonce() {
    std::array<unsigned char, 16> bits{};
    if (RAND_bytes(bits.data(), bits.size()) != 1)
        throw std::runtime_error("the system gave no random bytes");
    std::array<unsigned char, 25> text{}; // 24 characters and the end that OpenSSL writes
    const int length = EVP_EncodeBlock(text.data(), bits.data(), bits.size());
    return {text.begin(), text.begin() + length};
}

} // namespace

Router::Router() {
    html::Site site; // until failures() gives the site's own pages
    site.name = "Wardmote";
    site.product.clear();
    m_failure_page = failure_page(std::move(site));
}

std::string_view words(Method method) {
    return method == Method::post ? "POST" : "GET";
}

Gate everyone_may() {
    return [](Request &, const access::Need &) { return std::optional<Response>{}; };
}

void Router::get(std::string_view pattern, access::Need need, Handler handler) {
    add({Method::get, std::string{pattern}, need}, std::move(handler), {.largest_body = 0});
}

void Router::get(std::string_view pattern, Handler handler) {
    get(pattern, access::Need::signed_in(), std::move(handler));
}

void Router::post(std::string_view pattern, access::Need need, Handler handler, Limits limits) {
    add({Method::post, std::string{pattern}, need}, std::move(handler), limits);
}

void Router::add(RouteInfo info, Handler handler, Limits limits) {
    if (!info.pattern.starts_with('/'))
        throw std::logic_error("a route begins with a slash: " + info.pattern);
    auto segments = split(info.pattern);
    for (const auto &route : m_routes)
        if (route.info.method == info.method && route.segments == segments)
            throw std::logic_error("the route is given twice: " + info.pattern);
    const auto place = std::ranges::find_if(
        m_routes, [&](const Route &other) { return tried_earlier(segments, other.segments); });
    m_routes.insert(place, {std::move(info), std::move(segments), std::move(handler), limits});
}

std::vector<RouteInfo> Router::routes() const {
    std::vector<RouteInfo> all;
    for (const auto &route : m_routes)
        all.push_back(route.info);
    return all;
}

const Router::Route *Router::find(Method method, const std::vector<std::string> &path,
                                  Parameters &parameters) const {
    for (const auto &route : m_routes)
        if (route.info.method == method && matches(route.segments, path, parameters))
            return &route;
    return nullptr;
}

std::uint64_t Router::largest_body(std::string_view method, std::string_view target) const {
    const auto path = decoded_path(target.substr(0, target.find('?')));
    Parameters parameters;
    const auto *route = method == "POST" && path ? find(Method::post, *path, parameters) : nullptr;
    return route ? route->limits.largest_body : Limits{}.largest_body;
}

Response Router::routed(Request &request, std::string &pattern) const {
    const std::string_view target = request.target;
    const auto query_at = std::min(target.find('?'), target.size());
    const auto raw_path = target.substr(0, query_at);
    const auto path = decoded_path(raw_path);
    auto fields = decoded_query(target.substr(std::min(query_at + 1, target.size())));
    if (!path || !fields)
        return bad_request("A part of the address that begins with % is broken.");
    request.fields = std::move(*fields);
    request.path = *percent_decoded(raw_path);

    const auto method = method_of(request.method);
    if (const auto *route = method ? find(*method, *path, request.parameters) : nullptr) {
        pattern = route->info.pattern;
        return called(request, *route);
    }
    if (m_gate)
        m_gate(request, access::Need::anyone()); // only to know whose shell the page stands in
    return unmatched(request, *path);
}

Response Router::called(Request &request, const Route &route) const {
    if (route.info.method == Method::post && !request.body.empty()) {
        auto form = parsed_form(request.header("Content-Type").value_or(""), request.body);
        if (!form)
            return bad_request("The form did not arrive whole. Go back and send it again.");
        request.form = std::move(form->fields);
        request.uploads = std::move(form->uploads);
    }
    if (m_gate) {
        if (auto refused = m_gate(request, route.info.need))
            return std::move(*refused);
    } else if (route.info.need.who != access::Need::Who::anyone) {
        return failure(403);
    }
    return route.handler(request);
}

Response Router::unmatched(const Request &request, std::vector<std::string> path) const {
    Parameters parameters;
    std::string allowed;
    if (find(Method::get, path, parameters))
        allowed = "GET, HEAD";
    if (find(Method::post, path, parameters))
        allowed += allowed.empty() ? "POST" : ", POST";
    if (!allowed.empty()) {
        auto response = failure(405);
        response.headers.emplace_back("Allow", allowed);
        return response;
    }
    // "/sources/" is "/sources" to people: send them there, if it is there.
    if (!path.empty() && path.back().empty() && method_of(request.method) == Method::get) {
        path.pop_back();
        if (find(Method::get, path, parameters)) {
            const auto end = std::min(request.target.find('?'), request.target.size());
            Response response;
            response.status = 301;
            response.headers.emplace_back("Location", request.target.substr(0, end - 1) +
                                                          request.target.substr(end));
            return response;
        }
    }
    return not_found({});
}

Response Router::completed(const Request &request, Response response) const {
    if (response.status >= 400 && response.body.empty() && !response.stream) {
        response.content_type = "text/html; charset=utf-8";
        response.policy = Response::Policy::page;
        response.body =
            m_failure_page({response.status, response.explanation, request.id, &request}).str();
    }
    finish(request, response);
    return response;
}

Response Router::guarded(const Request &request, const std::function<Response()> &make) const {
    std::string problem;
    try {
        return completed(request, make());
    } catch (const std::exception &error) {
        problem = error.what();
    } catch (...) {
        problem = "something that is not an exception was thrown";
    }
    spdlog::error("request {} failed: {}", request.id, problem);
    try {
        return completed(request, failure(500));
    } catch (const std::exception &error) {
        spdlog::error("request {}: the error page failed: {}", request.id, error.what());
    }
    Response response;
    response.status = 500;
    response.content_type = "text/plain; charset=utf-8";
    response.body = "Sorry, there is a problem with the service\n";
    finish(request, response);
    return response;
}

Response Router::answer(Request request, std::string_view target) const {
    request.target = target;
    request.nonce = new_nonce();
    std::string pattern;
    auto response = guarded(request, [&] { return routed(request, pattern); });
    response.route = pattern;
    return response;
}

Response Router::refuse(Request request, int status, std::string explanation) const {
    request.nonce = new_nonce();
    return guarded(request, [&] { return failure(status, std::move(explanation)); });
}

} // namespace wardmote::web
