// Recording who came: one line for each person of the organisations that are members that day.
#include <algorithm>

#include <fmt/format.h>

#include "platform/html/form_page.hpp"
#include "platform/html/home.hpp"
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/minutes.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;
using access::Need;

std::string input_of(std::string_view person) {
    return fmt::format("came-{}", person);
}

html::Html line(const Invited &who) {
    html::Select select;
    select.field.name = input_of(who.person);
    select.field.label.text = fmt::format("{}, {}", who.name, who.organisation_name);
    select.items = {{.text = "Not recorded", .value = ""}};
    for (const auto &choice : presences) {
        select.items.push_back(
            {.text = std::string{choice.words}, .value = std::string{choice.value}});
    }
    if (who.presence) {
        select.value = db::text_of(record::Codec<Presence>::to(*who.presence));
    }
    return html::select(select);
}

web::Response ask(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    return site.database().read(visit.scope(), [&](db::Transaction &tx) {
        const auto stored = find_meeting(site, tx, request, Act::edit);
        if (!stored) {
            return no_such_meeting();
        }
        const auto meeting = record::typed<Meeting>(*stored).value;
        html::Html lines;
        for (const auto &who : invited_to(tx, stored->id, meeting.starts.london_date())) {
            lines += line(who);
        }
        html::Page page{.title = "Who came",
                        .section = "/meetings",
                        .breadcrumbs = {{"Home", "/"},
                                        {"Meetings", "/meetings"},
                                        {meeting.title, meeting_address(stored->id)}}};
        page.content = html::page_head({.title = page.title});
        page.content +=
            lines.empty()
                ? html::Html{R"(<p class="govuk-body">No member organisation has anybody yet. )"
                             R"(Add <a class="govuk-link" href="/members">members</a> and )"
                             R"(<a class="govuk-link" href="/posts">posts</a> first.</p>)"}
                : html::form({.action = meeting_address(stored->id, "/attendance"),
                              .csrf = site::csrf(request),
                              .fields = lines,
                              .button = "Record who came",
                              .cancel = {"Cancel", meeting_address(stored->id)}});
        return site.page(request, std::move(page));
    });
}

web::Response save(const site::Site &site, const web::Request &request) {
    const auto &visit = site::visit_of(request);
    std::optional<record::Stored> stored;
    site.database().write(visit.scope(), [&](db::Transaction &tx) {
        stored = find_meeting(site, tx, request, Act::edit);
        if (!stored) {
            return;
        }
        const auto day = record::typed<Meeting>(*stored).value.starts.london_date();
        std::map<std::string, Presence, std::less<>> came;
        for (const auto &who : invited_to(tx, stored->id, day)) {
            const auto said = request.value(input_of(who.person)).value_or("");
            if (std::ranges::find(presences, said, &record::Choice::value) != presences.end()) {
                came.emplace(who.person, record::Codec<Presence>::from(said));
            }
        }
        record_attendance(tx, site.keeper().ledger(), stored->id, day, came);
    });
    return stored ? site.done(request, meeting_address(stored->id, "#attendance"),
                              "Who came is recorded")
                  : no_such_meeting();
}

} // namespace

void add_attendance_pages(site::Site &site) {
    const auto edit = Need::to(Act::edit, "meeting");
    site.router().get("/meetings/:id/attendance", edit,
                      [&site](const web::Request &request) { return ask(site, request); });
    site.router().post("/meetings/:id/attendance", edit,
                       [&site](const web::Request &request) { return save(site, request); });
}

} // namespace wardmote::partnership
