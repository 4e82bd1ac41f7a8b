#include "work/partnership/authority_form.hpp"

#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "platform/access/organisation.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "platform/record/form.hpp"
#include "platform/site/site.hpp"
#include "work/partnership/membership.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

/// The organisation's own form, cut to what is asked here.
record::Description asked() {
    auto what = record::description<access::Organisation>();
    static const auto fields = [&] {
        std::vector<record::Field> some;
        for (const auto *name : {"name", "short_name", "kind", "valid_from"}) {
            some.push_back(what.field(name));
        }
        return some;
    }();
    what.fields = fields;
    what.check = nullptr;
    return what;
}

web::Response ask(const site::Site &site, const web::Request &request, const record::Typed &typed,
                  const record::Problems &problems) {
    const auto what = asked();
    html::Page page{.title = "Add a responsible authority",
                    .section = "/partnership",
                    .breadcrumbs = {{"Home", "/"}, {"Partnership", "/partnership"}},
                    .errors = record::error_lines(what, problems, typed)};
    page.content =
        html::page_head({.title = page.title}) +
        html::form({.action = "/partnership/authorities",
                    .csrf = site::csrf(request),
                    .fields = record::fields(what, typed, problems, record::NoReferences{}),
                    .cancel = {"Cancel", "/partnership"}});
    return site.page(request, std::move(page), problems.empty() ? 200 : 422);
}

web::Response add(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    auto parsed = record::parse(asked(), request.form, record::NoReferences{});
    if (!parsed.ok()) {
        return ask(site, request, parsed.typed, parsed.problems);
    }
    const auto asked_fields = asked();
    access::Organisation organisation;
    organisation.name = db::text_of(parsed.values[asked_fields.index("name")]);
    organisation.short_name = db::text_of(parsed.values[asked_fields.index("short_name")]);
    organisation.kind =
        record::Codec<access::OrganisationKind>::from(parsed.values[asked_fields.index("kind")]);
    organisation.valid_from = record::Codec<std::optional<core::Date>>::from(
        parsed.values[asked_fields.index("valid_from")]);
    site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto id = site.keeper().add(tx, organisation);
        site.keeper().add(tx, Membership{.organisation = core::Id::parse(id),
                                         .standing = Standing::responsible,
                                         .joined = organisation.valid_from});
    });
    return site.done(request, "/partnership",
                     fmt::format("{} is a responsible authority", organisation.name));
}

} // namespace

void add_authority_form(site::Site &site) {
    site.router().get("/partnership/authorities/new", Need::to(Act::create, "membership"),
                      [&site](const web::Request &request) { return ask(site, request, {}, {}); });
    site.router().post("/partnership/authorities", Need::to(Act::create, "membership"),
                       [&site](const web::Request &request) { return add(site, request); });
}

} // namespace wardmote::partnership
