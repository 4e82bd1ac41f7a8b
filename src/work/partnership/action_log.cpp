// The action log: what was undertaken at meetings, and how often it came back.
#include "work/partnership/minutes.hpp"
#include "work/partnership/partnership.hpp"

#include <fmt/format.h>

namespace wardmote::partnership {

namespace {

// An action is carried to each meeting of its kind that was held after the one where it was agreed,
// while it was open. That is counted, so a cancelled meeting never counts.
constexpr std::string_view logged =
    "select b.id, b.words, b.owner, p.name as owner_name, b.meeting, m.title as meeting_title, "
    "b.due, b.done_on, (select count(*) from meeting later where later.tenant = m.tenant "
    "and later.kind = m.kind and later.removed is null and later.state in ('held', 'minuted') "
    "and later.starts > m.starts "
    "and substr(later.starts, 1, 10) <= coalesce(b.done_on, '9999')) as carried "
    "from board_action b join meeting m on m.tenant = b.tenant and m.id = b.meeting "
    "left join person p on p.tenant = b.tenant and p.id = b.owner "
    "where b.tenant = :tenant and b.removed is null {} order by b.due, b.id";

std::vector<LoggedAction> read(db::Transaction &tx, std::string_view condition,
                               db::Bindings bindings) {
    std::vector<LoggedAction> all;
    bindings.emplace_back("tenant", tx.tenant());
    tx.each(fmt::format(fmt::runtime(logged), condition), bindings, [&](const db::Row &row) {
        const auto done = row.text("done_on");
        all.push_back({.id = row.text("id"),
                       .words = row.text("words"),
                       .owner = row.text("owner"),
                       .owner_name = row.text("owner_name"),
                       .meeting = row.text("meeting"),
                       .meeting_title = row.text("meeting_title"),
                       .due = core::Date::parse(row.text("due")).value(),
                       .done_on = core::Date::parse(done),
                       .carried = row.integer("carried")});
    });
    return all;
}

} // namespace

std::vector<OpenAction> open_board_actions(db::Transaction &tx, core::Date day) {
    std::vector<OpenAction> open;
    for (auto &action : read(tx,
                             "and m.kind = 'board' and m.starts <= :end "
                             "and coalesce(b.done_on, '9999') > :day",
                             {{"day", day.iso()}, {"end", core::Instant::end_of(day).iso()}})) {
        open.push_back({.words = std::move(action.words),
                        .owner = std::move(action.owner_name),
                        .meeting = std::move(action.meeting_title),
                        .due = action.due,
                        .carried = action.carried});
    }
    return open;
}

record::Problems check_board_action(const record::Values &values) {
    const auto action = record::typed<BoardAction>(values);
    if (action.done_on && action.outcome.empty()) {
        return {{"outcome", "Say what came of it, so that the next meeting need not ask"}};
    }
    return {};
}

std::vector<LoggedAction> carried_into(db::Transaction &tx, std::string_view meeting) {
    return read(tx,
                "and exists (select 1 from meeting here where here.tenant = b.tenant "
                "and here.id = :meeting and here.kind = m.kind and m.starts < here.starts "
                "and m.state in ('held', 'minuted') "
                "and coalesce(b.done_on, '9999') >= substr(here.starts, 1, 10))",
                {{"meeting", std::string{meeting}}});
}

std::vector<LoggedAction> agreed_at(db::Transaction &tx, std::string_view meeting) {
    return read(tx, "and b.meeting = :meeting", {{"meeting", std::string{meeting}}});
}

std::vector<LoggedAction> open_actions_of(db::Transaction &tx, std::string_view owner) {
    return read(tx, "and b.owner = :owner and b.done_on is null", {{"owner", std::string{owner}}});
}

} // namespace wardmote::partnership
