/// What every report is told of the partnership, its plan and its posts. Inside reports/ only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/money.hpp"
#include "work/reports/records.hpp"

namespace wardmote::reports {

/// The report's own words: report.of, report.to ..., plan and website.
void add_details(Records &records, db::Transaction &tx, std::string_view report);
/// Members, chair, meetings and their themes.
void add_partnership(Records &records, db::Transaction &tx, const Looking &looking);
/// Priorities, actions and challenges of the plan's year.
void add_plan(Records &records, db::Transaction &tx, const Looking &looking);
/// Posts that the Police and Crime Commissioner's grants pay for, and what becomes of them.
void add_posts(Records &records, db::Transaction &tx, const Looking &looking);

/// The financial year that a report of this day tells of: that of the last whole month.
core::FinancialYear plan_year_of(core::Date as_at);
/// "The impact of ..." as it stands after a colon: "the impact of ...". Only words that begin
/// titles and are no names lose their capital.
std::string in_sentence(std::string_view title);
/// What the agreed grants say of next year, and from when posts are at risk; empty when nothing
/// is agreed for this year.
struct Outlook {
    std::string commitment, risk;
};
Outlook outlook_of(const std::map<core::FinancialYear, core::Money> &agreed,
                   const std::vector<std::optional<core::Date>> &posts_at_risk_on,
                   core::FinancialYear year);

} // namespace wardmote::reports
