// What in the partnership's own records proves a duty.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/partnership/data_receipt.hpp"
#include "work/partnership/duty.hpp"
#include "work/partnership/membership.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/requirement.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

/// A document of a right kind, dated in the period. Restricted ones prove nothing here, for
/// everybody reads this page.
Found document(db::Transaction &tx, const Duty &duty, core::Date first, core::Date last) {
    Found found;
    tx.each("select id, kind, title from document where tenant = :tenant and removed is null "
            "and restricted = 0 and dated_on >= :first and dated_on <= :last "
            "order by dated_on desc",
            {{"tenant", tx.tenant()}, {"first", first.iso()}, {"last", last.iso()}},
            [&](const db::Row &row) {
                if (std::ranges::find(duty.of, row.text("kind")) != duty.of.end()) {
                    found.proof.push_back({row.text("title"), "/documents/" + row.text("id")});
                }
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

/// Nothing asked, nothing owed. What was met proves it; what is past its day stands against it.
Found requirement(db::Transaction &tx, const Duty &duty, core::Date, core::Date last) {
    Found found;
    for (const auto &one : required(tx, duty.of, last)) {
        const html::Link link{one.title, "/requirements/" + one.id};
        if (one.met_on && *one.met_on <= last) {
            found.proof.push_back(link);
        } else if (one.due < last) {
            found.missing +=
                fmt::format("{}“{}” was to be met by {}.", found.missing.empty() ? "" : " ",
                            link.text, one.due.text());
        }
    }
    return found;
}

/// In each quarter what was asked of the one before it.
Found data(db::Transaction &tx, const Duty &duty, core::Date first, core::Date last) {
    const auto from = first.plus_months(-3);
    auto is = received(tx, duty.of, duty.holders, from, last);
    Found found{.proof = std::move(is.receipts), .missing = {}};
    if (responsible_of(tx, duty.holders, last).empty()) {
        found.missing = "No authority that holds this data is a member.";
    } else if (!is.missing.empty()) {
        found.missing = fmt::format("Not received of {}: {}.",
                                    core::Period{core::Month{from}, core::Month{from} + 2}.text(),
                                    fmt::join(is.missing, "; "));
    }
    return found;
}

/// Each item for decision of a board that took place says what it means for section 17.
Found section_17(db::Transaction &tx, const Duty &, core::Date first, core::Date last) {
    Found found;
    std::vector<std::string> silent;
    tx.each("select i.id, i.title, i.section_17, m.title as meeting, m.starts from agenda_item i "
            "join meeting m on m.tenant = i.tenant and m.id = i.meeting and m.removed is null "
            "where i.tenant = :tenant and i.removed is null and i.kind = 'decision' "
            "and m.kind = 'board' and m.state in ('held', 'minuted') order by m.starts desc, i.id",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                const auto day = core::Instant::parse(row.text("starts")).value().london_date();
                if (day < first || last < day) {
                    return;
                }
                const auto words = row.text("title") + ", " + row.text("meeting");
                if (row.text("section_17").empty()) {
                    silent.push_back("“" + words + "”");
                } else {
                    found.proof.push_back({words, "/agenda-items/" + row.text("id")});
                }
            });
    if (!silent.empty()) {
        found.missing = fmt::format("Nothing is said of section 17 in {}.", core::joined(silent));
    } else if (found.proof.empty()) {
        found.missing = "Nothing was brought to a board for decision in this period.";
    }
    return found;
}

/// What was accepted says what is done about it, and what is done says what shows it.
Found followed(db::Transaction &tx, const Duty &, core::Date, core::Date last) {
    Found found;
    std::vector<std::string> idle;
    tx.each(
        "select id, title, action from recommendation where tenant = :tenant "
        "and removed is null and response in ('accepted', 'partly') and responded_on <= :last "
        "order by responded_on",
        {{"tenant", tx.tenant()}, {"last", last.iso()}}, [&](const db::Row &row) {
            if (row.text("action").empty()) {
                idle.push_back("“" + row.text("title") + "”");
            } else {
                found.proof.push_back({row.text("title"), "/recommendations/" + row.text("id")});
            }
        });
    if (!idle.empty()) {
        found.missing = fmt::format("It is not said what is done about {}.", core::joined(idle));
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
            {"requirement", requirement},
            {"data", data},
            {"section_17", section_17},
            {"recommendations_followed", followed},
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
