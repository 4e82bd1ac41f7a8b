/// People as records: those who sign in. What they prove themselves with is kept apart, in
/// credentials.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/access/permission.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

/// Roles as they are stored and read, in the order of the enumerators.
inline constexpr auto role_choices = std::to_array<record::Choice>({
    {"administrator", "Administrator"},
    {"manager", "Manager"},
    {"coordinator", "Coordinator"},
    {"officer", "Officer"},
    {"analyst", "Analyst"},
    {"partner_officer", "Partner's officer"},
    {"board_member", "Board member"},
    {"chair", "Chair"},
    {"councillor", "Councillor"},
    {"auditor", "Auditor"},
});
constexpr std::span<const record::Choice> choices_of(Role) {
    return role_choices;
}

struct PersonRecord {
    std::string name;
    std::string email; ///< in any case; compared in lower case
    Role role = Role::auditor;
    std::optional<core::Id> organisation;
    std::string job_title;
    std::string phone;
    std::optional<core::Date> active_from; ///< nothing: from now on
    std::optional<core::Date> active_to;   ///< the last day they may sign in
    std::string notes;
};

record::Problems check_person(const record::Values &values);

/// What stands against a change of a person by `who`: nobody changes their own role or dates, the
/// last administrator stays one, and no two people share an e-mail address. `after` is nothing when
/// the person is being removed, `id` is empty when they are being added. Takes a lock that is held
/// until the transaction ends, so that two administrators cannot demote each other at once. Every
/// change of a person comes through here: guard_change() in visible.hpp calls it.
record::Problems person_change_problems(db::Transaction &tx, const Person &who, std::string_view id,
                                        const std::optional<PersonRecord> &after, core::Date today);

/// "email" as it is compared and looked up: without space around it, in lower case.
std::string comparable_email(std::string_view email);

} // namespace wardmote::access

namespace wardmote::record {

/// Roles are bits, so that they make sets; they are stored by name.
template <>
struct Codec<access::Role> {
    static constexpr Kind kind = Kind::choice;
    static Value to(access::Role role) { return std::string{access::stored_name(role)}; }
    static access::Role from(const Value &value) {
        return access::parse_role(db::text_of(value)).value_or(access::Role::auditor);
    }
};

template <>
struct Described<access::PersonRecord> {
    using T = access::PersonRecord;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::name>("name", "Full name", {.required = true, .searched = true}),
        field<&T::email>("email", "E-mail address",
                         {.required = true,
                          .max_length = 254,
                          .email = true,
                          .searched = true,
                          .hint = "They sign in with it, and messages go to it"}),
        field<&T::role>("role", "Role", {.required = true, .filtered = true}),
        field<&T::organisation>("organisation", "Organisation",
                                {.refers_to = "organisation", .filtered = true}),
        field<&T::job_title>("job_title", "Job title", {.searched = true}),
        field<&T::phone>("phone", "Telephone number", {.max_length = 40, .sensitive = true}),
        field<&T::active_from>("active_from", "First day they may sign in",
                               {.hint = "Leave it empty for at once"}),
        field<&T::active_to>("active_to", "Last day they may sign in",
                             {.hint = "Leave it empty when there is none"}),
        field<&T::notes>("notes", "Notes", {.paragraph = true}),
    });
    static constexpr Description is{
        .table = "person",
        .path = "/people",
        .one = "person",
        .many = "people",
        .title = "name",
        .order = "name",
        .body = "organisation",
        .empty_list = "People who may sign in will be here. Add somebody and send them an "
                      "invitation.",
        .check = access::check_person,
    };
};

} // namespace wardmote::record
