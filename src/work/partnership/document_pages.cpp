#include "work/partnership/document_pages.hpp"

#include <variant>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/table.hpp"
#include "platform/html/typography.hpp"
#include "work/partnership/document.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;

constexpr int most_note = 500;

const record::Description &what() {
    return record::description<Document>();
}

std::string address(std::string_view document, std::string_view part) {
    return fmt::format("{}/{}{}", what().path, document, part);
}

/// The document of the address, when this visit may do this with it.
std::optional<record::Stored> find(const site::Site &site, db::Transaction &tx,
                                   const web::Request &request, Act act) {
    const auto &visit = site::visit_of(request);
    const auto visible = access::visible_to(visit.person, what());
    auto found =
        visible ? site.keeper().find(tx, what(), request.parameter("id"), *visible) : std::nullopt;
    return found && access::may(visit.person, act, what(), *found) ? std::move(found)
                                                                   : std::nullopt;
}

web::Response missing() {
    return web::not_found("There is no such document here, or it is not yours to see.");
}

web::Response refused(const site::Site &site, const web::Request &request,
                      const record::Stored &document, const std::string &problem) {
    const auto &visit = site::visit_of(request);
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto title = record::typed<Document>(document).value.title;
        html::Page page{.title = title,
                        .content = html::page_head({.title = title}) +
                                   versions_on_page(tx, visit, document, problem),
                        .section = "/partnership",
                        .breadcrumbs = {{"Home", "/"},
                                        {"Documents", std::string{what().path}},
                                        {title, address(document.id, "")}},
                        .errors = {{.text = problem, .href = "#file"}}};
        return site.page(request, std::move(page), 422);
    });
}

web::Response add(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto document = site.database().read(
        visit.scope(), [&](db::Transaction &tx) { return find(site, tx, request, Act::attach); });
    if (!document) {
        return missing();
    }
    const std::string note{core::trim(request.value("note").value_or(""))};
    if (note.size() > most_note) {
        return refused(site, request, *document,
                       fmt::format("What changed must be {} characters or fewer", most_note));
    }
    if (request.uploads.empty() || request.uploads.front().file_name.empty()) {
        return refused(site, request, *document, "Choose the file of this version");
    }
    const auto &upload = request.uploads.front();
    const auto taken =
        site.attachments().take_in(visit.person.tenant, upload.file_name, upload.bytes);
    if (const auto *problem = std::get_if<std::string>(&taken)) {
        return refused(site, request, *document, *problem);
    }
    const auto &file = std::get<record::TakenIn>(taken);
    const auto number = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto kept = site.attachments().add(tx, file, what().table, document->id);
        return add_version(tx, site.keeper().ledger(), site.clock(), document->id, kept.id, note);
    });
    return site.done(request, address(document->id, ""),
                     fmt::format("Version {} is added: {}", number, file.name));
}

web::Response download(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto number = core::parse_integer(request.parameter("number"));
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto document = find(site, tx, request, Act::view);
        if (!document || !number) {
            return missing();
        }
        for (const auto &version : versions_of(tx, document->id)) {
            if (version.number != *number) {
                continue;
            }
            auto content = site.attachments().open(tx, version.attachment);
            if (!content) {
                break;
            }
            site.note(request, "export", what().table, document->id,
                      fmt::format(R"({{"version":{}}})", version.number));
            const auto &file = content->attachment;
            return web::streamed_download(file.name, file.type, std::move(content->next),
                                          static_cast<std::uint64_t>(file.bytes));
        }
        return missing();
    });
}

} // namespace

html::Html versions_on_page(db::Transaction &tx, const access::Visit &visit,
                            const record::Stored &document, const std::string &problem) {
    const auto versions = versions_of(tx, document.id);
    auto all = html::Html{R"(<h2 class="govuk-heading-m" id="versions">Versions</h2>)"};
    if (versions.empty()) {
        all += html::Html{R"(<p class="govuk-body">No file has been added yet.</p>)"};
    } else {
        html::DataTable table;
        table.caption =
            html::Html{R"(<span class="govuk-visually-hidden">Versions, latest first</span>)"};
        table.columns = {{.heading = "Version", .label = "Version"},
                         {.heading = "File", .label = "File"},
                         {.heading = "What changed", .label = "What changed"},
                         {.heading = "Added", .label = "Added"}};
        for (const auto &version : versions) {
            const auto created = core::Instant::parse(version.created);
            const auto current = version.number == versions.front().number
                                     ? html::tag({.text = "Current", .classes = "govuk-tag--green"})
                                     : html::Html{};
            table.rows.push_back(
                {.cells = {html::format("{} {}", version.number, current),
                           html::link(
                               {version.file_name,
                                address(document.id, fmt::format("/versions/{}", version.number))}),
                           version.note,
                           fmt::format("{}, {}", access::name_of(tx, version.created_by),
                                       created ? created->text() : "")}});
        }
        all += html::data_table(table);
    }
    if (!access::may(visit.person, Act::attach, what(), document)) {
        return all;
    }
    html::FileUpload file;
    file.field.name = "file";
    file.field.label.text = versions.empty() ? "File" : "File of the new version";
    file.field.hint = html::Hint{.text = "Up to 25 MB. Earlier versions stay."};
    if (!problem.empty()) {
        file.field.error = html::ErrorMessage{.text = problem};
    }
    html::Input note;
    note.field.name = "note";
    note.field.label.text = "What changed";
    note.field.hint = html::Hint{.text = "Such as: Quorum raised to five"};
    all += html::form({.action = address(document.id, "/versions"),
                       .csrf = visit.csrf,
                       .fields = html::file_upload(file) + html::input(note),
                       .button = "Add this version",
                       .sends_files = true,
                       .keeps_draft = false});
    return all;
}

void add_document_pages(site::Site &site) {
    site.router().post("/documents/:id/versions", access::Need::to(Act::attach, what().table),
                       [&site](const web::Request &request) { return add(site, request); },
                       {.largest_body = 26'000'000});
    site.router().get("/documents/:id/versions/:number", access::Need::to(Act::view, what().table),
                      [&site](const web::Request &request) { return download(site, request); });
}

} // namespace wardmote::partnership
