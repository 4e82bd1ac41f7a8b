// Papers of the items of a meeting, and the pack of all of them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/jobs/queue.hpp"
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/pack.hpp"
#include "work/partnership/pack_job.hpp"
#include "work/partnership/paper.hpp"

namespace wardmote::partnership {

namespace {

namespace fs = std::filesystem;
using access::Act;
using access::Need;

constexpr std::string_view pdf_type = "application/pdf";

std::variant<std::int64_t, std::string> pages_in(std::string_view bytes) {
    const WorkFolder folder;
    std::ofstream{folder.path() / "paper.pdf", std::ios::binary} << bytes;
    try {
        return pages_of(folder.path() / "paper.pdf");
    } catch (const std::runtime_error &) { // what qpdf says is of no use to whoever sent it
        return "This PDF cannot be read: it is damaged, or locked with a password";
    }
}

/// The file, taken in and counted, or a sentence that says why not.
struct Checked {
    record::TakenIn file;
    std::int64_t pages = 0;
};
std::variant<Checked, std::string> check(const site::Site &site, const web::Request &request) {
    if (request.uploads.empty() || request.uploads.front().file_name.empty()) {
        return "Choose the file of the paper";
    }
    const auto &upload = request.uploads.front();
    auto taken = site.attachments().take_in(site::visit_of(request).person.tenant, upload.file_name,
                                            upload.bytes);
    if (auto *problem = std::get_if<std::string>(&taken)) {
        return std::move(*problem);
    }
    auto &file = std::get<record::TakenIn>(taken);
    if (file.type != pdf_type) {
        return "A paper is a PDF, so that all can be one pack: save it as a PDF first";
    }
    const auto pages = pages_in(upload.bytes);
    if (const auto *problem = std::get_if<std::string>(&pages)) {
        return *problem;
    }
    return Checked{std::move(file), std::get<std::int64_t>(pages)};
}

web::Response add(const site::Site &site, const Rules &rules, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto stored = site.database().read(visit.scope(), [&](db::Transaction &tx) {
        return find_meeting(site, tx, request, Act::edit);
    });
    if (!stored) {
        return no_such_meeting();
    }
    const std::string title{core::trim(request.value("paper_title").value_or(""))};
    constexpr std::size_t most_title = 200;
    if (title.empty() || title.size() > most_title) {
        return refuse_on_meeting(site, rules, request, *stored,
                                 "Give the paper a title of 200 characters or fewer");
    }
    const auto checked = check(site, request);
    if (const auto *problem = std::get_if<std::string>(&checked)) {
        return refuse_on_meeting(site, rules, request, *stored, *problem);
    }
    const auto &[file, pages] = std::get<Checked>(checked);
    const auto day = record::typed<Meeting>(*stored).value.starts.london_date();
    const bool late = !papers_due(rules.law, day).met_on(site.clock().now().london_date());
    const auto item = request.value("item").value_or("");
    const bool added = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto items = agenda_of(site.keeper(), tx, stored->id);
        if (std::ranges::find(items, item, &record::Kept<AgendaItem>::id) == items.end()) {
            return false;
        }
        const auto kept = site.attachments().add(tx, file, "agenda_item", item);
        add_paper(tx, site.keeper().ledger(), site.clock(),
                  {.item = item, .attachment = kept.id, .title = title, .pages = pages}, stored->id,
                  late);
        return true;
    });
    if (!added) {
        return refuse_on_meeting(site, rules, request, *stored,
                                 "Choose an item of this meeting's agenda");
    }
    return site.done(request, meeting_address(stored->id, "#agenda"),
                     late ? "The paper is added, and marked late" : "The paper is added");
}

web::Response send(const site::Site &site, const web::Request &request, db::Transaction &tx,
                   const record::Stored &meeting, const std::string &attachment) {
    auto content = site.attachments().open(tx, attachment);
    if (!content) {
        return web::not_found("There is no such paper here.");
    }
    site.note(request, "export", "meeting", meeting.id,
              fmt::format(R"({{"attachment":"{}"}})", attachment));
    const auto &file = content->attachment;
    return web::streamed_download(file.name, file.type, std::move(content->next),
                                  static_cast<std::uint64_t>(file.bytes));
}

web::Response paper(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto position = core::parse_integer(request.parameter("position"));
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        if (const auto meeting = find_meeting(site, tx, request, Act::view)) {
            for (const auto &each : papers_of(tx, meeting->id)) {
                if (each.position == position) {
                    return send(site, request, tx, *meeting, each.attachment);
                }
            }
        }
        return web::not_found("There is no such paper here.");
    });
}

web::Response pack(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const auto edition = core::parse_integer(request.parameter("edition"));
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto meeting = find_meeting(site, tx, request, Act::view);
        const auto kept = meeting && edition ? find_pack(tx, meeting->id, *edition) : std::nullopt;
        return kept ? send(site, request, tx, *meeting, kept->attachment)
                    : web::not_found("There is no such edition of the pack.");
    });
}

web::Response make(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const bool asked = site.database().write(visit.scope(), [&](db::Transaction &tx) {
        const auto meeting = find_meeting(site, tx, request, Act::edit);
        if (!meeting) {
            return false;
        }
        const nlohmann::json payload{{"meeting", meeting->id}, {"person", visit.person.id}};
        site.queue().add(tx, {.kind = std::string{pack_kind}, .payload = payload.dump()});
        return true;
    });
    return asked ? site.done(request, meeting_address(request.parameter("id"), "#pack"),
                             "The pack is being made. It will be here within a minute")
                 : no_such_meeting();
}

} // namespace

void add_paper_pages(site::Site &site, const Rules &rules) {
    const auto edit = Need::to(Act::edit, "meeting");
    const auto view = Need::to(Act::view, "meeting");
    site.router().post(
        "/meetings/:id/papers", edit,
        [&site, &rules](const web::Request &request) { return add(site, rules, request); },
        {.largest_body = 26'000'000});
    site.router().get("/meetings/:id/papers/:position", view,
                      [&site](const web::Request &request) { return paper(site, request); });
    site.router().post("/meetings/:id/pack", edit,
                       [&site](const web::Request &request) { return make(site, request); });
    site.router().get("/meetings/:id/pack/:edition", view,
                      [&site](const web::Request &request) { return pack(site, request); });
}

} // namespace wardmote::partnership
