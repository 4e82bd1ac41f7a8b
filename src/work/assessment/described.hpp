/// The records of this folder: an assessment and a consultation. Inside assessment/ only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/calendar.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/description.hpp"

namespace wardmote::assessment {

enum class State {
    scoped,
    data_collection,
    draft,
    partner_review,
    priorities_scored,
    approved,
    published,
    superseded,
};
inline constexpr auto states = std::to_array<record::Choice>({
    {"scoped", "Scoped"},
    {"data_collection", "Data being collected"},
    {"draft", "Draft"},
    {"partner_review", "With the partners"},
    {"priorities_scored", "Priorities scored"},
    {"approved", "Approved"},
    {"published", "Published"},
    {"superseded", "Superseded"},
});
constexpr std::span<const record::Choice> choices_of(State) {
    return states;
}

inline constexpr law::Roles writer_role = 1; ///< whoever may write it
inline constexpr law::Roles keeper_role = 2; ///< whoever may remove it
/// Who may move an assessment on, and when: POST /assessments/:id/approval.
const law::Lifecycle &assessment_lifecycle();

struct Assessment {
    std::string title;
    std::string year; ///< the financial year in which it is prepared: "2014-15"
    std::string scope;
    // The six sections of regulation 7.
    std::string levels, changes, reasons, priorities, public_priorities, last_plan;
    std::string practitioners;        ///< what those say who work on the front line
    std::optional<core::Id> decision; ///< of the board that approved it
    State state = State::scoped;
    std::string state_note;
    std::optional<core::Date> state_on;
    std::optional<core::Date> approved_on; ///< the day of that board
};
record::Problems check_assessment(const record::Values &values);

/// A section that regulation 7 asks for.
struct Section {
    char letter;
    std::string_view field;
    std::string_view words; ///< "levels and patterns of crime, disorder and substance misuse"
    std::string Assessment::*text;
};
inline constexpr auto sections = std::to_array<Section>({
    {'a', "levels", "levels and patterns of crime, disorder and substance misuse",
     &Assessment::levels},
    {'b', "changes", "what changed since the assessment before", &Assessment::changes},
    {'c', "reasons", "why it changed", &Assessment::reasons},
    {'d', "priorities", "what the responsible authorities should prioritise",
     &Assessment::priorities},
    {'e', "public_priorities", "what people who live and work here would prioritise",
     &Assessment::public_priorities},
    {'f', "last_plan", "how far last year’s plan was carried out", &Assessment::last_plan},
});

enum class ConsultationKind { survey, public_meeting, group, contacts, by_others };
inline constexpr auto consultation_kinds = std::to_array<record::Choice>({
    {"survey", "Survey"},
    {"public_meeting", "Public meeting"},
    {"group", "Talk with a group"},
    {"contacts", "What people report"},
    {"by_others", "Consultation by somebody else"},
});
constexpr std::span<const record::Choice> choices_of(ConsultationKind) {
    return consultation_kinds;
}

/// Views of people who live or work in the area: regulation 12.
struct Consultation {
    std::string title;
    ConsultationKind kind = ConsultationKind::survey;
    core::Date held_on{1, 1, 1};        ///< its last day
    std::optional<core::Id> assessment; ///< that it informs
    std::string groups_asked;           ///< whom those who were asked stand for
    bool affected_asked = false;        ///< those likely to be particularly affected, too
    std::optional<std::int64_t> people; ///< who answered
    std::string said;
};

} // namespace wardmote::assessment

namespace wardmote::record {

template <>
struct Described<assessment::Assessment> {
    using T = assessment::Assessment;
    static constexpr Rules section{.max_length = 20'000, .paragraph = true, .searched = true};
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What the assessment is called",
                         {.required = true, .searched = true}),
        field<&T::year>("year", "Financial year in which it is prepared",
                        {.required = true,
                         .max_length = 7,
                         .filtered = true,
                         .hint = "Such as 2014-15. It informs the plan of the next year"}),
        field<&T::scope>("scope", "What it covers", {.paragraph = true, .searched = true}),
        field<&T::levels>("levels", "Levels and patterns of crime, disorder and substance misuse",
                          section),
        field<&T::changes>("changes", "What changed since the assessment before", section),
        field<&T::reasons>("reasons", "Why it changed", section),
        field<&T::priorities>("priorities", "What the responsible authorities should prioritise",
                              section),
        field<&T::public_priorities>(
            "public_priorities", "What people who live and work here would prioritise", section),
        field<&T::last_plan>("last_plan", "How far last year’s plan was carried out", section),
        field<&T::practitioners>("practitioners", "What practitioners say",
                                 {.max_length = 20'000,
                                  .paragraph = true,
                                  .searched = true,
                                  .hint = "Some offences are under-reported: those who work on the "
                                          "front line know of them"}),
        field<&T::decision>("decision", "Decision of the board that approves it",
                            {.refers_to = "decision"}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "scoped"}),
        field<&T::state_note>("state_note", "Reason", {.max_length = 500, .off_forms = true}),
        field<&T::state_on>("state_on", "Since", {.off_forms = true}),
        field<&T::approved_on>("approved_on", "Approved on", {.off_forms = true}),
    });
    static constexpr Description is{
        .table = "assessment",
        .path = "/assessments",
        .one = "assessment",
        .many = "assessments",
        .title = "title",
        .order = "-year",
        .state = "state",
        .empty_list = "The strategic assessment of each year will be here, with what people and "
                      "practitioners said.",
        .attachments = true,
        .check = assessment::check_assessment,
    };
};

template <>
struct Described<assessment::Consultation> {
    using T = assessment::Consultation;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What it is called", {.required = true, .searched = true}),
        field<&T::kind>("kind", "How people were asked", {.required = true, .filtered = true}),
        field<&T::held_on>("held_on", "Its last day", {.required = true, .filtered = true}),
        field<&T::assessment>("assessment", "Assessment that it informs",
                              {.refers_to = "assessment", .filtered = true}),
        field<&T::groups_asked>("groups_asked", "Whom those who were asked stand for",
                                {.max_length = 1000,
                                 .paragraph = true,
                                 .searched = true,
                                 .hint = "Such as tenants, students, traders, older people"}),
        field<&T::affected_asked>("affected_asked",
                                  "People likely to be particularly affected were asked"),
        field<&T::people>("people", "How many people answered", {.least = 0, .most = 10'000'000}),
        field<&T::said>("said", "What they said",
                        {.paragraph = true, .searched = true, .hint = "Nobody is named"}),
    });
    static constexpr Description is{
        .table = "consultation",
        .path = "/consultations",
        .one = "consultation",
        .many = "consultations",
        .title = "title",
        .order = "-held_on",
        .empty_list = "What people who live and work here were asked, and what they said, will be "
                      "here.",
        .attachments = true,
    };
};

} // namespace wardmote::record
