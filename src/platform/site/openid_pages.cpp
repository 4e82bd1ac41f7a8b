#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/steps.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using access::OpenIdAttempt;
using web::Request;
using web::Response;

constexpr std::string_view attempt_cookie = "openid";
constexpr std::chrono::minutes attempt_lasts{10};

Response refused(const Site &site, const Request &request, const std::string &sentence,
                 int status) {
    html::Page page;
    page.title = "You are not signed in";
    page.content = heading(page.title) + paragraph(sentence) +
                   html::button({.text = "Back to signing in", .href = "/sign-in"});
    auto response = site.page(request, std::move(page), status);
    response.set_cookie({std::string{attempt_cookie}, "", std::chrono::seconds{0}});
    return response;
}

Response not_answering(const Site &site, const Request &request, const std::exception &error) {
    spdlog::warn("request {}: {}", request.id, error.what());
    return refused(site, request,
                   "The service that keeps your work account does not answer. Try again in some "
                   "minutes, or sign in with your password.",
                   503);
}

/// Sealed in a cookie of the browser that began, so that the answer to it can only come from there.
Response begin(const Site &site, const Request &request) {
    if (!site.doors().openid) {
        return web::not_found({});
    }
    const auto attempt = OpenIdAttempt::make();
    try {
        auto response = web::redirect(site.doors().openid->authorisation_url(attempt));
        const nlohmann::json kept{{"state", attempt.state},
                                  {"nonce", attempt.nonce},
                                  {"verifier", attempt.code_verifier},
                                  {"host", request.host},
                                  {"until", site.clock().now().plus(attempt_lasts).iso()},
                                  {"then", Journey::of(request).then}};
        response.set_cookie({std::string{attempt_cookie},
                             web::percent_encoded(site.keeper().keys().seal(kept.dump())),
                             attempt_lasts});
        return response;
    } catch (const std::runtime_error &error) {
        return not_answering(site, request, error);
    }
}

struct Begun {
    OpenIdAttempt attempt;
    Journey journey;
};

std::optional<Begun> begun(const Site &site, const Request &request) {
    const auto sealed = web::percent_decoded(request.cookie(attempt_cookie).value_or(""));
    const auto text = site.keeper().keys().unseal(sealed.value_or(""));
    const auto kept = nlohmann::json::parse(text.value_or(""), nullptr, false);
    if (!kept.is_object() || kept.value("host", "") != request.host) {
        return {};
    }
    const auto until = core::Instant::parse(kept.value("until", ""));
    if (!until || *until < site.clock().now()) {
        return {};
    }
    return Begun{{kept.at("state"), kept.at("nonce"), kept.at("verifier")},
                 {.then = own_path(kept.value("then", "/")), .kept = {}}};
}

Response finish(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    if (!site.doors().openid || !tenant) {
        return web::not_found({});
    }
    const auto try_ = begun(site, request);
    if (!try_) {
        return refused(site, request,
                       "That took too long, or began in another browser. Start "
                       "again.",
                       422);
    }
    try {
        const auto answer = site.doors().openid->finish(
            try_->attempt, {.state = request.query("state").value_or(""),
                            .code = request.query("code").value_or(""),
                            .error = request.query("error").value_or(""),
                            .issuer = request.query("iss").value_or("")});
        if (const auto *failure = std::get_if<access::OpenIdFailure>(&answer)) {
            spdlog::warn("request {}: {}", request.id, failure->reason);
            return refused(site, request, failure->sentence, 403);
        }
        const auto step = site.doors().sign_in.external(visitor_of(*tenant, request),
                                                        std::get<access::Identity>(answer));
        if (step.next == access::Step::Next::refused) {
            return refused(site, request, step.problem, 403);
        }
        auto response = go_on(site, request, step, try_->journey);
        response.set_cookie({std::string{attempt_cookie}, "", std::chrono::seconds{0}});
        return response;
    } catch (const std::runtime_error &error) {
        return not_answering(site, request, error);
    }
}

} // namespace

void add_openid(Site &site) {
    auto &router = site.router();
    const auto anyone = access::Need::anyone();
    router.get("/sign-in/openid", anyone,
               [&site](const Request &request) { return begin(site, request); });
    router.get("/sign-in/openid/return", anyone,
               [&site](const Request &request) { return finish(site, request); });
}

} // namespace wardmote::site
