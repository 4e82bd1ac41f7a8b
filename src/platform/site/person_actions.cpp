#include "platform/access/person.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/administration.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/messages.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using access::Need;
using access::PersonRecord;
using html::Html;
using web::Request;
using web::Response;

std::string page_of(const std::string &person) {
    return "/people/" + person;
}

std::string moment(const std::optional<core::Instant> &at, std::string otherwise) {
    return at ? at->text() : std::move(otherwise);
}

html::SummaryRow fact(std::string key, std::string value) {
    html::SummaryRow row;
    row.key = std::move(key);
    row.value = std::move(value);
    return row;
}

/// Does `what(tx, person)` in a transaction of an administrator, when the person is there.
template <class What>
Response act(const Site &site, const Request &request, What what) {
    const auto &id = request.parameter("id");
    return site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto person = site.keeper().get<PersonRecord>(tx, id);
        return person ? what(tx, *person) : web::not_found("There is no such person.");
    });
}

/// Without a mail server the link is shown to whoever made it, this once.
Response link_page(const Site &site, const Request &request, const PersonRecord &person,
                   access::Notice::Kind kind, const std::string &token) {
    const auto tenant = tenant_of(site, request).value();
    const auto link = link_of(site.settings(), tenant, kind, token);
    html::Page page;
    page.title = "The link";
    page.breadcrumbs = {
        {"Home", "/"}, {"People", "/people"}, {person.name, page_of(request.parameter("id"))}};
    page.marking.level = "OFFICIAL-SENSITIVE";
    page.content =
        heading(page.title) +
        paragraph(html::format("This site sends no e-mail, so pass this link on to {} by a way "
                               "that you trust. Whoever has it can choose the password of the "
                               "account. It is shown this once.",
                               person.name)) +
        html::format(R"(<p class="govuk-body app-hash" id="link">{}</p>)", link) +
        html::button({.text = "I have passed it on", .href = page_of(request.parameter("id"))});
    auto response = site.page(request, std::move(page));
    response.no_store = true;
    return response;
}

/// An invitation to who has no password yet, a reset for who has one.
Response send_link(const Site &site, const Request &request) {
    return act(site, request, [&](db::Transaction &tx, const record::Kept<PersonRecord> &person) {
        using Kind = access::Notice::Kind;
        auto &accounts = site.doors().accounts;
        const auto kind = accounts.state(tx, person.id).password ? Kind::reset : Kind::invitation;
        const auto sent = kind == Kind::reset ? accounts.send_reset(tx, person.id)
                                              : accounts.invite(tx, person.id);
        if (const auto *problem = std::get_if<record::Problem>(&sent)) {
            return site.done(request, page_of(person.id), problem->words);
        }
        return site.settings().sends_mail
                   ? site.done(request, page_of(person.id),
                               std::string{kind == Kind::reset ? "A link" : "An invitation"} +
                                   " is on its way to " + person.value.email)
                   : link_page(site, request, person.value, kind, std::get<std::string>(sent));
    });
}

Response unlock(const Site &site, const Request &request) {
    return act(site, request, [&](db::Transaction &tx, const record::Kept<PersonRecord> &person) {
        site.doors().accounts.unlock(tx, person.id);
        return site.done(request, page_of(person.id), "The account is unlocked");
    });
}

Response remove_second_factor(const Site &site, const Request &request) {
    return act(site, request, [&](db::Transaction &tx, const record::Kept<PersonRecord> &person) {
        site.doors().accounts.remove_second_factor(tx, person.id);
        return site.done(request, page_of(person.id),
                         "The authenticator app is removed: they set up another when they next "
                         "sign in");
    });
}

Response end_sessions(const Site &site, const Request &request) {
    return act(site, request, [&](db::Transaction &tx, const record::Kept<PersonRecord> &person) {
        // An administrator stays signed in where they are doing this.
        const auto ended =
            site.doors().sessions.revoke_others(tx, person.id, visit_of(request).session);
        return site.done(request, page_of(person.id),
                         ended == 0 ? "They were signed in nowhere else"
                                    : "They are signed out everywhere");
    });
}

Html actions(const access::Visit &visit, const std::string &person,
             const access::AccountState &state) {
    const auto button = [&](const char *part, std::string words) {
        return html::post_button(
            {.action = page_of(person) + part, .csrf = visit.csrf, .text = std::move(words)});
    };
    auto all = button("/invitation", state.password        ? "Send a link for a new password"
                                     : state.invited_until ? "Send the invitation again"
                                                           : "Send an invitation");
    if (state.locked_until) {
        all += button("/unlocking", "Unlock the account");
    }
    if (state.second_factor) {
        all += button("/second-factor-removal", "Remove the authenticator app");
    }
    if (state.last_signed_in) {
        all += button("/sessions-end", "Sign them out everywhere");
    }
    return html::format(R"(<div class="app-buttons">{}</div>)", all);
}

} // namespace

std::function<Html(db::Transaction &, const access::Visit &, const record::Stored &)>
account_of_person(const Site &site) {
    return [&site](db::Transaction &tx, const access::Visit &visit, const record::Stored &person) {
        if (person.is_removed() || !site.may_pass(visit, Need::to(Act::administer, "person"))) {
            return Html{};
        }
        const auto state = site.doors().accounts.state(tx, person.id);
        html::SummaryList list;
        list.rows = {fact("Password", state.password ? "Chosen" : "Not chosen yet"),
                     fact("Authenticator app", state.second_factor ? "Set up" : "Not set up yet"),
                     fact("Recovery codes left", std::to_string(state.recovery_codes)),
                     fact("Signed in", moment(state.last_signed_in, "Nowhere now"))};
        if (state.invited_until) {
            list.rows.push_back(fact("Invitation works until", moment(state.invited_until, {})));
        }
        if (state.locked_until) {
            list.rows.push_back(fact("Locked until", moment(state.locked_until, {})));
        }
        return heading_2("Account") + html::summary_list(list) + actions(visit, person.id, state);
    };
}

void add_people(Site &site) {
    const auto post = [&site](const char *part, auto answer) {
        site.router().post(
            "/people/:id/" + std::string{part}, Need::to(Act::administer, "person"),
            [&site, answer](const Request &request) { return answer(site, request); });
    };
    post("invitation", send_link);
    post("unlocking", unlock);
    post("second-factor-removal", remove_second_factor);
    post("sessions-end", end_sessions);
}

} // namespace wardmote::site
