/// Organisations, as they were and are: one row a name, valid between two dates. When a body is
/// replaced or renamed its row ends and another succeeds it, so that old papers keep the old name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

enum class OrganisationKind {
    district_council,
    county_council,
    unitary_council,
    police,
    fire_and_rescue,
    probation,
    integrated_care_board,
    police_and_crime_commissioner,
    university,
    students_union,
    housing_provider,
    voluntary_body,
    other,
};
inline constexpr auto organisation_kinds = std::to_array<record::Choice>({
    {"district_council", "District council"},
    {"county_council", "County council"},
    {"unitary_council", "Unitary council"},
    {"police", "Police"},
    {"fire_and_rescue", "Fire and rescue"},
    {"probation", "Probation"},
    {"integrated_care_board", "Integrated care board"},
    {"police_and_crime_commissioner", "Police and crime commissioner"},
    {"university", "University"},
    {"students_union", "Students' union"},
    {"housing_provider", "Housing provider"},
    {"voluntary_body", "Voluntary body"},
    {"other", "Other"},
});
constexpr std::span<const record::Choice> choices_of(OrganisationKind) {
    return organisation_kinds;
}

struct Organisation {
    std::string name;
    std::string short_name;
    OrganisationKind kind = OrganisationKind::other;
    std::optional<core::Date> valid_from; ///< nothing: for as long as anyone asks
    std::optional<core::Date> valid_to;   ///< the last day; nothing: still there
    std::string notes;
};

record::Problems check_organisation(const record::Values &values);

/// The organisations that existed on a date, by name.
std::vector<record::Kept<Organisation>> organisations_on(const record::Keeper &keeper,
                                                         db::Transaction &tx, core::Date date);

} // namespace wardmote::access

namespace wardmote::record {

template <>
struct Described<access::Organisation> {
    using T = access::Organisation;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::name>("name", "Name",
                        {.required = true,
                         .searched = true,
                         .hint = "As it is written in full, such as Oxford City Council"}),
        field<&T::short_name>("short_name", "Short name",
                              {.max_length = 40,
                               .searched = true,
                               .hint = "For tables and charts, such as City Council"}),
        field<&T::kind>("kind", "Kind of organisation", {.required = true, .filtered = true}),
        field<&T::valid_from>("valid_from", "First day",
                              {.hint = "Leave it empty when it has always been there"}),
        field<&T::valid_to>("valid_to", "Last day",
                            {.hint = "Leave it empty while it is still there"}),
        field<&T::notes>("notes", "Notes", {.paragraph = true}),
    });
    static constexpr Description is{
        .table = "organisation",
        .path = "/organisations",
        .one = "organisation",
        .many = "organisations",
        .title = "name",
        .order = "name",
        .empty_list = "Organisations that work together will be here. Add the councils, the police "
                      "and the other authorities first.",
        .check = access::check_organisation,
    };
};

} // namespace wardmote::record
