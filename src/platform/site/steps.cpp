#include "platform/site/steps.hpp"

#include "platform/access/qr_code.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/sign_in_page.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using html::Html;
using web::Request;
using web::Response;

constexpr std::string_view code_hint =
    "The six digits that your authenticator app shows now. Without your app, type one of your "
    "recovery codes.";

Response with_step(Response response, const Site &site, const std::string &token) {
    response.set_cookie({std::string{step_cookie}, token, site.settings().access.step});
    return response;
}

record::Problems problems_of(const std::string &problem) {
    return problem.empty() ? record::Problems{} : record::Problems{{"code", problem}};
}

/// In groups of four, which are easier to type.
std::string grouped(std::string_view secret) {
    std::string text;
    for (std::size_t i = 0; i < secret.size(); ++i) {
        text += (i > 0 && i % 4 == 0 ? " " : "") + std::string{secret[i]};
    }
    return text;
}

/// The request as it would be had it come with the session that has just begun.
Request as_signed_in(const Site &site, const Request &request, const std::string &token) {
    auto now = request;
    auto visit = site.doors().sessions.find(token, request.host, request.id);
    if (!visit) {
        throw std::runtime_error("the session that has just begun is not there");
    }
    now.csrf = visit->csrf;
    now.visit = std::make_shared<const access::Visit>(std::move(*visit));
    return now;
}

} // namespace

Journey Journey::of(const Request &request) {
    const auto then = request.value("then").value_or(request.query("then").value_or("/"));
    return {.then = own_path(then), .kept = request.value("kept").value_or("")};
}

std::vector<html::Hidden> Journey::hidden() const {
    std::vector<html::Hidden> fields{{"then", then}};
    if (!kept.empty()) {
        fields.push_back({"kept", kept});
    }
    return fields;
}

Response go_on(const Site &site, const Request &request, const access::Step &step,
               const Journey &journey) {
    using Next = access::Step::Next;
    if (step.next == Next::done) {
        return signed_in_page(site, request, step, journey);
    }
    const bool enrol = step.next == Next::enrol;
    if (!journey.kept.empty()) { // too long for an address
        return with_step(enrol ? app_page(site, request, journey, step.token)
                               : code_page(site, request, journey),
                         site, step.token);
    }
    return with_step(web::redirect(std::string{enrol ? "/sign-in/app" : "/sign-in/code"} +
                                   "?then=" + web::percent_encoded(journey.then)),
                     site, step.token);
}

Response signed_in_page(const Site &site, const Request &request, const access::Step &step,
                        const Journey &journey) {
    const auto kept = journey.kept.empty() ? std::nullopt : unseal(site, request, journey.kept);
    Response response;
    if (!step.recovery_codes.empty()) {
        const auto now = as_signed_in(site, request, step.token);
        html::Page page;
        page.title = "Your recovery codes";
        page.content = heading(page.title) + recovery_codes(step.recovery_codes) +
                       html::button({.text = "I have kept them: go on", .href = journey.then});
        page.marking.level = "OFFICIAL-SENSITIVE";
        response = site.page(now, std::move(page));
    } else if (kept) {
        response = send_kept_page(site, as_signed_in(site, request, step.token), *kept);
    } else {
        response = web::redirect(journey.then);
    }
    response.no_store = true;
    response.set_cookie({std::string{session_cookie}, step.token, {}});
    response.set_cookie({std::string{step_cookie}, "", std::chrono::seconds{0}});
    return response;
}

Html recovery_codes(const std::vector<std::string> &codes) {
    Html items;
    std::string file = "Recovery codes. Each works once.\r\n";
    for (const auto &code : codes) {
        items += html::format(R"(<li class="app-hash">{}</li>)", code);
        file += code + "\r\n";
    }
    return paragraph("When you are without your authenticator app, one of these codes lets you in. "
                     "Each works once. They are shown this once only: print them, or keep them in "
                     "a password manager.") +
           html::format(R"(<ul class="govuk-list app-codes">{}</ul>)", items) +
           html::format(R"(<p class="govuk-body app-noprint"><a class="govuk-link" )"
                        R"(download="recovery-codes.txt" href="data:text/plain;charset=utf-8,{}">)"
                        R"(Download them as a text file</a></p>)",
                        web::percent_encoded(file));
}

Response code_page(const Site &site, const Request &request, const Journey &journey,
                   const std::string &problem) {
    const auto problems = problems_of(problem);
    html::Page page;
    page.title = "Enter your code";
    page.errors = error_lines(problems, "code");
    page.content =
        heading(page.title) + html::form({.action = "/sign-in/code",
                                          .csrf = request.csrf,
                                          .hidden = journey.hidden(),
                                          .fields = field({.name = "code",
                                                           .label = "Code",
                                                           .hint = std::string{code_hint},
                                                           .autocomplete = "one-time-code"},
                                                          problems),
                                          .button = "Sign in",
                                          .cancel = {"Start again", "/sign-in"},
                                          .keeps_draft = false});
    return site.page(request, std::move(page), problem.empty() ? 200 : 422);
}

Response app_page(const Site &site, const Request &request, const Journey &journey,
                  const std::string &token, const std::string &problem) {
    const auto tenant = tenant_of(site, request);
    const auto enrolment =
        tenant ? site.doors().sign_in.enrolment(visitor_of(*tenant, request), token) : std::nullopt;
    if (!enrolment) {
        return web::redirect("/sign-in?then=" + web::percent_encoded(journey.then));
    }
    const auto problems = problems_of(problem);
    html::Page page;
    page.title = "Set up your authenticator app";
    page.errors = error_lines(problems, "code");
    page.content =
        heading(page.title) +
        paragraph("Signing in takes two things: your password, and a code from an app that only "
                  "you have. Any authenticator app will do, on your telephone or in your password "
                  "manager.") +
        heading_2("1. Scan this with the app") +
        access::qr_code(enrolment->uri, "A QR code for your authenticator app") +
        html::details({.summary = "I cannot scan it",
                       .text = html::format(
                           R"(<p class="govuk-body">Add an account by hand, by time, with this )"
                           R"(key:</p><p class="govuk-body app-hash">{}</p>)",
                           grouped(enrolment->secret))}) +
        heading_2("2. Type the code that it shows") +
        html::form({.action = "/sign-in/app",
                    .csrf = request.csrf,
                    .hidden = journey.hidden(),
                    .fields = field({.name = "code",
                                     .label = "Code",
                                     .hint = "Six digits. It changes every half minute.",
                                     .autocomplete = "one-time-code"},
                                    problems),
                    .button = "Go on",
                    .keeps_draft = false});
    return site.page(request, std::move(page), problem.empty() ? 200 : 422);
}

} // namespace wardmote::site
