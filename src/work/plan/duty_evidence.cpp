// What in the plan proves a duty: each reads the plan of the financial year that the duty asks for.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/law/parameters.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

using core::Date;
using partnership::Found;

/// One year of the plan with its strategy, as far as the duties ask.
struct YearKept {
    std::string id, name;
    std::optional<Date> refreshed_on;
    std::string objectives, engagement, local_help;
    std::string strategy, strategy_title, strategy_state, first_year, aims;

    html::Link link() const { return {"The plan of " + name, "/plan-years/" + id}; }
};

std::string year_of(Date day) {
    return core::FinancialYear::containing(core::Month{day}).name();
}

std::optional<YearKept> kept_year(db::Transaction &tx, const std::string &year) {
    const auto row = tx.first(
        "select y.id, y.refreshed_on, y.objectives, y.engagement, y.local_help, "
        "s.id as strategy, s.title, s.state, s.first_year, s.aims from plan_year y "
        "join strategy s on s.tenant = y.tenant and s.id = y.strategy and s.removed is null "
        "where y.tenant = :tenant and y.year = :year and y.removed is null",
        {{"tenant", tx.tenant()}, {"year", year}});
    if (!row) {
        return std::nullopt;
    }
    return YearKept{.id = row->text("id"),
                    .name = year,
                    .refreshed_on = Date::parse(row->text("refreshed_on")),
                    .objectives = row->text("objectives"),
                    .engagement = row->text("engagement"),
                    .local_help = row->text("local_help"),
                    .strategy = row->text("strategy"),
                    .strategy_title = row->text("title"),
                    .strategy_state = row->text("state"),
                    .first_year = row->text("first_year"),
                    .aims = row->text("aims")};
}

/// What a rule says of a year that there is; of any other, that there is none.
using Rule = std::function<Found(db::Transaction &, const YearKept &, Date first)>;
partnership::Evidence in_year(Rule rule) {
    return
        [rule = std::move(rule)](db::Transaction &tx, const partnership::Duty &, Date first, Date) {
            const auto year = kept_year(tx, year_of(first));
            return year ? rule(tx, *year, first)
                        : Found{{}, fmt::format("There is no plan of {}.", year_of(first))};
        };
}

/// Proved by what the year's own record says.
partnership::Evidence said(std::string YearKept::*words, const char *of_what) {
    return in_year([words, of_what](db::Transaction &, const YearKept &year, Date) {
        return (year.*words).empty()
                   ? Found{{}, fmt::format("The plan of {} does not say {}.", year.name, of_what)}
                   : Found{{year.link()}, {}};
    });
}

struct PriorityKept {
    std::string id, title;
    bool ratified = false;
    std::string serves;                         ///< letters of the limbs
    std::int64_t actions = 0, with_measure = 0; ///< neither dropped nor carried over
};
std::vector<PriorityKept> priorities_of(db::Transaction &tx, const YearKept &year) {
    std::vector<PriorityKept> found;
    tx.each("select p.id, p.title, p.ratified_on, p.limb_crime, p.limb_substances, "
            "p.limb_reoffending, p.limb_violence, "
            "(select count(*) from action a where a.tenant = p.tenant and a.priority = p.id "
            "and a.removed is null and a.state not in ('dropped', 'carried_over')) as actions, "
            "(select count(*) from action a where a.tenant = p.tenant and a.priority = p.id "
            "and a.removed is null and a.state not in ('dropped', 'carried_over') and exists "
            "(select 1 from action_measure m where m.tenant = a.tenant and m.action = a.id)) "
            "as with_measure from priority p where p.tenant = :tenant and p.plan_year = :year "
            "and p.removed is null order by p.number, p.id",
            {{"tenant", tx.tenant()}, {"year", year.id}}, [&](const db::Row &row) {
                constexpr std::array columns{"limb_crime", "limb_substances", "limb_reoffending",
                                             "limb_violence"};
                PriorityKept priority{.id = row.text("id"),
                                      .title = row.text("title"),
                                      .ratified = row.has("ratified_on"),
                                      .actions = row.integer("actions"),
                                      .with_measure = row.integer("with_measure")};
                for (std::size_t i = 0; i < limbs.size(); ++i) {
                    if (row.integer(columns[i]) != 0) {
                        priority.serves += limbs[i].letter;
                    }
                }
                found.push_back(std::move(priority));
            });
    return found;
}

/// Proved by every priority that is good; the others stand against it.
template <class Good>
Found each_priority(db::Transaction &tx, const YearKept &year, const char *against, Good good) {
    Found found;
    std::vector<std::string> others;
    for (const auto &priority : priorities_of(tx, year)) {
        if (good(priority)) {
            found.proof.push_back({priority.title, "/priorities/" + priority.id});
        } else {
            others.push_back("“" + priority.title + "”");
        }
    }
    if (!others.empty()) {
        found.missing = fmt::format("{} {}.", against, core::joined(others));
    } else if (found.proof.empty()) {
        found.missing = fmt::format("The plan of {} has no priorities.", year.name);
    }
    return found;
}

/// The parameter that says whether a limb is in force, in the order of `limbs`.
constexpr std::array limb_rules{"plan.limb.crime-and-disorder", "plan.limb.substance-misuse",
                                "plan.limb.re-offending", "plan.limb.serious-violence"};
static_assert(limb_rules.size() == limbs.size());

Found every_limb(db::Transaction &tx, const YearKept &year, const law::Parameters &parameters,
                 Date first) {
    Found found;
    const auto priorities = priorities_of(tx, year);
    std::vector<std::string> without;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const auto *rule = parameters.find(limb_rules[i], first);
        const auto serves = [&](const PriorityKept &priority) {
            return priority.serves.find(limbs[i].letter) != std::string::npos;
        };
        if (rule != nullptr && rule->yes() && std::ranges::none_of(priorities, serves)) {
            without.push_back(core::lower(limbs[i].short_words));
        }
    }
    for (const auto &priority : priorities) {
        if (!priority.serves.empty()) {
            found.proof.push_back({priority.title, "/priorities/" + priority.id});
        }
    }
    if (!without.empty()) {
        found.missing = fmt::format("No priority serves {}.", core::joined(without));
    }
    return found;
}

Found revised(const YearKept &year, Date due) {
    if (!year.refreshed_on) {
        return {{}, fmt::format("The plan of {} has no day of its refresh.", year.name)};
    }
    if (due < *year.refreshed_on) {
        return {{},
                fmt::format("The plan of {} was revised on {}, after {}.", year.name,
                            year.refreshed_on->text(), due.text())};
    }
    return {{year.link()}, {}};
}

Found strategy(const YearKept &year, std::int64_t years) {
    const html::Link link{year.strategy_title, "/strategies/" + year.strategy};
    const auto begins = core::FinancialYear::parse(year.first_year);
    const auto now = core::FinancialYear::parse(year.name);
    const auto against = [&](const char *what) {
        return Found{{}, fmt::format("The strategy “{}” {}.", link.text, what)};
    };
    if (year.strategy_state != "ratified" && year.strategy_state != "in_force") {
        return against("is not in force");
    }
    if (!begins || !now || *now < *begins || *begins + static_cast<int>(years) <= *now) {
        return against("does not cover the year");
    }
    return year.aims.empty() ? against("does not say what it is to achieve") : Found{{link}, {}};
}

} // namespace

partnership::Evidences duty_evidence(const law::Parameters &parameters) {
    // Kept by value: the rules are read once and may be moved.
    return {
        {"plan_revised", in_year([parameters](db::Transaction &, const YearKept &year, Date first) {
             return revised(year, parameters.at("plan.revised-by", first).day_in(first.year()));
         })},
        {"plan_limbs", in_year([parameters](db::Transaction &tx, const YearKept &year, Date first) {
             return every_limb(tx, year, parameters, first);
         })},
        {"plan_strategy",
         in_year([parameters](db::Transaction &, const YearKept &year, Date first) {
             return strategy(year, parameters.at("plan.years", first).number());
         })},
        {"plan_priorities", in_year([](db::Transaction &tx, const YearKept &year, Date) {
             return each_priority(tx, year, "No minute ratifies",
                                  [](const PriorityKept &is) { return is.ratified; });
         })},
        {"plan_steps", in_year([](db::Transaction &tx, const YearKept &year, Date) {
             return each_priority(tx, year, "No action serves",
                                  [](const PriorityKept &is) { return is.actions > 0; });
         })},
        {"plan_measures", in_year([](db::Transaction &tx, const YearKept &year, Date) {
             return each_priority(tx, year, "No action has a measure that serves",
                                  [](const PriorityKept &is) { return is.with_measure > 0; });
         })},
        {"plan_objectives",
         said(&YearKept::objectives, "how it has regard to the police and crime objectives")},
        {"plan_engagement", said(&YearKept::engagement, "how the community is engaged")},
        {"plan_local_help", said(&YearKept::local_help, "how far local people can help")},
    };
}

} // namespace wardmote::plan
