/// Membership of the partnership: an organisation, in what standing, from when to when.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/access/organisation.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::partnership {

enum class Standing { responsible, co_operating, invited };
inline constexpr auto standings = std::to_array<record::Choice>({
    {"responsible", "Responsible authority"},
    {"co_operating", "Co-operating body"},
    {"invited", "Invited to take part"},
});
constexpr std::span<const record::Choice> choices_of(Standing) {
    return standings;
}

struct Membership {
    std::optional<core::Id> organisation;
    Standing standing = Standing::responsible;
    std::optional<core::Date> joined; ///< nothing: from the beginning
    std::optional<core::Date> left;   ///< the last day; nothing: still a member
    std::string notes;
    std::string in_reports; ///< as it stands in a sentence; empty: the organisation's name
};

record::Problems check_membership(const record::Values &values);

/// A kind of body that section 5 makes responsible in every area, and the members of that kind.
struct Authority {
    std::string_view needed; ///< "A chief officer of police"
    std::vector<access::OrganisationKind> kinds;
    std::vector<std::string> members; ///< names of responsible members of this kind
};
/// One for each kind that the section names, with those who are members on this date.
std::vector<Authority> authorities_on(db::Transaction &tx, core::Date date);

/// The ids of those organisations of these kinds (as they are stored) that are responsible
/// authorities on this date.
std::vector<std::string> responsible_of(db::Transaction &tx, const std::vector<std::string> &kinds,
                                        core::Date date);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Membership> {
    using T = partnership::Membership;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::organisation>("organisation", "Organisation",
                                {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::standing>(
            "standing", "Standing",
            {.required = true, .filtered = true, .hint = "Crime and Disorder Act 1998, section 5"}),
        field<&T::joined>("joined", "First day as a member",
                          {.hint = "Leave it empty for a member from the beginning"}),
        field<&T::left>("left_on", "Last day as a member",
                        {.hint = "Leave it empty while it is a member"}),
        field<&T::in_reports>("in_reports", "What reports call it",
                              {.hint = "As it stands in a sentence, such as the Probation "
                                       "Service. Leave it empty for the organisation's name"}),
        field<&T::notes>(
            "notes", "Notes",
            {.paragraph = true, .hint = "The agreement or minute by which it became a member"}),
    });
    static constexpr Description is{
        .table = "membership",
        .path = "/members",
        .one = "member",
        .many = "members",
        .title = "organisation",
        .order = "standing",
        .body = "organisation",
        .empty_list = "The members of the partnership will be here. Start with the responsible "
                      "authorities.",
        .check = partnership::check_membership,
    };
};

} // namespace wardmote::record
