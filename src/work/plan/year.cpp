#include "work/plan/year.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/plan/ref_order.hpp"

namespace wardmote::plan {

namespace {

constexpr int far_behind = 30; ///< points
constexpr int behind = 15;
constexpr int early = 25; ///< per cent of the time, in which nobody need have said anything

template <class T>
T as(const db::Row &row, std::string_view column) {
    return record::Codec<T>::from(row[column]);
}

// The last answer of each action and its oldest open question, by the index progress_once.
constexpr const char *all_lines = R"(
select a.id, a.ref, a.title, y.year, a.activity_group, a.priority, p.title as priority_title,
    p.number, a.lead, l.name as lead_name, t.title as post, o.name as organisation, a.starts, a.due,
    a.state, a.state_reason, a.state_on, g.rag, g.percent, g.quarter, g.done,
    w.asked as waiting, w.quarter as waiting_for
from plan_year y
join priority p on p.tenant = y.tenant and p.plan_year = y.id and p.removed is null
join action a on a.tenant = p.tenant and a.priority = p.id and a.removed is null
join organisation o on o.tenant = a.tenant and o.id = a.lead_organisation
left join person l on l.tenant = a.tenant and l.id = a.lead
left join post t on t.tenant = a.tenant and t.id = a.post
left join progress g on g.tenant = a.tenant and g.action = a.id and g.removed is null
    and g.quarter = (select max(s.quarter) from progress s where s.tenant = a.tenant
        and s.action = a.id and s.removed is null and s.answered is not null)
left join progress w on w.tenant = a.tenant and w.action = a.id and w.removed is null
    and w.quarter = (select min(q.quarter) from progress q where q.tenant = a.tenant
        and q.action = a.id and q.removed is null and q.answered is null and q.asked is not null)
where y.tenant = :tenant and y.removed is null and (y.year = :year or :year = 'all'))";

Line line_of(const db::Row &row, core::Date today) {
    Line line{.id = row.text("id"),
              .ref = row.text("ref"),
              .title = row.text("title"),
              .year = row.text("year"),
              .group = as<ActivityGroup>(row, "activity_group"),
              .priority = row.text("priority"),
              .priority_title = row.text("priority_title"),
              .priority_number = static_cast<int>(row.integer("number")),
              .lead = row.text("lead"),
              .lead_name = row.text("lead_name"),
              .post = row.text("post"),
              .organisation = row.text("organisation"),
              .state_reason = row.text("state_reason"),
              .state_on = as<std::optional<core::Date>>(row, "state_on"),
              .done = row.text("done")};
    line.facts = {.state = as<ActionState>(row, "state"),
                  .starts = as<core::Date>(row, "starts"),
                  .due = as<core::Date>(row, "due"),
                  .said = as<std::optional<Rag>>(row, "rag"),
                  .percent = as<std::optional<int>>(row, "percent"),
                  .said_of = row.text("quarter"),
                  .waiting_for = row.text("waiting_for")};
    if (const auto asked = as<std::optional<core::Instant>>(row, "waiting")) {
        line.facts.waiting = asked->london_date();
    }
    line.judged = judge(line.facts, today);
    return line;
}

std::string chosen_year(const std::vector<std::string> &years, std::string_view wanted,
                        core::Date today) {
    if (wanted == "all" || std::ranges::find(years, wanted) != years.end()) {
        return std::string{wanted};
    }
    const auto now = core::FinancialYear::containing(core::Month{today}).name();
    const bool there = std::ranges::find(years, now) != years.end();
    return there ? now : years.empty() ? std::string{} : years.front();
}

} // namespace

Judgement judge(const Facts &facts, core::Date today) {
    Judgement is;
    const int all = core::days_between(facts.starts, facts.due) + 1;
    const auto gone_on = [&](core::Date day) {
        return std::clamp(100 * (core::days_between(facts.starts, day) + 1) / all, 0, 100);
    };
    is.gone = gone_on(today);
    if (facts.state != ActionState::in_progress) {
        return is;
    }
    is.overdue = std::max(0, core::days_between(facts.due, today));
    is.silent = facts.waiting && core::days_between(*facts.waiting, today) > days_to_answer;
    const auto quarter = parse_quarter(facts.said_of);
    const int lag =
        facts.percent && quarter
            ? gone_on(std::min(today, quarter->period().last().last_day())) - *facts.percent
            : 0;
    if (is.overdue > 0) {
        is.rag = Rag::off_track;
        is.why = "Due " + facts.due.text();
    } else if (lag > far_behind) {
        is.rag = Rag::off_track;
        is.why = fmt::format("{} points behind its time in {}", lag, facts.said_of);
    } else if (is.silent) {
        is.rag = Rag::at_risk;
        is.why = "Owner has not answered for " + facts.waiting_for;
    } else if (lag > behind) {
        is.rag = Rag::at_risk;
        is.why = fmt::format("{} points behind its time in {}", lag, facts.said_of);
    } else if (!facts.said && is.gone > early) {
        is.rag = Rag::at_risk;
        is.why = "Nobody has said how it stands";
    }
    is.differs = facts.said && *facts.said != is.rag;
    return is;
}

Year load_year(db::Transaction &tx, std::string_view wanted, core::Date today) {
    Year is;
    std::vector<std::pair<std::string, std::string>> summaries;
    tx.each("select year, summary from plan_year where tenant = :tenant and removed is null "
            "order by year desc",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                is.years.push_back(row.text("year"));
                summaries.emplace_back(row.text("year"), row.text("summary"));
            });
    is.year = chosen_year(is.years, wanted, today);
    for (const auto &[year, summary] : summaries) {
        is.summary = year == is.year ? summary : is.summary;
    }
    const db::Bindings bindings{{"tenant", tx.tenant()}, {"year", is.year}};
    const auto &what = record::description<Priority>();
    tx.each("select p.id as priority_id, y.year, p.* from plan_year y "
            "join priority p on p.tenant = y.tenant and p.plan_year = y.id and p.removed is null "
            "where y.tenant = :tenant and y.removed is null "
            "and (y.year = :year or :year = 'all') order by y.year desc, p.number, p.id",
            bindings, [&](const db::Row &row) {
                record::Values values;
                for (const auto &field : what.fields) {
                    values.push_back(row[field.name]);
                }
                is.priorities.push_back(
                    {row.text("priority_id"), record::typed<Priority>(values), row.text("year")});
            });
    tx.each(all_lines, bindings,
            [&](const db::Row &row) { is.lines.push_back(line_of(row, today)); });
    std::ranges::stable_sort(is.lines, [](const Line &one, const Line &other) {
        return one.year != other.year ? one.year > other.year : ref_before(one.ref, other.ref);
    });
    return is;
}

std::string led_by(const Line &line, bool people) {
    if (!line.post.empty()) {
        return line.post;
    }
    return people && !line.lead_name.empty() ? line.lead_name + ", " + line.organisation
                                             : line.organisation;
}

} // namespace wardmote::plan
