/// What a report says of itself: whose it is and to whom, what it asks for, who approved it. Kept
/// by those who write reports, one record a report.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::reports {

struct Details {
    std::string report; ///< name of the template: "council"
    std::string of, to, title, purpose;
    std::string approved_by; ///< one a line, as all lists here
    std::string policy_framework;
    std::string recommendations, contact, background_papers;
    std::string edition;
    std::string plan_name;  ///< what the partnership calls its plan: "Rolling Plan"
    std::string website;    ///< of the partnership
    std::string role_words; ///< further paragraphs on the partnership's role, one a line
};

/// Those of a report; of several records the first. Nothing when none were written.
std::optional<Details> details_of(db::Transaction &tx, std::string_view report);

/// Of a field of which each line is an entry.
constexpr record::Rules line_by_line(std::string_view hint) {
    return {.max_length = 2000, .paragraph = true, .hint = hint};
}

} // namespace wardmote::reports

namespace wardmote::record {

template <>
struct Described<reports::Details> {
    using T = reports::Details;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::report>("report", "Report",
                          {.required = true,
                           .max_length = 40,
                           .hint = "Its name: council, board, grant-return, or that of a template "
                                   "of your own"}),
        field<&T::of>("report_of", "Report of", {.hint = "A post, such as the Board Member"}),
        field<&T::to>("addressed_to", "To", {.hint = "Such as Full Council"}),
        field<&T::title>("title", "Title of the report", {.searched = true}),
        field<&T::purpose>("purpose", "Purpose", {.max_length = 500}),
        field<&T::approved_by>(
            "approved_by", "Approved by",
            reports::line_by_line("One a line, such as Finance: the finance officer")),
        field<&T::policy_framework>("policy_framework", "Policy framework"),
        field<&T::recommendations>("recommendations", "Recommendations",
                                   reports::line_by_line("One a line")),
        field<&T::contact>("contact", "Contact", reports::line_by_line("One a line")),
        field<&T::background_papers>("background_papers", "Background papers",
                                     reports::line_by_line("One a line")),
        field<&T::edition>("edition", "Version", {.max_length = 20}),
        field<&T::plan_name>("plan_name", "What the plan is called",
                             {.hint = "Such as Rolling "
                                      "Plan"}),
        field<&T::website>("website", "The partnership's website"),
        field<&T::role_words>(
            "role_words", "More on the partnership's role",
            reports::line_by_line("Each line is a sentence or a few, added to the paragraph on "
                                  "its members")),
    });
    static constexpr Description is{
        .table = "report_details",
        .path = "/report-details",
        .one = "report's details",
        .many = "details of reports",
        .title = "report",
        .order = "report",
        .empty_list = "Whose each report is, to whom, and who approved it will be here.",
    };
};

} // namespace wardmote::record
