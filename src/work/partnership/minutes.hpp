/// What came of a meeting: who was there, what was decided, and who does what by when.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/ledger.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

enum class Presence { present, apologies, substitute, absent };
inline constexpr auto presences = std::to_array<record::Choice>({
    {"present", "Present"},
    {"apologies", "Apologies"},
    {"substitute", "Present as a substitute"},
    {"absent", "Absent"},
});
constexpr std::span<const record::Choice> choices_of(Presence) {
    return presences;
}

/// One person at one meeting. Whether they hold a senior position is read from the posts of that
/// day, so it cannot be claimed.
struct Attendance {
    std::string person, name;
    std::string organisation, organisation_name;
    Presence presence = Presence::absent;
    std::string post;    ///< held on the day of the meeting in that organisation; may be empty
    bool senior = false; ///< that post is

    bool there() const { return presence == Presence::present || presence == Presence::substitute; }
};
/// By organisation and name.
std::vector<Attendance> attendance_of(db::Transaction &tx, std::string_view meeting);
/// Everybody of the organisations that are members on a day, with what was recorded of them so far.
struct Invited {
    std::string person, name, organisation, organisation_name;
    std::optional<Presence> presence;
};
std::vector<Invited> invited_to(db::Transaction &tx, std::string_view meeting, core::Date day);
/// Replaces what was recorded; logged. The organisation of each is that of invited_to().
void record_attendance(db::Transaction &tx, db::Ledger &ledger, std::string_view meeting,
                       core::Date day,
                       const std::map<std::string, Presence, std::less<>> &by_person);

/// How many member organisations somebody was there for.
std::int64_t organisations_there(const std::vector<Attendance> &attendance);
/// The responsible authorities of a day for which nobody in a senior position was there, by name.
std::vector<std::string> authorities_without_senior(db::Transaction &tx, std::string_view meeting,
                                                    core::Date day);

struct Decision {
    std::optional<core::Id> meeting;
    std::int64_t number = 0; ///< within the meeting
    std::string words;
    std::optional<core::Id> item;
};

/// Something that somebody undertook at a meeting. Until it is done it comes back at each later
/// meeting of the same kind.
struct BoardAction {
    std::string words;
    std::optional<core::Id> meeting; ///< where it was agreed
    std::optional<core::Id> item;
    std::optional<core::Id> owner;
    std::optional<core::Id> organisation;
    core::Date due{1, 1, 1};
    std::optional<core::Date> done_on;
    std::string outcome;
};
record::Problems check_board_action(const record::Values &values);

/// One line of the action log.
struct LoggedAction {
    std::string id, words, owner, owner_name, meeting, meeting_title;
    core::Date due;
    std::optional<core::Date> done_on;
    std::int64_t carried = 0; ///< meetings of the same kind since, that it came back to open
};
/// Open on the day of this meeting and agreed at an earlier one of its kind.
std::vector<LoggedAction> carried_into(db::Transaction &tx, std::string_view meeting);
/// Agreed at this meeting.
std::vector<LoggedAction> agreed_at(db::Transaction &tx, std::string_view meeting);
/// Of one person, not done, nearest due first.
std::vector<LoggedAction> open_actions_of(db::Transaction &tx, std::string_view owner);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Decision> {
    using T = partnership::Decision;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::meeting>("meeting", "Meeting",
                           {.required = true, .refers_to = "meeting", .filtered = true}),
        field<&T::number>("number", "Number",
                          {.required = true, .least = 1, .most = 1000, .also_called = "No|Ref"}),
        field<&T::words>("words", "What was decided",
                         {.required = true,
                          .max_length = 2000,
                          .searched = true,
                          .also_called = "Decision|Resolution"}),
        field<&T::item>("item", "Agenda item", {.refers_to = "agenda_item"}),
    });
    static constexpr Description is{
        .table = "decision",
        .path = "/decisions",
        .one = "decision",
        .many = "decisions",
        .title = "words",
        .order = "number",
        .within = "meeting",
        .empty_list = "What meetings decide will be here, numbered.",
    };
};

template <>
struct Described<partnership::BoardAction> {
    using T = partnership::BoardAction;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::words>("words", "What is to be done",
                         {.required = true,
                          .max_length = 1000,
                          .searched = true,
                          .also_called = "Action|Action agreed|Task"}),
        field<&T::meeting>("meeting", "Agreed at",
                           {.required = true,
                            .refers_to = "meeting",
                            .filtered = true,
                            .also_called = "Meeting|Raised at"}),
        field<&T::item>("item", "Agenda item", {.refers_to = "agenda_item"}),
        field<&T::owner>("owner", "Who does it",
                         {.refers_to = "person",
                          .filtered = true,
                          .hint = "They are reminded before it is due",
                          .also_called = "Owner|Lead|By whom|Action by|Assigned to"}),
        field<&T::organisation>("organisation", "For which organisation",
                                {.refers_to = "organisation",
                                 .filtered = true,
                                 .also_called = "Agency|Organisation|Lead agency"}),
        field<&T::due>("due", "Due",
                       {.required = true,
                        .filtered = true,
                        .also_called = "Due date|Deadline|By when|Target date"}),
        field<&T::done_on>("done_on", "Done on",
                           {.filtered = true,
                            .hint = "Leave it empty while it is open",
                            .also_called = "Completed|Date completed|Closed"}),
        field<&T::outcome>("outcome", "What came of it",
                           {.paragraph = true,
                            .searched = true,
                            .also_called = "Outcome|Update|Progress|Comments"}),
    });
    static constexpr Description is{
        .table = "board_action",
        .path = "/board-actions",
        .one = "action of a meeting",
        .many = "actions of meetings",
        .title = "words",
        .order = "due",
        .body = "organisation",
        .owner = "owner",
        .within = "meeting",
        .empty_list = "What people undertake at meetings will be here until it is done.",
        .attachments = true,
        .check = partnership::check_board_action,
    };
};

} // namespace wardmote::record
