/// The money: grants, what they pay for, what was spent, what the funder is told, and what falls
/// when it ends.
///
/// Money is whole pence throughout. Budgets stand when a grant is agreed; after that only a
/// virement moves them, with the funder's written consent, and the lines of a year never come to
/// more than the grant gives for it.
#pragma once

#include <map>
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

/// The same of those only that agreed grants of such funders pay for on the day, in the order in
/// which they are kept when there is less money. A kind of organisation is as it is stored:
/// "police_and_crime_commissioner".
std::vector<PostSummary> posts_paid_by(db::Transaction &tx, std::string_view kind, core::Date day);

/// What the agreed grants of such funders give, by financial year, up to the last there is.
std::map<core::FinancialYear, core::Money> agreed_of(db::Transaction &tx, std::string_view kind);

/// A grant in one financial year. The last three are of its lines together.
struct GrantYear {
    std::string id, title, reference, funder, state; ///< the state in words
    core::Money gives, budget, actual, outturn;
    core::Money left() const { return budget - outturn; } ///< below nought: overspent
};
/// All grants, by reference. The outturn is the spend of the months that have it and the forecast
/// of the others.
std::vector<GrantYear> grants_in_year(db::Transaction &tx, core::FinancialYear year);

/// Which posts have their money in which year, in words: "Secured", "At risk".
struct PostOutlook {
    std::string title;
    std::vector<std::string> years;
};
struct FundingOutlook {
    std::vector<std::string> years; ///< "2014-15"
    std::vector<PostOutlook> posts;
};
FundingOutlook outlook(db::Transaction &tx, core::Date today);

/// What a funder is told of one quarter. The figures are those submitted, else as they stand.
struct ReturnSummary {
    std::string grant, title, reference, funder; ///< the first an id
    core::Quarter quarter;
    std::string state; ///< in words: "Not begun", "Draft"
    std::optional<core::Date> due;
    std::string narrative, outcomes, underspend, case_study;
    struct Line {
        std::string title;
        core::Money budget, spent, outturn;
    };
    std::vector<Line> lines; ///< the last is of all of them
    struct Output {
        std::string action, how; ///< "2.1 Training", "In progress, due 31 March 2015"
    };
    std::vector<Output> outputs;
    std::string source; ///< on what the sums rest
};
/// Of the grant with this id or reference, for the last quarter that had ended by a day; when
/// `grant` is empty, of the first by reference that was agreed by then. Nothing when there is none.
std::optional<ReturnSummary> return_of(db::Transaction &tx, std::string_view grant, core::Date day);

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
