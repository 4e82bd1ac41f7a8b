#include "work/partnership/pack_job.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <variant>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/record/attachments.hpp"
#include "platform/site/site.hpp"
#include "work/partnership/meeting.hpp"
#include "work/partnership/pack.hpp"
#include "work/partnership/paper.hpp"

namespace wardmote::partnership {

namespace {

namespace fs = std::filesystem;

std::string about(const AgendaItem &item) {
    std::vector<std::string> parts{
        std::string{item_kinds[static_cast<std::size_t>(item.kind)].words}};
    if (item.minutes_allotted) {
        parts.push_back(core::counted(*item.minutes_allotted, "minute", "minutes"));
    }
    if (!item.presenter.empty()) {
        parts.push_back(item.presenter);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

struct Asked {
    PackPlan plan;
    std::vector<std::pair<fs::path, record::Content>> files;
};

/// What goes into the pack; the files are written after the transaction.
Asked gather(const site::Site &site, db::Transaction &tx, std::string_view meeting,
             const fs::path &folder) {
    const auto kept = site.keeper().get<Meeting>(tx, meeting);
    if (!kept) {
        throw std::runtime_error{"The meeting of a board pack is not there."};
    }
    Asked asked;
    auto &plan = asked.plan;
    const auto tenant =
        tx.first("select name from tenant where id = :tenant", {{"tenant", tx.tenant()}});
    plan.organisation = tenant->text("name");
    plan.title = kept->value.title;
    plan.when = kept->value.starts.text();
    plan.venue = kept->value.venue;
    plan.theme = kept->value.theme;
    const auto before = latest_pack(tx, meeting);
    plan.edition = before ? before->edition + 1 : 1;
    const auto papers = papers_of(tx, meeting);
    for (const auto &[id, version, item] : agenda_of(site.keeper(), tx, meeting)) {
        PackItem each{.title = item.title, .about = about(item)};
        for (const auto &paper : papers) {
            if (paper.item != id) {
                continue;
            }
            auto content = site.attachments().open(tx, paper.attachment);
            if (!content) {
                throw std::runtime_error{"The file of a paper is not there."};
            }
            const auto file = folder / fmt::format("paper-{}.pdf", paper.position);
            asked.files.emplace_back(file, std::move(*content));
            each.parts.push_back({.position = paper.position,
                                  .title = paper.title,
                                  .file = file,
                                  .pages = paper.pages,
                                  .late = paper.supplement.has_value()});
        }
        plan.items.push_back(std::move(each));
    }
    return asked;
}

void write(const fs::path &file, const record::Content &content) {
    std::ofstream out{file, std::ios::binary};
    for (auto piece = content.next(); !piece.empty(); piece = content.next()) {
        out << piece;
    }
    out.close();
    if (!out) {
        throw std::runtime_error{"A paper could not be written for the board pack."};
    }
}

} // namespace

WorkFolder::WorkFolder() {
    auto name = (fs::temp_directory_path() / "wardmote-pack-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error{"No folder could be made for a board pack."};
    }
    m_path = name;
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::int64_t make_edition(const site::Site &site, const db::Scope &scope,
                          std::string_view meeting) {
    const WorkFolder folder;
    auto asked = site.database().read(
        scope, [&](db::Transaction &tx) { return gather(site, tx, meeting, folder.path()); });
    if (asked.files.empty()) {
        throw std::runtime_error{"A board pack needs one paper at least."};
    }
    for (const auto &[file, content] : asked.files) {
        write(file, content);
    }
    const auto made = make_pack(asked.plan, folder.path());
    std::ifstream in{folder.path() / "pack.pdf", std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    const auto name = fmt::format("Board pack, edition {}.pdf", asked.plan.edition);
    const auto taken = site.attachments().take_in(scope.tenant, name, bytes);
    if (const auto *problem = std::get_if<std::string>(&taken)) {
        throw std::runtime_error{*problem};
    }
    return site.database().write(scope, [&](db::Transaction &tx) {
        const auto kept = site.attachments().add(tx, std::get<record::TakenIn>(taken), "meeting",
                                                 std::string{meeting});
        return add_pack(
            tx, site.keeper().ledger(), site.clock(), meeting,
            {.attachment = kept.id, .pages = made.pages, .first_pages = made.first_pages});
    });
}

} // namespace wardmote::partnership
