#include <fmt/format.h>

#include "work/partnership/document.hpp"

namespace wardmote::partnership {

std::vector<DocumentVersion> versions_of(db::Transaction &tx, std::string_view document) {
    std::vector<DocumentVersion> versions;
    tx.each("select v.number, v.attachment, v.note, v.created, v.created_by, a.name, a.bytes "
            "from document_version v "
            "join attachment a on a.tenant = v.tenant and a.id = v.attachment "
            "where v.tenant = :tenant and v.document = :document order by v.number desc",
            {{"tenant", tx.tenant()}, {"document", std::string{document}}},
            [&](const db::Row &row) {
                versions.push_back({.number = row.integer("number"),
                                    .attachment = row.text("attachment"),
                                    .file_name = row.text("name"),
                                    .bytes = row.integer("bytes"),
                                    .note = row.text("note"),
                                    .created = row.text("created"),
                                    .created_by = row.text("created_by")});
            });
    return versions;
}

std::int64_t add_version(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                         std::string_view document, std::string_view attachment,
                         std::string_view note) {
    const std::string id{document};
    // Two versions added at once get the same number: the second is a Conflict, and nothing is
    // lost, for its file has been taken in and the person is asked to send it again.
    const auto number =
        tx.first("select coalesce(max(number), 0) + 1 as next from document_version "
                 "where tenant = :tenant and document = :document",
                 {{"tenant", tx.tenant()}, {"document", id}})
            ->integer("next");
    tx.execute(
        "insert into document_version (tenant, document, number, attachment, note, created, "
        "created_by) values (:tenant, :document, :number, :attachment, :note, :created, :by)",
        {{"tenant", tx.tenant()},
         {"document", id},
         {"number", number},
         {"attachment", std::string{attachment}},
         {"note", std::string{note}},
         {"created", clock.now().iso()},
         {"by", tx.scope().person}});
    ledger.append(
        tx, db::Log::changes,
        {.act = "add-version",
         .kind = "document",
         .record = id,
         .version = 0,
         .detail = fmt::format(R"({{"number":{},"attachment":"{}"}})", number, attachment)});
    return number;
}

std::vector<ReviewDue> reviews_due(db::Transaction &tx, std::string_view owner) {
    std::vector<ReviewDue> due;
    tx.each("select id, title, review_on, marking from document where tenant = :tenant and owner = "
            ":owner "
            "and removed is null and review_on is not null order by review_on, id",
            {{"tenant", tx.tenant()}, {"owner", std::string{owner}}}, [&](const db::Row &row) {
                due.push_back({row.text("id"), row.text("title"),
                               core::Date::parse(row.text("review_on")).value(),
                               row.text("marking") != "OFFICIAL"});
            });
    return due;
}

} // namespace wardmote::partnership
