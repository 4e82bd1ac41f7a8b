#include "platform/site/import_pages.hpp"

#include <memory>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/html/home.hpp"
#include "platform/html/table.hpp"
#include "platform/record/file_type.hpp"
#include "platform/record/import_headings.hpp"
#include "platform/site/fields.hpp"

namespace wardmote::site {

namespace {

using access::Act;
using access::Need;

constexpr std::uint64_t most_bytes = 5'000'000;

/// The sheet whose headings name most fields, and what was chosen for such headings before, or
/// else what they are called.
ImportChoices first_choices(const Site &site, const ImportStore &store,
                            const record::Description &what,
                            const std::vector<core::Sheet> &sheets) {
    ImportChoices best;
    std::ptrdiff_t most = -1;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        auto choices =
            choices_for(site, store, what, sheets[i], record::heading_row(sheets[i], what));
        choices.sheet = i;
        const auto &fields = choices.mapping.fields;
        const auto named =
            static_cast<std::ptrdiff_t>(fields.size()) - std::ranges::count(fields, std::string{});
        if (named > most) {
            most = named;
            best = std::move(choices);
        }
    }
    return best;
}

} // namespace

ImportPages::ImportPages(const Site &site, const record::Description &what,
                         const RecordPages &pages)
    : m_site{site}
    , m_what{what}
    , m_section{pages.section}
    , m_parents{pages.parents} {}

std::string ImportPages::when(const std::string &iso) {
    const auto at = core::Instant::parse(iso);
    return at ? at->text() : std::string{};
}

ImportStore ImportPages::store(db::Transaction &tx) const {
    return {tx, m_site.keeper().keys(), m_site.clock()};
}

std::optional<OpenImport> ImportPages::draft(db::Transaction &tx,
                                             const web::Request &request) const {
    return open_draft(m_site, tx, m_what, request.parameter("import"));
}

web::Response ImportPages::missing() const {
    return web::not_found("There is no such file being brought in, or it is not yours to see.");
}

std::string ImportPages::list_address() const {
    return std::string{m_what.path} + "/imports";
}

std::string ImportPages::address(const Import &import, std::string_view part) const {
    return fmt::format("{}/{}{}", list_address(), import.id, part);
}

std::string ImportPages::counted(std::int64_t count) const {
    return core::counted(count, std::string{m_what.one}, std::string{m_what.many});
}

html::Page ImportPages::page(std::string title, html::Html content, bool to_list) const {
    html::Page page{.title = std::move(title), .section = m_section};
    page.content = html::page_head({.title = page.title}) + content;
    page.breadcrumbs = {{"Home", "/"}};
    page.breadcrumbs.insert(page.breadcrumbs.end(), m_parents.begin(), m_parents.end());
    page.breadcrumbs.push_back({core::capitalised(m_what.many), std::string{m_what.path}});
    if (to_list) {
        page.breadcrumbs.push_back({"Bring in a spreadsheet", list_address()});
    }
    return page;
}

html::Html ImportPages::past_imports(db::Transaction &tx) const {
    html::DataTable table{.caption = "Brought in before",
                          .columns = {{.heading = "File", .label = "File"},
                                      {.heading = "When", .label = "When"},
                                      {.heading = "Who", .label = "Who"},
                                      {.heading = "What came of it", .label = "What came of it"}}};
    for (const auto &import : store(tx).list(m_what.table)) {
        std::string came;
        switch (import.state) {
        case ImportState::draft:
            came = "Not brought in yet";
            break;
        case ImportState::waiting:
            came = "Being brought in";
            break;
        case ImportState::undone:
            came = fmt::format("Undone by {}, {}", access::name_of(tx, import.undone_by),
                               when(import.undone));
            break;
        case ImportState::done:
            came = fmt::format("{} made, {} changed, {} refused", import.made, import.changed,
                               import.refused);
        }
        table.rows.push_back(
            {.cells = {html::link({import.file_name, address(import)}), when(import.created),
                       access::name_of(tx, import.created_by), came}});
    }
    return table.rows.empty() ? html::Html{} : html::data_table(table);
}

web::Response ImportPages::list_page(const web::Request &request,
                                     const std::string &problem) const {
    const auto &visit = visit_of(request);
    html::FileUpload upload;
    upload.field.name = "file";
    upload.field.label.text = "Choose a file";
    upload.field.label.classes = "govuk-label--s";
    upload.field.hint =
        html::Hint{.text = "XLSX, ODS or CSV, up to 5 MB and 10,000 rows. Titles above the table "
                           "do no harm"};
    upload.field.attributes = {{"accept", ".xlsx,.ods,.csv"}};
    if (!problem.empty()) {
        upload.field.error = html::ErrorMessage{.text = problem};
    }
    auto content =
        paragraph(fmt::format("A spreadsheet that you keep already becomes {}: a row each. You "
                              "say which column is what, and see what every row would do, before "
                              "anything is written. It can be undone.",
                              m_what.many)) +
        html::form({.action = list_address(),
                    .csrf = csrf(request),
                    .fields = html::file_upload(upload),
                    .button = "Go on",
                    .cancel = {"Cancel", std::string{m_what.path}},
                    .sends_files = true,
                    .keeps_draft = false});
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        auto shown = page("Bring in a spreadsheet", content + past_imports(tx), false);
        if (!problem.empty()) {
            shown.errors = {{.text = problem, .href = "#file"}};
        }
        return m_site.page(request, std::move(shown), problem.empty() ? 200 : 422);
    });
}

web::Response ImportPages::list(const web::Request &request) const {
    return list_page(request, {});
}

web::Response ImportPages::upload(const web::Request &request) const {
    if (request.uploads.empty() || request.uploads.front().file_name.empty()) {
        return list_page(request, "Choose a file");
    }
    const auto &file = request.uploads.front();
    if (file.bytes.size() > most_bytes) {
        return list_page(request, "The file must be no larger than 5 MB");
    }
    const auto name = record::clean_file_name(file.file_name);
    auto read = m_site.imports().read(name, file.bytes);
    if (const auto *problem = std::get_if<std::string>(&read)) {
        return list_page(request, *problem);
    }
    const auto &sheets = std::get<std::vector<core::Sheet>>(read);
    const auto id = m_site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        auto kept = store(tx);
        return kept.add(m_what.table, name, sheets, first_choices(m_site, kept, m_what, sheets));
    });
    return web::redirect(fmt::format("{}/{}/columns", list_address(), id));
}

web::Response ImportPages::show(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto import = store(tx).find(m_what.table, request.parameter("import"));
        if (!import) {
            return missing();
        }
        switch (import->state) {
        case ImportState::draft:
            return web::redirect(address(*import, "/columns"));
        case ImportState::waiting: {
            const auto behind = m_site.imports().behind(import->id);
            auto content = paragraph(
                behind ? fmt::format("{} rows are behind. All of them are written at once, at the "
                                     "end.",
                                     core::number(static_cast<std::int64_t>(*behind)))
                       : std::string{"It waits for its turn, or another machine is doing it."});
            content += paragraph("You can leave this page: it goes on.") +
                       paragraph(html::link({"See how far it is", address(*import)}));
            return m_site.page(
                request,
                page(fmt::format("{} is being brought in", import->file_name), std::move(content)));
        }
        default:
            return done_page(request, tx, *import);
        }
    });
}

web::Response ImportPages::discard(const web::Request &request) const {
    const bool there = m_site.database().write(visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto import = store(tx).find(m_what.table, request.parameter("import"));
        if (import && import->state == ImportState::draft) {
            store(tx).discard(*import);
            return true;
        }
        return false;
    });
    return there ? m_site.done(request, list_address(),
                               "The file is forgotten: nothing of it "
                               "was brought in")
                 : missing();
}

void add_imports(Site &site, const record::Description &what, const RecordPages &pages) {
    if (!what.restricted.empty() || pages.instead.contains("POST ")) {
        throw std::logic_error(fmt::format("{} cannot be brought in from a file", what.many));
    }
    const auto kind = std::make_shared<const ImportPages>(site, what, pages);
    const auto base = std::string{what.path} + "/imports";
    const auto need = Need::to(Act::create, what.table);
    using Handling = web::Response (ImportPages::*)(const web::Request &) const;
    const auto get = [&](std::string_view part, Handling handling) {
        site.router().get(base + std::string{part}, need, [kind, handling](const auto &request) {
            return ((*kind).*handling)(request);
        });
    };
    const auto post = [&](std::string_view part, Handling handling, web::Limits limits = {}) {
        site.router().post(
            base + std::string{part}, need,
            [kind, handling](const auto &request) { return ((*kind).*handling)(request); }, limits);
    };
    get("", &ImportPages::list);
    // With room for the form around the file: one a little too large is told so, not cut off.
    post("", &ImportPages::upload, {.largest_body = most_bytes + 500'000});
    get("/:import", &ImportPages::show);
    post("/:import/discarding", &ImportPages::discard);
    get("/:import/columns", &ImportPages::ask_columns);
    post("/:import/columns", &ImportPages::take_columns);
    post("/:import/sheet", &ImportPages::take_sheet);
    get("/:import/gaps", &ImportPages::ask_gaps);
    post("/:import/gaps", &ImportPages::take_gaps, {.largest_body = 500'000});
    get("/:import/preview", &ImportPages::preview);
    get("/:import/refused.csv", &ImportPages::refused);
    post("/:import/run", &ImportPages::run);
    get("/:import/undoing", &ImportPages::ask_undo);
    post("/:import/undoing", &ImportPages::undo);
}

} // namespace wardmote::site
