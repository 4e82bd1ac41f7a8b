#include "platform/record/keeper.hpp"
#include "work/funding/funding.hpp"
#include "work/funding/grant.hpp"
#include "work/funding/line.hpp"
#include "work/funding/steps.hpp"

namespace wardmote::funding {

namespace {

PostSummary post_of(const db::Row &row) {
    return {.id = row.text("id"),
            .title = row.text("title"),
            .post = row.text("post"),
            .remit = row.text("remit"),
            .full_time_equivalent = static_cast<int>(row.integer("full_time_equivalent")),
            .ends = core::Date::parse(row.text("ends")),
            .at_risk_on = core::Date::parse(row.text("at_risk_on"))};
}

} // namespace

MoneyByYear amounts_of(db::Transaction &tx, std::string_view grant) {
    MoneyByYear amounts;
    tx.each("select year, amount from grant_year "
            "where tenant = :tenant and grant_agreement = :grant",
            {{"tenant", tx.tenant()}, {"grant", std::string{grant}}}, [&](const db::Row &row) {
                amounts.emplace(core::FinancialYear::parse(row.text("year")).value(),
                                core::Money::pence(row.integer("amount")));
            });
    return amounts;
}

std::vector<LatePayment> late_payments(db::Transaction &tx, core::Date today) {
    std::vector<LatePayment> late;
    tx.each("select p.id, p.name, p.due, p.amount, coalesce(p.received, 0) as received, "
            "g.id as grant_id, g.reference from grant_payment p join grant_agreement g "
            "on g.tenant = p.tenant and g.id = p.grant_agreement "
            "where p.tenant = :tenant and p.removed is null and g.removed is null "
            "and g.state = 'agreed' and p.due < :today and coalesce(p.received, 0) < p.amount "
            "order by p.due, p.id",
            {{"tenant", tx.tenant()}, {"today", today.iso()}}, [&](const db::Row &row) {
                late.push_back({.id = row.text("id"),
                                .name = row.text("name"),
                                .grant = row.text("grant_id"),
                                .reference = row.text("reference"),
                                .due = core::Date::parse(row.text("due")).value(),
                                .missing = core::Money::pence(row.integer("amount") -
                                                              row.integer("received"))});
            });
    return late;
}

record::Problems step_grant(record::Keeper &keeper, db::Transaction &tx, std::string_view id,
                            std::string_view verb, law::Roles roles, std::string_view reason) {
    const Taking<Grant> taking{.holds =
                                   [&](std::string_view guard, const Grant &grant) {
                                       return guard == "signed"   ? grant.agreed_on.has_value()
                                              : guard == "amount" ? !amounts_of(tx, id).empty()
                                                                  : lines_within(tx, id).empty();
                                   },
                               .change =
                                   [&](std::string_view taken, Grant &grant) {
                                       grant.state_on = keeper.clock().now().london_date();
                                       if (taken == "agreement") {
                                           fix_lines(keeper, tx, id);
                                       }
                                       return record::Problems{};
                                   }};
    return take_step<Grant>(keeper, tx, grant_lifecycle(), id, verb, roles, reason, taking);
}

std::vector<PostSummary> posts_on(db::Transaction &tx, core::Date day) {
    std::vector<PostSummary> posts;
    tx.each("select id, title, post, remit, full_time_equivalent, ends, at_risk_on "
            "from funded_post where tenant = :tenant and removed is null and starts <= :day "
            "and (ends is null or ends >= :day) order by lower(title), id",
            {{"tenant", tx.tenant()}, {"day", day.iso()}},
            [&](const db::Row &row) { posts.push_back(post_of(row)); });
    return posts;
}

std::vector<PostSummary> posts_paid_by(db::Transaction &tx, std::string_view kind, core::Date day) {
    std::vector<PostSummary> posts;
    tx.each("select f.id, f.title, f.post, f.remit, f.full_time_equivalent, f.ends, f.at_risk_on "
            "from funded_post f join (select l.funded_post as id, min(l.rank) as rank "
            "from grant_line l join grant_agreement g on g.tenant = l.tenant "
            "and g.id = l.grant_agreement and g.removed is null and g.state <> 'draft' "
            "and coalesce(g.agreed_on, '') <= :day and g.ends >= :day "
            "join organisation o on o.tenant = g.tenant and o.id = g.funder and o.kind = :kind "
            "where l.tenant = :tenant and l.removed is null and l.funded_post is not null "
            "group by l.funded_post) paid on paid.id = f.id "
            "where f.tenant = :tenant and f.removed is null and f.starts <= :day "
            "and (f.ends is null or f.ends >= :day) order by paid.rank, lower(f.title), f.id",
            {{"tenant", tx.tenant()}, {"kind", std::string{kind}}, {"day", day.iso()}},
            [&](const db::Row &row) { posts.push_back(post_of(row)); });
    return posts;
}

std::map<core::FinancialYear, core::Money> agreed_of(db::Transaction &tx, std::string_view kind) {
    std::map<core::FinancialYear, core::Money> given;
    tx.each("select y.year, cast(sum(y.amount) as bigint) as amount from grant_year y "
            "join grant_agreement g on g.tenant = y.tenant and g.id = y.grant_agreement "
            "and g.removed is null and g.state <> 'draft' "
            "join organisation o on o.tenant = g.tenant and o.id = g.funder and o.kind = :kind "
            "where y.tenant = :tenant group by y.year",
            {{"tenant", tx.tenant()}, {"kind", std::string{kind}}}, [&](const db::Row &row) {
                given.emplace(core::FinancialYear::parse(row.text("year")).value(),
                              core::Money::pence(row.integer("amount")));
            });
    return given;
}

core::Money granted(db::Transaction &tx, core::FinancialYear year, bool agreed) {
    const auto row = tx.first(
        "select cast(coalesce(sum(y.amount), 0) as bigint) as amount from grant_year y join "
        "grant_agreement g "
        "on g.tenant = y.tenant and g.id = y.grant_agreement where y.tenant = :tenant "
        "and y.year = :year and g.removed is null and (g.state = 'draft') = (:draft = 1)",
        {{"tenant", tx.tenant()}, {"year", year.name()}, {"draft", std::int64_t{agreed ? 0 : 1}}});
    return core::Money::pence(row->integer("amount"));
}

} // namespace wardmote::funding
