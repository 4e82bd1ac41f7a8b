/// Posts and who holds them: one row a holder, dated, so that "who was the chief inspector then"
/// has an answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::access {

struct Post {
    std::string title;
    std::optional<core::Id> organisation;
    std::optional<core::Id> person;      ///< nothing: it is vacant
    std::optional<core::Date> held_from; ///< by this person; nothing: for as long as anyone asks
    std::optional<core::Date> held_to;   ///< the last day; nothing: still
    bool senior = false;                 ///< strategic: may speak for the organisation at the board
    std::optional<std::int64_t> full_time_equivalent; ///< in hundredths: 60 is three days a week
};

record::Problems check_post(const record::Values &values);

/// Ids of the people who held a post on a date: none, one, or several when it is shared.
std::vector<std::string> holders_of(db::Transaction &tx, std::string_view organisation,
                                    std::string_view title, core::Date date);

} // namespace wardmote::access

namespace wardmote::record {

template <>
struct Described<access::Post> {
    using T = access::Post;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>(
            "title", "What the post is called",
            {.required = true, .searched = true, .hint = "Such as Community safety manager"}),
        field<&T::organisation>("organisation", "Organisation",
                                {.required = true, .refers_to = "organisation", .filtered = true}),
        field<&T::person>(
            "person", "Who holds it",
            {.refers_to = "person", .filtered = true, .hint = "Leave it empty while nobody does"}),
        field<&T::held_from>("held_from", "First day in the post"),
        field<&T::held_to>("held_to", "Last day in the post"),
        field<&T::senior>("senior", "Senior position",
                          {.hint = "They may speak for the organisation at the board"}),
        field<&T::full_time_equivalent>(
            "full_time_equivalent", "Hundredths of full time",
            {.least = 1, .most = 100, .hint = "100 is full time, 60 is three days a week"}),
    });
    static constexpr Description is{
        .table = "post",
        .path = "/posts",
        .one = "post",
        .many = "posts",
        .title = "title",
        .order = "title",
        .body = "organisation",
        .empty_list = "Posts in the organisations, and who holds them, will be here.",
        .check = access::check_post,
    };
};

} // namespace wardmote::record
