#include "work/partnership/partnership.hpp"

namespace wardmote::partnership {

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
