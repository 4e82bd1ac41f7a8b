/// A recommendation of the crime and disorder committee, and the answer that is owed to it.
///
/// Under the Police and Justice Act 2006, sections 19 to 22, a council's committee reviews what the
/// responsible authorities do and recommends; whoever is addressed answers in writing.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

enum class Answer { awaited, accepted, partly, rejected };
inline constexpr auto answers = std::to_array<record::Choice>({
    {"awaited", "Not answered yet"},
    {"accepted", "Accepted"},
    {"partly", "Accepted in part"},
    {"rejected", "Rejected"},
});
constexpr std::span<const record::Choice> choices_of(Answer) {
    return answers;
}

struct Recommendation {
    std::string title;
    std::string words;
    std::optional<core::Id> addressee; ///< an organisation
    std::optional<core::Id> owner;     ///< the person who answers for it
    core::Date sent_on{1, 1, 1};       ///< the clock begins
    Answer response = Answer::awaited;
    std::optional<core::Date> responded_on;
    std::string reply;
    std::string action;
    std::optional<core::Date> action_done_on;
    std::string evidence; ///< that the action was done
};
record::Problems check_recommendation(const record::Values &values);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Recommendation> {
    using T = partnership::Recommendation;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "Recommendation in short", {.required = true, .searched = true}),
        field<&T::words>("words", "As it was made", {.paragraph = true, .searched = true}),
        field<&T::addressee>("addressee", "To whom",
                             {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::owner>("owner", "Who answers it", {.refers_to = "person", .filtered = true}),
        field<&T::sent_on>("sent_on", "Sent on",
                           {.required = true,
                            .filtered = true,
                            .hint = "The time for the answer is counted from this day"}),
        field<&T::response>("response", "Answer", {.required = true, .filtered = true}),
        field<&T::responded_on>("responded_on", "Answered on"),
        field<&T::reply>("reply", "What was answered", {.paragraph = true, .searched = true}),
        field<&T::action>("action", "What is done about it", {.paragraph = true, .searched = true}),
        field<&T::action_done_on>("action_done_on", "Done on"),
        field<&T::evidence>("evidence", "What shows that it was done", {.paragraph = true}),
    });
    static constexpr Description is{
        .table = "recommendation",
        .path = "/recommendations",
        .one = "recommendation",
        .many = "recommendations",
        .title = "title",
        .order = "-sent_on",
        .body = "addressee",
        .owner = "owner",
        .empty_list = "What the scrutiny committee recommends will be here, with the time that is "
                      "left to answer.",
        .attachments = true,
        .check = partnership::check_recommendation,
    };
};

} // namespace wardmote::record
