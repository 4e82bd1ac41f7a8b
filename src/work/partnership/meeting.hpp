/// A meeting of the partnership, from the day it is planned to its approved minutes, and the items
/// of its agenda.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/ledger.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/description.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::partnership {

enum class MeetingKind { board, open_to_public, tasking, group };
inline constexpr auto meeting_kinds = std::to_array<record::Choice>({
    {"board", "Board"},
    {"public", "Public meeting"},
    {"tasking", "Tasking"},
    {"group", "Group"},
});
constexpr std::span<const record::Choice> choices_of(MeetingKind) {
    return meeting_kinds;
}

enum class MeetingState { planned, papers_out, held, minuted, cancelled };
inline constexpr auto meeting_states = std::to_array<record::Choice>({
    {"planned", "Planned"},
    {"papers_out", "Papers out"},
    {"held", "Held"},
    {"minuted", "Minutes approved"},
    {"cancelled", "Cancelled"},
});
constexpr std::span<const record::Choice> choices_of(MeetingState) {
    return meeting_states;
}

inline constexpr law::Roles secretary_role = 1; ///< whoever may change meetings
/// The verb is the last part of an address: POST /meetings/:id/holding.
const law::Lifecycle &meeting_lifecycle();

struct Meeting {
    std::string title;
    MeetingKind kind = MeetingKind::board;
    core::Instant starts{core::Instant::Milliseconds{}};
    std::optional<core::Instant> ends;
    std::string venue;
    std::optional<core::Id> chair;
    std::string theme;
    std::string themed_part;            ///< what it is about
    std::optional<std::int64_t> quorum; ///< member organisations that must be there
    MeetingState state = MeetingState::planned;
    std::string state_reason; ///< why it was cancelled

    bool took_place() const {
        return state == MeetingState::held || state == MeetingState::minuted;
    }
};
record::Problems check_meeting(const record::Values &values);

/// What the guards of its lifecycle ask of one meeting; valid within the transaction.
law::Holds guards_of(const record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                     const Meeting &meeting);

enum class ItemKind { decision, information, theme };
inline constexpr auto item_kinds = std::to_array<record::Choice>({
    {"decision", "For decision"},
    {"information", "For information"},
    {"theme", "Theme"},
});
constexpr std::span<const record::Choice> choices_of(ItemKind) {
    return item_kinds;
}

struct AgendaItem {
    std::optional<core::Id> meeting;
    std::int64_t position = 0; ///< 1 is the first
    std::string title;
    ItemKind kind = ItemKind::information;
    std::optional<std::int64_t> minutes_allotted;
    std::string presenter;
    std::string section_17; ///< what it means for the duty of section 17
    std::string minutes;    ///< what was said
};

/// In their order.
std::vector<record::Kept<AgendaItem>> agenda_of(const record::Keeper &keeper, db::Transaction &tx,
                                                std::string_view meeting);
/// Puts it one place up (-1) or down (+1); false when there is no such place.
bool move_item(record::Keeper &keeper, db::Transaction &tx, std::string_view meeting,
               std::string_view item, int by);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Meeting> {
    using T = partnership::Meeting;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What the meeting is called",
                         {.required = true, .searched = true, .hint = "Such as Board, March 2015"}),
        field<&T::kind>("kind", "Kind of meeting", {.required = true, .filtered = true}),
        field<&T::starts>("starts", "Starts", {.required = true, .filtered = true}),
        field<&T::ends>("ends", "Ends"),
        field<&T::venue>("venue", "Where", {.searched = true}),
        field<&T::chair>("chair", "Chair", {.refers_to = "person"}),
        field<&T::theme>("theme", "Theme",
                         {.searched = true, .hint = "Such as Alcohol and the night-time economy"}),
        field<&T::themed_part>("themed_part", "What the themed part is about",
                               {.paragraph = true, .searched = true}),
        field<&T::quorum>(
            "quorum", "Quorum",
            {.least = 1, .most = 100, .hint = "How many member organisations must be there"}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "planned"}),
        field<&T::state_reason>("state_reason", "Why it was cancelled",
                                {.max_length = 500, .off_forms = true}),
    });
    static constexpr Description is{
        .table = "meeting",
        .path = "/meetings",
        .one = "meeting",
        .many = "meetings",
        .title = "title",
        .order = "-starts",
        .state = "state",
        .empty_list = "Meetings, their agendas, papers and minutes will be here. Start by "
                      "planning the year.",
        .attachments = true,
        .check = partnership::check_meeting,
    };
};

template <>
struct Described<partnership::AgendaItem> {
    using T = partnership::AgendaItem;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::meeting>("meeting", "Meeting",
                           {.required = true, .refers_to = "meeting", .filtered = true}),
        field<&T::position>("position", "Place on the agenda",
                            {.required = true, .least = 1, .most = 200}),
        field<&T::title>("title", "Title", {.required = true, .searched = true}),
        field<&T::kind>("kind", "What it is for", {.required = true, .filtered = true}),
        field<&T::minutes_allotted>("minutes_allotted", "Minutes allotted",
                                    {.least = 1, .most = 600}),
        field<&T::presenter>("presenter", "Who presents it"),
        field<&T::section_17>(
            "section_17", "Section 17 implications",
            {.paragraph = true,
             .searched = true,
             .hint = "What it is likely to do for crime, disorder, substance misuse, re-offending "
                     "and serious violence"}),
        field<&T::minutes>("minutes", "Minutes", {.paragraph = true, .searched = true}),
    });
    static constexpr Description is{
        .table = "agenda_item",
        .path = "/agenda-items",
        .one = "agenda item",
        .many = "agenda items",
        .title = "title",
        .order = "position",
        .empty_list = "Items are added on a meeting's agenda.",
        .attachments = true,
    };
};

} // namespace wardmote::record
