#include "platform/access/acting.hpp"

#include <fmt/format.h>

#include "platform/access/credentials.hpp"

namespace wardmote::access {

Visit visit_in(const db::Row &row) {
    const core::Instant never{core::Instant::Milliseconds{}}; // of no session
    return {.person = {.id = row.text("person"),
                       .tenant = row.text("tenant"),
                       .name = row.text("name"),
                       .email = row.text("email"),
                       .role = parse_role(row.text("role")).value(),
                       .organisation = row.text("organisation")},
            .tenant_name = row.text("tenant_name"),
            .place = row.text("place"),
            .example = row.integer("example") != 0,
            .began = never,
            .seen = never,
            .idle_until = never,
            .absolute_until = never};
}

std::vector<Visit> active_people(db::Transaction &tx, core::Instant now) {
    std::vector<Visit> all;
    tx.each(fmt::format("select {} from person p join tenant t on t.id = p.tenant "
                        "where p.tenant = :tenant and {} order by lower(p.name), p.id",
                        visit_columns, active_person),
            {{"tenant", tx.tenant()}, {"today", now.london_date().iso()}},
            [&](const db::Row &row) { all.push_back(visit_in(row)); });
    return all;
}

} // namespace wardmote::access
