#include "platform/site/gate.hpp"

#include <algorithm>
#include <array>

#include "engine/core/text.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/sign_in_page.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using access::Need;
using web::Request;
using web::Response;

/// The server's own addresses, which must answer also when the database does not.
bool is_plumbing(std::string_view path) {
    constexpr std::array own{"/healthz", "/readyz", "/metrics"};
    return path.starts_with("/assets/") || std::ranges::find(own, path) != own.end();
}

void recognise(const Site &site, Request &request) {
    const auto &sessions = site.doors().sessions;
    if (const auto token = request.cookie(session_cookie); token && !token->empty()) {
        if (auto visit = sessions.find(*token, request.host, request.id)) {
            request.csrf = visit->csrf;
            request.visit = std::make_shared<const access::Visit>(std::move(*visit));
            return;
        }
    }
    request.visitor = request.cookie(visitor_cookie).value_or("");
    if (request.visitor.empty()) {
        request.visitor = db::random_token();
    }
    request.csrf = sessions.csrf(request.visitor);
}

bool carries_token(const Site &site, const Request &request) {
    const auto sent = request.value("csrf").value_or("");
    const auto &by = request.visit ? session_cookie : visitor_cookie;
    const auto token = request.cookie(by).value_or("");
    return !token.empty() && site.doors().sessions.csrf_matches(token, sent);
}

Response without_token(const Site &site, const Request &request) {
    if (!is_from_own_page(request)) {
        return web::failure(403, "Another site asked for this, so nothing was done.");
    }
    return send_again_page(site, request, 403);
}

Response session_over(const Site &site, const Request &request) {
    if (request.method != "POST") {
        return web::redirect("/sign-in?then=" + web::percent_encoded(own_path(request.target)));
    }
    return is_from_own_page(request) ? sign_in_to_send_page(site, request)
                                     : web::failure(403, "Sign in first. Nothing was done.");
}

} // namespace

bool is_from_own_page(const Request &request) {
    if (const auto from = request.header("Sec-Fetch-Site")) {
        return *from == "same-origin" || *from == "none";
    }
    const auto origin = request.header("Origin");
    if (!origin) {
        return true;
    }
    std::string_view host = *origin;
    const auto scheme = host.find("://");
    if (scheme == host.npos) {
        return false; // "null": a page that hides where it is from
    }
    host.remove_prefix(scheme + 3);
    if (const auto port = host.rfind(':'); port != host.npos && host.find(']', port) == host.npos) {
        host = host.substr(0, port);
    }
    return core::lower(host) == request.host;
}

std::string own_path(std::string_view wanted) {
    const bool plain = std::ranges::none_of(
        wanted, [](unsigned char c) { return c <= ' ' || c == '\\' || c == 0x7f; });
    const auto path = wanted.substr(0, wanted.find('?'));
    if (!plain || !wanted.starts_with('/') || wanted.starts_with("//") ||
        !web::decoded_path(path) || path.starts_with("/sign-")) {
        return "/";
    }
    return std::string{wanted};
}

web::Gate gate_of(const Site &site) {
    return [&site](Request &request, const Need &need) -> std::optional<Response> {
        if (is_plumbing(request.path)) {
            return {};
        }
        recognise(site, request);
        const bool open = need.who == Need::Who::anyone;
        if (!request.visit && !open) {
            return session_over(site, request);
        }
        if (request.method == "POST" &&
            (!is_from_own_page(request) || !carries_token(site, request))) {
            return without_token(site, request);
        }
        if (open || site.may_pass(*request.visit, need)) {
            return {};
        }
        if (!site.is_there(*request.visit, need)) {
            return web::not_found({});
        }
        return web::failure(403, "Your role does not open this page. Whoever looks after the "
                                 "accounts of your partnership can say more.");
    };
}

} // namespace wardmote::site
