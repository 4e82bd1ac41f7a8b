// What others ask of the partnership.
#include <algorithm>
#include <tuple>

#include "work/partnership/membership.hpp"
#include "work/partnership/partnership.hpp"
#include "work/partnership/risk.hpp"
#include "work/partnership/rules.hpp"

namespace wardmote::partnership {

namespace {

/// Kinds of organisation stand in the order in which section 5 names the authorities.
std::size_t place_of(const std::string &kind) {
    return static_cast<std::size_t>(
        std::ranges::find(access::organisation_kinds, kind, &record::Choice::value) -
        access::organisation_kinds.begin());
}

MeetingSummary meeting_of(const db::Row &row) {
    return {.id = row.text("id"),
            .title = row.text("title"),
            .theme = row.text("theme"),
            .starts = core::Instant::parse(row.text("starts")).value()};
}

std::optional<std::string> chairing(db::Transaction &tx, core::Date day) {
    const auto last =
        tx.first("select chair from meeting where tenant = :tenant and removed is null "
                 "and kind = 'board' and state in ('held', 'minuted') and chair is not null "
                 "and starts <= :end order by starts desc, id desc limit 1",
                 {{"tenant", tx.tenant()}, {"end", core::Instant::end_of(day).iso()}});
    if (last) {
        return last->text("chair");
    }
    const auto role = tx.first("select id from person where tenant = :tenant "
                               "and removed is null and role = 'chair' order by id limit 1",
                               {{"tenant", tx.tenant()}});
    return role ? std::optional{role->text("id")} : std::nullopt;
}

} // namespace

std::vector<MemberSummary> members_on(db::Transaction &tx, core::Date day) {
    struct Placed {
        MemberSummary member;
        std::size_t kind = 0;
    };
    std::vector<Placed> found;
    tx.each("select m.id, m.standing, coalesce(m.in_reports, o.name) as name, o.kind "
            "from membership m "
            "join organisation o on o.tenant = m.tenant and o.id = m.organisation "
            "where m.tenant = :tenant and m.removed is null "
            "and coalesce(m.joined, '') <= :day and coalesce(m.left_on, '9999') >= :day",
            {{"tenant", tx.tenant()}, {"day", day.iso()}}, [&](const db::Row &row) {
                found.push_back({{.id = row.text("id"),
                                  .name = row.text("name"),
                                  .responsible = row.text("standing") == "responsible"},
                                 place_of(row.text("kind"))});
            });
    std::ranges::sort(found, {}, [](const Placed &one) {
        return std::tuple{!one.member.responsible, one.kind, one.member.name, one.member.id};
    });
    std::vector<MemberSummary> members;
    std::ranges::transform(found, std::back_inserter(members), &Placed::member);
    return members;
}

std::vector<MeetingSummary> board_meetings_to(db::Transaction &tx, core::Date day) {
    std::vector<MeetingSummary> meetings;
    tx.each("select id, title, theme, starts from meeting where tenant = :tenant "
            "and removed is null and kind = 'board' and state in ('held', 'minuted') "
            "and starts <= :end order by starts, id",
            {{"tenant", tx.tenant()}, {"end", core::Instant::end_of(day).iso()}},
            [&](const db::Row &row) { meetings.push_back(meeting_of(row)); });
    return meetings;
}

std::optional<MeetingSummary> next_board_meeting(db::Transaction &tx, core::Date day) {
    const auto row =
        tx.first("select id, title, theme, starts from meeting "
                 "where tenant = :tenant and removed is null and kind = 'board' "
                 "and state <> 'cancelled' and starts >= :start "
                 "order by starts, id limit 1",
                 {{"tenant", tx.tenant()}, {"start", core::Instant::start_of(day).iso()}});
    return row ? std::optional{meeting_of(*row)} : std::nullopt;
}

std::optional<Chair> chair_on(db::Transaction &tx, core::Date day) {
    const auto person = chairing(tx, day);
    if (!person) {
        return {};
    }
    const auto row =
        tx.first("select t.title, o.name from post t "
                 "join organisation o on o.tenant = t.tenant and o.id = t.organisation "
                 "where t.tenant = :tenant and t.removed is null and t.person = :person "
                 "and coalesce(t.held_from, '') <= :day and coalesce(t.held_to, '9999') >= :day "
                 "order by t.senior desc, lower(t.title), t.id limit 1",
                 {{"tenant", tx.tenant()}, {"person", *person}, {"day", day.iso()}});
    return row ? std::optional{Chair{row->text("title"), row->text("name")}} : std::nullopt;
}

std::vector<OpenRisk> open_risks(db::Transaction &tx, core::Date day) {
    std::vector<OpenRisk> risks;
    tx.each("select title, mitigation, likelihood * impact as score_before, "
            "likelihood_after * impact_after as score_after, review_on from risk "
            "where tenant = :tenant and removed is null and coalesce(closed_on, '9999') > :day "
            "order by 4 desc, 3 desc, title, id",
            {{"tenant", tx.tenant()}, {"day", day.iso()}}, [&](const db::Row &row) {
                const auto after = row.integer("score_after");
                risks.push_back({.title = row.text("title"),
                                 .mitigation = row.text("mitigation"),
                                 .before = row.integer("score_before"),
                                 .after = after,
                                 .level = std::string{level(after)},
                                 .review_on = core::Date::parse(row.text("review_on"))});
            });
    return risks;
}

std::vector<OpenDuty> open_duties(db::Transaction &tx, const Rules &rules, core::Date day) {
    using State = DutyStanding::State;
    std::vector<OpenDuty> open;
    for (const auto &duty : rules.duties) {
        auto standing = standing_of(duty, rules.evidences, tx, day);
        if (standing.state == State::due || standing.state == State::overdue) {
            open.push_back({.words = duty.words,
                            .source = duty.source,
                            .missing = std::move(standing.found.missing),
                            .overdue = standing.state == State::overdue,
                            .by = standing.by});
        }
    }
    std::ranges::stable_sort(open, std::ranges::greater{}, &OpenDuty::overdue);
    return open;
}

} // namespace wardmote::partnership
