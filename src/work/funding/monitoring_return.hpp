/// A monitoring return: what a funder is told of one quarter, filled from the lines and the plan,
/// checked by finance, and kept as it was submitted.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/clock.hpp"
#include "work/funding/line.hpp"

namespace wardmote::law {
class Parameters;
}
namespace wardmote::funding {

enum class ReturnState { draft, finance_check, submitted, queried, accepted };
inline constexpr auto return_states = std::to_array<record::Choice>({
    {"draft", "Draft"},
    {"finance_check", "With finance"},
    {"submitted", "Submitted"},
    {"queried", "Queried by the funder"},
    {"accepted", "Accepted"},
});
constexpr std::span<const record::Choice> choices_of(ReturnState) {
    return return_states;
}
const law::Lifecycle &return_lifecycle();

struct Return {
    std::optional<core::Id> grant;
    std::string quarter;           ///< "2014-15 Q3"
    std::optional<core::Date> due; ///< by the law's parameter, or the agreement
    std::string due_rule;          ///< the row of the parameter
    std::string narrative, outcomes, underspend, case_study;
    ReturnState state = ReturnState::draft;
    std::string state_reason;
    std::optional<core::Id> author;  ///< who sent it to finance
    std::optional<core::Id> checker; ///< who checked it; never the author
    std::optional<core::Instant> submitted;
};
record::Problems check_return(const record::Values &values);

/// "2014-15 Q3": as it is stored, so that it sorts; and back.
std::string stored_quarter(core::Quarter quarter);
std::optional<core::Quarter> parse_stored_quarter(std::string_view stored);
/// The day a return for this quarter is due, and the parameter's row that says so.
std::pair<core::Date, std::string> due_day(const law::Parameters &parameters,
                                           core::Quarter quarter);

/// One line of a return: what it says, and what that rests on.
struct ReturnFigure {
    std::string name;  ///< "Spend to date: Human Exploitation Coordinator"
    std::string words; ///< "£24,500", or what was done
    std::optional<core::Money> amount;
    std::string source; ///< "Months April to December 2014 of the line, as kept on 2 Feb 2015"

    bool operator==(const ReturnFigure &) const = default;
};
/// What the lines and the plan say now.
std::vector<ReturnFigure> prefilled(db::Transaction &tx, std::string_view grant,
                                    core::Quarter quarter, core::Date today);
/// What it said when it was last submitted; empty when it never was.
std::vector<ReturnFigure> submitted_figures(db::Transaction &tx, std::string_view id);

/// An underspend at the end of a quarter of this share of the budget to date, in hundredths of a
/// per cent, must be explained.
inline constexpr std::int64_t explained_from = 500;
/// True when spend to date is so far below an even share of the year's budget.
bool must_explain(db::Transaction &tx, std::string_view grant, core::Quarter quarter);

/// Takes one step of the lifecycle; gives what stands against it. Submitting freezes the figures.
record::Problems step_return(record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                             std::string_view verb, law::Roles roles, std::string_view reason);

/// Starts the return of a quarter when there is none; gives its id.
std::string open_return(record::Keeper &keeper, db::Transaction &tx,
                        const law::Parameters &parameters, std::string_view grant,
                        core::Quarter quarter);

struct ReturnDue {
    std::string id; ///< empty: not begun
    std::string grant, reference, title, state;
    core::Quarter quarter;
    core::Date due;
};
/// Of agreed grants: those of the last quarter that are not begun, and all not submitted yet.
std::vector<ReturnDue> returns_due(db::Transaction &tx, const law::Parameters &parameters,
                                   core::Date today);

} // namespace wardmote::funding

namespace wardmote::record {

template <>
struct Described<funding::Return> {
    using T = funding::Return;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::grant>("grant_agreement", "Grant",
                         {.required = true,
                          .refers_to = "grant_agreement",
                          .filtered = true,
                          .off_forms = true}),
        field<&T::quarter>("quarter", "Quarter",
                           {.required = true, .max_length = 10, .off_forms = true}),
        field<&T::due>("due", "Due", {.filtered = true, .off_forms = true}),
        field<&T::due_rule>("due_rule", "Rule of the day", {.off_forms = true}),
        field<&T::narrative>("narrative", "What was done with the money",
                             {.paragraph = true, .searched = true}),
        field<&T::outcomes>("outcomes", "What came of it", {.paragraph = true, .searched = true}),
        field<&T::underspend>("underspend", "Why less was spent than planned",
                              {.max_length = 2000, .paragraph = true}),
        field<&T::case_study>(
            "case_study", "Case study",
            {.paragraph = true, .hint = "Nobody in it may be recognised: no names, no addresses"}),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "draft"}),
        field<&T::state_reason>("state_reason", "Reason", {.max_length = 500, .off_forms = true}),
        field<&T::author>("author", "Sent to finance by",
                          {.refers_to = "person", .off_forms = true}),
        field<&T::checker>("checker", "Checked by", {.refers_to = "person", .off_forms = true}),
        field<&T::submitted>("submitted", "Submitted", {.off_forms = true}),
    });
    static constexpr Description is{
        .table = "monitoring_return",
        .path = "/monitoring-returns",
        .one = "monitoring return",
        .many = "monitoring returns",
        .title = "quarter",
        .order = "due",
        .state = "state",
        .empty_list = "What funders are told each quarter will be here. Begin one from its grant.",
        .attachments = true,
        .check = funding::check_return,
    };
};

} // namespace wardmote::record
