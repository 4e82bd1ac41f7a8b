#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "work/plan/action.hpp"

namespace wardmote::plan {

namespace {

/// Each is a small table of (tenant, action, value).
struct Table {
    const char *name, *column;
    std::vector<std::string> Links::*values;
};
constexpr auto tables = std::to_array<Table>({
    {"action_partner", "organisation", &Links::partners},
    {"action_measure", "measure", &Links::measures},
    {"action_place", "place", &Links::places},
});

Links sorted(Links links) {
    for (const auto &table : tables) {
        auto &values = links.*table.values;
        std::ranges::sort(values);
        const auto repeats = std::ranges::unique(values);
        values.erase(repeats.begin(), repeats.end());
    }
    return links;
}

nlohmann::json json_of(const Links &links) {
    nlohmann::json json;
    for (const auto &table : tables) {
        json[table.name] = links.*table.values;
    }
    return json;
}

} // namespace

Links links_of(db::Transaction &tx, std::string_view action) {
    Links links;
    tx.each("select 0 as kind, organisation as value from action_partner "
            "where tenant = :tenant and action = :action "
            "union all select 1, measure from action_measure "
            "where tenant = :tenant and action = :action "
            "union all select 2, place from action_place "
            "where tenant = :tenant and action = :action order by 1, 2",
            {{"tenant", tx.tenant()}, {"action", std::string{action}}}, [&](const db::Row &row) {
                const auto &table = tables[static_cast<std::size_t>(row.integer("kind"))];
                (links.*table.values).push_back(row.text("value"));
            });
    return links;
}

void set_links(db::Transaction &tx, db::Ledger &ledger, std::string_view action,
               const Links &wanted) {
    const auto before = sorted(links_of(tx, action));
    const auto after = sorted(wanted);
    if (before == after) {
        return;
    }
    const std::string id{action};
    for (const auto &table : tables) {
        if (before.*table.values == after.*table.values) {
            continue;
        }
        tx.execute(std::string{"delete from "} + table.name +
                       " where tenant = :tenant and action = :action",
                   {{"tenant", tx.tenant()}, {"action", id}});
        for (const auto &value : after.*table.values) {
            tx.execute(std::string{"insert into "} + table.name + " (tenant, action, " +
                           table.column + ") values (:tenant, :action, :value)",
                       {{"tenant", tx.tenant()}, {"action", id}, {"value", value}});
        }
    }
    const nlohmann::json detail{{"before", json_of(before)}, {"after", json_of(after)}};
    ledger.append(tx, db::Log::changes,
                  {.act = "edit-links",
                   .kind = "action",
                   .record = id,
                   .version = 0,
                   .detail = detail.dump()});
}

} // namespace wardmote::plan
