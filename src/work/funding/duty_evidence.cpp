#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "work/funding/funding.hpp"
#include "work/plan/plan.hpp"

namespace wardmote::funding {

namespace {

/// Every action that stands says what it is done with: a post, money or other resources. The grants
/// of the year are shown beside them.
partnership::Found resources(db::Transaction &tx, const partnership::Duty &, core::Date first,
                             core::Date) {
    const auto year = core::FinancialYear::containing(core::Month{first});
    partnership::Found found;
    std::vector<std::string> without;
    std::int64_t with = 0;
    for (const auto &action : plan::actions_of_year(tx, year.name())) {
        if (action.state == "dropped" || action.state == "carried_over") {
            continue;
        }
        const bool said = !action.post.empty() || action.budget || !action.funding.empty() ||
                          !action.resources.empty();
        with += said ? 1 : 0;
        if (!said) {
            without.push_back(action.ref);
        }
    }
    if (with > 0) {
        found.proof.push_back(
            {core::counted(with, "action with its resources", "actions with their resources"),
             "/plan?year=" + year.name()});
    }
    if (const auto sum = granted(tx, year); sum.pence() > 0) {
        found.proof.push_back(
            {fmt::format("Grants of {}: {}", year.name(), sum.text()), "/funding"});
    }
    if (!without.empty()) {
        found.missing = fmt::format("No resources are named for {}.", core::joined(without));
    } else if (with == 0) {
        found.missing = fmt::format("The plan of {} has no actions.", year.name());
    }
    return found;
}

} // namespace

partnership::Evidences duty_evidence() {
    return {{"plan_resources", resources}};
}

} // namespace wardmote::funding
