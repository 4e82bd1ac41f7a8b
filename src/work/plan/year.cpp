#include "work/plan/year.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/plan/plan.hpp"
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

constexpr const char *all_lines = R"(
select a.id, a.ref, a.title, y.year, a.activity_group, a.priority, p.title as priority_title,
    p.number, a.lead, l.name as lead_name, t.title as post, o.name as organisation, a.starts, a.due,
    a.state, a.state_reason, a.state_on
from plan_year y
join priority p on p.tenant = y.tenant and p.plan_year = y.id and p.removed is null
join action a on a.tenant = p.tenant and a.priority = p.id and a.removed is null
join organisation o on o.tenant = a.tenant and o.id = a.lead_organisation
left join person l on l.tenant = a.tenant and l.id = a.lead
left join post t on t.tenant = a.tenant and t.id = a.post
where y.tenant = :tenant and y.removed is null and (y.year = :year or :year = 'all'))";

// Of each action its last answer and its oldest open question. Which they are is read in one pass
// over an index; then two rows of each are fetched. Not joined to the lines: PostgreSQL would have
// to guess, and before its first statistics it guesses badly. Nobody speaks of an action before the
// year in which it is agreed, the one before its own: `from` leaves out what cannot matter.
constexpr const char *all_said = R"(
with said as (
    select action, max(case when answered is not null then quarter end) as latest,
        min(case when answered is null and asked is not null then quarter end) as oldest
    from progress where tenant = :tenant and removed is null and quarter >= :from
    group by action)
select p.action, p.quarter, p.rag, p.percent, p.done, p.asked, p.answered
from said join progress p on p.tenant = :tenant and p.action = said.action
    and p.quarter = said.latest and p.removed is null
union all
select p.action, p.quarter, p.rag, p.percent, p.done, p.asked, p.answered
from said join progress p on p.tenant = :tenant and p.action = said.action
    and p.quarter = said.oldest and p.removed is null)";

Line line_of(const db::Row &row) {
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
              .state_on = as<std::optional<core::Date>>(row, "state_on")};
    line.facts = {.state = as<ActionState>(row, "state"),
                  .starts = as<core::Date>(row, "starts"),
                  .due = as<core::Date>(row, "due")};
    return line;
}

void take_said(const db::Row &row, Line &line) {
    if (!row.has("answered")) {
        line.facts.waiting = as<core::Instant>(row, "asked").london_date();
        line.facts.waiting_for = row.text("quarter");
        return;
    }
    line.facts.said = as<std::optional<Rag>>(row, "rag");
    line.facts.percent = as<std::optional<int>>(row, "percent");
    line.facts.said_of = row.text("quarter");
    line.done = row.text("done");
}

std::string chosen_year(const std::vector<std::string> &years, std::string_view wanted,
                        core::Date today) {
    if (wanted == "all" || std::ranges::find(years, wanted) != years.end()) {
        return std::string{wanted};
    }
    const auto now = core::FinancialYear::containing(core::Month{today}).name();
    return std::ranges::find(years, now) != years.end() ? now : years.front();
}

/// The latest strategy, whose first year is the first of the plan.
void find_strategy(db::Transaction &tx, Year &is) {
    if (const auto row = tx.first("select id, first_year from strategy where tenant = :tenant "
                                  "and removed is null order by first_year desc, id limit 1",
                                  {{"tenant", tx.tenant()}})) {
        is.strategy = row->text("id");
        is.first_year = row->text("first_year");
    }
}

/// What was said the time before the last, of each line.
void find_said_before(db::Transaction &tx, Year &is) {
    std::map<std::string, std::vector<std::optional<Rag>>, std::less<>> said;
    tx.each("select action, rag from progress where tenant = :tenant and removed is null "
            "and answered is not null order by action, quarter",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                said[row.text("action")].push_back(as<std::optional<Rag>>(row, "rag"));
            });
    for (auto &line : is.lines) {
        if (const auto all = said.find(line.id); all != said.end() && all->second.size() > 1) {
            line.facts.said_before = all->second[all->second.size() - 2];
        }
    }
}

std::string said_in_words(const Facts &facts) {
    if (!facts.said) {
        return {};
    }
    const std::string colour{rags[static_cast<std::size_t>(*facts.said)].words};
    return facts.percent ? fmt::format("{}, {}%", colour, *facts.percent) : colour;
}

std::string direction_of(const Facts &facts) {
    if (!facts.said || !facts.said_before) {
        return {};
    }
    return *facts.said < *facts.said_before   ? "better"
           : *facts.said > *facts.said_before ? "worse"
                                              : "as before";
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
    struct Kept {
        std::string id, summary;
    };
    std::vector<Kept> kept;
    tx.each("select id, year, summary from plan_year where tenant = :tenant and removed is null "
            "order by year desc",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                is.years.push_back(row.text("year"));
                kept.push_back({row.text("id"), row.text("summary")});
            });
    if (is.years.empty()) {
        find_strategy(tx, is);
        return is;
    }
    is.year = chosen_year(is.years, wanted, today);
    if (const auto at = std::ranges::find(is.years, is.year); at != is.years.end()) {
        auto &[id, summary] = kept[static_cast<std::size_t>(at - is.years.begin())];
        is.id = std::move(id);
        is.summary = std::move(summary);
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
    tx.each(all_lines, bindings, [&](const db::Row &row) { is.lines.push_back(line_of(row)); });
    std::unordered_map<std::string_view, Line *> by_id;
    by_id.reserve(is.lines.size());
    for (auto &line : is.lines) {
        by_id.emplace(line.id, &line);
    }
    const auto shown = core::FinancialYear::parse(is.year);
    const auto from = shown ? (*shown - 1).name() : std::string{};
    tx.each(all_said, {{"tenant", tx.tenant()}, {"from", from}}, [&](const db::Row &row) {
        if (const auto line = by_id.find(row.text("action")); line != by_id.end()) {
            take_said(row, *line->second);
        }
    });
    for (auto &line : is.lines) {
        line.judged = judge(line.facts, today);
    }
    std::ranges::stable_sort(is.lines, [](const Line &one, const Line &other) {
        return one.year != other.year ? one.year > other.year : ref_before(one.ref, other.ref);
    });
    return is;
}

std::vector<ActionStanding> standings_of_year(db::Transaction &tx, std::string_view year,
                                              core::Date today) {
    auto loaded = load_year(tx, year, today);
    find_said_before(tx, loaded);
    std::ranges::stable_sort(loaded.lines, {}, &Line::priority_number);
    std::vector<ActionStanding> standings;
    for (const auto &line : loaded.lines) {
        if (line.year != year) {
            continue; // load_year() gives another year where there is none of this
        }
        const bool open = line.facts.state == ActionState::in_progress;
        standings.push_back(
            {.ref = line.ref,
             .title = line.title,
             .priority = line.priority_title,
             .led_by = led_by(line, false),
             .state = std::string{action_states[static_cast<std::size_t>(line.facts.state)].value},
             .computed =
                 std::string{open
                                 ? rags[static_cast<std::size_t>(line.judged.rag)].words
                                 : action_states[static_cast<std::size_t>(line.facts.state)].words},
             .why = line.judged.why,
             .said = said_in_words(line.facts),
             .direction = direction_of(line.facts),
             .overdue = line.judged.overdue,
             .silent = line.judged.silent});
    }
    return standings;
}

std::string led_by(const Line &line, bool people) {
    if (!line.post.empty()) {
        return line.post;
    }
    return people && !line.lead_name.empty() ? line.lead_name + ", " + line.organisation
                                             : line.organisation;
}

} // namespace wardmote::plan
