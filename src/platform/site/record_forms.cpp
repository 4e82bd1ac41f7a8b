#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/need_to_know.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/history.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/record/show.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using access::Act;

/// What a form that was sent came to.
struct Mistaken {
    record::Parsed parsed;
};
struct Clashed {
    record::Clash clash;
    record::Values mine;
};
using Outcome = std::variant<std::monostate, record::Stored, Mistaken, Clashed>;

} // namespace

html::Page RecordKind::form_page(const web::Request &request, const record::Stored *record,
                                 const record::Typed &typed, const record::Problems &problems,
                                 const record::References &references, html::Html above) const {
    const auto &visit = visit_of(request);
    const auto words = record != nullptr ? fmt::format("Edit {}", title(record->values, references))
                                         : "Add " + with_article(m_what.one);
    const auto back = record != nullptr ? address(record->id) : std::string{m_what.path};
    html::Form form{.action = back,
                    .csrf = csrf(request),
                    .fields = record::fields(m_what, typed, problems, references,
                                             record == nullptr || may_reveal(visit),
                                             record == nullptr),
                    .cancel = {"Cancel", back}};
    if (record != nullptr) {
        form.hidden.push_back({"version", std::to_string(record->version)});
    }
    auto breadcrumbs = trail(true);
    if (record != nullptr) {
        breadcrumbs.push_back({core::capitalised(title(record->values, references)), back});
    }
    return {.title = words,
            .content = html::page_head({.title = words}) + above + html::form(form),
            .section = m_pages.section,
            .breadcrumbs = std::move(breadcrumbs),
            .errors = record::error_lines(m_what, problems, typed)};
}

web::Response RecordKind::form_again(const web::Request &request, const record::Parsed &parsed,
                                     int status) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        std::optional<record::Stored> record;
        if (request.parameters.contains("id")) {
            record = find(tx, request, Act::edit);
            if (!record) {
                return missing();
            }
            // The version that was opened, not the one that stands: a change meanwhile must show.
            record->version =
                core::parse_integer(request.value("version").value_or("")).value_or(0);
        }
        return m_site.page(request,
                           form_page(request, record ? &*record : nullptr, parsed.typed,
                                     parsed.problems, references, {}),
                           status);
    });
}

web::Response RecordKind::ask_new(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        // A link can bring values: "/posts/new?organisation=...".
        record::Typed typed;
        for (const auto &[name, value] : request.fields) {
            typed[name] = value;
        }
        return m_site.page(request, form_page(request, nullptr, typed, {}, references, {}));
    });
}

void RecordKind::restrict_for(db::Transaction &tx, const access::Visit &visit,
                              const record::Stored &record) const {
    // Whoever restricts a record is the first on its access list: otherwise nobody would know it.
    if (is_restricted(record.values) && access::access_list(tx, m_what.table, record.id).empty()) {
        access::grant_access(m_site.keeper(), tx, visit.person, m_what.table, record.id,
                             visit.person.id);
    }
}

web::Response RecordKind::create(const web::Request &request) const {
    const auto &visit = visit_of(request);
    auto outcome = m_site.database().write(visit.scope(), [&](db::Transaction &tx) -> Outcome {
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        auto parsed = record::parse(m_what, request.form, references);
        if (parsed.ok()) {
            parsed.problems =
                access::guard_change(tx, visit.person, m_what, nullptr, &parsed.values, today());
        }
        if (!parsed.ok()) {
            return Mistaken{std::move(parsed)};
        }
        auto made = m_site.keeper().insert(tx, m_what, parsed.values);
        restrict_for(tx, visit, made);
        return made;
    });
    if (const auto *mistaken = std::get_if<Mistaken>(&outcome)) {
        return form_again(request, mistaken->parsed, 422);
    }
    const auto &made = std::get<record::Stored>(outcome);
    return m_site.done(request, address(made.id),
                       core::capitalised(fmt::format("{} is saved", title(made.values))));
}

web::Response RecordKind::ask_edit(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::edit);
        if (!record) {
            return missing();
        }
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        m_site.note(request, "view", m_what.table, record->id);
        return m_site.page(request,
                           form_page(request, &*record, record::typed_of(m_what, record->values),
                                     {}, references, {}));
    });
}

web::Response RecordKind::update(const web::Request &request) const {
    const auto &visit = visit_of(request);
    const auto version = core::parse_integer(request.value("version").value_or("")).value_or(0);
    auto outcome = m_site.database().write(visit.scope(), [&](db::Transaction &tx) -> Outcome {
        const auto before = find(tx, request, Act::edit);
        if (!before) {
            return std::monostate{};
        }
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        auto parsed =
            record::parse(m_what, request.form, references, before->values, may_reveal(visit));
        if (parsed.ok()) {
            parsed.problems =
                access::guard_change(tx, visit.person, m_what, &*before, &parsed.values, today());
        }
        if (!parsed.ok()) {
            return Mistaken{std::move(parsed)};
        }
        auto saved = m_site.keeper().update(tx, m_what, before->id, version, parsed.values);
        if (!saved) {
            return std::monostate{};
        }
        if (auto *clash = std::get_if<record::Clash>(&*saved)) {
            return Clashed{std::move(*clash), std::move(parsed.values)};
        }
        auto &stored = std::get<record::Stored>(*saved);
        if (!is_restricted(before->values)) {
            restrict_for(tx, visit, stored);
        }
        return std::move(stored);
    });
    if (const auto *mistaken = std::get_if<Mistaken>(&outcome)) {
        return form_again(request, mistaken->parsed, 422);
    }
    if (const auto *clashed = std::get_if<Clashed>(&outcome)) {
        return clash_page(request, clashed->clash, clashed->mine);
    }
    if (const auto *saved = std::get_if<record::Stored>(&outcome)) {
        return m_site.done(request, address(saved->id),
                           core::capitalised(fmt::format("{} is saved", title(saved->values))));
    }
    return missing();
}

web::Response RecordKind::clash_page(const web::Request &request, const record::Clash &clash,
                                     const record::Values &mine) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto kinds = visible_kinds(m_site, visit);
        const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
        const bool reveal = may_reveal(visit);
        const auto when = core::Instant::parse(clash.changed);
        const auto name = access::name_of(tx, clash.changed_by);
        auto above = html::conflicts(record::shown_clash(m_what, clash, mine, references, name,
                                                         when ? when->text() : "", reveal));
        auto theirs = record::shown_differences(m_what, clash.theirs, references, reveal);
        theirs.caption = fmt::format("What {} changed", name);
        above += html::differences(theirs);
        // Both people's changes together; where they met, mine. Saving it replaces the version
        // that this page shows, so a third change would be shown again.
        auto page = form_page(request, &clash.now, record::typed_of(m_what, clash.merged), {},
                              references, std::move(above));
        page.errors.push_back(
            {.text = fmt::format("{} changed this {} while you had it open. Nothing is lost: check "
                                 "what is below and save again",
                                 name, m_what.one),
             .href = "#main"});
        return m_site.page(request, std::move(page), 409);
    });
}

web::Response RecordKind::ask_removal(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::remove);
        if (!record) {
            return missing();
        }
        const auto question = fmt::format("Remove {}?", title(record->values));
        html::Page page{.title = question,
                        .content = html::page_head({.title = question}),
                        .section = m_pages.section,
                        .breadcrumbs = trail(true)};
        page.content += html::confirmation(
            {.action = address(record->id, "/removal"),
             .csrf = csrf(request),
             .consequences = {fmt::format("It leaves the list of {} and the search.", m_what.many),
                              "What refers to it keeps its name, and its history stays.",
                              "It can be restored until its time of keeping is over."},
             .button = fmt::format("Remove this {}", m_what.one),
             .cancel = {"Cancel", address(record->id)}});
        return m_site.page(request, std::move(page));
    });
}

web::Response RecordKind::remove(const web::Request &request) const {
    const auto &visit = visit_of(request);
    record::Problems problems;
    const auto removed = m_site.database().write(
        visit.scope(), [&](db::Transaction &tx) -> std::optional<record::Stored> {
            auto record = find(tx, request, Act::remove);
            if (!record) {
                return std::nullopt;
            }
            problems = access::guard_change(tx, visit.person, m_what, &*record, nullptr, today());
            if (problems.empty()) {
                m_site.keeper().remove(tx, m_what, record->id);
            }
            return record;
        });
    if (!removed) {
        return missing();
    }
    if (!problems.empty()) {
        return web::failure(422, problems.front().words);
    }
    return m_site.done(request, std::string{m_what.path},
                       core::capitalised(fmt::format("{} is removed", title(removed->values))));
}

web::Response RecordKind::restore(const web::Request &request) const {
    const auto &visit = visit_of(request);
    record::Problems problems;
    const auto restored = m_site.database().write(
        visit.scope(), [&](db::Transaction &tx) -> std::optional<record::Stored> {
            auto record = find(tx, request, Act::restore);
            if (!record) {
                return std::nullopt;
            }
            problems =
                access::guard_change(tx, visit.person, m_what, &*record, &record->values, today());
            if (problems.empty()) {
                m_site.keeper().restore(tx, m_what, record->id);
            }
            return record;
        });
    if (!problems.empty()) {
        return web::failure(422, problems.front().words);
    }
    return restored ? m_site.done(
                          request, address(restored->id),
                          core::capitalised(fmt::format("{} is restored", title(restored->values))))
                    : missing();
}

} // namespace wardmote::site
