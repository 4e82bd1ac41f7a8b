/// The money: grants, what they pay for, what was spent, what the funder is told, and what falls
/// when it ends.
///
/// Money is whole pence throughout. Budgets stand when a grant is agreed; after that only a
/// virement moves them, with the funder's written consent, and the lines of a year never come to
/// more than the grant gives for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "platform/db/database.hpp"
#include "work/partnership/partnership.hpp"

namespace wardmote::law {
class Parameters;
}
namespace wardmote::record {
class Keeper;
}
namespace wardmote::site {
class Site;
}

namespace wardmote::funding {

/// Adds /funding, /grants, /funding/cliff and what belongs to them. `parameters` say when returns
/// are due; both must outlive the site's router.
void routes(site::Site &site, const law::Parameters &parameters);

/// A post that grants pay for, as reports ask for it.
struct PostSummary {
    std::string id, title;
    std::string post; ///< id of the post of the organisation; empty: none
    std::string remit;
    int full_time_equivalent = 100; ///< in hundredths
    std::optional<core::Date> ends, at_risk_on;
};
/// Those that had begun on a day and had not ended, by title.
std::vector<PostSummary> posts_on(db::Transaction &tx, core::Date day);

/// What the grants of one financial year come to: the agreed ones, or those still a draft.
core::Money granted(db::Transaction &tx, core::FinancialYear year, bool agreed = true);

/// What money and posts prove of the duties of the law: that the plan says how resources are
/// allocated and deployed ("plan_resources").
partnership::Evidences duty_evidence();

/// Makes the grants, lines, posts and projects of the example partnership, for the transaction's
/// tenant, whose organisations, people and plan are there already. The posts and what is said of
/// their future are those of its report to the council of February 2015; the sums are synthetic
/// and say so.
void make_example_funding(record::Keeper &keeper, db::Transaction &tx);

} // namespace wardmote::funding
