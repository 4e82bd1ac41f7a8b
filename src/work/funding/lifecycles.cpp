// What a grant, a virement and a return may become, and what must be true of what is kept.
#include "work/funding/monitoring_return.hpp"
#include "work/funding/virement.hpp"

namespace wardmote::funding {

namespace {

constexpr auto role_names = std::to_array<law::RoleName>({
    {money_role, "Whoever keeps the grants"},
    {finance_role, "Whoever checks what goes to a funder"},
    {writer_role, "Whoever writes returns and asks for virements"},
});

constexpr auto states_of_grant = std::to_array<law::State>({
    {"draft", "Being agreed"},
    {"agreed", "Agreed"},
    {"closed", "Closed", true},
});
constexpr auto grant_guards = std::to_array<law::Guard>({
    {"signed", "Give the day of the agreement first."},
    {"amount", "Say what the grant gives for at least one financial year first."},
    {"within", "Bring the lines of each year within what the grant gives first."},
});
constexpr law::Step grant_steps[] = {
    {money_role,
     "draft",
     "agreement",
     "agreed",
     "Record that it is agreed",
     {"signed", "amount", "within"}},
    {money_role, "agreed", "closing", "closed", "Close this grant", {}, true},
};
constexpr law::Lifecycle of_grant{.name = "Grant",
                                  .roles = role_names,
                                  .states = states_of_grant,
                                  .guards = grant_guards,
                                  .steps = grant_steps};
static_assert(law::fault(of_grant).empty());

constexpr auto states_of_virement = std::to_array<law::State>({
    {"asked", "Asked"},
    {"consented", "The funder consents"},
    {"done", "Done", true},
    {"refused", "Refused", true},
});
constexpr auto virement_guards = std::to_array<law::Guard>({
    {"document", "Add the document of the funder’s consent first."},
    {"dated", "Give the day of the funder’s consent, which is not in the future."},
});
constexpr law::Step virement_steps[] = {
    {writer_role,
     "asked",
     "consent",
     "consented",
     "Record the funder’s consent",
     {"document", "dated"}},
    {writer_role, "asked", "refusal", "refused", "Record that it is refused", {}, true},
    {money_role, "consented", "transfer", "done", "Move the money"},
    {money_role, "consented", "refusal", "refused", "Do not move the money", {}, true},
};
constexpr law::Lifecycle of_virement{.name = "Virement",
                                     .roles = role_names,
                                     .states = states_of_virement,
                                     .guards = virement_guards,
                                     .steps = virement_steps};
static_assert(law::fault(of_virement).empty());

constexpr auto states_of_return = std::to_array<law::State>({
    {"draft", "Draft"},
    {"finance_check", "With finance"},
    {"submitted", "Submitted"},
    {"queried", "Queried by the funder"},
    {"accepted", "Accepted", true},
});
constexpr auto return_guards = std::to_array<law::Guard>({
    {"narrative", "Say what was done with the money first."},
    {"explained", "Say why less was spent than planned first: it is 5% of the budget to date, or "
                  "more."},
    {"another_person", "Somebody other than its author must check it."},
});
constexpr law::Step return_steps[] = {
    {writer_role,
     "draft",
     "check",
     "finance_check",
     "Send it to finance",
     {"narrative", "explained"}},
    {writer_role,
     "queried",
     "check",
     "finance_check",
     "Send it to finance again",
     {"narrative", "explained"}},
    {finance_role,
     "finance_check",
     "submission",
     "submitted",
     "Submit it to the funder",
     {"another_person"}},
    {finance_role, "finance_check", "correction", "draft", "Send it back", {}, true},
    {money_role, "submitted", "query", "queried", "Record a query of the funder", {}, true},
    {money_role, "submitted", "acceptance", "accepted", "Record that the funder accepts it"},
};
constexpr law::Lifecycle of_return{.name = "Monitoring return",
                                   .roles = role_names,
                                   .states = states_of_return,
                                   .guards = return_guards,
                                   .steps = return_steps};
static_assert(law::fault(of_return).empty());

/// ISO dates sort as days do.
record::Problems last_after_first(std::optional<core::Date> first, std::optional<core::Date> last,
                                  const char *field) {
    if (first && last && *last < *first) {
        return {{field, "The last day must be the first day or later"}};
    }
    return {};
}

} // namespace

const law::Lifecycle &grant_lifecycle() {
    return of_grant;
}
const law::Lifecycle &virement_lifecycle() {
    return of_virement;
}
const law::Lifecycle &return_lifecycle() {
    return of_return;
}

std::optional<std::string> wrong_year(std::string_view text) {
    return core::FinancialYear::parse(text)
               ? std::nullopt
               : std::optional<std::string>{"Financial year must be two years such as 2014-15"};
}

record::Problems check_condition(const record::Values &values) {
    const auto condition = record::typed<Condition>(values);
    if (condition.met_on && condition.evidence.empty()) {
        return {{"evidence", "Say what shows that it is met"}};
    }
    return {};
}

record::Problems check_payment(const record::Values &values) {
    const auto payment = record::typed<Payment>(values);
    if (payment.received_on.has_value() != payment.received.has_value()) {
        return {{"received", "A payment that came in has both its day and its amount"}};
    }
    return {};
}

record::Problems check_match(const record::Values &values) {
    if (auto wrong = wrong_year(record::typed<Match>(values).year)) {
        return {{"year", *std::move(wrong)}};
    }
    return {};
}

record::Problems check_project(const record::Values &values) {
    const auto project = record::typed<Project>(values);
    return last_after_first(project.starts, project.ends, "ends");
}

record::Problems check_funded_post(const record::Values &values) {
    const auto post = record::typed<FundedPost>(values);
    return last_after_first(post.starts, post.ends, "ends");
}

record::Problems check_line(const record::Values &values) {
    const auto line = record::typed<Line>(values);
    if (line.post.has_value() == line.project.has_value()) {
        return {{"funded_post", "A line pays for a post or for a project: choose one of them"}};
    }
    return {};
}

record::Problems check_virement(const record::Values &values) {
    const auto virement = record::typed<Virement>(values);
    record::Problems problems;
    if (virement.from == virement.to) {
        problems.push_back({"to_line", "The two lines must be different"});
    }
    if (auto wrong = wrong_year(virement.year)) {
        problems.push_back({"year", *std::move(wrong)});
    }
    return problems;
}

record::Problems check_return(const record::Values &values) {
    if (!parse_stored_quarter(record::typed<Return>(values).quarter)) {
        return {{"quarter", "Quarter must be one such as 2014-15 Q3"}};
    }
    return {};
}

} // namespace wardmote::funding
