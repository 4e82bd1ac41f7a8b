/// A grant: its funder, its terms, what it gives for each financial year, its payments and
/// conditions, and what others add to it.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/db/ledger.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/description.hpp"

namespace wardmote::record {
class Keeper;
}

namespace wardmote::funding {

/// What becomes of money that was not spent.
enum class Underspend { returned, carried_with_consent };
inline constexpr auto underspends = std::to_array<record::Choice>({
    {"returned", "It is returned to the funder"},
    {"carried_with_consent", "It is carried over with the funder’s consent"},
});
constexpr std::span<const record::Choice> choices_of(Underspend) {
    return underspends;
}

enum class GrantState { draft, agreed, closed };
inline constexpr auto grant_states = std::to_array<record::Choice>({
    {"draft", "Being agreed"},
    {"agreed", "Agreed"},
    {"closed", "Closed"},
});
constexpr std::span<const record::Choice> choices_of(GrantState) {
    return grant_states;
}

/// Roles of the lifecycles of this folder.
inline constexpr law::Roles money_role = 1;   ///< keeps grants
inline constexpr law::Roles finance_role = 2; ///< checks what goes to a funder
inline constexpr law::Roles writer_role = 4;  ///< writes returns and asks for virements

const law::Lifecycle &grant_lifecycle();

struct Grant {
    std::string reference; ///< the funder's
    std::string title;
    std::optional<core::Id> funder;
    std::optional<core::Date> agreed_on;
    core::Date ends{1, 1, 1};
    std::string purposes;
    std::string conditions; ///< the agreement's text, or where it is published
    Underspend underspend = Underspend::returned;
    std::string contact;
    GrantState state = GrantState::draft;
    std::string state_reason;
    std::optional<core::Date> state_on;
};

struct Condition {
    std::optional<core::Id> grant;
    std::string words;
    std::optional<core::Date> due, met_on;
    std::string evidence;
};
record::Problems check_condition(const record::Values &values);

struct Payment {
    std::optional<core::Id> grant;
    std::string name;
    core::Date due{1, 1, 1};
    core::Money amount;
    std::optional<core::Date> received_on;
    std::optional<core::Money> received;
};
record::Problems check_payment(const record::Values &values);

enum class MatchKind { cash, in_kind };
inline constexpr auto match_kinds = std::to_array<record::Choice>({
    {"cash", "Cash"},
    {"in_kind", "In kind"},
});
constexpr std::span<const record::Choice> choices_of(MatchKind) {
    return match_kinds;
}

/// What somebody else adds to a grant.
struct Match {
    std::optional<core::Id> grant;
    std::string name;
    std::optional<core::Id> giver;
    MatchKind kind = MatchKind::cash;
    std::string year; ///< "2014-15"
    core::Money amount;
};
record::Problems check_match(const record::Values &values);

/// "must be two years such as 2014-15", or nothing when it is a financial year.
std::optional<std::string> wrong_year(std::string_view text);

using MoneyByYear = std::map<core::FinancialYear, core::Money>;
/// Nought in a year that is not there.
inline core::Money in_year(const MoneyByYear &money, core::FinancialYear year) {
    const auto found = money.find(year);
    return found == money.end() ? core::Money{} : found->second;
}
/// What a grant gives, by financial year.
MoneyByYear amounts_of(db::Transaction &tx, std::string_view grant);

/// Takes one step of the lifecycle; gives what stands against it. Agreeing fixes the lines.
record::Problems step_grant(record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                            std::string_view verb, law::Roles roles, std::string_view reason);

/// A payment that has not come in full by a day.
struct LatePayment {
    std::string id, name, grant, reference;
    core::Date due;
    core::Money missing;
};
std::vector<LatePayment> late_payments(db::Transaction &tx, core::Date today);

} // namespace wardmote::funding

namespace wardmote::record {

template <>
struct Described<funding::Grant> {
    using T = funding::Grant;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::reference>("reference", "Reference",
                             {.required = true,
                              .max_length = 40,
                              .searched = true,
                              .hint = "The funder's, as it stands on the agreement",
                              .also_called = "Ref|Grant ref|Grant number"}),
        field<&T::title>(
            "title", "What the grant is called",
            {.required = true, .searched = true, .also_called = "Grant|Grant name|Fund"}),
        field<&T::funder>("funder", "Funder",
                          {.required = true,
                           .refers_to = "organisation",
                           .filtered = true,
                           .also_called = "Funding body|From|Source"}),
        field<&T::agreed_on>("agreed_on", "Day of the agreement",
                             {.hint = "Leave it empty while it is not signed",
                              .also_called = "Agreed|Agreement date|Award date"}),
        field<&T::ends>("ends", "Last day it pays for",
                        {.required = true, .also_called = "Ends|End date|Until"}),
        field<&T::purposes>("purposes", "What it is for",
                            {.paragraph = true,
                             .searched = true,
                             .hint = "One purpose a line",
                             .also_called = "Purpose|Description"}),
        field<&T::conditions>(
            "conditions", "Terms",
            {.paragraph = true,
             .searched = true,
             .hint = "Clawback, publicity, audit, data protection; or where it is published"}),
        field<&T::underspend>("underspend", "Money that is not spent", {.required = true}),
        field<&T::contact>("contact", "Contact at the funder"),
        field<&T::state>(
            "state", "State",
            {.required = true, .filtered = true, .off_forms = true, .at_first = "draft"}),
        field<&T::state_reason>("state_reason", "Reason", {.max_length = 500, .off_forms = true}),
        field<&T::state_on>("state_on", "Since", {.off_forms = true}),
    });
    static constexpr Description is{
        .table = "grant_agreement",
        .path = "/grants",
        .one = "grant",
        .many = "grants",
        .title = "title",
        .order = "reference",
        .body = "funder",
        .state = "state",
        .reference = "reference",
        .empty_list = "Grants, what they pay for and what the funder asks will be here.",
        .attachments = true,
    };
};

template <>
struct Described<funding::Condition> {
    using T = funding::Condition;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::grant>(
            "grant_agreement", "Grant",
            {.required = true, .refers_to = "grant_agreement", .filtered = true, .once = true}),
        field<&T::words>("words", "Condition",
                         {.required = true,
                          .max_length = 500,
                          .searched = true,
                          .hint = "Such as: evidence of DBS checks before money is paid"}),
        field<&T::due>("due", "To be met by", {.filtered = true}),
        field<&T::met_on>("met_on", "Met on"),
        field<&T::evidence>("evidence", "What shows that it is met"),
    });
    static constexpr Description is{
        .table = "grant_condition",
        .path = "/grant-conditions",
        .one = "condition",
        .many = "conditions of grants",
        .title = "words",
        .order = "due",
        .within = "grant_agreement",
        .empty_list = "What funders ask for will be here, with what shows that it is met.",
        .attachments = true,
        .check = funding::check_condition,
    };
};

template <>
struct Described<funding::Payment> {
    using T = funding::Payment;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::grant>(
            "grant_agreement", "Grant",
            {.required = true, .refers_to = "grant_agreement", .filtered = true, .once = true}),
        field<&T::name>("name", "Payment",
                        {.required = true,
                         .hint = "Such as First half",
                         .also_called = "Instalment|Tranche|Payment name"}),
        field<&T::due>(
            "due", "Due",
            {.required = true, .filtered = true, .also_called = "Due date|Date due|Payment date"}),
        field<&T::amount>("amount", "Amount",
                          {.required = true, .least = 1, .also_called = "Value|Sum"}),
        field<&T::received_on>("received_on", "Received on", {.also_called = "Date received"}),
        field<&T::received>("received", "Received", {.least = 0, .also_called = "Amount received"}),
    });
    static constexpr Description is{
        .table = "grant_payment",
        .path = "/grant-payments",
        .one = "payment",
        .many = "payments of grants",
        .title = "name",
        .order = "due",
        .within = "grant_agreement",
        .empty_list = "The payments that funders have promised will be here.",
        .check = funding::check_payment,
    };
};

template <>
struct Described<funding::Match> {
    using T = funding::Match;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::grant>(
            "grant_agreement", "Grant",
            {.required = true, .refers_to = "grant_agreement", .filtered = true, .once = true}),
        field<&T::name>("name", "What is given",
                        {.required = true, .hint = "Such as Office and equipment"}),
        field<&T::giver>("giver", "Who gives it", {.required = true, .refers_to = "organisation"}),
        field<&T::kind>("kind", "Cash or in kind", {.required = true, .filtered = true}),
        field<&T::year>("year", "Financial year",
                        {.required = true, .max_length = 7, .hint = "Such as 2014-15"}),
        field<&T::amount>("amount", "Worth", {.required = true, .least = 1}),
    });
    static constexpr Description is{
        .table = "match_funding",
        .path = "/match-funding",
        .one = "match",
        .many = "match funding",
        .title = "name",
        .order = "name",
        .within = "grant_agreement",
        .empty_list = "What partners add to grants, in cash or in kind, will be here.",
        .check = funding::check_match,
    };
};

} // namespace wardmote::record
