#include "work/plan/progress.hpp"

#include <algorithm>

namespace wardmote::plan {

namespace {

constexpr const char *unanswered_columns =
    "select g.id, g.action, a.ref, a.title, g.quarter, g.person, p.name, p.email, g.asked, "
    "g.reminded from progress g "
    "join action a on a.tenant = g.tenant and a.id = g.action and a.removed is null "
    "and a.state = 'in_progress' "
    "left join person p on p.tenant = g.tenant and p.id = g.person and p.removed is null "
    "where g.tenant = :tenant and g.removed is null and g.answered is null "
    "and g.asked is not null ";

Unanswered unanswered_of(const db::Row &row) {
    return {.progress = row.text("id"),
            .action = row.text("action"),
            .ref = row.text("ref"),
            .title = row.text("title"),
            .quarter = row.text("quarter"),
            .person = row.text("person"),
            .name = row.text("name"),
            .email = row.text("email"),
            .asked = core::Instant::parse(row.text("asked")).value(),
            .reminded = row.has("reminded")};
}

} // namespace

std::vector<Unanswered> unanswered(db::Transaction &tx, std::string_view person) {
    std::vector<Unanswered> found;
    db::Bindings bindings{{"tenant", tx.tenant()}};
    std::string sql = unanswered_columns;
    if (!person.empty()) {
        sql += "and g.person = :person ";
        bindings.push_back({"person", std::string{person}});
    }
    tx.each(sql + "order by g.asked, a.ref", bindings,
            [&](const db::Row &row) { found.push_back(unanswered_of(row)); });
    return found;
}

std::vector<Unanswered> ask(record::Keeper &keeper, db::Transaction &tx, core::Quarter quarter) {
    const auto due = tx.query(
        "select a.id, a.lead from action a "
        "join priority p on p.tenant = a.tenant and p.id = a.priority "
        "join plan_year y on y.tenant = p.tenant and y.id = p.plan_year "
        "where a.tenant = :tenant and a.removed is null and a.state = 'in_progress' "
        "and y.year = :year and a.starts <= :last "
        "and not exists (select 1 from progress g where g.tenant = a.tenant and g.action = a.id "
        "and g.quarter = :quarter and g.removed is null) order by a.ref",
        {{"tenant", tx.tenant()},
         {"year", quarter.year().name()},
         {"last", quarter.period().last().last_day().iso()},
         {"quarter", stored(quarter)}});
    for (const auto &row : due) {
        Progress progress{.action = core::Id::parse(row.text("id")),
                          .quarter = stored(quarter),
                          .person = core::Id::parse(row.text("lead"))};
        progress.asked = keeper.clock().now();
        keeper.add(tx, progress);
    }
    auto asked = unanswered(tx, {});
    std::erase_if(asked, [&](const Unanswered &one) {
        return one.email.empty() || one.quarter != stored(quarter) || due.empty() ||
               std::ranges::none_of(
                   due, [&](const db::Row &row) { return row.text("id") == one.action; });
    });
    return asked;
}

std::vector<Unanswered> remind(record::Keeper &keeper, db::Transaction &tx, core::Instant before) {
    auto late = unanswered(tx, {});
    std::erase_if(late, [&](const Unanswered &one) {
        return one.reminded || one.email.empty() || one.asked > before;
    });
    for (const auto &one : late) {
        auto kept = keeper.get<Progress>(tx, one.progress).value();
        kept.value.reminded = keeper.clock().now();
        keeper.update(tx, record::description<Progress>(), kept.id, kept.version,
                      record::values_of(kept.value));
    }
    return late;
}

std::vector<record::Kept<Progress>> progress_of(record::Keeper &keeper, db::Transaction &tx,
                                                std::string_view action) {
    record::Query query{
        .filters = {{"action", {std::string{action}}}}, .sort = "-quarter", .page_size = 0};
    std::vector<record::Kept<Progress>> all;
    for (const auto &stored :
         keeper.list(tx, record::description<Progress>(), query, {.all_restricted = true})
             .records) {
        all.push_back(record::typed<Progress>(stored));
    }
    return all;
}

} // namespace wardmote::plan
