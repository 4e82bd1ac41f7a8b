#include "platform/access/password.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/steps.hpp"

namespace wardmote::site {

namespace {

using web::Request;
using web::Response;
using State = html::Step::State;

bool may_set_up(const Site &site, std::string_view token) {
    const auto &first_run = site.doors().first_run;
    return first_run.token_matches(token) && first_run.needed();
}

Response not_now() {
    return web::not_found("The link that sets this site up is in the window of the program, and "
                          "works until it is set up.");
}

access::FirstRun::Details details_of(const Request &request) {
    const auto typed = [&](const char *name) { return request.value(name).value_or(""); };
    access::FirstRun::Details details;
    details.tenant.name = typed("name");
    details.tenant.place = typed("place");
    details.tenant.administrator_name = typed("administrator_name");
    details.tenant.administrator_email = typed("administrator_email");
    details.password = typed("password");
    details.again = typed("again");
    return details;
}

html::Html fields_of(const access::NewTenant &is, const record::Problems &problems) {
    return heading_2("The partnership") +
           field({.name = "name",
                  .label = "What the partnership is called",
                  .value = is.name,
                  .hint = "It stands at the top of every page and report"},
                 problems) +
           field({.name = "place",
                  .label = "The place it is for",
                  .value = is.place,
                  .hint = "As it stands in a sentence, such as Oxford"},
                 problems) +
           heading_2("You, its first administrator") +
           field({.name = "administrator_name",
                  .label = "Your full name",
                  .value = is.administrator_name,
                  .autocomplete = "name"},
                 problems) +
           field({.name = "administrator_email",
                  .label = "Your e-mail address",
                  .value = is.administrator_email,
                  .hint = "You sign in with it",
                  .autocomplete = "email",
                  .type = "email"},
                 problems) +
           field({.name = "password",
                  .label = "Choose a password",
                  .hint = std::string{access::password_advice},
                  .autocomplete = "new-password",
                  .type = "password"},
                 problems) +
           field({.name = "again",
                  .label = "The password again",
                  .autocomplete = "new-password",
                  .type = "password"},
                 problems);
}

Response form(const Site &site, const Request &request, const std::string &token,
              const access::NewTenant &is, const record::Problems &problems) {
    html::Page page;
    page.title = "Set up the partnership";
    page.errors = error_lines(problems, "name");
    page.content =
        heading(page.title) +
        html::steps({{State::next, {"The partnership and its first administrator", {}}, {}},
                     {State::later, {"Your authenticator app", {}}, "Have your telephone at hand"},
                     {State::later, {"Your recovery codes", {}}, {}}}) +
        html::form({.action = "/set-up",
                    .csrf = request.csrf,
                    .hidden = {{"token", token}},
                    .fields = fields_of(is, problems),
                    .button = "Go on",
                    .keeps_draft = false});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

Response complete(const Site &site, const Request &request) {
    const auto token = request.value("token").value_or("");
    if (!may_set_up(site, token)) {
        return not_now();
    }
    const auto details = details_of(request);
    const auto made = site.doors().first_run.complete(token, details);
    if (const auto *problems = std::get_if<record::Problems>(&made)) {
        return form(site, request, token, details.tenant, *problems);
    }
    const auto step = site.doors().sign_in.password(
        visitor_of(std::get<access::MadeTenant>(made).tenant, request),
        details.tenant.administrator_email, details.password);
    if (step.next == access::Step::Next::refused) {
        return web::redirect("/sign-in");
    }
    return go_on(site, request, step, {});
}

} // namespace

void add_set_up(Site &site) {
    site.router().get("/set-up", access::Need::anyone(), [&site](const Request &request) {
        const auto token = request.query("token").value_or("");
        return may_set_up(site, token) ? form(site, request, token, {}, {}) : not_now();
    });
    site.router().post("/set-up", access::Need::anyone(),
                       [&site](const Request &request) { return complete(site, request); });
}

} // namespace wardmote::site
