#include "work/partnership/meeting_pages.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "platform/html/home.hpp"
#include "platform/record/form.hpp"
#include "platform/site/calendar.hpp"
#include "work/partnership/deadlines.hpp"
#include "work/partnership/minutes.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

const record::Description &what() {
    return record::description<Meeting>();
}

std::string state_of(const Meeting &meeting) {
    return db::text_of(record::Codec<MeetingState>::to(meeting.state));
}

web::Response step(const site::Site &site, const Rules &rules, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    std::optional<record::Stored> stored;
    std::string refusal;
    std::string words;
    site.database().write(visit.scope(), [&](db::Transaction &tx) {
        refusal.clear();
        stored = find_meeting(site, tx, request, Act::edit);
        if (!stored) {
            return;
        }
        auto meeting = record::typed<Meeting>(*stored).value;
        const std::string reason{core::trim(request.value("reason").value_or(""))};
        const auto answer =
            law::decide(meeting_lifecycle(), state_of(meeting), request.parameter("verb"),
                        secretary_role, guards_of(site.keeper(), tx, stored->id, meeting), reason);
        if (!answer) {
            refusal = answer.refusal;
            return;
        }
        meeting.state = record::Codec<MeetingState>::from(std::string{answer.step->to});
        meeting.state_reason = reason;
        site.keeper().update(tx, what(), stored->id, stored->version, record::values_of(meeting));
        words = meeting_lifecycle().state(answer.step->to)->words;
    });
    if (!stored) {
        return no_such_meeting();
    }
    return refusal.empty()
               ? site.done(request, meeting_address(stored->id), "The meeting is now: " + words)
               : refuse_on_meeting(site, rules, request, *stored, refusal);
}

web::Response add_item(const site::Site &site, const Rules &rules, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    std::optional<record::Stored> stored;
    record::Problems problems;
    site.database().write(visit.scope(), [&](db::Transaction &tx) {
        stored = find_meeting(site, tx, request, Act::edit);
        if (!stored) {
            return;
        }
        const auto items = agenda_of(site.keeper(), tx, stored->id);
        auto form = request.form;
        form.emplace_back("meeting", stored->id);
        form.emplace_back("position",
                          std::to_string(items.empty() ? 1 : items.back().value.position + 1));
        const std::vector<record::VisibleKind> kinds{{&what(), {.all_restricted = true}}};
        const record::StoredReferences references{tx, site.keeper().keys(), kinds};
        const auto parsed = record::parse(record::description<AgendaItem>(), form, references);
        problems = parsed.problems;
        if (parsed.ok()) {
            site.keeper().insert(tx, record::description<AgendaItem>(), parsed.values);
        }
    });
    if (!stored) {
        return no_such_meeting();
    }
    return problems.empty()
               ? site.done(request, meeting_address(stored->id, "#agenda"),
                           "The item is on the agenda")
               : refuse_on_meeting(site, rules, request, *stored, problems.front().words);
}

web::Response to_calendar(const site::Site &site, const web::Request &request) {
    return site.database().read(site::visit_of(request).scope(), [&](db::Transaction &tx) {
        const auto stored = find_meeting(site, tx, request, Act::view);
        const auto found = stored ? appointment(tx, stored->id) : std::nullopt;
        return found ? site::calendar_file(site, request, tx, *found) : no_such_meeting();
    });
}

web::Response place(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    const bool up = request.value("to") == "up";
    std::optional<record::Stored> stored;
    bool moved = false;
    site.database().write(visit.scope(), [&](db::Transaction &tx) {
        stored = find_meeting(site, tx, request, Act::edit);
        moved = stored &&
                move_item(site.keeper(), tx, stored->id, request.parameter("item"), up ? -1 : 1);
    });
    if (!stored) {
        return no_such_meeting();
    }
    return site.done(request, meeting_address(stored->id, "#agenda"),
                     !moved ? "It stays where it is: there is no place beyond"
                     : up   ? "The item is one place further up"
                            : "The item is one place further down");
}

} // namespace

std::optional<record::Stored> find_meeting(const site::Site &site, db::Transaction &tx,
                                           const web::Request &request, Act act) {
    const auto &visit = site::visit_of(request);
    const auto visible = access::visible_to(visit.person, what());
    auto found =
        visible ? site.keeper().find(tx, what(), request.parameter("id"), *visible) : std::nullopt;
    return found && access::may(visit.person, act, what(), *found) ? std::move(found)
                                                                   : std::nullopt;
}

web::Response no_such_meeting() {
    return web::not_found("There is no such meeting here, or it is not yours to change.");
}

std::string meeting_address(std::string_view id, std::string_view part) {
    return fmt::format("{}/{}{}", what().path, id, part);
}

web::Response refuse_on_meeting(const site::Site &site, const Rules &rules,
                                const web::Request &request, const record::Stored &stored,
                                const std::string &problem) {
    const auto &visit = site::visit_of(request);
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto title = record::typed<Meeting>(stored).value.title;
        html::Page page{.title = title,
                        .content = html::page_head({.title = title}) +
                                   meeting_parts(site, rules, tx, visit, stored, &request),
                        .section = "/meetings",
                        .breadcrumbs = {{"Home", "/"},
                                        {"Meetings", "/meetings"},
                                        {title, meeting_address(stored.id)}},
                        .errors = {{.text = problem, .href = {}}}};
        return site.page(request, std::move(page), 422);
    });
}

void add_meeting_pages(site::Site &site, const Rules &rules) {
    site.section({"Meetings", "/meetings", Need::to(Act::view, "meeting"), "g m"});
    const site::RecordPages plain{.section = "/meetings", .parents = {{"Meetings", "/meetings"}}};
    site.records<Meeting>(
        {.columns = {"title", "kind", "starts", "theme", "state"},
         .section = "/meetings",
         .ways = {{{"Plan the year’s meetings", "/meetings/year"},
                   Need::to(Act::create, "meeting")},
                  {{"Actions of meetings", "/board-actions"}, Need::to(Act::view, "board_action")}},
         .more = [&site, &rules](db::Transaction &tx, const access::Visit &visit,
                                 const record::Stored &stored) {
             return meeting_parts(site, rules, tx, visit, stored);
         }});
    site.records<AgendaItem>(plain);
    auto decisions = plain;
    decisions.imports = true;
    site.records<Decision>(decisions);
    site.records<BoardAction>({.columns = {"words", "owner", "due", "done_on"},
                               .section = "/meetings",
                               .parents = {{"Meetings", "/meetings"}},
                               .imports = true});
    const auto edit = Need::to(Act::edit, "meeting");
    auto &router = site.router();
    router.post("/meetings/:id/steps/:verb", edit, [&site, &rules](const web::Request &request) {
        return step(site, rules, request);
    });
    router.get("/meetings/:id/meeting.ics", Need::to(Act::view, "meeting"),
               [&site](const web::Request &request) { return to_calendar(site, request); });
    router.post("/meetings/:id/items", edit, [&site, &rules](const web::Request &request) {
        return add_item(site, rules, request);
    });
    router.post("/meetings/:id/items/:item/place", edit,
                [&site](const web::Request &request) { return place(site, request); });
    add_attendance_pages(site);
    add_year_pages(site);
    add_paper_pages(site, rules);
}

} // namespace wardmote::partnership
