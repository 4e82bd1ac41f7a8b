// Who came to a meeting, for whom, and in what position on that day.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "work/partnership/minutes.hpp"

namespace wardmote::partnership {

namespace {

core::Date day_of(db::Transaction &tx, std::string_view meeting) {
    const auto row = tx.first("select starts from meeting where tenant = :tenant and id = :meeting",
                              {{"tenant", tx.tenant()}, {"meeting", std::string{meeting}}});
    return core::Instant::parse(row->text("starts")).value().london_date();
}

} // namespace

std::vector<Attendance> attendance_of(db::Transaction &tx, std::string_view meeting) {
    const db::Bindings bindings{{"tenant", tx.tenant()},
                                {"meeting", std::string{meeting}},
                                {"day", day_of(tx, meeting).iso()}};
    std::vector<Attendance> all;
    // A person with two posts has a row for each: a senior one is read first and kept.
    tx.each("select a.person, p.name, a.organisation, o.name as body, a.status, t.title as post, "
            "coalesce(t.senior, 0) as senior from attendance a "
            "join person p on p.tenant = a.tenant and p.id = a.person "
            "join organisation o on o.tenant = a.tenant and o.id = a.organisation "
            "left join post t on t.tenant = a.tenant and t.person = a.person "
            "and t.organisation = a.organisation and t.removed is null "
            "and coalesce(t.held_from, '') <= :day and coalesce(t.held_to, '9999') >= :day "
            "where a.tenant = :tenant and a.meeting = :meeting "
            "order by o.name, p.name, a.person, coalesce(t.senior, 0) desc, t.title",
            bindings, [&](const db::Row &row) {
                if (!all.empty() && all.back().person == row.text("person")) {
                    return;
                }
                all.push_back({.person = row.text("person"),
                               .name = row.text("name"),
                               .organisation = row.text("organisation"),
                               .organisation_name = row.text("body"),
                               .presence = record::Codec<Presence>::from(row.text("status")),
                               .post = row.text("post"),
                               .senior = row.integer("senior") != 0});
            });
    return all;
}

std::vector<Invited> invited_to(db::Transaction &tx, std::string_view meeting, core::Date day) {
    std::vector<Invited> all;
    // By a post held on the day, or by working for the organisation.
    tx.each("select distinct p.id, p.name, o.id as organisation, o.name as body, a.status "
            "from membership m "
            "join organisation o on o.tenant = m.tenant and o.id = m.organisation "
            "join person p on p.tenant = m.tenant and p.removed is null and (exists "
            "(select 1 from post t where t.tenant = m.tenant and t.person = p.id "
            "and t.organisation = o.id and t.removed is null "
            "and coalesce(t.held_from, '') <= :day and coalesce(t.held_to, '9999') >= :day) "
            "or (p.organisation = o.id and not exists "
            "(select 1 from post t where t.tenant = m.tenant and t.person = p.id "
            "and t.removed is null "
            "and coalesce(t.held_from, '') <= :day and coalesce(t.held_to, '9999') >= :day))) "
            "left join attendance a on a.tenant = m.tenant and a.meeting = :meeting "
            "and a.person = p.id "
            "where m.tenant = :tenant and m.removed is null "
            "and coalesce(m.joined, '') <= :day and coalesce(m.left_on, '9999') >= :day "
            "order by o.name, p.name, p.id",
            {{"tenant", tx.tenant()}, {"meeting", std::string{meeting}}, {"day", day.iso()}},
            [&](const db::Row &row) {
                const auto known = std::ranges::find(all, row.text("id"), &Invited::person);
                if (known != all.end()) {
                    return; // of two organisations: they come for the first
                }
                const auto status = row.text("status");
                all.push_back(
                    {row.text("id"), row.text("name"), row.text("organisation"), row.text("body"),
                     status.empty() ? std::nullopt
                                    : std::optional{record::Codec<Presence>::from(status)}});
            });
    return all;
}

void record_attendance(db::Transaction &tx, db::Ledger &ledger, std::string_view meeting,
                       core::Date day,
                       const std::map<std::string, Presence, std::less<>> &by_person) {
    const auto invited = invited_to(tx, meeting, day);
    tx.execute("delete from attendance where tenant = :tenant and meeting = :meeting",
               {{"tenant", tx.tenant()}, {"meeting", std::string{meeting}}});
    std::string detail;
    for (const auto &each : invited) {
        const auto said = by_person.find(each.person);
        if (said == by_person.end()) {
            continue;
        }
        const auto status = db::text_of(record::Codec<Presence>::to(said->second));
        tx.execute("insert into attendance (tenant, meeting, person, organisation, status) "
                   "values (:tenant, :meeting, :person, :organisation, :status)",
                   {{"tenant", tx.tenant()},
                    {"meeting", std::string{meeting}},
                    {"person", each.person},
                    {"organisation", each.organisation},
                    {"status", status}});
        detail += fmt::format(R"({}"{}":"{}")", detail.empty() ? "" : ",", each.person, status);
    }
    ledger.append(tx, db::Log::changes,
                  {.act = "record-attendance",
                   .kind = "meeting",
                   .record = std::string{meeting},
                   .version = 0,
                   .detail = "{" + detail + "}"});
}

std::int64_t organisations_there(const std::vector<Attendance> &attendance) {
    std::set<std::string_view> there;
    for (const auto &each : attendance) {
        if (each.there()) {
            there.insert(each.organisation);
        }
    }
    return static_cast<std::int64_t>(there.size());
}

std::vector<std::string> authorities_without_senior(db::Transaction &tx, std::string_view meeting,
                                                    core::Date day) {
    std::set<std::string> with;
    for (const auto &each : attendance_of(tx, meeting)) {
        if (each.there() && each.senior) {
            with.insert(each.organisation);
        }
    }
    std::vector<std::string> without;
    tx.each("select o.id, o.name from membership m "
            "join organisation o on o.tenant = m.tenant and o.id = m.organisation "
            "where m.tenant = :tenant and m.removed is null and m.standing = 'responsible' "
            "and coalesce(m.joined, '') <= :day and coalesce(m.left_on, '9999') >= :day "
            "order by o.name",
            {{"tenant", tx.tenant()}, {"day", day.iso()}}, [&](const db::Row &row) {
                if (!with.contains(row.text("id"))) {
                    without.push_back(row.text("name"));
                }
            });
    return without;
}

} // namespace wardmote::partnership
