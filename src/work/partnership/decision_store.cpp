#include "engine/core/clock.hpp"
#include "work/partnership/partnership.hpp"

namespace wardmote::partnership {

std::vector<MeetingDecision> decisions_taken(db::Transaction &tx) {
    std::vector<MeetingDecision> taken;
    tx.each("select d.id, m.title, m.starts, d.number, d.words from decision d "
            "join meeting m on m.tenant = d.tenant and m.id = d.meeting and m.removed is null "
            "and m.state in ('held', 'minuted') "
            "where d.tenant = :tenant and d.removed is null "
            "order by m.starts desc, m.id, d.number",
            {{"tenant", tx.tenant()}}, [&](const db::Row &row) {
                taken.push_back(
                    {.id = row.text("id"),
                     .meeting = row.text("title"),
                     .on = core::Instant::parse(row.text("starts")).value().london_date(),
                     .number = row.integer("number"),
                     .words = row.text("words")});
            });
    return taken;
}

std::optional<core::Date> decided_by_board(db::Transaction &tx, std::string_view decision) {
    const auto row = tx.first(
        "select m.starts from decision d "
        "join meeting m on m.tenant = d.tenant and m.id = d.meeting and m.removed is null "
        "where d.tenant = :tenant and d.id = :id and d.removed is null and m.kind = 'board' "
        "and m.state in ('held', 'minuted')",
        {{"tenant", tx.tenant()}, {"id", std::string{decision}}});
    return row ? std::optional{core::Instant::parse(row->text("starts")).value().london_date()}
               : std::nullopt;
}

} // namespace wardmote::partnership
