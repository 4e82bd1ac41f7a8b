// What others ask of the plan.
#include <algorithm>
#include <array>
#include <set>

#include "engine/core/text.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/ref_order.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

constexpr const char *summaries =
    "select a.id, a.ref, a.title, y.year, a.state, a.activity_group, a.lead_organisation, a.lead, "
    "a.post, a.due, a.budget, a.funding, a.resources, a.about, a.in_reports, a.report_figures "
    "from action a "
    "join priority p on p.tenant = a.tenant and p.id = a.priority "
    "join plan_year y on y.tenant = p.tenant and y.id = p.plan_year "
    "where a.tenant = :tenant and a.removed is null and ";

std::vector<ActionSummary> select(db::Transaction &tx, const std::string &condition,
                                  db::Bindings bindings) {
    bindings.push_back({"tenant", tx.tenant()});
    std::vector<ActionSummary> found;
    tx.each(summaries + condition, bindings, [&](const db::Row &row) {
        const auto budget = row.optional_integer("budget");
        found.push_back(
            {.id = row.text("id"),
             .ref = row.text("ref"),
             .title = row.text("title"),
             .year = row.text("year"),
             .state = row.text("state"),
             .group = row.text("activity_group"),
             .organisation = row.text("lead_organisation"),
             .lead = row.text("lead"),
             .post = row.text("post"),
             .due = core::Date::parse(row.text("due")).value(),
             .budget = budget ? std::optional{core::Money::pence(*budget)} : std::nullopt,
             .funding = row.text("funding"),
             .resources = row.text("resources"),
             .about = row.text("about"),
             .in_reports = row.text("in_reports"),
             .report_figures = row.text("report_figures")});
    });
    return found;
}

constexpr const char *open = "a.state in ('proposed', 'in_progress') ";

} // namespace

std::vector<ActionSummary> actions_of_lead(db::Transaction &tx, std::string_view person) {
    return select(tx, "a.lead = :lead and a.state = 'in_progress' order by a.due, a.ref",
                  {{"lead", std::string{person}}});
}

std::vector<ActionSummary> actions_of_post(db::Transaction &tx, std::string_view post) {
    return select(tx, std::string{"a.post = :post and "} + open + "order by a.due, a.ref",
                  {{"post", std::string{post}}});
}

std::vector<ActionSummary> actions_funded_by(db::Transaction &tx, std::string_view funding) {
    return select(
        tx, std::string{"lower(a.funding) = lower(:funding) and "} + open + "order by a.due, a.ref",
        {{"funding", std::string{core::trim(funding)}}});
}

std::vector<ActionSummary> overdue(db::Transaction &tx, core::Date today) {
    return select(tx, "a.state = 'in_progress' and a.due < :today order by a.due, a.ref",
                  {{"today", today.iso()}});
}

std::vector<ActionSummary> actions_of_year(db::Transaction &tx, std::string_view year) {
    auto found = select(tx, "y.year = :year", {{"year", std::string{year}}});
    std::ranges::sort(found, ref_before, &ActionSummary::ref);
    return found;
}

Counts counts(db::Transaction &tx, std::string_view year) {
    Counts result;
    tx.each("select a.state, a.activity_group, count(*) as actions from action a "
            "join priority p on p.tenant = a.tenant and p.id = a.priority "
            "join plan_year y on y.tenant = p.tenant and y.id = p.plan_year "
            "where a.tenant = :tenant and a.removed is null and y.year = :year "
            "group by a.state, a.activity_group",
            {{"tenant", tx.tenant()}, {"year", std::string{year}}}, [&](const db::Row &row) {
                const auto actions = row.integer("actions");
                result.all += actions;
                result.by_state[row.text("state")] += actions;
                result.by_group[row.text("activity_group")] += actions;
            });
    return result;
}

std::vector<PrioritySummary> priorities_of_year(db::Transaction &tx, std::string_view year) {
    std::vector<PrioritySummary> priorities;
    tx.each("select p.id, p.title, p.includes, p.ratified_on from priority p "
            "join plan_year y on y.tenant = p.tenant and y.id = p.plan_year "
            "where p.tenant = :tenant and p.removed is null and y.removed is null "
            "and y.year = :year order by p.number, p.id",
            {{"tenant", tx.tenant()}, {"year", std::string{year}}}, [&](const db::Row &row) {
                priorities.push_back({.id = row.text("id"),
                                      .title = row.text("title"),
                                      .includes = row.text("includes"),
                                      .ratified_on = core::Date::parse(row.text("ratified_on"))});
            });
    return priorities;
}

std::string challenges_after(db::Transaction &tx, std::string_view year) {
    const auto row = tx.first("select challenges from plan_year where tenant = :tenant "
                              "and removed is null and year = :year order by id limit 1",
                              {{"tenant", tx.tenant()}, {"year", std::string{year}}});
    return row ? row->text("challenges") : std::string{};
}

std::vector<std::string> years(db::Transaction &tx) {
    std::vector<std::string> all;
    tx.each("select year from plan_year where tenant = :tenant and removed is null "
            "order by year desc",
            {{"tenant", tx.tenant()}},
            [&](const db::Row &row) { all.push_back(row.text("year")); });
    return all;
}

Standing standing(db::Transaction &tx, std::string_view year) {
    Standing result;
    std::set<char> served;
    tx.each("select y.refreshed_on, p.id, p.ratified_on, p.limb_crime, p.limb_substances, "
            "p.limb_reoffending, p.limb_violence from plan_year y "
            "left join priority p on p.tenant = y.tenant and p.plan_year = y.id "
            "and p.removed is null "
            "where y.tenant = :tenant and y.year = :year and y.removed is null",
            {{"tenant", tx.tenant()}, {"year", std::string{year}}}, [&](const db::Row &row) {
                result.refreshed_on = core::Date::parse(row.text("refreshed_on"));
                if (!row.has("id")) {
                    return;
                }
                ++result.priorities;
                result.ratified += row.has("ratified_on") ? 1 : 0;
                constexpr std::array columns{"limb_crime", "limb_substances", "limb_reoffending",
                                             "limb_violence"};
                for (std::size_t i = 0; i < limbs.size(); ++i) {
                    if (row.integer(columns[i]) != 0) {
                        served.insert(limbs[i].letter);
                    }
                }
            });
    for (const auto &limb : limbs) {
        if (!served.contains(limb.letter)) {
            result.limbs_without += limb.letter;
        }
    }
    return result;
}

} // namespace wardmote::plan
