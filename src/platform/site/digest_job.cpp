// Who is sent the daily e-mail, and when.
#include "platform/access/acting.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/digest.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/messages.hpp"
#include "platform/site/pages.hpp"

namespace wardmote::site {

namespace {

constexpr const char *digest_kind = "digest";
constexpr const char *here = "/account/digest";

struct Kept {
    bool off = false;
    std::optional<core::Instant> told_until;
};
Kept kept_of(db::Transaction &tx, std::string_view person) {
    const auto row =
        tx.first("select off, told_until from digest where tenant = :tenant and person = :person",
                 {{"tenant", tx.tenant()}, {"person", std::string{person}}});
    return row ? Kept{row->integer("off") != 0, core::Instant::parse(row->text("told_until"))}
               : Kept{};
}

void keep(db::Transaction &tx, std::string_view person, const Kept &kept) {
    tx.execute("insert into digest (tenant, person, off, told_until) "
               "values (:tenant, :person, :off, :until) on conflict (tenant, person) "
               "do update set off = excluded.off, told_until = excluded.told_until",
               {{"tenant", tx.tenant()},
                {"person", std::string{person}},
                {"off", std::int64_t{kept.off}},
                {"until", kept.told_until ? db::Value{kept.told_until->iso()} : db::Value{}}});
}

void send_to(const Site &site, db::Transaction &tx, const access::Visit &visit) {
    const auto now = site.clock().now();
    auto kept = kept_of(tx, visit.person.id);
    if (kept.off || (kept.told_until && kept.told_until->london_date() == now.london_date())) {
        return;
    }
    const auto since = kept.told_until.value_or(now.plus(-std::chrono::days{1}));
    const auto digest = digest_of(site, tx, visit, since);
    if (!digest.empty()) {
        post(tx, site.keeper(), site.queue(), site.settings(),
             {.name = visit.person.name,
              .email = visit.person.email,
              .subject = digest.subject(),
              .text = digest.text(),
              .markup = digest.markup().str()});
    }
    kept.told_until = now;
    keep(tx, visit.person.id, kept);
}

web::Response show(const Site &site, const web::Request &request) {
    const auto &visit = visit_of(request);
    const bool wanted = site.database().read(
        visit.scope(), [&](db::Transaction &tx) { return wants_digest(tx, visit.person.id); });
    html::Page page;
    page.title = "Daily e-mail";
    page.breadcrumbs = {{"Home", "/"}, {"Your account", "/account"}};
    page.content =
        heading(page.title) +
        paragraph("Each morning at half past six: what you hold that is overdue, what is due "
                  "within seven days and what is new. On a day with nothing to tell there is none. "
                  "What is restricted is not named in it.") +
        paragraph(!site.settings().sends_mail ? "This site sends no e-mail."
                  : wanted                    ? "You are sent it."
                                              : "You are not sent it.") +
        html::post_button({.action = here,
                           .csrf = request.csrf,
                           .hidden = {{"wanted", wanted ? "no" : "yes"}},
                           .text = wanted ? "Stop it" : "Send it to me again"});
    return site.page(request, std::move(page));
}

web::Response choose(const Site &site, const web::Request &request) {
    const bool wanted = request.value("wanted") == "yes";
    site.database().write(visit_of(request).scope(),
                          [&](db::Transaction &tx) { want_digest(site, tx, wanted); });
    return site.done(request, here,
                     wanted ? "The daily e-mail is sent to you"
                            : "The daily e-mail is not sent to you any more");
}

} // namespace

bool wants_digest(db::Transaction &tx, std::string_view person) {
    return !kept_of(tx, person).off;
}

void want_digest(const Site &site, db::Transaction &tx, bool wanted) {
    const auto &person = tx.scope().person;
    auto kept = kept_of(tx, person);
    kept.off = !wanted;
    keep(tx, person, kept);
    site.keeper().ledger().append(tx, db::Log::changes,
                                  {.act = wanted ? "begin-digest" : "end-digest",
                                   .kind = "account",
                                   .record = person,
                                   .version = 0,
                                   .detail = "{}"});
}

void send_digests(const Site &site, db::Transaction &tx) {
    if (!site.settings().sends_mail) {
        return;
    }
    for (const auto &visit : access::active_people(tx, site.clock().now())) {
        if (!visit.example) {
            send_to(site, tx, visit);
        }
    }
}

void add_digest(const Site &site, jobs::Handlers &handlers) {
    handlers.in_transaction(
        digest_kind, [&site](db::Transaction &tx, const jobs::Job &) { send_digests(site, tx); });
}

jobs::Schedule digest_schedule() {
    return {.name = digest_kind, .kind = digest_kind, .recurrence = jobs::Recurrence::daily(6, 30)};
}

void add_digest_pages(Site &site) {
    site.router().get(here, access::Need::signed_in(),
                      [&site](const web::Request &request) { return show(site, request); });
    site.router().post(here, access::Need::signed_in(),
                       [&site](const web::Request &request) { return choose(site, request); });
}

} // namespace wardmote::site
