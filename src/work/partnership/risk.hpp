/// A risk to the partnership: how likely, how bad, before and after what is done about it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/database.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

struct Risk {
    std::string title;
    std::string cause, effect;
    std::int64_t likelihood = 0, impact = 0;             ///< 1 to 5, with nothing done
    std::int64_t likelihood_after = 0, impact_after = 0; ///< with the mitigation
    std::string mitigation;
    std::optional<core::Id> owner;
    std::optional<core::Date> review_on;
    std::optional<core::Date> closed_on;
};
record::Problems check_risk(const record::Values &values);

inline constexpr std::int64_t worst = 5;
/// Of likelihood times impact: from 15 on high, from 8 on medium.
std::string_view level(std::int64_t score);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Risk> {
    using T = partnership::Risk;
    static constexpr Rules score{.required = true,
                                 .least = 1,
                                 .most = partnership::worst,
                                 .hint = "1 is lowest, 5 is highest"};
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What may happen", {.required = true, .searched = true}),
        field<&T::cause>("cause", "Why it may happen",
                         {.required = true, .paragraph = true, .searched = true}),
        field<&T::effect>("effect", "What it would do",
                          {.required = true, .paragraph = true, .searched = true}),
        field<&T::likelihood>("likelihood", "How likely, with nothing done", score),
        field<&T::impact>("impact", "How bad, with nothing done", score),
        field<&T::likelihood_after>("likelihood_after", "How likely, with what is done", score),
        field<&T::impact_after>("impact_after", "How bad, with what is done", score),
        field<&T::mitigation>("mitigation", "What is done about it",
                              {.paragraph = true, .searched = true}),
        field<&T::owner>("owner", "Owner", {.refers_to = "person", .filtered = true}),
        field<&T::review_on>("review_on", "Next review", {.filtered = true}),
        field<&T::closed_on>("closed_on", "Closed on",
                             {.filtered = true, .hint = "Leave it empty while it is a risk"}),
    });
    static constexpr Description is{
        .table = "risk",
        .path = "/risks",
        .one = "risk",
        .many = "risks",
        .title = "title",
        .order = "title",
        .owner = "owner",
        .empty_list = "What may go wrong, and what is done about it, will be here.",
        .attachments = true,
        .check = partnership::check_risk,
    };
};

} // namespace wardmote::record
