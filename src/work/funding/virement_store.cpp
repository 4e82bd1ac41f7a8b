#include "platform/record/keeper.hpp"
#include "work/funding/steps.hpp"
#include "work/funding/virement.hpp"

namespace wardmote::funding {

record::Problems step_virement(record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                               std::string_view verb, law::Roles roles, std::string_view reason,
                               const Consent &consent) {
    const Taking<Virement> taking{
        .holds =
            [&](std::string_view guard, const Virement &) {
                return guard == "document"
                           ? !consent.attachment.empty()
                           : consent.on && *consent.on <= keeper.clock().now().london_date();
            },
        .change = [&](std::string_view taken, Virement &virement) -> record::Problems {
            if (taken == "consent") {
                virement.consent = consent.attachment;
                virement.consent_on = consent.on;
            } else if (taken == "transfer") {
                return move_budget(tx, virement.from->text(), virement.to->text(),
                                   core::FinancialYear::parse(virement.year).value(),
                                   virement.amount);
            }
            return {};
        }};
    return take_step<Virement>(keeper, tx, virement_lifecycle(), id, verb, roles, reason, taking);
}

} // namespace wardmote::funding
