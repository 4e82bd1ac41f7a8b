// The address of somebody's calendar: made and ended on their account's pages, read by programs
// that have nobody to sign them in.
#include <fmt/format.h>

#include "platform/access/feed.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/calendar.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/messages.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using html::Html;
using web::Request;
using web::Response;

constexpr const char *here = "/account/calendar";
constexpr std::string_view pattern = "/calendar/:token/calendar.ics";

html::Page page_named(const char *title) {
    return {.title = title, .breadcrumbs = {{"Home", "/"}, {"Your account", "/account"}}};
}

Html button(const Request &request, const char *action, const char *words) {
    return html::post_button({.action = action, .csrf = request.csrf, .text = words});
}

Response show(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto kept = site.database().read(
        visit.scope(), [&](db::Transaction &tx) { return access::Feeds{site.keeper()}.of(tx); });
    auto page = page_named("Your calendar");
    page.content =
        heading(page.title) +
        paragraph("The calendar on your telephone or computer can show the meetings that you may "
                  "see and the deadlines that you hold. It reads them from an address that only "
                  "you know. Whoever has the address can read your calendar and nothing else; what "
                  "is restricted is never in it.");
    if (kept) {
        page.content +=
            paragraph(fmt::format("Your address was made on {}. {}", kept->made.text(),
                                  kept->fetched
                                      ? "A calendar last read it on " + kept->fetched->text() + "."
                                      : std::string{"No calendar has read it yet."})) +
            paragraph("It cannot be shown again. A new address ends the one you have.") +
            html::format(R"(<div class="govuk-button-group">{}{}</div>)",
                         button(request, here, "Make a new address"),
                         button(request, "/account/calendar/end", "End this address"));
    } else {
        page.content += button(request, here, "Make an address");
    }
    return site.page(request, std::move(page));
}

Response make(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto tenant = tenant_of(site, request);
    const auto token = site.database().write(
        visit.scope(), [&](db::Transaction &tx) { return access::Feeds{site.keeper()}.make(tx); });
    auto page = page_named("The address of your calendar");
    page.marking.level = "OFFICIAL-SENSITIVE";
    page.content =
        heading(page.title) +
        paragraph("Copy it into your calendar program: “Add a calendar from the internet”, “From "
                  "URL” or “Subscribe”. It is shown this once only.") +
        html::format(R"(<p class="govuk-body app-hash">{}/calendar/{}/calendar.ics</p>)",
                     tenant ? url_of(site.settings(), *tenant) : site.settings().url, token) +
        html::button({.text = "I have copied it: go on", .href = here});
    auto response = site.page(request, std::move(page));
    response.no_store = true;
    return response;
}

Response end(const Site &site, const Request &request) {
    const auto ended = site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        return access::Feeds{site.keeper()}.revoke(tx);
    });
    return site.done(request, here,
                     ended ? "The address is ended: nobody can read your calendar by it"
                           : "You had no address");
}

/// Asked for by a program, without a session: what it reads is noted as read by its owner.
Response feed(const Site &site, const Request &request) {
    const access::Feeds feeds{site.keeper()};
    auto visit = feeds.find(request.parameter("token"), request.host);
    const auto tenant = visit ? tenant_of(site, request) : std::nullopt;
    if (!tenant) {
        return web::not_found({});
    }
    visit->request = request.id;
    site.seen().note(visit->scope(), {.act = "calendar", .kind = "calendar", .detail = "{}"});
    feeds.fetched(*visit);
    const auto events = site.database().read(visit->scope(), [&](db::Transaction &tx) {
        return calendar_of(site, tx, *visit, url_of(site.settings(), *tenant));
    });
    return web::inline_file("calendar.ics", "text/calendar; charset=utf-8",
                            calendar::icalendar(visit->tenant_name, events));
}

} // namespace

void add_calendar(Site &site) {
    auto &router = site.router();
    const auto signed_in = access::Need::signed_in();
    const auto with = [&site](auto answer) {
        return [&site, answer](const Request &request) { return answer(site, request); };
    };
    router.get(here, signed_in, with(show));
    router.post(here, signed_in, with(make));
    router.post("/account/calendar/end", signed_in, with(end));
    router.get(std::string{pattern}, access::Need::anyone(), with(feed));
}

} // namespace wardmote::site
