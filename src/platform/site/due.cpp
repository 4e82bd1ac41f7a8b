#include "platform/site/due.hpp"

#include <set>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

namespace {

Origin origin_in(const db::Row &row, bool may_be_restricted) {
    return {.version = row.integer("version"),
            .made = core::Instant::parse(row.text("created")).value(),
            .changed = core::Instant::parse(row.text("changed")).value(),
            .restricted = may_be_restricted && row.integer("restricted") != 0};
}

/// Names come from a description, values are bound.
void read_origins(db::Transaction &tx, const record::Description &what,
                  const std::set<std::string> &ids, Origins &into) {
    db::Bindings bindings{{"tenant", tx.tenant()}};
    std::vector<std::string> names; // bindings point to them
    names.reserve(ids.size());
    std::string list;
    for (const auto &id : ids) {
        const auto &name = names.emplace_back("i" + std::to_string(names.size()));
        list += (list.empty() ? ":" : ", :") + name;
        bindings.push_back({name, id});
    }
    const bool may_be_restricted = !what.restricted.empty();
    tx.each(fmt::format("select id, version, created, changed{} from {} where tenant = :tenant "
                        "and removed is null and id in ({})",
                        may_be_restricted ? fmt::format(", {} as restricted", what.restricted) : "",
                        what.table, list),
            bindings, [&](const db::Row &row) {
                into.emplace(std::pair{std::string{what.table}, row.text("id")},
                             origin_in(row, may_be_restricted));
            });
}

} // namespace

html::Clock clock_of(const Due &due, core::Date today) {
    using State = html::Clock::State;
    const int days = core::days_between(today, due.on);
    return {.state = days < 0    ? State::overdue
                     : days == 0 ? State::today
                                 : State::later,
            .left = days < 0    ? core::counted(-days, "day overdue", "days overdue")
                    : days == 0 ? "Today"
                                : due.on.text(),
            .left_more = days > 0 ? core::counted(days, "day left", "days left") : "",
            .what = due.what,
            .who = due.who,
            .rule = due.rule,
            .act = due.act};
}

std::vector<Thing> things_of(const Home &home) {
    std::vector<Thing> things;
    for (const auto &due : home.due) {
        things.push_back(due.thing);
    }
    for (const auto &waiting : home.waiting) {
        things.push_back(waiting.thing);
    }
    for (const auto &meeting : home.meetings) {
        things.push_back(meeting.thing);
    }
    return things;
}

Origins origins_of(const Site &site, db::Transaction &tx, const std::vector<Thing> &things) {
    std::map<std::string, std::set<std::string>> by_kind;
    for (const auto &thing : things) {
        by_kind[thing.kind].insert(thing.record);
    }
    Origins found;
    for (const auto &[kind, ids] : by_kind) {
        if (const auto *what = site.kind(kind)) {
            read_origins(tx, *what, ids, found);
        }
    }
    return found;
}

} // namespace wardmote::site
