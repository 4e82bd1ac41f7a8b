/// A requirement: what somebody whom the law gives the power has asked of the partnership, or what
/// a notice has started, and the day by which it is met.
///
/// Such are the commissioner's call to a meeting (SI 2007/1830, regulation 14A) or for a report
/// (Crime and Disorder Act 1998, section 7), and the scrutiny committee's for information and for
/// officers (SI 2009/942).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

enum class RequirementKind {
    commissioner_attendance,
    commissioner_report,
    scrutiny_information,
    scrutiny_attendance,
    death_review_decision,
    death_review_report,
    slavery_notification,
};
inline constexpr auto requirement_kinds = std::to_array<record::Choice>({
    {"commissioner_attendance", "The commissioner calls members to a meeting"},
    {"commissioner_report", "The commissioner asks for a report"},
    {"scrutiny_information", "Scrutiny asks for information"},
    {"scrutiny_attendance", "Scrutiny asks for somebody to attend"},
    {"death_review_decision", "A death was notified: decide whether to review it"},
    {"death_review_report", "A review of a death was begun: complete its report"},
    {"slavery_notification", "A possible victim of modern slavery is to be notified"},
});
constexpr std::span<const record::Choice> choices_of(RequirementKind) {
    return requirement_kinds;
}

struct Requirement {
    RequirementKind kind = RequirementKind::commissioner_report;
    std::string title;
    std::string words;
    std::optional<core::Id> owner; ///< the person who sees to it
    core::Date asked_on{1, 1, 1};
    core::Date due{1, 1, 1};
    std::optional<core::Date> met_on;
    std::string shown_by; ///< what shows that it was met
};
record::Problems check_requirement(const record::Values &values);

/// A requirement as the tracker of duties and those who see to it ask for it.
struct Required {
    std::string id, title;
    core::Date due;
    std::optional<core::Date> met_on;
};
/// Asked by this day, of these kinds as they are stored; the earliest due first.
std::vector<Required> required(db::Transaction &tx, const std::vector<std::string> &kinds,
                               core::Date asked_by);
/// Those that a person sees to and that are not met; the earliest due first.
std::vector<Required> required_of(db::Transaction &tx, std::string_view owner);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Requirement> {
    using T = partnership::Requirement;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::kind>("kind", "What is required", {.required = true, .filtered = true}),
        field<&T::title>("title", "In short",
                         {.required = true,
                          .searched = true,
                          .hint = "Everybody reads it: no names and no addresses"}),
        field<&T::words>("words", "As it was asked",
                         {.paragraph = true, .searched = true, .hint = "No names, no addresses"}),
        field<&T::owner>("owner", "Who sees to it", {.refers_to = "person", .filtered = true}),
        field<&T::asked_on>("asked_on", "Asked on", {.required = true, .filtered = true}),
        field<&T::due>("due", "To be met by",
                       {.required = true,
                        .filtered = true,
                        .hint = "The day that the request names or the law gives"}),
        field<&T::met_on>("met_on", "Met on"),
        field<&T::shown_by>("shown_by", "What shows that it was met", {.paragraph = true}),
    });
    static constexpr Description is{
        .table = "requirement",
        .path = "/requirements",
        .one = "requirement",
        .many = "requirements",
        .title = "title",
        .order = "-asked_on",
        .owner = "owner",
        .empty_list = "What the commissioner, scrutiny or a notice asks of the partnership will be "
                      "here, with the time that is left.",
        .attachments = true,
        .check = partnership::check_requirement,
    };
};

} // namespace wardmote::record
