/// A virement: money moved from one line of a grant to another, with the funder's written consent.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "work/funding/line.hpp"

namespace wardmote::funding {

enum class VirementState { asked, consented, done, refused };
inline constexpr auto virement_states = std::to_array<record::Choice>({
    {"asked", "Asked"},
    {"consented", "The funder consents"},
    {"done", "Done"},
    {"refused", "Refused"},
});
constexpr std::span<const record::Choice> choices_of(VirementState) {
    return virement_states;
}
const law::Lifecycle &virement_lifecycle();

struct Virement {
    std::string reason;
    std::optional<core::Id> from, to; ///< lines of one grant
    std::string year;                 ///< "2014-15"
    core::Money amount;
    VirementState state = VirementState::asked;
    std::string state_reason;
    std::optional<core::Date> consent_on;
    std::string consent; ///< id of the attachment that is the funder's consent
};
record::Problems check_virement(const record::Values &values);

/// Takes one step of the lifecycle. `consent` is the attachment that shows the funder's consent and
/// the day it was given, for the step "consent". The budgets change at the step "transfer" and
/// by nothing else. Gives what stands against it.
struct Consent {
    std::string attachment;
    std::optional<core::Date> on;
};
record::Problems step_virement(record::Keeper &keeper, db::Transaction &tx,
                               std::string_view virement, std::string_view verb, law::Roles roles,
                               std::string_view reason, const Consent &consent = {});

} // namespace wardmote::funding

namespace wardmote::record {

template <>
struct Described<funding::Virement> {
    using T = funding::Virement;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::reason>("reason", "Why the money should move",
                          {.required = true, .max_length = 500, .searched = true}),
        field<&T::from>("from_line", "From line", {.required = true, .refers_to = "grant_line"}),
        field<&T::to>("to_line", "To line", {.required = true, .refers_to = "grant_line"}),
        field<&T::year>("year", "Financial year",
                        {.required = true, .max_length = 7, .hint = "Such as 2014-15"}),
        field<&T::amount>("amount", "Amount", {.required = true, .least = 1}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "asked"}),
        field<&T::state_reason>("state_reason", "Reason", {.max_length = 500, .off_forms = true}),
        field<&T::consent_on>("consent_on", "Day of the funder’s consent", {.off_forms = true}),
        field<&T::consent>("consent", "Document of the consent", {.off_forms = true}),
    });
    static constexpr Description is{
        .table = "virement",
        .path = "/virements",
        .one = "virement",
        .many = "virements",
        .title = "reason",
        .order = "-changed",
        .state = "state",
        .empty_list = "Money that was moved between lines of a grant will be here, with the "
                      "funder’s consent.",
        .attachments = true,
        .check = funding::check_virement,
    };
};

} // namespace wardmote::record
