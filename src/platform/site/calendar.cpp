#include "platform/site/calendar.hpp"

#include <fmt/format.h>

#include "platform/site/doors.hpp"
#include "platform/site/messages.hpp"

namespace wardmote::site {

namespace {

/// What every entry has from its record.
calendar::Event begun(const Thing &thing, const Origin &origin, const access::Visit &visit,
                      const std::string &url, const std::string &href) {
    return {.uid = fmt::format("{}/{}{}{}@{}", thing.kind, thing.record,
                               thing.part.empty() ? "" : "/", thing.part, visit.person.tenant),
            .sequence = origin.version - 1,
            .changed = origin.changed,
            .when = core::Date{1, 1, 1},
            .url = url + href};
}

calendar::Event event_of(const Appointment &meeting, const Origin &origin,
                         const access::Visit &visit, const std::string &url) {
    auto event = begun(meeting.thing, origin, visit, url, meeting.href);
    event.when = calendar::Span{meeting.starts, meeting.ends};
    event.summary = meeting.title;
    event.location = meeting.place;
    event.description = meeting.about;
    event.cancelled = meeting.cancelled;
    return event;
}

/// Null when it may not leave the site.
const Origin *known(const Origins &origins, const Thing &thing) {
    const auto found = origins.find({thing.kind, thing.record});
    return found == origins.end() || found->second.restricted ? nullptr : &found->second;
}

} // namespace

std::vector<calendar::Event> calendar_of(const Site &site, db::Transaction &tx,
                                         const access::Visit &visit, const std::string &url) {
    const auto home = site.gathered(tx, visit);
    const auto origins = origins_of(site, tx, things_of(home));
    std::vector<calendar::Event> events;
    for (const auto &meeting : home.meetings) {
        if (const auto *origin = known(origins, meeting.thing)) {
            events.push_back(event_of(meeting, *origin, visit, url));
        }
    }
    const auto add = [&](const Thing &thing, core::Date on, const html::Link &what,
                         const std::string &href, const std::string &about) {
        if (const auto *origin = known(origins, thing)) {
            auto event = begun(thing, *origin, visit, url, href);
            event.when = on;
            event.summary = "Due: " + what.text;
            event.description = about;
            events.push_back(std::move(event));
        }
    };
    for (const auto &due : home.due) {
        if (due.sensitive) {
            continue;
        }
        add(due.thing, due.on, due.what, due.act.href.empty() ? due.what.href : due.act.href,
            due.rule);
    }
    for (const auto &waiting : home.waiting) {
        if (waiting.by) {
            add(waiting.thing, *waiting.by, waiting.item.what, waiting.item.what.href, {});
        }
    }
    return events;
}

web::Response calendar_file(const Site &site, const web::Request &request, db::Transaction &tx,
                            const Appointment &meeting) {
    const auto &visit = visit_of(request);
    const auto origins = origins_of(site, tx, {meeting.thing});
    const auto *origin = known(origins, meeting.thing);
    const auto tenant = tenant_of(site, request);
    if (origin == nullptr || !tenant) {
        return web::not_found({});
    }
    return web::download(
        "meeting.ics", "text/calendar; charset=utf-8",
        calendar::icalendar(visit.tenant_name,
                            {event_of(meeting, *origin, visit, url_of(site.settings(), *tenant))}));
}

} // namespace wardmote::site
