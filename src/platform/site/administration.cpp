#include "platform/site/administration.hpp"

#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/person.hpp"
#include "platform/html/table.hpp"
#include "platform/site/doors.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using access::Need;
using access::PersonRecord;
using html::Html;
using web::Request;
using web::Response;

constexpr std::size_t longest_name = 200;
const html::Link to_home{"Home", "/"};
const html::Link to_administration{"Administration", "/administration"};

Response overview(const Site &site, const Request &request) {
    struct Part {
        Need need;
        html::Link link;
        const char *words;
    };
    const Part parts[] = {
        {Need::to(Act::view, "person"), {"People", "/people"}, "Who may sign in, and as what."},
        {Need::to(Act::view, "organisation"),
         {"Organisations", "/organisations"},
         "The bodies they belong to, as they were and are."},
        {Need::to(Act::view, "log"),
         {"Access review", "/administration/access"},
         "Who has which role, and when they last signed in."},
        {Need::to(Act::view, "log"),
         {"Audit", "/administration/audit"},
         "Whether both logs are as they were written."},
        {Need::to(Act::view, "job"),
         {"Jobs", "/administration/jobs"},
         "What is done in the background, and what failed."},
        {Need::to(Act::view, "settings"),
         {"Settings", "/administration/settings"},
         "What the partnership is called."},
    };
    Html items;
    for (const auto &part : parts) {
        if (site.may_pass(visit_of(request), part.need)) {
            items +=
                html::format(R"(<li><h2 class="govuk-heading-s govuk-!-margin-bottom-1">{}</h2>)"
                             R"(<p class="govuk-body">{}</p></li>)",
                             html::link(part.link), part.words);
        }
    }
    html::Page page;
    page.title = "Administration";
    page.section = "/administration";
    page.breadcrumbs = {to_home};
    page.content = heading(page.title) + html::format(R"(<ul class="govuk-list">{}</ul>)", items);
    return site.page(request, std::move(page));
}

/// When each person last signed in, by their id.
std::map<std::string, std::string> last_signed_in(db::Transaction &tx) {
    std::map<std::string, std::string> last;
    tx.each("select record, max(at) as at from seen_log where tenant = :tenant and "
            "kind = 'account' and act = 'sign-in' group by record",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                const auto at = core::Instant::parse(row.text("at"));
                last[row.text("record")] = at ? at->text() : std::string{};
            });
    return last;
}

Response review(const Site &site, const Request &request) {
    const auto &visit = visit_of(request);
    const auto today = site.clock().now().london_date();
    html::DataTable table{
        .caption = "Who may sign in",
        .columns = {{.heading = "Name", .label = "Name"},
                    {.heading = "Role", .label = "Role"},
                    {.heading = "May sign in", .label = "May sign in"},
                    {.heading = "Authenticator app", .label = "Authenticator app"},
                    {.heading = "Last signed in", .label = "Last signed in"}}};
    site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto last = last_signed_in(tx);
        const auto people = site.keeper().list(tx, record::description<PersonRecord>(),
                                               {.page_size = 0}, {.all_restricted = true});
        for (const auto &stored : people.records) {
            const auto person = record::typed<PersonRecord>(stored.values);
            const bool over = person.active_to && *person.active_to < today;
            const bool later = person.active_from && today < *person.active_from;
            const auto state = site.doors().accounts.state(tx, stored.id);
            const auto found = last.find(stored.id);
            table.rows.push_back({{html::link({person.name, "/people/" + stored.id}),
                                   std::string{access::words(person.role)},
                                   over               ? "No longer"
                                   : later            ? "From " + person.active_from->text()
                                   : person.active_to ? "Until " + person.active_to->text()
                                                      : "Yes",
                                   state.second_factor ? "Set up" : "Not set up",
                                   found == last.end() ? "Never" : found->second}});
        }
    });
    site.note(request, "view", "person", {});
    html::Page page;
    page.title = "Access review";
    page.section = "/administration";
    page.breadcrumbs = {to_home, to_administration};
    page.content = heading(page.title) +
                   paragraph("Look through this from time to time. Whoever has left is given a "
                             "last day; whoever has another task is given another role.") +
                   html::data_table(table);
    return site.page(request, std::move(page));
}

Response settings_form(const Site &site, const Request &request, const std::string &name,
                       const std::string &place, const record::Problems &problems) {
    html::Page page;
    page.title = "Settings";
    page.section = "/administration";
    page.breadcrumbs = {to_home, to_administration};
    page.errors = error_lines(problems, "name");
    page.content = heading(page.title);
    if (site.may_pass(visit_of(request), Need::to(Act::edit, "settings"))) {
        page.content += html::form(
            {.action = "/administration/settings",
             .csrf = request.csrf,
             .fields =
                 field({.name = "name", .label = "What the partnership is called", .value = name},
                       problems) +
                 field({.name = "place",
                        .label = "The place it is for",
                        .value = place,
                        .hint = "As it stands in a sentence"},
                       problems)});
    } else {
        page.content += paragraph(name) + paragraph(place);
    }
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

/// Writes what was typed and logs it, unless something is wrong with it.
record::Problems rename(const Site &site, db::Transaction &tx, const std::string &name,
                        const std::string &place) {
    record::Problems problems;
    const auto check = [&](const char *field, const std::string &typed) {
        if (typed.empty()) {
            problems.push_back({field, "Enter what it is called"});
        } else if (typed.size() > longest_name) {
            problems.push_back({field, "Use fewer letters: 200 at most"});
        }
    };
    check("name", name);
    check("place", place);
    if (!problems.empty()) {
        return problems;
    }
    const auto before =
        tx.first("select name, place from tenant where id = :tenant", {{"tenant", tx.tenant()}})
            .value();
    tx.execute("update tenant set name = :name, place = :place where id = :tenant",
               {{"name", name}, {"place", place}, {"tenant", tx.tenant()}});
    const nlohmann::json detail{{"name", {before.text("name"), name}},
                                {"place", {before.text("place"), place}}};
    site.keeper().ledger().append(
        tx, db::Log::changes,
        {.act = "edit", .kind = "tenant", .record = tx.tenant(), .detail = detail.dump()});
    return {};
}

Response save_settings(const Site &site, const Request &request) {
    const auto typed = [&](const char *field) {
        return std::string{core::trim(request.value(field).value_or(""))};
    };
    const auto name = typed("name");
    const auto place = typed("place");
    const auto saved = site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        return rename(site, tx, name, place);
    });
    return saved.empty() ? site.done(request, "/administration/settings", "The settings are saved")
                         : settings_form(site, request, name, place, saved);
}

} // namespace

void add_administration(Site &site) {
    auto &router = site.router();
    router.get("/administration", Need::to(Act::view, "settings"),
               [&site](const Request &request) { return overview(site, request); });
    router.get("/administration/access", Need::to(Act::view, "log"),
               [&site](const Request &request) { return review(site, request); });
    router.get("/administration/settings", Need::to(Act::view, "settings"),
               [&site](const Request &request) {
                   const auto &visit = visit_of(request);
                   return settings_form(site, request, visit.tenant_name, visit.place, {});
               });
    router.post("/administration/settings", Need::to(Act::edit, "settings"),
                [&site](const Request &request) { return save_settings(site, request); });
}

} // namespace wardmote::site
