/// An action of the plan: what partners do together in one year, and what they have said of it.
///
/// The plan holds only actions that add value through partnership working, so each says why it
/// does.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/db/ledger.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/description.hpp"

namespace wardmote::plan {

/// Whom an action is for: the three groups of the plan.
enum class ActivityGroup { whole_community, supporting_victims, targeting_offenders };
inline constexpr auto activity_groups = std::to_array<record::Choice>({
    {"whole_community", "Whole community"},
    {"supporting_victims", "Supporting victims"},
    {"targeting_offenders", "Targeting offenders"},
});
constexpr std::span<const record::Choice> choices_of(ActivityGroup) {
    return activity_groups;
}

enum class ActionState { proposed, in_progress, done, dropped, carried_over };
inline constexpr auto action_states = std::to_array<record::Choice>({
    {"proposed", "Proposed"},
    {"in_progress", "In progress"},
    {"done", "Finished"},
    {"dropped", "Dropped"},
    {"carried_over", "Carried over"},
});
constexpr std::span<const record::Choice> choices_of(ActionState) {
    return action_states;
}

/// Roles of the lifecycle: those who keep the plan, and whoever leads this action.
inline constexpr law::Roles keeper_role = 1;
inline constexpr law::Roles lead_role = 2;
/// Who may move an action on, and when: verbs are the last part of an address
/// (POST /actions/:id/completion).
const law::Lifecycle &action_lifecycle();

struct Action {
    std::string ref; ///< "1.3"
    std::string title;
    std::string about;
    std::optional<core::Id> priority; ///< through it the action has its year
    ActivityGroup activity_group = ActivityGroup::whole_community;
    std::string added_value;
    std::optional<core::Id> lead_organisation;
    std::optional<core::Id> lead; ///< the person who is asked each quarter
    std::optional<core::Id>
        post; ///< that delivers it; when its funding ends, the action is at risk
    core::Date starts{1, 1, 1};
    core::Date due{1, 1, 1};
    std::string resources;
    std::optional<core::Money> budget;
    std::string funding; ///< where the money comes from, in words
    ActionState state = ActionState::proposed;
    std::string state_reason;
    std::optional<core::Date> state_on;
    std::optional<core::Id> carried_from; ///< the same action of the year before
    std::string in_reports;               ///< how reports tell it; empty: by `about`
    std::string report_figures;           ///< keys that reports state beside it, one a line
};
record::Problems check_action(const record::Values &values);
inline constexpr int most_report_figures = 2; ///< a paragraph with more is a table

/// What is said to whoever proposes business as usual.
inline constexpr std::string_view no_added_value =
    "Say why working in partnership adds value. The plan contains only actions that add value "
    "through partnership working, not actions that are “business as usual” for members";

/// With whom, measured by what, and where.
struct Links {
    std::vector<std::string> partners; ///< ids of organisations
    std::vector<std::string> measures; ///< keys of evidence
    std::vector<std::string> places;   ///< in words

    bool operator==(const Links &) const = default;
};
Links links_of(db::Transaction &tx, std::string_view action);
/// Replaces them; logs the change when there is one.
void set_links(db::Transaction &tx, db::Ledger &ledger, std::string_view action,
               const Links &links);

} // namespace wardmote::plan

namespace wardmote::record {

template <>
struct Described<plan::Action> {
    using T = plan::Action;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::ref>("ref", "Reference",
                       {.required = true,
                        .max_length = 12,
                        .hint = "Such as 1.3",
                        .also_called = "Ref|No|Number|Action number|Action ref"}),
        field<&T::title>("title", "What will be done",
                         {.required = true,
                          .searched = true,
                          .also_called = "Action|Task|Activity|What we will do"}),
        field<&T::about>("about", "More about it",
                         {.paragraph = true,
                          .searched = true,
                          .also_called = "Description|Details|Notes|Comments"}),
        field<&T::priority>("priority", "Priority it serves",
                            {.required = true,
                             .refers_to = "priority",
                             .filtered = true,
                             .also_called = "Priority|Theme|Objective"}),
        field<&T::activity_group>(
            "activity_group", "Group of activities",
            {.required = true, .filtered = true, .also_called = "Group|Who it is for"}),
        field<&T::added_value>(
            "added_value", "Why partnership working adds value",
            {.max_length = 1000,
             .paragraph = true,
             .searched = true,
             .hint = "The plan holds no “business as usual” of one member. Required",
             .also_called = "Added value|Why partnership|Partnership added value"}),
        field<&T::lead_organisation>(
            "lead_organisation", "Organisation that leads",
            {.required = true,
             .refers_to = "organisation",
             .filtered = true,
             .also_called = "Lead agency|Lead organisation|Agency|Organisation"}),
        field<&T::lead>("lead", "Person who leads",
                        {.refers_to = "person",
                         .filtered = true,
                         .hint = "Asked by e-mail each quarter how it stands",
                         .also_called = "Lead|Lead officer|Owner|Responsible officer"}),
        field<&T::post>("post", "Post that delivers it", {.refers_to = "post"}),
        field<&T::in_reports>("in_reports", "How reports tell it",
                              {.max_length = 2000,
                               .paragraph = true,
                               .searched = true,
                               .hint = "What was done, for a report to the council. Empty: what "
                                       "stands above in More about it"}),
        field<&T::report_figures>("report_figures", "Figures that reports state of it",
                                  {.max_length = 200,
                                   .paragraph = true,
                                   .hint = "Two at most, one a line, such as enforcement.this"}),
        field<&T::starts>("starts", "Starts",
                          {.required = true, .also_called = "Start date|Start|From"}),
        field<&T::due>("due", "Due",
                       {.required = true,
                        .filtered = true,
                        .also_called = "Due date|Deadline|Target date|End date|By when"}),
        field<&T::resources>("resources", "Resources",
                             {.max_length = 500, .hint = "People, time, equipment"}),
        field<&T::budget>("budget", "Budget", {.least = 0, .also_called = "Cost"}),
        field<&T::funding>("funding", "Where the money comes from",
                           {.hint = "Such as Police and Crime Commissioner",
                            .also_called = "Funding|Funding source|Funder"}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "proposed"}),
        field<&T::state_reason>("state_reason", "Reason", {.max_length = 500, .off_forms = true}),
        field<&T::state_on>("state_on", "Since", {.off_forms = true}),
        field<&T::carried_from>("carried_from", "Carried over from",
                                {.refers_to = "action", .off_forms = true}),
    });
    static constexpr Description is{
        .table = "action",
        .path = "/actions",
        .one = "action",
        .many = "actions",
        .title = "title",
        .order = "ref",
        .body = "lead_organisation",
        .owner = "lead",
        .state = "state",
        .reference = "ref",
        .within = "priority",
        .empty_list = "What partners do together will be here.",
        .attachments = true,
        .check = plan::check_action,
    };
};

} // namespace wardmote::record
