#include "platform/site/example_people.hpp"

#include <algorithm>
#include <array>

#include "platform/access/person.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using web::Request;
using web::Response;

/// The host is asked as well, so that neither a proxy nor a name that was made to lead to this
/// machine opens it.
bool open_to_all(const Site &site, const Request &request, const access::Tenant &tenant) {
    constexpr std::array here{"localhost", "127.0.0.1", "[::1]"};
    return tenant.example && site.settings().example_sign_in &&
           std::ranges::find(here, request.host) != here.end();
}

Response look_around(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    if (!tenant || !open_to_all(site, request, *tenant)) {
        return web::not_found({});
    }
    const auto id = request.value("person").value_or("");
    const auto visitor = visitor_of(*tenant, request);
    const auto token = site.database().write(
        {tenant->id, {}, request.id}, [&](db::Transaction &tx) -> std::optional<std::string> {
            const auto person = site.keeper().find(tx, record::description<access::PersonRecord>(),
                                                   id, {.all_restricted = true});
            return person && !person->is_removed()
                       ? std::optional{site.doors().sessions.begin(tx, id, visitor.device,
                                                                   "an example's button")}
                       : std::nullopt;
        });
    if (!token) {
        return web::not_found("The example has no such person.");
    }
    access::Step step;
    step.next = access::Step::Next::done;
    step.token = *token;
    return signed_in_page(site, request, step, Journey::of(request));
}

} // namespace

html::Html example_people(const Site &site, const Request &request, const access::Tenant &tenant,
                          const Journey &journey) {
    if (!open_to_all(site, request, tenant)) {
        return {};
    }
    html::Html buttons;
    site.database().read({tenant.id, {}, request.id}, [&](db::Transaction &tx) {
        const auto &what = record::description<access::PersonRecord>();
        const auto people =
            site.keeper().list(tx, what, {.page_size = 0}, {.all_restricted = true});
        for (const auto &person : people.records) {
            const auto value = record::typed<access::PersonRecord>(person.values);
            auto hidden = journey.hidden();
            hidden.push_back({"person", person.id});
            html::PostButton button{.action = "/sign-in/example",
                                    .csrf = request.csrf,
                                    .hidden = std::move(hidden),
                                    .text = value.name};
            buttons += html::format(R"(<li>{} <span class="app-small app-quiet">{}</span></li>)",
                                    html::post_button(button), access::words(value.role));
        }
    });
    return html::inset_text(
               {.text = "This is an example, and nothing in it is real. On this machine you can "
                        "look around as any of its people, without a password. No other "
                        "partnership can be entered so."}) +
           heading_2("Look around as") +
           html::format(R"(<ul class="govuk-list app-people">{}</ul>)", buttons) +
           heading_2("Or with an account");
}

void add_example(Site &site) {
    site.router().post("/sign-in/example", access::Need::anyone(),
                       [&site](const Request &request) { return look_around(site, request); });
}

} // namespace wardmote::site
