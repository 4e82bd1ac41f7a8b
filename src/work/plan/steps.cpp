#include "work/plan/steps.hpp"

#include "platform/access/visible.hpp"
#include "work/plan/action.hpp"
#include "work/plan/plan.hpp"
#include "work/plan/strategy.hpp"

namespace wardmote::plan {

namespace {

using access::Act;
using site::Steered;

const html::Link section{"Plan", "/plan"};

law::Roles roles_of_keeper(const access::Visit &visit, const record::Description &what,
                           const record::Stored &record) {
    return access::may(visit.person, Act::remove, what, record) ? keeper_role : 0;
}

} // namespace

const Steered &steered_action() {
    static const Steered is{
        .what = &record::description<Action>(),
        .lifecycle = &action_lifecycle(),
        .reason = "state_reason",
        .on = "state_on",
        .hint = "What came of it, or why it is given up. It stands in the plan",
        .section = section,
        .roles =
            [](const access::Visit &visit, const record::Stored &record) {
                const auto &what = record::description<Action>();
                return roles_of_keeper(visit, what, record) |
                       (access::may(visit.person, Act::edit, what, record) ? lead_role : 0);
            },
        .holds =
            [](db::Transaction &, const record::Stored &record, std::string_view) {
                return record::typed<Action>(record).value.lead.has_value();
            }};
    return is;
}

const Steered &steered_strategy() {
    static const Steered is{
        .what = &record::description<Strategy>(),
        .lifecycle = &strategy_lifecycle(),
        .reason = "state_note",
        .on = {},
        .hint = "The minute that decided it, such as Board, 12 March 2014, decision 4",
        .section = section,
        .roles =
            [](const access::Visit &visit, const record::Stored &record) {
                return roles_of_keeper(visit, record::description<Strategy>(), record);
            },
        .holds =
            [](db::Transaction &tx, const record::Stored &record, std::string_view guard) {
                const auto first = standing(tx, record::typed<Strategy>(record).value.first_year);
                return guard == "four_limbs"
                           ? first.limbs_without.empty()
                           : first.priorities > 0 && first.ratified == first.priorities;
            }};
    return is;
}

} // namespace wardmote::plan
