/// What a grant pays for: posts and projects, line by line, with a budget for each financial year
/// and forecast, spend and commitments for each month.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/db/ledger.hpp"
#include "platform/record/description.hpp"
#include "work/funding/grant.hpp"

namespace wardmote::record {
class Keeper;
}

namespace wardmote::funding {

struct Project {
    std::string title;
    std::string about;
    std::optional<core::Id> lead;
    std::optional<core::Date> starts, ends;
};
record::Problems check_project(const record::Values &values);

struct FundedPost {
    std::string title;
    std::optional<core::Id> post; ///< of the organisation: its holders, and the actions it delivers
    std::string remit;
    int full_time_equivalent = 100; ///< in hundredths
    core::Date starts{1, 1, 1};
    std::optional<core::Date> ends;
    std::optional<int> notice_weeks;
    std::optional<core::Date> at_risk_on; ///< from this day nobody has promised money for it
};
record::Problems check_funded_post(const record::Values &values);

/// A line is open until its grant is agreed; then its money is fixed.
enum class LineState { open, fixed };
inline constexpr auto line_states = std::to_array<record::Choice>({
    {"open", "Open"},
    {"fixed", "Fixed by the agreement"},
});
constexpr std::span<const record::Choice> choices_of(LineState) {
    return line_states;
}

struct Line {
    std::optional<core::Id> grant;
    std::string title;
    std::optional<core::Id> post, project; ///< one of them
    int rank = 1;         ///< the partnership's own order: 1 is kept first when money falls short
    std::string variance; ///< why spend differs from the budget
    LineState state = LineState::open;
};
record::Problems check_line(const record::Values &values);

/// A line with its money.
struct LineMoney {
    std::string id, title, post, project;
    int rank = 1;
    bool fixed = false;
    MoneyByYear budget;
};
/// The lines of a grant in order of rank, then of title.
std::vector<LineMoney> lines_of(db::Transaction &tx, std::string_view grant);

/// What a grant gives and its lines have, by year.
struct GrantMoney {
    MoneyByYear amounts;
    std::map<std::string, MoneyByYear, std::less<>> budgets; ///< by id of line
};
/// Replaces both while the grant is being agreed, and logs it. Gives sentences on what is wrong,
/// and writes nothing then: a grant no longer being agreed, a line of another grant, an amount
/// below nought, or lines that come to more than the grant.
record::Problems set_money(db::Transaction &tx, db::Ledger &ledger, std::string_view grant,
                           const GrantMoney &money);
/// A sentence for each year in which the lines come to more than the grant.
record::Problems lines_within(db::Transaction &tx, std::string_view grant);
/// Fixes the lines of a grant that is being agreed.
void fix_lines(record::Keeper &keeper, db::Transaction &tx, std::string_view grant);

/// Moves money between two lines of one agreed grant, in the transaction of the virement that has
/// the funder's consent; gives what stands against it. Only virement_store.cpp calls it.
record::Problems move_budget(db::Transaction &tx, std::string_view from, std::string_view to,
                             core::FinancialYear year, core::Money amount);

/// One month of a line; nothing where nothing was said.
struct MonthMoney {
    std::optional<core::Money> forecast, actual, committed;
    bool operator==(const MonthMoney &) const = default;
};
using Months = std::map<core::Month, MonthMoney>;
Months months_of(db::Transaction &tx, std::string_view line, core::Period period);
/// Replaces the months given, and logs it when something changed.
void set_months(db::Transaction &tx, db::Ledger &ledger, std::string_view line,
                const Months &months);

/// A year of a line, added up by the server.
struct YearTotals {
    core::Money budget, forecast, actual, committed;
    /// Spend of the months that have it, forecast of the others.
    core::Money outturn;
    core::Money variance() const { return budget - outturn; } ///< below nought: overspent
};
YearTotals totals_of(const Months &months, core::FinancialYear year, core::Money budget);

} // namespace wardmote::funding

namespace wardmote::record {

template <>
struct Described<funding::Project> {
    using T = funding::Project;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What the project is called",
                         {.required = true, .searched = true}),
        field<&T::about>("about", "What it does", {.paragraph = true, .searched = true}),
        field<&T::lead>("lead", "Who leads it", {.refers_to = "person", .filtered = true}),
        field<&T::starts>("starts", "Starts"),
        field<&T::ends>("ends", "Ends"),
    });
    static constexpr Description is{
        .table = "project",
        .path = "/projects",
        .one = "project",
        .many = "projects",
        .title = "title",
        .order = "title",
        .owner = "lead",
        .empty_list = "Projects that grants pay for will be here.",
        .attachments = true,
        .check = funding::check_project,
    };
};

template <>
struct Described<funding::FundedPost> {
    using T = funding::FundedPost;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "What the post is called", {.required = true, .searched = true}),
        field<&T::post>("post", "Post in the organisation",
                        {.refers_to = "post",
                         .filtered = true,
                         .hint = "Says who holds it and which actions it delivers"}),
        field<&T::remit>("remit", "What it is for", {.paragraph = true, .searched = true}),
        field<&T::full_time_equivalent>(
            "full_time_equivalent", "Hundredths of full time",
            {.required = true,
             .least = 1,
             .most = 1000,
             .hint = "100 is one person full time, 60 is three days a week"}),
        field<&T::starts>("starts", "First day", {.required = true}),
        field<&T::ends>("ends", "Last day", {.hint = "Leave it empty when there is none"}),
        field<&T::notice_weeks>("notice_weeks", "Weeks of notice", {.least = 0, .most = 52}),
        field<&T::at_risk_on>(
            "at_risk_on", "At risk from",
            {.filtered = true, .hint = "The first day for which no money is promised"}),
    });
    static constexpr Description is{
        .table = "funded_post",
        .path = "/funded-posts",
        .one = "funded post",
        .many = "funded posts",
        .title = "title",
        .order = "title",
        .empty_list = "Posts that grants pay for will be here, with the day their money ends.",
        .check = funding::check_funded_post,
    };
};

template <>
struct Described<funding::Line> {
    using T = funding::Line;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::grant>(
            "grant_agreement", "Grant",
            {.required = true, .refers_to = "grant_agreement", .filtered = true, .once = true}),
        field<&T::title>("title", "What the line is called",
                         {.required = true,
                          .searched = true,
                          .also_called = "Line|Budget line|Item|Description"}),
        field<&T::post>("funded_post", "Post it pays for", {.refers_to = "funded_post"}),
        field<&T::project>("project", "Project it pays for", {.refers_to = "project"}),
        field<&T::rank>("rank", "Order in which it is kept",
                        {.required = true,
                         .least = 1,
                         .most = 99,
                         .hint = "1 is kept first when there is less money",
                         .also_called = "Order|Rank|No"}),
        field<&T::variance>("variance", "Why spend differs from the budget",
                            {.max_length = 1000, .paragraph = true}),
        field<&T::state>("state", "State",
                         {.required = true, .off_forms = true, .at_first = "open"}),
    });
    static constexpr Description is{
        .table = "grant_line",
        .path = "/grant-lines",
        .one = "line",
        .many = "lines of grants",
        .title = "title",
        .order = "rank",
        .state = "state",
        .within = "grant_agreement",
        .empty_list = "What grants pay for, line by line, will be here.",
        .check = funding::check_line,
    };
};

} // namespace wardmote::record
