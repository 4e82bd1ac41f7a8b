/// Which organisation took over from which: probation was split in two and made one again, clinical
/// commissioning groups gave way to integrated care boards. One row for each pair.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/access/organisation.hpp"

namespace wardmote::access {

struct Succession {
    std::optional<core::Id> predecessor;
    std::optional<core::Id> successor;
    std::optional<core::Date> took_effect; ///< the successor's first day
    std::string notes;
};

record::Problems check_succession(const record::Values &values);

/// Ids of the organisations that took over from this one, directly or through others, nearest
/// first; each once, also when the rows go round in a circle.
std::vector<std::string> successors_of(db::Transaction &tx, std::string_view organisation);
/// The same, of those it took over from.
std::vector<std::string> predecessors_of(db::Transaction &tx, std::string_view organisation);

} // namespace wardmote::access

namespace wardmote::record {

template <>
struct Described<access::Succession> {
    using T = access::Succession;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::predecessor>("predecessor", "The organisation that ended",
                               {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::successor>("successor", "The organisation that took over",
                             {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::took_effect>("took_effect", "First day of the new organisation",
                               {.required = true}),
        field<&T::notes>("notes", "Notes",
                         {.paragraph = true, .hint = "Such as the order that made the change"}),
    });
    static constexpr Description is{
        .table = "succession",
        .path = "/successions",
        .one = "succession",
        .many = "successions",
        .title = "took_effect",
        .order = "-took_effect",
        .empty_list = "When an organisation is replaced, split or renamed, say here who took over. "
                      "Old papers keep the old name.",
        .check = access::check_succession,
    };
};

} // namespace wardmote::record
