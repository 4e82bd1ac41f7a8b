#include <algorithm>

#include "platform/html/form_page.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/gate.hpp"
#include "platform/site/pages.hpp"
#include "platform/web/address.hpp"
#include "platform/web/failure.hpp"

namespace wardmote::site {

namespace {

using web::Request;
using web::Response;

constexpr std::chrono::seconds message_lasts{60};

/// "8pm today": an end is always within a day.
std::string until_words(core::Instant end, core::Instant now) {
    const auto text = end.text(); // "2 February 2015 at 8.10am"
    const auto at = text.find(" at ");
    return text.substr(at + 4) + (end.london_date() == now.london_date() ? " today" : " tomorrow");
}

int seconds_until(core::Instant end, core::Instant now) {
    return static_cast<int>(
        std::chrono::duration_cast<std::chrono::seconds>(end.time() - now.time()).count());
}

html::SignedIn signed_in(const Site &site, const access::Visit &visit) {
    const auto now = site.clock().now();
    return {.csrf = visit.csrf,
            .idle_seconds = seconds_until(visit.idle_until, now),
            .seconds_left = seconds_until(visit.absolute_until, now),
            .until_words = until_words(visit.absolute_until, now),
            .person = visit.person.id};
}

html::Html sign_out(const Request &request) {
    return html::post_button(
        {.action = "/sign-out", .csrf = request.csrf, .text = "Sign out", .as_link = true});
}

/// What done() left for this person; only we can have written it, and only for this session.
std::string message_left(const Site &site, const Request &request) {
    const auto sealed = request.cookie(message_cookie);
    if (!sealed || !request.visit) {
        return {};
    }
    const auto plain = site.keeper().keys().unseal(web::percent_decoded(*sealed).value_or(""));
    const auto head = request.visit->session + "\n";
    return plain && plain->starts_with(head) ? plain->substr(head.size()) : std::string{};
}

/// The frame of everybody: the partnership's name and the foot.
html::Site frame(const Site &site, std::string name) {
    html::Site shell{.name = std::move(name)};
    shell.footer_links = site.settings().footer_links;
    shell.footer_note = site.settings().footer_note;
    return shell;
}

html::Site frame_of_nobody(const Site &site, const Request &request) {
    const auto tenant = tenant_of(site, request);
    return frame(site, tenant ? tenant->name : "Wardmote");
}

} // namespace

html::Site Site::frame_of(const access::Visit &visit, const Request &request) const {
    auto shell = frame(*this, visit.tenant_name);
    shell.sections.push_back({"Home", "/"});
    shell.keys.emplace("/", "g h");
    const auto show = [&](const Section &section) {
        if (may_pass(visit, section.need)) {
            shell.sections.push_back({section.words, section.href});
            if (!section.key.empty()) {
                shell.keys.insert_or_assign(section.href, section.key);
            }
        }
    };
    std::ranges::for_each(m_sections, show);
    show({"Administration", "/administration", access::Need::to(access::Act::view, "settings"),
          "g a"}); // rarely wanted: it stands last
    shell.footer_links.push_back({"Keyboard shortcuts", "/keys"});
    shell.keys.emplace("/keys", "?");
    shell.search_href = "/search";
    shell.account = {visit.person.name, "/account"};
    shell.account_tools = sign_out(request);
    return shell;
}

Response Site::page(const Request &request, html::Page page, int status) const {
    page.nonce = request.nonce;
    if (!request.visit) {
        auto response = web::page(html::page(frame_of_nobody(*this, request), page), status);
        response.no_store = true;
        response.set_cookie({std::string{visitor_cookie}, request.visitor, {}});
        return response;
    }
    const auto &visit = *request.visit;
    if (page.marking.level.empty()) {
        page.marking.level = "OFFICIAL";
    }
    page.signed_in = signed_in(*this, visit);
    if (page.message.empty()) {
        page.message = message_left(*this, request);
    }
    auto response = web::page(html::page(frame_of(visit, request), page), status);
    if (request.cookie(message_cookie)) {
        response.set_cookie({std::string{message_cookie}, "", std::chrono::seconds{0}});
    }
    return response;
}

Response Site::done(const Request &request, std::string location, std::string message) const {
    auto response = web::redirect(std::move(location));
    const auto sealed = keeper().keys().seal(visit_of(request).session + "\n" + message);
    response.set_cookie({std::string{message_cookie}, web::percent_encoded(sealed), message_lasts});
    return response;
}

html::Html failure_page(const Site &site, const web::Failure &failure) {
    html::Page page;
    page.title = web::failure_title(failure);
    page.content = web::failure_content(failure);
    if (failure.request && failure.request->visit) {
        page.nonce = failure.request->nonce;
        page.marking.level = "OFFICIAL";
        page.signed_in = signed_in(site, *failure.request->visit);
        return html::page(site.frame_of(*failure.request->visit, *failure.request), page);
    }
    // Perhaps because the database does not answer: nothing is asked of it.
    return html::page(frame(site, "Wardmote"), page);
}

} // namespace wardmote::site
