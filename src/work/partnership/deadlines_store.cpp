#include "work/partnership/deadlines.hpp"

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/access/visible.hpp"
#include "work/partnership/meeting_pages.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/requirement.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

using access::Act;

constexpr int kept_after = 92; ///< days that a meeting stays in calendars when it is over

core::Date day_in(const db::Row &row, std::string_view column) {
    return core::Date::parse(row.text(column)).value();
}

void my_actions(db::Transaction &tx, const access::Visit &visit, site::Home &home) {
    for (const auto &action : open_actions_of(tx, visit.person.id)) {
        const auto page = "/board-actions/" + action.id;
        home.due.push_back({.thing = {"board_action", action.id, {}},
                            .on = action.due,
                            .what = {action.words, page},
                            .rule = fmt::format("Agreed at {}, came back {}", action.meeting_title,
                                                core::counted(action.carried, "time", "times")),
                            .act = {"Say what came of it", page + "/edit"}});
    }
}

void my_answers(db::Transaction &tx, const law::Law &law, const access::Visit &visit,
                site::Home &home) {
    tx.each("select id, title, sent_on from recommendation where tenant = :tenant "
            "and owner = :person and removed is null and responded_on is null order by sent_on, id",
            {{"tenant", tx.tenant()}, {"person", visit.person.id}}, [&](const db::Row &row) {
                const auto due = answer_due(law, day_in(row, "sent_on"));
                const auto page = "/recommendations/" + row.text("id");
                home.due.push_back({.thing = {"recommendation", row.text("id"), {}},
                                    .on = due.last_day,
                                    .what = {"Answer: " + row.text("title"), page},
                                    .rule = "SI 2009/942: " + due.words,
                                    .act = {"Answer it", page + "/edit"}});
            });
}

void my_requirements(db::Transaction &tx, const access::Visit &visit, site::Home &home) {
    for (const auto &one : required_of(tx, visit.person.id)) {
        const auto page = "/requirements/" + one.id;
        home.due.push_back({.thing = {"requirement", one.id, {}},
                            .on = one.due,
                            .what = {one.title, page},
                            .rule = "Required by " + one.due.text(),
                            .act = {"Say what shows it", page + "/edit"}});
    }
}

void my_risks(db::Transaction &tx, const access::Visit &visit, site::Home &home) {
    tx.each("select id, title, review_on from risk where tenant = :tenant and owner = :person "
            "and removed is null and closed_on is null and review_on is not null "
            "order by review_on, id",
            {{"tenant", tx.tenant()}, {"person", visit.person.id}}, [&](const db::Row &row) {
                const auto page = "/risks/" + row.text("id");
                const auto on = day_in(row, "review_on");
                home.due.push_back({.thing = {"risk", row.text("id"), "review"},
                                    .on = on,
                                    .what = {"Review: " + row.text("title"), page},
                                    .rule = "The risk's own day of review: " + on.text(),
                                    .act = {"Review it", page + "/edit"}});
            });
}

/// Papers are owed by whoever keeps the meetings.
void papers(db::Transaction &tx, const law::Law &law, const access::Visit &visit, core::Date today,
            site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::edit, "meeting")) {
        return;
    }
    tx.each("select id, title, starts from meeting where tenant = :tenant and removed is null "
            "and state = 'planned' and kind = 'board' and starts >= :now order by starts, id",
            {{"tenant", tx.tenant()}, {"now", core::Instant::start_of(today).iso()}},
            [&](const db::Row &row) {
                const auto day = core::Instant::parse(row.text("starts")).value().london_date();
                const auto due = papers_due(law, day);
                const auto page = meeting_address(row.text("id"));
                home.due.push_back({.thing = {"meeting", row.text("id"), "papers"},
                                    .on = due.last_day,
                                    .what = {"Send out the papers: " + row.text("title"), page},
                                    .rule = "Papers are due " + due.words,
                                    .act = {"See the agenda", page + "#agenda"}});
            });
}

constexpr const char *appointments =
    "select id, title, starts, ends, venue, theme, state from meeting "
    "where tenant = :tenant and removed is null";

site::Appointment appointment_in(const db::Row &row) {
    return {.thing = {"meeting", row.text("id"), {}},
            .title = row.text("title"),
            .starts = core::Instant::parse(row.text("starts")).value(),
            .ends = core::Instant::parse(row.text("ends")),
            .place = row.text("venue"),
            .about = row.text("theme"),
            .href = meeting_address(row.text("id")),
            .cancelled = row.text("state") == "cancelled"};
}

} // namespace

void gather_deadlines(db::Transaction &tx, const law::Law &law, const access::Visit &visit,
                      core::Date today, site::Home &home) {
    my_actions(tx, visit, home);
    my_answers(tx, law, visit, home);
    my_requirements(tx, visit, home);
    my_risks(tx, visit, home);
    papers(tx, law, visit, today, home);
}

void gather_meetings(db::Transaction &tx, const access::Visit &visit, core::Date today,
                     site::Home &home) {
    if (!access::may_somewhere(visit.person, Act::view, "meeting")) {
        return;
    }
    tx.each(fmt::format("{} and starts >= :from order by starts, id", appointments),
            {{"tenant", tx.tenant()},
             {"from", core::Instant::start_of(today.plus_days(-kept_after)).iso()}},
            [&](const db::Row &row) { home.meetings.push_back(appointment_in(row)); });
}

std::optional<site::Appointment> appointment(db::Transaction &tx, std::string_view meeting) {
    const auto row = tx.first(fmt::format("{} and id = :id", appointments),
                              {{"tenant", tx.tenant()}, {"id", std::string{meeting}}});
    return row ? std::optional{appointment_in(*row)} : std::nullopt;
}

} // namespace wardmote::partnership
