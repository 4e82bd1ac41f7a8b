#include "work/partnership/paper.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wardmote::partnership {

std::vector<Paper> papers_of(db::Transaction &tx, std::string_view meeting) {
    std::vector<Paper> papers;
    tx.each("select p.position, p.item, p.attachment, p.title, p.pages, p.supplement, p.created, "
            "a.name, a.type from meeting_paper p "
            "join agenda_item i on i.tenant = p.tenant and i.id = p.item and i.removed is null "
            "join attachment a on a.tenant = p.tenant and a.id = p.attachment "
            "and a.removed is null "
            "where p.tenant = :tenant and p.meeting = :meeting order by i.position, p.position",
            {{"tenant", tx.tenant()}, {"meeting", std::string{meeting}}}, [&](const db::Row &row) {
                papers.push_back({.position = row.integer("position"),
                                  .item = row.text("item"),
                                  .attachment = row.text("attachment"),
                                  .title = row.text("title"),
                                  .file_name = row.text("name"),
                                  .type = row.text("type"),
                                  .pages = row.integer("pages"),
                                  .supplement = row.optional_integer("supplement"),
                                  .created = row.text("created")});
            });
    return papers;
}

std::int64_t add_paper(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                       const Paper &paper, std::string_view meeting, bool late) {
    const std::string id{meeting};
    const auto last = tx.first("select coalesce(max(position), 0) as position, "
                               "coalesce(max(supplement), 0) as supplement from meeting_paper "
                               "where tenant = :tenant and meeting = :meeting",
                               {{"tenant", tx.tenant()}, {"meeting", id}});
    const auto position = last->integer("position") + 1;
    tx.execute("insert into meeting_paper (tenant, meeting, item, attachment, position, title, "
               "pages, supplement, created, created_by) values (:tenant, :meeting, :item, "
               ":attachment, :position, :title, :pages, :supplement, :created, :by)",
               {{"tenant", tx.tenant()},
                {"meeting", id},
                {"item", paper.item},
                {"attachment", paper.attachment},
                {"position", position},
                {"title", paper.title},
                {"pages", paper.pages},
                {"supplement", late ? db::Value{last->integer("supplement") + 1} : db::Value{}},
                {"created", clock.now().iso()},
                {"by", tx.scope().person}});
    ledger.append(tx, db::Log::changes,
                  {.act = "add-paper",
                   .kind = "meeting",
                   .record = id,
                   .version = 0,
                   .detail = fmt::format(R"({{"position":{},"attachment":"{}","late":{}}})",
                                         position, paper.attachment, late)});
    return position;
}

std::optional<std::int64_t> Pack::page_of(std::int64_t paper) const {
    const auto found =
        std::ranges::find(first_pages, paper, &std::pair<std::int64_t, std::int64_t>::first);
    return found == first_pages.end() ? std::nullopt : std::optional{found->second};
}

namespace {

std::optional<Pack> read_pack(db::Transaction &tx, std::string_view meeting,
                              std::optional<std::int64_t> edition) {
    const auto row =
        tx.first("select edition, attachment, pages, contents, created from board_pack "
                 "where tenant = :tenant and meeting = :meeting "
                 "and edition >= :least and edition <= :most "
                 "order by edition desc limit 1",
                 {{"tenant", tx.tenant()},
                  {"meeting", std::string{meeting}},
                  {"least", edition.value_or(1)},
                  {"most", edition.value_or(1'000'000)}});
    if (!row) {
        return std::nullopt;
    }
    Pack pack{.edition = row->integer("edition"),
              .attachment = row->text("attachment"),
              .pages = row->integer("pages"),
              .created = row->text("created")};
    for (const auto &part : nlohmann::json::parse(row->text("contents"))) {
        pack.first_pages.emplace_back(part.at(0).get<std::int64_t>(),
                                      part.at(1).get<std::int64_t>());
    }
    return pack;
}

} // namespace

std::optional<Pack> latest_pack(db::Transaction &tx, std::string_view meeting) {
    return read_pack(tx, meeting, {});
}

std::optional<Pack> find_pack(db::Transaction &tx, std::string_view meeting, std::int64_t edition) {
    return read_pack(tx, meeting, edition);
}

std::int64_t add_pack(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                      std::string_view meeting, const Pack &pack) {
    const std::string id{meeting};
    const auto edition = tx.first("select coalesce(max(edition), 0) + 1 as next from board_pack "
                                  "where tenant = :tenant and meeting = :meeting",
                                  {{"tenant", tx.tenant()}, {"meeting", id}})
                             ->integer("next");
    auto contents = nlohmann::json::array();
    for (const auto &[paper, page] : pack.first_pages) {
        contents.push_back({paper, page});
    }
    tx.execute("insert into board_pack (tenant, meeting, edition, attachment, pages, contents, "
               "created, created_by) values (:tenant, :meeting, :edition, :attachment, :pages, "
               ":contents, :created, :by)",
               {{"tenant", tx.tenant()},
                {"meeting", id},
                {"edition", edition},
                {"attachment", pack.attachment},
                {"pages", pack.pages},
                {"contents", contents.dump()},
                {"created", clock.now().iso()},
                {"by", tx.scope().person}});
    ledger.append(
        tx, db::Log::changes,
        {.act = "add-pack",
         .kind = "meeting",
         .record = id,
         .version = 0,
         .detail = fmt::format(R"({{"edition":{},"attachment":"{}"}})", edition, pack.attachment)});
    return edition;
}

} // namespace wardmote::partnership
