#include "work/assessment/described.hpp"
#include "work/assessment/steps.hpp"

namespace wardmote::assessment {

std::vector<Consulted> consultations_of(db::Transaction &tx, std::string_view assessment) {
    std::vector<Consulted> found;
    tx.each(
        "select id, title, kind from consultation where tenant = :tenant and removed is null "
        "and assessment = :assessment order by held_on desc, id",
        {{"tenant", tx.tenant()}, {"assessment", std::string{assessment}}},
        [&](const db::Row &row) {
            found.push_back({row.text("id"), row.text("title"), row.text("kind") != "by_others"});
        });
    return found;
}

std::vector<std::string> published_but(db::Transaction &tx, std::string_view id) {
    std::vector<std::string> found;
    tx.each("select id from assessment where tenant = :tenant and removed is null "
            "and state = 'published' and id <> :id order by id",
            {{"tenant", tx.tenant()}, {"id", std::string{id}}},
            [&](const db::Row &row) { found.push_back(row.text("id")); });
    return found;
}

} // namespace wardmote::assessment
