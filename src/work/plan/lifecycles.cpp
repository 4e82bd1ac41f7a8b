// What each kind of record of the plan may become, and what must be true of it.
#include <algorithm>
#include <stdexcept>

#include "engine/core/text.hpp"
#include "work/plan/action.hpp"
#include "work/plan/progress.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

constexpr auto role_names = std::to_array<law::RoleName>({
    {keeper_role, "Whoever keeps the plan"},
    {lead_role, "Whoever leads the action"},
});

constexpr auto states_of_action = std::to_array<law::State>({
    {"proposed", "Proposed"},
    {"in_progress", "In progress"},
    {"done", "Finished"},
    {"dropped", "Dropped"},
    {"carried_over", "Carried over", true},
});
constexpr auto action_guards = std::to_array<law::Guard>({
    {"led", "Say which person leads it first, so that somebody can be asked how it stands."},
});
constexpr law::Roles either = keeper_role | lead_role;
constexpr law::Step action_steps[] = {
    {keeper_role, "proposed", "beginning", "in_progress", "Begin this action", {"led"}},
    {either, "in_progress", "completion", "done", "Finish this action", {}, true},
    {keeper_role, "proposed", "dropping", "dropped", "Drop this action", {}, true},
    {keeper_role, "in_progress", "dropping", "dropped", "Drop this action", {}, true},
    {keeper_role, "done", "reopening", "in_progress", "Take it up again", {}, true},
    {keeper_role, "dropped", "reopening", "in_progress", "Take it up again", {}, true},
    {keeper_role, "in_progress", "carrying", "carried_over", "Carry it into the next year"},
};
constexpr law::Lifecycle of_action{.name = "Action of the plan",
                                   .roles = role_names,
                                   .states = states_of_action,
                                   .guards = action_guards,
                                   .steps = action_steps};
static_assert(law::fault(of_action).empty());

constexpr auto keepers = std::to_array<law::RoleName>({{keeper_role, "Whoever keeps the plan"}});
constexpr auto states_of_strategy = std::to_array<law::State>({
    {"draft", "Draft"},
    {"consulted", "Consulted on"},
    {"ratified", "Ratified"},
    {"in_force", "In force"},
    {"closed", "Closed", true},
});
constexpr auto strategy_guards = std::to_array<law::Guard>({
    {"four_limbs", "Give every limb of section 6(1) a priority first."},
    {"priorities_ratified", "Have every priority ratified by a minute first."},
});
constexpr law::Step strategy_steps[] = {
    {keeper_role, "draft", "consultation", "consulted", "Record the consultation", {}, true},
    {keeper_role,
     "consulted",
     "ratification",
     "ratified",
     "Record the ratification",
     {"four_limbs", "priorities_ratified"},
     true},
    {keeper_role, "ratified", "beginning", "in_force", "Bring it into force"},
    {keeper_role, "in_force", "closing", "closed", "Close this strategy", {}, true},
};
constexpr law::Lifecycle of_strategy{.name = "Strategy",
                                     .roles = keepers,
                                     .states = states_of_strategy,
                                     .guards = strategy_guards,
                                     .steps = strategy_steps};
static_assert(law::fault(of_strategy).empty());

bool is_year(const std::string &text) {
    return core::FinancialYear::parse(text).has_value();
}
constexpr const char *year_advice = "must be two years such as 2014-15";

} // namespace

const law::Lifecycle &action_lifecycle() {
    return of_action;
}

const law::Lifecycle &strategy_lifecycle() {
    return of_strategy;
}

record::Problems check_strategy(const record::Values &values) {
    if (!is_year(record::typed<Strategy>(values).first_year)) {
        return {{"first_year", std::string{"First of its three financial years "} + year_advice}};
    }
    return {};
}

record::Problems check_plan_year(const record::Values &values) {
    if (!is_year(record::typed<PlanYear>(values).year)) {
        return {{"year", std::string{"Financial year "} + year_advice}};
    }
    return {};
}

record::Problems check_priority(const record::Values &values) {
    const auto priority = record::typed<Priority>(values);
    record::Problems problems;
    if (priority.serves() == std::array<bool, 4>{}) {
        problems.push_back(
            {"limb_crime", "Say which limb of section 6(1) of the Crime and Disorder Act 1998 this "
                           "priority serves: at least one"});
    }
    if (priority.ratified_on.has_value() == priority.ratified_minute.empty()) {
        problems.push_back(
            {"ratified_minute", "A ratified priority has both its day and its minute"});
    }
    return problems;
}

record::Problems check_action(const record::Values &values) {
    const auto action = record::typed<Action>(values);
    record::Problems problems;
    if (action.added_value.empty()) {
        problems.push_back({"added_value", std::string{no_added_value}});
    }
    if (action.due < action.starts) {
        problems.push_back({"due", "Due must be the day it starts or later"});
    }
    if (std::ranges::count(core::trim(action.report_figures), '\n') >= most_report_figures) {
        problems.push_back({"report_figures", "Figures that reports state of it must be two or "
                                              "fewer, each on a line of its own"});
    }
    return problems;
}

record::Problems check_progress(const record::Values &values) {
    const auto progress = record::typed<Progress>(values);
    record::Problems problems;
    if (!parse_quarter(progress.quarter)) {
        problems.push_back({"quarter", "Quarter must be one such as 2014-15 Q3"});
    }
    if (progress.answered && !progress.rag) {
        problems.push_back({"rag", "Say how it stands"});
    }
    return problems;
}

std::string stored(core::Quarter quarter) {
    return quarter.year().name() + " Q" + std::to_string(quarter.number());
}

std::optional<core::Quarter> parse_quarter(std::string_view stored) {
    if (stored.size() != 10 || stored.substr(7, 2) != " Q" || stored[9] < '1' || stored[9] > '4') {
        return std::nullopt;
    }
    const auto year = core::FinancialYear::parse(stored.substr(0, 7));
    return year ? std::optional{core::Quarter{*year, static_cast<unsigned>(stored[9] - '0')}}
                : std::nullopt;
}

core::Quarter last_quarter(core::Date day) {
    return core::Quarter::containing(core::Month{day} - 3);
}

} // namespace wardmote::plan
