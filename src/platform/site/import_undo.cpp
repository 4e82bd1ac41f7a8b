// What came of an import, and undoing it.
#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/table.hpp"
#include "platform/record/show.hpp"
#include "platform/site/fields.hpp"
#include "platform/site/import_pages.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

constexpr std::size_t most_listed = 500;

} // namespace

web::Response ImportPages::done_page(const web::Request &request, db::Transaction &tx,
                                     const Import &import) const {
    const auto &visit = visit_of(request);
    const bool undone = import.state == ImportState::undone;
    auto content = paragraph(fmt::format(
        "Brought in by {}, {}.", access::name_of(tx, import.created_by), when(import.finished)));
    if (undone) {
        content += paragraph(fmt::format("Undone by {}, {}.", access::name_of(tx, import.undone_by),
                                         when(import.undone)));
    }
    content += html::format(R"(<p class="govuk-body-l">{} made, {} changed, {} refused.</p>)",
                            counted(import.made), import.changed,
                            core::counted(import.refused, "row", "rows"));
    if (import.refused > 0 && import.created_by == visit.person.id) {
        content +=
            paragraph(html::link({"Download the rows that were refused, with the reasons (CSV)",
                                  address(import, "/refused.csv")}));
    }
    const auto imported = store(tx).imported(import);
    if (!undone && !imported.empty()) {
        content += html::button({.text = "Undo this import",
                                 .href = address(import, "/undoing"),
                                 .classes = "govuk-button--secondary"});
    }
    html::DataTable table{.caption = "What it made and changed",
                          .columns = {{.heading = core::capitalised(m_what.one),
                                       .label = core::capitalised(m_what.one)},
                                      {.heading = "What was done", .label = "What was done"},
                                      {.heading = "Since", .label = "Since"}}};
    const auto visible = access::visible_to(visit.person, m_what);
    const auto kinds = visible_kinds(m_site, visit);
    const record::StoredReferences references{tx, m_site.keeper().keys(), kinds};
    for (const auto &each : imported) {
        if (table.rows.size() == most_listed) {
            content += paragraph(fmt::format("The first {} are listed.", most_listed));
            break;
        }
        const auto record =
            visible ? m_site.keeper().find(tx, m_what, each.record, *visible) : std::nullopt;
        if (!record) {
            continue; // purged, or not for this reader to know
        }
        const auto title =
            record::in_words(m_what.field(m_what.title), record->values[m_what.index(m_what.title)],
                             references, false);
        std::string since;
        if (each.undone) {
            since = each.made ? "Removed again" : "Put back as it was";
        } else if (record->version != each.version) {
            since = fmt::format("{} by {}, {}", record->is_removed() ? "Removed" : "Changed",
                                access::name_of(tx, record->changed_by), when(record->changed));
        }
        if (undone && !each.undone) {
            since += since.empty() ? "Left as it is" : ": left as it is";
        }
        table.rows.push_back(
            {.cells = {html::link({title, fmt::format("{}/{}", m_what.path, each.record)}),
                       each.made ? "Made" : "Changed", since}});
    }
    if (!table.rows.empty()) {
        content += html::data_table(table);
    }
    m_site.note(request, "list", m_what.table, {}, fmt::format(R"({{"import":"{}"}})", import.id));
    return m_site.page(request, page(import.file_name, std::move(content)));
}

web::Response ImportPages::ask_undo(const web::Request &request) const {
    return m_site.database().read(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto import = store(tx).find(m_what.table, request.parameter("import"));
        if (!import || import->state != ImportState::done) {
            return missing();
        }
        auto shown = page(
            "Undo this import?",
            html::confirmation(
                {.action = address(*import, "/undoing"),
                 .csrf = csrf(request),
                 .consequences = {fmt::format("{} that it made: removed.", counted(import->made)),
                                  fmt::format("{} that it changed: put back as before.",
                                              counted(import->changed)),
                                  "What somebody has changed since is left as it is, and named.",
                                  "The history of each says that this was done."},
                 .button = "Undo this import",
                 .cancel = {"Cancel", address(*import)}}));
        return m_site.page(request, std::move(shown));
    });
}

web::Response ImportPages::undo(const web::Request &request) const {
    const auto &visit = visit_of(request);
    const auto import =
        m_site.database().write(visit.scope(), [&](db::Transaction &tx) -> std::optional<Import> {
            auto found = store(tx).find(m_what.table, request.parameter("import"));
            if (!found || found->state != ImportState::done) {
                return std::nullopt;
            }
            undo_import(m_site, tx, visit.person, m_what, *found);
            return found;
        });
    return import ? m_site.done(request, address(*import), "The import is undone") : missing();
}

} // namespace wardmote::site
