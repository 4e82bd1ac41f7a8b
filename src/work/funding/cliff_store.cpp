#include "work/funding/cliff_store.hpp"

#include <algorithm>

#include "work/funding/line.hpp"

namespace wardmote::funding {

CliffInput cliff_input(db::Transaction &tx) {
    CliffInput input;
    const db::Bindings all{{"tenant", tx.tenant()}};
    tx.each("select id, funder, state from grant_agreement where tenant = :tenant "
            "and removed is null and state <> 'closed' order by reference, id",
            all, [&](const db::Row &row) {
                input.grants.push_back({.id = row.text("id"),
                                        .funder = row.text("funder"),
                                        .agreed = row.text("state") == "agreed",
                                        .amounts = {}});
            });
    for (auto &grant : input.grants) {
        grant.amounts = amounts_of(tx, grant.id);
        for (auto &line : lines_of(tx, grant.id)) {
            input.lines.push_back({.grant = grant.id,
                                   .title = std::move(line.title),
                                   .post = std::move(line.post),
                                   .project = std::move(line.project),
                                   .rank = line.rank,
                                   .budget = std::move(line.budget)});
        }
    }
    tx.each("select id, title, full_time_equivalent, starts, ends, at_risk_on from funded_post "
            "where tenant = :tenant and removed is null order by lower(title), id",
            all, [&](const db::Row &row) {
                input.posts.push_back(
                    {.id = row.text("id"),
                     .title = row.text("title"),
                     .full_time_equivalent = static_cast<int>(row.integer("full_time_equivalent")),
                     .starts = core::Date::parse(row.text("starts")).value(),
                     .ends = core::Date::parse(row.text("ends")),
                     .at_risk_on = core::Date::parse(row.text("at_risk_on"))});
            });
    return input;
}

std::pair<core::FinancialYear, core::FinancialYear> years_of(const CliffInput &input,
                                                             core::Date today) {
    const auto now = core::FinancialYear::containing(core::Month{today});
    auto first = now;
    auto last = now + 1;
    for (const auto &grant : input.grants) {
        for (const auto &[year, amount] : grant.amounts) {
            first = std::min(first, year);
            last = std::max(last, year);
        }
    }
    constexpr int before = 2, after = 6; // what fits a page
    return {std::max(first, now - before), std::min(last, now + after)};
}

} // namespace wardmote::funding
