/// What the owner of an action says of one quarter, and when they were asked.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::plan {

/// How the owner judges it; also how the plan computes it.
enum class Rag { on_track, at_risk, off_track };
inline constexpr auto rags = std::to_array<record::Choice>({
    {"on_track", "On track"},
    {"at_risk", "At risk"},
    {"off_track", "Off track"},
});
constexpr std::span<const record::Choice> choices_of(Rag) {
    return rags;
}

struct Progress {
    std::optional<core::Id> action;
    std::string quarter; ///< "2014-15 Q3"
    std::optional<Rag> rag;
    std::optional<int> percent;
    std::string done;
    std::string next;
    std::optional<core::Id> person; ///< who was asked, or who answered unasked
    std::optional<core::Instant> asked, reminded, answered;
};
record::Problems check_progress(const record::Values &values);

/// "2014-15 Q3": as it is stored, so that it sorts; and back.
std::string stored(core::Quarter quarter);
std::optional<core::Quarter> parse_quarter(std::string_view stored);
/// The quarter that ended last before this day.
core::Quarter last_quarter(core::Date day);

/// An action whose owner has not answered for a quarter.
struct Unanswered {
    std::string progress, action, ref, title, quarter, person;
    std::string name, email; ///< of the person
    core::Instant asked;
    bool reminded = false;
};
/// Those of one person, oldest first; of everybody when `person` is empty.
std::vector<Unanswered> unanswered(db::Transaction &tx, std::string_view person);

/// Asks for a quarter: one row for each action of that year that is in progress and has none yet.
/// Gives those whose lead can be reached by e-mail.
std::vector<Unanswered> ask(record::Keeper &keeper, db::Transaction &tx, core::Quarter quarter);
/// Marks those asked before `before` and neither answered nor reminded as reminded now; gives them.
std::vector<Unanswered> remind(record::Keeper &keeper, db::Transaction &tx, core::Instant before);

/// All of an action, latest first.
std::vector<record::Kept<Progress>> progress_of(record::Keeper &keeper, db::Transaction &tx,
                                                std::string_view action);

} // namespace wardmote::plan

namespace wardmote::record {

template <>
struct Described<plan::Progress> {
    using T = plan::Progress;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::action>("action", "Action",
                          {.required = true, .refers_to = "action", .filtered = true}),
        field<&T::quarter>("quarter", "Quarter", {.required = true, .max_length = 10}),
        field<&T::rag>("rag", "How it stands", {.choices = plan::rags, .filtered = true}),
        field<&T::percent>("percent", "How much is done, in per cent", {.least = 0, .most = 100}),
        field<&T::done>("done", "What was done", {.max_length = 1000, .searched = true}),
        field<&T::next>("next", "What comes next", {.max_length = 1000}),
        field<&T::person>("person", "Who was asked", {.refers_to = "person", .filtered = true}),
        field<&T::asked>("asked", "Asked"),
        field<&T::reminded>("reminded", "Reminded"),
        field<&T::answered>("answered", "Answered"),
    });
    static constexpr Description is{
        .table = "progress",
        .path = "/progress",
        .one = "progress report",
        .many = "progress reports",
        .title = "quarter",
        .order = "quarter",
        .owner = "person",
        .empty_list = "What owners say of their actions each quarter will be here.",
        .check = plan::check_progress,
    };
};

} // namespace wardmote::record
