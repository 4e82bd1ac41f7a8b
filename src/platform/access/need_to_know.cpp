#include "platform/access/need_to_know.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wardmote::access {

namespace {

void log(record::Keeper &keeper, db::Transaction &tx, std::string_view act, std::string_view kind,
         std::string_view record, std::string_view person) {
    keeper.ledger().append(tx, db::Log::changes,
                           {.act = std::string{act},
                            .kind = std::string{kind},
                            .record = std::string{record},
                            .version = 0,
                            .detail = fmt::format(R"({{"person":"{}"}})", person)});
}

bool is_on(const std::vector<Listed> &list, std::string_view person) {
    return std::ranges::find(list, person, &Listed::person) != list.end();
}

} // namespace

std::vector<Listed> access_list(db::Transaction &tx, std::string_view kind,
                                std::string_view record) {
    std::vector<Listed> list;
    tx.each("select a.person, p.name, a.granted, a.granted_by from access_list a"
            " join person p on p.tenant = a.tenant and p.id = a.person"
            " where a.tenant = :tenant and a.kind = :kind and a.record = :record"
            " order by p.name, p.id",
            {{"tenant", tx.tenant()}, {"kind", std::string{kind}}, {"record", std::string{record}}},
            [&](const db::Row &row) {
                list.push_back({.person = row.text("person"),
                                .name = row.text("name"),
                                .granted = row.text("granted"),
                                .granted_by = row.text("granted_by")});
            });
    return list;
}

bool on_access_list(db::Transaction &tx, std::string_view kind, std::string_view record,
                    std::string_view person) {
    return is_on(access_list(tx, kind, record), person);
}

std::optional<record::Problem> grant_access(record::Keeper &keeper, db::Transaction &tx,
                                            const Person &who, std::string_view kind,
                                            std::string_view record, std::string_view person) {
    const auto list = access_list(tx, kind, record);
    if (!is_on(list, who.id) && !(list.empty() && person == who.id)) {
        return record::Problem{"", "Only somebody who may know of this can let others know"};
    }
    const auto added =
        tx.execute("insert into access_list (tenant, kind, record, person, granted, granted_by)"
                   " select p.tenant, :kind, :record, p.id, :now, :by from person p"
                   " where p.tenant = :tenant and p.id = :person and p.removed is null"
                   " on conflict (tenant, kind, record, person) do nothing",
                   {{"kind", std::string{kind}},
                    {"record", std::string{record}},
                    {"now", keeper.clock().now().iso()},
                    {"by", who.id},
                    {"tenant", tx.tenant()},
                    {"person", std::string{person}}});
    if (added == 1) {
        log(keeper, tx, "grant-access", kind, record, person);
    } else if (!is_on(list, person)) {
        return record::Problem{"person", "Choose a person from the list"};
    }
    return std::nullopt;
}

std::optional<record::Problem> withdraw_access(record::Keeper &keeper, db::Transaction &tx,
                                               const Person &who, std::string_view kind,
                                               std::string_view record, std::string_view person) {
    // Locked before it is counted, so that the last two cannot withdraw each other at once.
    tx.execute(
        "update access_list set granted = granted where tenant = :tenant"
        " and kind = :kind and record = :record",
        {{"tenant", tx.tenant()}, {"kind", std::string{kind}}, {"record", std::string{record}}});
    const auto list = access_list(tx, kind, record);
    if (!is_on(list, who.id)) {
        return record::Problem{"", "Only somebody who may know of this can change who knows"};
    }
    if (list.size() == 1) {
        return record::Problem{"person", "Somebody must know of this. Add another person first"};
    }
    if (tx.execute("delete from access_list where tenant = :tenant and kind = :kind"
                   " and record = :record and person = :person",
                   {{"tenant", tx.tenant()},
                    {"kind", std::string{kind}},
                    {"record", std::string{record}},
                    {"person", std::string{person}}}) == 1) {
        log(keeper, tx, "withdraw-access", kind, record, person);
    }
    return std::nullopt;
}

} // namespace wardmote::access
