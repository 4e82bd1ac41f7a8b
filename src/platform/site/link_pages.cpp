#include "platform/access/password.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/steps.hpp"

namespace wardmote::site {

namespace {

using web::Request;
using web::Response;

Response used_up(const Site &site, const Request &request) {
    html::Page page;
    page.title = "This link can no longer be used";
    page.content = heading(page.title) +
                   paragraph("It has been used, has run out, or another was sent after it. Ask for "
                             "a new one.") +
                   html::button({.text = "Choose a new password", .href = "/reset"}) +
                   paragraph(html::link({"Sign in", "/sign-in"}));
    return site.page(request, std::move(page), 410);
}

Response choose(const Site &site, const Request &request, const access::LinkBearer &bearer,
                const record::Problems &problems) {
    html::Page page;
    page.title = "Choose your password";
    page.errors = error_lines(problems, "password");
    page.content =
        heading(page.title) +
        paragraph(html::format("For {}, who signs in as <b>{}</b>.", bearer.name, bearer.email)) +
        html::form({.action = request.path,
                    .csrf = request.csrf,
                    .fields = field({.name = "password",
                                     .label = "Password",
                                     .hint = std::string{access::password_advice},
                                     .autocomplete = "new-password",
                                     .type = "password"},
                                    problems) +
                              field({.name = "again",
                                     .label = "The password again",
                                     .autocomplete = "new-password",
                                     .type = "password"},
                                    problems),
                    .button = "Go on",
                    .keeps_draft = false});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

Response ask(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    if (!tenant) {
        return web::not_found({});
    }
    const auto bearer =
        site.doors().accounts.bearer(visitor_of(*tenant, request), request.parameter("token"));
    return bearer ? choose(site, request, *bearer, {}) : used_up(site, request);
}

Response take(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    if (!tenant) {
        return web::not_found({});
    }
    const auto visitor = visitor_of(*tenant, request);
    const auto &token = request.parameter("token");
    const auto bearer = site.doors().accounts.bearer(visitor, token);
    if (!bearer) {
        return used_up(site, request);
    }
    const auto chosen = site.doors().accounts.choose_password(
        visitor, token, request.value("password").value_or(""),
        request.value("again").value_or(""));
    if (const auto *problem = std::get_if<record::Problem>(&chosen)) {
        return choose(site, request, *bearer, {*problem});
    }
    const auto &step = std::get<access::Step>(chosen);
    return step.next == access::Step::Next::refused ? used_up(site, request)
                                                    : go_on(site, request, step, {});
}

Response ask_for_reset(const Site &site, const Request &request) {
    html::Page page;
    page.title = "Choose a new password";
    page.content = heading(page.title);
    if (site.settings().sends_mail) {
        page.content +=
            paragraph("A link will be sent to your e-mail address. It works for an hour.") +
            html::form({.action = "/reset",
                        .csrf = request.csrf,
                        .fields = field({.name = "email",
                                         .label = "E-mail address",
                                         .autocomplete = "username",
                                         .type = "email"}),
                        .button = "Send the link",
                        .cancel = {"Back to signing in", "/sign-in"},
                        .keeps_draft = false});
    } else {
        page.content += paragraph("This site sends no e-mail. Ask an administrator of your "
                                  "partnership: they can give you a link.") +
                        paragraph(html::link({"Back to signing in", "/sign-in"}));
    }
    return site.page(request, std::move(page));
}

Response send_reset(const Site &site, const Request &request) {
    if (const auto tenant = tenant_of(site, request)) {
        site.doors().accounts.request_reset(visitor_of(*tenant, request),
                                            request.value("email").value_or(""));
    }
    html::Page page; // the same whether there is such an account or not
    page.title = "Look into your e-mail";
    page.content = heading(page.title) +
                   paragraph("If there is an account with that address, a link is on its way to "
                             "it. If nothing has come after some minutes, look among the messages "
                             "set aside as unwanted, or ask an administrator of your "
                             "partnership.") +
                   paragraph(html::link({"Back to signing in", "/sign-in"}));
    return site.page(request, std::move(page));
}

} // namespace

void add_links(Site &site) {
    auto &router = site.router();
    const auto anyone = access::Need::anyone();
    for (const auto *pattern : {"/invitation/:token", "/reset/:token"}) {
        router.get(pattern, anyone, [&site](const Request &request) { return ask(site, request); });
        router.post(pattern, anyone,
                    [&site](const Request &request) { return take(site, request); });
    }
    router.get("/reset", anyone,
               [&site](const Request &request) { return ask_for_reset(site, request); });
    router.post("/reset", anyone,
                [&site](const Request &request) { return send_reset(site, request); });
}

} // namespace wardmote::site
