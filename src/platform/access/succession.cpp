#include "platform/access/succession.hpp"

namespace wardmote::access {

namespace {

/// Rows that lead back to where they have been are not followed again: `union` keeps each id once,
/// at any depth up to one step for each organisation there can sensibly be.
constexpr int most_steps = 50;

std::vector<std::string> follow(db::Transaction &tx, std::string_view from, std::string_view to,
                                std::string_view organisation) {
    const auto sql = "with recursive chain (id, step) as ("
                     " select " +
                     std::string{to} +
                     ", 1 from succession"
                     " where tenant = :tenant and removed is null and " +
                     std::string{from} +
                     " = :organisation"
                     " union"
                     " select s." +
                     std::string{to} +
                     ", c.step + 1 from succession s"
                     " join chain c on s." +
                     std::string{from} +
                     " = c.id"
                     " where s.tenant = :tenant and s.removed is null and c.step < :most)"
                     " select id, min(step) as step from chain where id <> :organisation"
                     " group by id order by 2, 1";
    std::vector<std::string> ids;
    tx.each(sql,
            {{"tenant", tx.tenant()},
             {"organisation", std::string{organisation}},
             {"most", std::int64_t{most_steps}}},
            [&](const db::Row &row) { ids.push_back(row.text("id")); });
    return ids;
}

} // namespace

record::Problems check_succession(const record::Values &values) {
    const auto &what = record::description<Succession>();
    const auto &predecessor = values[what.index("predecessor")];
    if (!db::is_nothing(predecessor) && predecessor == values[what.index("successor")]) {
        return {{"successor", "An organisation cannot take over from itself"}};
    }
    return {};
}

std::vector<std::string> successors_of(db::Transaction &tx, std::string_view organisation) {
    return follow(tx, "predecessor", "successor", organisation);
}

std::vector<std::string> predecessors_of(db::Transaction &tx, std::string_view organisation) {
    return follow(tx, "successor", "predecessor", organisation);
}

} // namespace wardmote::access
