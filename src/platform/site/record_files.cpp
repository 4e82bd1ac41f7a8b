#include <variant>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/looks.hpp"
#include "platform/html/form_page.hpp"
#include "platform/html/record_parts.hpp"
#include "platform/html/typography.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using access::Act;

/// "312 KB", "1.4 MB": as people know sizes, in thousands.
std::string size_words(std::int64_t bytes) {
    if (bytes < 1'000) {
        return core::counted(bytes, "byte", "bytes");
    }
    if (bytes < 1'000'000) {
        return fmt::format("{} KB", (bytes + 500) / 1'000);
    }
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string ending(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string kind{dot == std::string_view::npos ? "file" : name.substr(dot + 1)};
    for (auto &letter : kind) {
        letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return kind;
}

} // namespace

html::Page RecordKind::files_page(const web::Request &request, db::Transaction &tx,
                                  const record::Stored &record, const std::string &problem) const {
    const auto &visit = visit_of(request);
    const bool may_attach = may(visit, Act::attach, record);
    std::vector<html::Attachment> shown;
    for (const auto &file : m_site.attachments().list(tx, m_what.table, record.id)) {
        const auto created = core::Instant::parse(file.created);
        const auto href = address(record.id, "/files/" + file.id);
        shown.push_back(
            {.name = file.name,
             .href = href,
             .kind = ending(file.name),
             .size = size_words(file.bytes),
             .note = fmt::format("Added by {}, {}", access::name_of(tx, file.created_by),
                                 created ? created->text() : ""),
             .state = file.scanned ? html::Content{}
                                   : html::Content{html::tag(
                                         {.text = "Not scanned", .classes = "govuk-tag--yellow"})},
             .remove_href = may_attach ? href + "/removal" : std::string{}});
    }
    auto content = html::attachments(shown);
    html::Page page;
    if (may_attach) {
        html::FileUpload upload;
        upload.field.name = "file";
        upload.field.label.text = "Add a file";
        upload.field.label.classes = "govuk-label--s";
        upload.field.hint = html::Hint{.text = "Documents, pictures, sound and film up to 25 MB"};
        if (!problem.empty()) {
            upload.field.error = html::ErrorMessage{.text = problem};
        }
        content += html::form({.action = address(record.id, "/files"),
                               .csrf = csrf(request),
                               .fields = html::file_upload(upload),
                               .button = "Add the file",
                               .sends_files = true,
                               .keeps_draft = false});
    }
    page = record_page(tx, visit, record, "/files", std::move(content));
    if (!problem.empty()) {
        page.errors = {{.text = problem, .href = "#file"}};
    }
    return page;
}

web::Response RecordKind::files(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::view);
        if (!record) {
            return missing();
        }
        m_site.note(request, "view", m_what.table, record->id);
        return m_site.page(request, files_page(request, tx, *record, {}));
    });
}

web::Response RecordKind::attach(const web::Request &request) const {
    const auto &visit = visit_of(request);
    const auto record = m_site.database().read(
        visit.scope(), [&](db::Transaction &tx) { return find(tx, request, Act::attach); });
    if (!record) {
        return missing();
    }
    std::variant<record::TakenIn, std::string> taken = "Choose a file";
    if (!request.uploads.empty() && !request.uploads.front().file_name.empty()) {
        const auto &upload = request.uploads.front();
        taken = m_site.attachments().take_in(visit.person.tenant, upload.file_name, upload.bytes);
    }
    if (const auto *problem = std::get_if<std::string>(&taken)) {
        return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
            return m_site.page(request, files_page(request, tx, *record, *problem), 422);
        });
    }
    const auto &file = std::get<record::TakenIn>(taken);
    m_site.database().write(visit.scope(), [&](db::Transaction &tx) {
        m_site.attachments().add(tx, file, m_what.table, record->id);
    });
    return m_site.done(request, address(record->id, "/files"),
                       fmt::format("{} is added", file.name));
}

web::Response RecordKind::file(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::view);
        auto content =
            record ? m_site.attachments().open(tx, request.parameter("file")) : std::nullopt;
        // Its id alone opens nothing: it must be a file of this record.
        if (!content || content->attachment.kind != m_what.table ||
            content->attachment.record != record->id) {
            return missing();
        }
        m_site.note(request, "export", m_what.table, record->id,
                    fmt::format(R"({{"file":"{}"}})", content->attachment.id));
        const auto &file = content->attachment;
        return web::streamed_download(file.name, file.type, std::move(content->next),
                                      static_cast<std::uint64_t>(file.bytes));
    });
}

web::Response RecordKind::ask_file_removal(const web::Request &request) const {
    const auto &visit = visit_of(request);
    return m_site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::attach);
        const auto file =
            record ? m_site.attachments().find(tx, request.parameter("file")) : std::nullopt;
        if (!file || file->removed || file->kind != m_what.table || file->record != record->id) {
            return missing();
        }
        const auto question = fmt::format("Remove {}?", file->name);
        auto page = record_page(tx, visit, *record, "/files", {});
        page.title = question;
        page.content =
            html::page_head({.title = question}) +
            html::confirmation({.action = address(record->id, "/files/" + file->id + "/removal"),
                                .csrf = csrf(request),
                                .consequences = {fmt::format("It leaves this {}.", m_what.one)},
                                .button = "Remove this file",
                                .cancel = {"Cancel", address(record->id, "/files")}});
        return m_site.page(request, std::move(page));
    });
}

web::Response RecordKind::remove_file(const web::Request &request) const {
    const auto &visit = visit_of(request);
    const bool removed = m_site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto record = find(tx, request, Act::attach);
        const auto file =
            record ? m_site.attachments().find(tx, request.parameter("file")) : std::nullopt;
        return file && file->kind == m_what.table && file->record == record->id &&
               m_site.attachments().remove(tx, file->id);
    });
    return removed ? m_site.done(request, address(request.parameter("id"), "/files"),
                                 "The file is removed")
                   : missing();
}

} // namespace wardmote::site
