/// The strategy of three years, its yearly refreshes, and the priorities of each year.
///
/// Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007, regulation 10:
/// a strategy for three years, revised before the start of each.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/calendar.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/description.hpp"

namespace wardmote::plan {

enum class StrategyState { draft, consulted, ratified, in_force, closed };
inline constexpr auto strategy_states = std::to_array<record::Choice>({
    {"draft", "Draft"},
    {"consulted", "Consulted on"},
    {"ratified", "Ratified"},
    {"in_force", "In force"},
    {"closed", "Closed"},
});
constexpr std::span<const record::Choice> choices_of(StrategyState) {
    return strategy_states;
}
/// Who may move a strategy on, and when.
const law::Lifecycle &strategy_lifecycle();

struct Strategy {
    std::string title;
    std::string first_year; ///< "2014-15"
    std::string aims;
    StrategyState state = StrategyState::draft;
    std::string state_note; ///< the minute or the reason of the latest change of state
};
record::Problems check_strategy(const record::Values &values);

/// One year of a strategy.
struct PlanYear {
    std::optional<core::Id> strategy;
    std::string year;    ///< "2014-15"
    std::string summary; ///< what is new and why
    std::optional<core::Date> refreshed_on;
    std::string challenges; ///< for the plan of the year after, one a line
    std::string objectives; ///< how it has regard to those of the police and crime plan
    std::string engagement; ///< how the community is engaged: regulation 11(f)
    std::string local_help; ///< how far local people can help: regulation 13
};
record::Problems check_plan_year(const record::Values &values);

/// The four things a strategy must be for: section 6(1) of the Crime and Disorder Act 1998.
struct Limb {
    char letter; ///< 'a' to 'd'
    std::string_view short_words;
    std::string_view words;
};
inline constexpr auto limbs = std::to_array<Limb>({
    {'a', "Crime and disorder", "reduction of crime and disorder, including anti-social behaviour"},
    {'b', "Drugs and alcohol", "combatting the misuse of drugs, alcohol and other substances"},
    {'c', "Re-offending", "reduction of re-offending"},
    {'d', "Serious violence", "preventing and reducing serious violence"},
});

struct Priority {
    std::optional<core::Id> plan_year;
    int number = 1;
    std::string title;
    std::string includes;
    bool limb_crime = false;       ///< section 6(1)(a)
    bool limb_substances = false;  ///< (b)
    bool limb_reoffending = false; ///< (c)
    bool limb_violence = false;    ///< (d)
    std::optional<core::Date> ratified_on;
    std::string ratified_minute;
    std::optional<core::Id> carried_from; ///< the same priority of the year before

    /// In the order of `limbs`.
    std::array<bool, 4> serves() const {
        return {limb_crime, limb_substances, limb_reoffending, limb_violence};
    }
};
record::Problems check_priority(const record::Values &values);

} // namespace wardmote::plan

namespace wardmote::record {

template <>
struct Described<plan::Strategy> {
    using T = plan::Strategy;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What the strategy is called",
                         {.required = true, .searched = true}),
        field<&T::first_year>("first_year", "First of its three financial years",
                              {.required = true, .max_length = 7, .hint = "Such as 2014-15"}),
        field<&T::aims>("aims", "What it is to achieve", {.paragraph = true, .searched = true}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "draft"}),
        field<&T::state_note>("state_note", "Minute or reason",
                              {.max_length = 500, .off_forms = true}),
    });
    static constexpr Description is{
        .table = "strategy",
        .path = "/strategies",
        .one = "strategy",
        .many = "strategies",
        .title = "title",
        .order = "first_year",
        .state = "state",
        .empty_list = "The partnership's strategies will be here, each for three years.",
        .check = plan::check_strategy,
    };
};

template <>
struct Described<plan::PlanYear> {
    using T = plan::PlanYear;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::strategy>("strategy", "Strategy",
                            {.required = true, .refers_to = "strategy", .filtered = true}),
        field<&T::year>("year", "Financial year",
                        {.required = true, .max_length = 7, .hint = "Such as 2014-15"}),
        field<&T::summary>("summary", "What is new this year, and why",
                           {.paragraph = true, .searched = true}),
        field<&T::refreshed_on>("refreshed_on", "Day of the refresh"),
        field<&T::challenges>(
            "challenges", "Challenges for the plan of the year after",
            {.paragraph = true, .searched = true, .hint = "One a line: reports number each"}),
        field<&T::objectives>("objectives", "Regard to the police and crime objectives",
                              {.paragraph = true,
                               .searched = true,
                               .hint = "Crime and Disorder Act 1998, section 6(1A)"}),
        field<&T::engagement>("engagement", "How the community is engaged",
                              {.paragraph = true,
                               .searched = true,
                               .hint = "SI 2007/1830, regulation 11: the steps taken to ask, to "
                                       "hold public meetings and to publish"}),
        field<&T::local_help>(
            "local_help", "How far local people can help to carry it out",
            {.paragraph = true, .searched = true, .hint = "SI 2007/1830, regulation 13"}),
    });
    static constexpr Description is{
        .table = "plan_year",
        .path = "/plan-years",
        .one = "year of the plan",
        .many = "years of the plan",
        .title = "year",
        .order = "year",
        .empty_list = "Each year of the rolling plan will be here.",
        .check = plan::check_plan_year,
    };
};

template <>
struct Described<plan::Priority> {
    using T = plan::Priority;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::plan_year>("plan_year", "Year of the plan",
                             {.required = true, .refers_to = "plan_year", .filtered = true}),
        field<&T::number>("number", "Number", {.required = true, .least = 1, .most = 99}),
        field<&T::title>("title", "Priority", {.required = true, .searched = true}),
        field<&T::includes>("includes", "What it includes",
                            {.max_length = 1000, .paragraph = true, .searched = true}),
        field<&T::limb_crime>("limb_crime",
                              "Serves the reduction of crime and disorder, section 6(1)(a)"),
        field<&T::limb_substances>("limb_substances",
                                   "Serves combatting the misuse of drugs and alcohol, (b)"),
        field<&T::limb_reoffending>("limb_reoffending",
                                    "Serves the reduction of re-offending, (c)"),
        field<&T::limb_violence>("limb_violence",
                                 "Serves preventing and reducing serious violence, (d)"),
        field<&T::ratified_on>("ratified_on", "Day it was ratified", {.filtered = true}),
        field<&T::ratified_minute>("ratified_minute", "Minute that ratified it",
                                   {.hint = "Such as Board, 12 March 2014, decision 4"}),
        field<&T::carried_from>("carried_from", "Carried over from",
                                {.refers_to = "priority", .off_forms = true}),
    });
    static constexpr Description is{
        .table = "priority",
        .path = "/priorities",
        .one = "priority",
        .many = "priorities",
        .title = "title",
        .order = "number",
        .empty_list = "What the partnership has decided to put first will be here.",
        .check = plan::check_priority,
    };
};

} // namespace wardmote::record
