#include <fmt/format.h>

#include "platform/access/looks.hpp"
#include "platform/access/need_to_know.hpp"
#include "platform/access/person.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/table.hpp"
#include "platform/record/references.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using access::Act;

} // namespace

html::Page RecordKind::access_page(const web::Request &request, db::Transaction &tx,
                                   const record::Stored &record,
                                   const record::Problems &problems) const {
    const auto &visit = visit_of(request);
    html::DataTable table;
    table.caption = html::Html{R"(<span class="govuk-visually-hidden">People on the list</span>)"};
    table.columns = {{.heading = "Person", .label = "Person"},
                     {.heading = "Since", .label = "Since"},
                     {.heading = "Put there by", .label = "Put there by"},
                     {.heading = "Action", .label = "Action"}};
    for (const auto &listed : access::access_list(tx, m_what.table, record.id)) {
        const auto granted = core::Instant::parse(listed.granted);
        table.rows.push_back(
            {.cells = {
                 listed.name, granted ? granted->text() : "",
                 access::name_of(tx, listed.granted_by),
                 html::post_button(
                     {.action = address(record.id, "/access/" + listed.person + "/removal"),
                      .csrf = csrf(request),
                      .text = html::format(
                          R"(Take off<span class="govuk-visually-hidden"> {}</span>)", listed.name),
                      .as_link = true})}});
    }
    html::Select who;
    who.field.name = "person";
    who.field.label.text = "Who also needs to know";
    who.items.push_back({.text = "Choose a person", .value = ""});
    const auto kinds = visible_kinds(m_site, visit);
    const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
    for (const auto &candidate : references.candidates("person")) {
        who.items.push_back({.text = candidate.title, .value = candidate.id});
    }
    if (!problems.empty()) {
        who.field.error = html::ErrorMessage{.text = problems.front().words};
    }
    auto content = html::format(
        R"(<p class="govuk-body">To everybody else this {} does not exist.</p>)", m_what.one);
    content += html::data_table(table);
    content += html::form({.action = address(record.id, "/access"),
                           .csrf = csrf(request),
                           .fields = html::select(who),
                           .button = "Put on the list",
                           .keeps_draft = false});
    auto page = record_page(tx, visit, record, "/access", std::move(content));
    if (!problems.empty()) {
        page.errors = {{.text = problems.front().words, .href = "#person"}};
    }
    return page;
}

web::Response RecordKind::access_list(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::view);
        if (!record || !is_restricted(record->values)) {
            return missing();
        }
        m_site.note(request, "view", m_what.table, record->id);
        return m_site.page(request, access_page(request, tx, *record, {}));
    });
}

web::Response RecordKind::change_access(const web::Request &request, std::string_view person,
                                        bool granting) const {
    const auto &visit = visit_of(request);
    std::optional<record::Stored> record;
    std::optional<record::Problem> problem;
    m_site.database().write(visit.scope(), [&](db::Transaction &tx) {
        record = find(tx, request, Act::view);
        if (!record || !is_restricted(record->values)) {
            record.reset();
            return;
        }
        const auto change = granting ? access::grant_access : access::withdraw_access;
        problem = change(m_site.keeper(), tx, visit.person, m_what.table, record->id, person);
    });
    if (!record) {
        return missing();
    }
    if (problem) {
        return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
            return m_site.page(request, access_page(request, tx, *record, {*problem}), 422);
        });
    }
    return m_site.done(request, address(record->id, "/access"), "The access list is changed");
}

web::Response RecordKind::grant(const web::Request &request) const {
    const auto person = request.value("person").value_or("");
    return change_access(request, person, true);
}

web::Response RecordKind::withdraw(const web::Request &request) const {
    return change_access(request, request.parameter("person"), false);
}

} // namespace wardmote::site
