#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/password.hpp"
#include "platform/access/person.hpp"
#include "platform/html/keys.hpp"
#include "platform/html/navigation.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "platform/record/form.hpp"
#include "platform/record/references.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"
#include "platform/site/record_kind.hpp"
#include "platform/site/steps.hpp"

namespace wardmote::site {

namespace {

using access::PersonRecord;
using html::Html;
using web::Request;
using web::Response;

const html::Link to_home{"Home", "/"};
const html::Link to_account{"Your account", "/account"};

std::string when(std::string_view iso) {
    const auto at = core::Instant::parse(iso);
    return at ? at->text() : std::string{};
}

html::SummaryRow fact(std::string key, std::string value, std::string href = {},
                      std::string change = {}) {
    html::SummaryRow row;
    row.key = std::move(key);
    row.value = std::move(value);
    if (!href.empty()) {
        row.actions.push_back(
            {.text = "Change", .href = std::move(href), .visually_hidden_text = std::move(change)});
    }
    return row;
}

Html devices(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto sessions = site.database().read(visit.scope(), [&](db::Transaction &tx) {
        return site.doors().sessions.of(tx, visit.person.id);
    });
    html::DataTable table{.caption = "Where you are signed in",
                          .columns = {{.heading = "Browser", .label = "Browser"},
                                      {.heading = "Since", .label = "Since"},
                                      {.heading = "Last seen", .label = "Last seen"},
                                      {.heading = "Proved by", .label = "Proved by"},
                                      {.heading = "Action", .label = "Action"}}};
    for (const auto &session : sessions) {
        const bool here = session.id == visit.session;
        html::Content end =
            here ? html::Content{"This one"}
                 : html::Content{html::post_button({.action = "/account/sessions",
                                                    .csrf = request.csrf,
                                                    .hidden = {{"session", session.id}},
                                                    .text = "Sign it out",
                                                    .as_link = true})};
        table.rows.push_back({{session.device, session.began.text(), session.seen.text(),
                               session.proved_by, std::move(end)}});
    }
    return html::data_table(table);
}

Response account(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    html::SummaryList facts;
    facts.rows = {fact("Name", visit.person.name, "/account/name", "your name"),
                  fact("E-mail address", visit.person.email),
                  fact("Role", std::string{access::words(visit.person.role)}),
                  fact("Password", "Kept as a hash only", "/account/password", "your password")};
    html::Page page;
    page.title = "Your account";
    page.breadcrumbs = {to_home};
    page.content =
        heading(page.title) + html::summary_list(facts) + devices(site, request) +
        paragraph(html::link({"Make new recovery codes", "/account/recovery-codes"})) +
        paragraph(html::link({"My meetings and deadlines in my calendar", "/account/calendar"})) +
        paragraph(html::link({"Daily e-mail", "/account/digest"})) +
        paragraph(html::link({"What I have looked at", "/account/looked"})) +
        paragraph(html::link({"Keyboard shortcuts", "/keys"}));
    return site.page(request, std::move(page));
}

Response end_session(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto ended = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        return site.doors().sessions.revoke(tx, visit.person.id,
                                            request.value("session").value_or(""));
    });
    return site.done(request, "/account",
                     ended ? "That browser is signed out" : "That browser was signed out already");
}

Response name_form(const Site &site, const Request &request, const std::string &name,
                   const record::Problems &problems) {
    html::Page page;
    page.title = "Change your name";
    page.breadcrumbs = {to_home, to_account};
    page.errors = error_lines(problems, "name");
    page.content =
        heading(page.title) +
        html::form(
            {.action = "/account/name",
             .csrf = request.csrf,
             .fields = field(
                 {.name = "name", .label = "Full name", .value = name, .autocomplete = "name"},
                 problems),
             .cancel = {"Cancel", "/account"}});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

Response change_name(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto name = std::string{core::trim(request.value("name").value_or(""))};
    const auto &what = record::description<PersonRecord>();
    const auto problems = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        auto kept = site.keeper().get<PersonRecord>(tx, visit.person.id).value();
        kept.value.name = name;
        const auto values = record::values_of(kept.value);
        auto wrong = record::problems_of(what, values, record::NoReferences{});
        std::erase_if(wrong, [](const record::Problem &one) { return one.field != "name"; });
        if (wrong.empty()) {
            site.keeper().update(tx, what, kept.id, kept.version, values);
        }
        return wrong;
    });
    return problems.empty() ? site.done(request, "/account", "Your name is changed")
                            : name_form(site, request, name, problems);
}

Html current_password(const record::Problems &problems) {
    return field({.name = "current",
                  .label = "Your password now",
                  .autocomplete = "current-password",
                  .type = "password"},
                 problems);
}

Response password_form(const Site &site, const Request &request, const record::Problems &problems) {
    html::Page page;
    page.title = "Change your password";
    page.breadcrumbs = {to_home, to_account};
    page.errors = error_lines(problems, "current");
    page.content = heading(page.title) +
                   paragraph("You stay signed in here and are signed out of every other "
                             "browser.") +
                   html::form({.action = "/account/password",
                               .csrf = request.csrf,
                               .fields = current_password(problems) +
                                         field({.name = "password",
                                                .label = "New password",
                                                .hint = std::string{access::password_advice},
                                                .autocomplete = "new-password",
                                                .type = "password"},
                                               problems) +
                                         field({.name = "again",
                                                .label = "The new password again",
                                                .autocomplete = "new-password",
                                                .type = "password"},
                                               problems),
                               .cancel = {"Cancel", "/account"},
                               .keeps_draft = false});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

Response change_password(const Site &site, const Request &request) {
    const auto typed = [&](const char *name) { return request.value(name).value_or(""); };
    const auto problem = site.doors().accounts.change_password(visit_of(request), typed("current"),
                                                               typed("password"), typed("again"));
    return problem ? password_form(site, request, {*problem})
                   : site.done(request, "/account", "Your password is changed");
}

Response codes_form(const Site &site, const Request &request, const record::Problems &problems) {
    html::Page page;
    page.title = "Make new recovery codes";
    page.breadcrumbs = {to_home, to_account};
    page.errors = error_lines(problems, "current");
    page.content = heading(page.title) + paragraph("The codes you have now stop working.") +
                   html::form({.action = "/account/recovery-codes",
                               .csrf = request.csrf,
                               .fields = current_password(problems),
                               .button = "Make new codes",
                               .cancel = {"Cancel", "/account"},
                               .keeps_draft = false});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

Response renew_codes(const Site &site, const Request &request) {
    const auto made = site.doors().accounts.renew_recovery_codes(
        visit_of(request), request.value("current").value_or(""));
    if (const auto *problem = std::get_if<record::Problem>(&made)) {
        return codes_form(site, request, {*problem});
    }
    html::Page page;
    page.title = "Your recovery codes";
    page.breadcrumbs = {to_home, to_account};
    page.marking.level = "OFFICIAL-SENSITIVE";
    page.content = heading(page.title) + recovery_codes(std::get<std::vector<std::string>>(made)) +
                   html::button({.text = "I have kept them: go on", .href = "/account"});
    return site.page(request, std::move(page));
}

/// The record by its title; without it when it can no longer be seen.
html::Content looked_at(const Site &site, const record::References &references,
                        const access::Look &look) {
    const auto *kind = site.kind(look.kind);
    if (kind == nullptr || look.record.empty()) {
        return core::capitalised(kind != nullptr ? kind->many : look.kind);
    }
    const auto found = references.find(look.kind, look.record);
    return found ? html::link({found->title, std::string{kind->path} + "/" + look.record})
                 : html::text(core::capitalised(kind->one));
}

Response looked(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    constexpr std::int64_t page_size = 50;
    const auto number = std::max<std::int64_t>(
        1, core::parse_integer(request.query("page").value_or("1")).value_or(1));
    site.seen().flush();
    access::Looks looks;
    html::DataTable table{.caption = "Latest first",
                          .columns = {{.heading = "When", .label = "When"},
                                      {.heading = "What", .label = "What"},
                                      {.heading = "Of", .label = "Of"}}};
    site.database().read(visit.scope(), [&](db::Transaction &tx) {
        looks = access::looks_of(tx, visit.person.id, number, page_size);
        const auto kinds = visible_kinds(site, visit);
        const record::StoredReferences references{tx, site.keeper().keys(), kinds};
        for (const auto &look : looks.looks) {
            table.rows.push_back({{when(look.at), access::act_in_words(look.act),
                                   looked_at(site, references, look)}});
        }
    });
    html::Page page;
    page.title = "What I have looked at";
    page.breadcrumbs = {to_home, to_account};
    page.content = heading(page.title) +
                   (looks.looks.empty() ? paragraph("Nothing yet.") : html::data_table(table)) +
                   html::pages_of(static_cast<int>(number),
                                  static_cast<int>((looks.total + page_size - 1) / page_size),
                                  "/account/looked?page=");
    return site.page(request, std::move(page));
}

Response keys(const Site &site, const Request &request) {
    html::Page page;
    page.title = "Keyboard shortcuts";
    page.breadcrumbs = {to_home};
    page.content = heading(page.title) +
                   paragraph("They need the page's script. Two keys are pressed one after the "
                             "other. On a page, ? lists those that it has, and there they can be "
                             "turned off.") +
                   html::keys_list(site.frame_of(visit_of(request), request));
    return site.page(request, std::move(page));
}

struct Shown {
    std::string_view kind;
    std::string record;
};

/// The record whose page has this path, when it is one that this visit may see.
Shown record_at(const Site &site, const access::Visit &visit, std::string_view path) {
    for (const auto *kind : site.kinds()) {
        const auto before = std::string{kind->path} + "/";
        if (!path.starts_with(before)) {
            continue;
        }
        const auto rest = path.substr(before.size());
        std::string id{rest.substr(0, rest.find_first_of("/?"))};
        const auto is_there = site.database().read(visit.scope(), [&](db::Transaction &tx) {
            const auto kinds = visible_kinds(site, visit);
            return record::StoredReferences{tx, site.keeper().keys(), kinds}
                .find(kind->table, id)
                .has_value();
        });
        return is_there ? Shown{kind->table, std::move(id)} : Shown{};
    }
    return {};
}

/// The page's script says that it is being printed.
Response printed(const Site &site, const Request &request) {
    const auto path = own_path(request.value("path").value_or("/"));
    const auto [kind, record] = record_at(site, visit_of(request), path);
    const nlohmann::json detail{{"path", path}};
    site.note(request, "print", kind, record, detail.dump());
    Response response;
    response.status = 204;
    return response;
}

} // namespace

void add_account(Site &site) {
    auto &router = site.router();
    const auto signed_in = access::Need::signed_in();
    const auto with = [&site](auto answer) {
        return [&site, answer](const Request &request) { return answer(site, request); };
    };
    router.get("/account", with(account));
    router.post("/account/sessions", signed_in, with(end_session));
    router.get("/account/name", [&site](const Request &request) {
        return name_form(site, request, visit_of(request).person.name, {});
    });
    router.post("/account/name", signed_in, with(change_name));
    router.get("/account/password",
               [&site](const Request &request) { return password_form(site, request, {}); });
    router.post("/account/password", signed_in, with(change_password));
    router.get("/account/recovery-codes",
               [&site](const Request &request) { return codes_form(site, request, {}); });
    router.post("/account/recovery-codes", signed_in, with(renew_codes));
    router.get("/account/looked", with(looked));
    router.get("/keys", with(keys));
    router.post("/seen/print", signed_in, with(printed));
}

} // namespace wardmote::site
