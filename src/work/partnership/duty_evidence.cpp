// What in the partnership's own records proves a duty.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/partnership/duty.hpp"
#include "work/partnership/membership.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

/// A document of the right kind, dated in the period. Restricted ones prove nothing here, for
/// everybody reads this page.
Found document(db::Transaction &tx, const Duty &duty, core::Date first, core::Date last) {
    Found found;
    tx.each("select id, title, dated_on from document where tenant = :tenant and kind = :kind "
            "and removed is null and restricted = 0 and dated_on >= :first and dated_on <= :last "
            "order by dated_on desc",
            {{"tenant", tx.tenant()},
             {"kind", duty.document},
             {"first", first.iso()},
             {"last", last.iso()}},
            [&](const db::Row &row) {
                found.proof.push_back({row.text("title"), "/documents/" + row.text("id")});
            });
    if (found.proof.empty()) {
        found.missing = "No dated document of this kind is in the library.";
    }
    return found;
}

struct Held {
    std::string id, title;
    core::Date day;
};
std::vector<Held> public_meetings(db::Transaction &tx, core::Date first, core::Date last) {
    std::vector<Held> held;
    tx.each("select id, title, starts from meeting where tenant = :tenant and kind = 'public' "
            "and removed is null and state in ('held', 'minuted') order by starts desc",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                const auto day = core::Instant::parse(row.text("starts")).value().london_date();
                if (first <= day && day <= last) {
                    held.push_back({row.text("id"), row.text("title"), day});
                }
            });
    return held;
}

Found public_meeting(db::Transaction &tx, const Duty &, core::Date first, core::Date last) {
    Found found;
    for (const auto &meeting : public_meetings(tx, first, last)) {
        found.proof.push_back({meeting.title, "/meetings/" + meeting.id});
    }
    if (found.proof.empty()) {
        found.missing = "No public meeting was held in this period.";
    }
    return found;
}

Found senior_people(db::Transaction &tx, const Duty &, core::Date first, core::Date last) {
    Found found{.proof = {}, .missing = "No public meeting was held in this period."};
    for (const auto &meeting : public_meetings(tx, first, last)) {
        const auto without = authorities_without_senior(tx, meeting.id, meeting.day);
        if (without.empty() && !attendance_of(tx, meeting.id).empty()) {
            found.proof.push_back({meeting.title, "/meetings/" + meeting.id + "#attendance"});
        } else if (found.proof.empty()) {
            found.missing = without.empty()
                                ? "Nobody is recorded as having come."
                                : fmt::format("Nobody in a senior position was there of {}.",
                                              core::joined(without));
        }
    }
    if (!found.proof.empty()) {
        found.missing.clear();
    }
    return found;
}

Found strategy_group(db::Transaction &tx, const Duty &, core::Date, core::Date last) {
    Found found;
    std::set<std::string> people;
    tx.each("select p.id, t.id as post, t.title from post t "
            "join person p on p.tenant = t.tenant and p.id = t.person and p.removed is null "
            "join membership m on m.tenant = t.tenant and m.organisation = t.organisation "
            "and m.removed is null and m.standing = 'responsible' "
            "and coalesce(m.joined, '') <= :day and coalesce(m.left_on, '9999') >= :day "
            "where t.tenant = :tenant and t.senior = 1 and t.removed is null "
            "and coalesce(t.held_from, '') <= :day and coalesce(t.held_to, '9999') >= :day "
            "order by t.title, t.id",
            {{"tenant", tx.tenant()}, {"day", last.iso()}}, [&](const db::Row &row) {
                // Shown as posts: not everybody who reads this may see people.
                if (people.insert(row.text("id")).second) {
                    found.proof.push_back({row.text("title"), "/posts/" + row.text("post")});
                }
            });
    return found;
}

Found authorities(db::Transaction &tx, const Duty &, core::Date, core::Date last) {
    Found found{.proof = {{"Members", "/members"}}, .missing = {}};
    std::vector<std::string> without;
    for (const auto &authority : authorities_on(tx, last)) {
        // Not every area has a county council, and the records cannot know.
        const bool county =
            std::ranges::find(authority.kinds, access::OrganisationKind::county_council) !=
            authority.kinds.end();
        if (authority.members.empty() && !county) {
            without.emplace_back(authority.needed);
        }
    }
    if (!without.empty()) {
        found.missing = fmt::format("Not a member: {}.", core::joined(without));
    }
    return found;
}

Found answered(const law::Law &law, db::Transaction &tx, core::Date last) {
    Found found;
    tx.each("select id, title, sent_on, responded_on from recommendation "
            "where tenant = :tenant and removed is null and sent_on <= :last order by sent_on",
            {{"tenant", tx.tenant()}, {"last", last.iso()}}, [&](const db::Row &row) {
                const auto due = answer_due(law, core::Date::parse(row.text("sent_on")).value());
                const html::Link link{row.text("title"), "/recommendations/" + row.text("id")};
                if (row.has("responded_on")) {
                    found.proof.push_back(link);
                } else if (!due.met_on(last)) {
                    found.missing += fmt::format("{}“{}” was to be answered by {}.",
                                                 found.missing.empty() ? "" : " ", link.text,
                                                 due.last_day.text());
                }
            });
    return found;
}

} // namespace

Evidences own_evidence(const law::Law &law) {
    const auto members = law; // rules are read once and may be moved: each keeps what it needs
    return {{"document", document},
            {"public_meeting", public_meeting},
            {"senior_people", senior_people},
            {"authorities", authorities},
            {"strategy_group",
             [members](db::Transaction &tx, const Duty &duty, core::Date first, core::Date last) {
                 auto found = strategy_group(tx, duty, first, last);
                 const auto needed = members.parameters.at("strategy-group.members", last).number();
                 if (static_cast<std::int64_t>(found.proof.size()) < needed) {
                     found.missing = fmt::format(
                         "{} in a senior position of a responsible authority; it needs {}.",
                         core::counted(static_cast<std::int64_t>(found.proof.size()), "person is",
                                       "people are"),
                         needed);
                 }
                 return found;
             }},
            {"recommendations_answered",
             [members](db::Transaction &tx, const Duty &, core::Date, core::Date last) {
                 return answered(members, tx, last);
             }}};
}

} // namespace wardmote::partnership
