#include "work/partnership/requirement.hpp"

#include <algorithm>

namespace wardmote::partnership {

namespace {

Required required_in(const db::Row &row) {
    return {.id = row.text("id"),
            .title = row.text("title"),
            .due = core::Date::parse(row.text("due")).value(),
            .met_on = core::Date::parse(row.text("met_on"))};
}

} // namespace

record::Problems check_requirement(const record::Values &values) {
    const auto is = record::typed<Requirement>(values);
    record::Problems problems;
    if (is.due < is.asked_on) {
        problems.push_back({"due", "To be met by must be the day it was asked or later"});
    }
    if (is.met_on && *is.met_on < is.asked_on) {
        problems.push_back({"met_on", "Met on must be the day it was asked or later"});
    }
    if (is.met_on && is.shown_by.empty()) {
        problems.push_back({"shown_by", "Say what shows that it was met"});
    }
    return problems;
}

std::vector<Required> required(db::Transaction &tx, const std::vector<std::string> &kinds,
                               core::Date asked_by) {
    std::vector<Required> found;
    tx.each("select id, kind, title, due, met_on from requirement where tenant = :tenant "
            "and removed is null and asked_on <= :day order by due, id",
            {{"tenant", tx.tenant()}, {"day", asked_by.iso()}}, [&](const db::Row &row) {
                if (std::ranges::find(kinds, row.text("kind")) != kinds.end()) {
                    found.push_back(required_in(row));
                }
            });
    return found;
}

std::vector<Required> required_of(db::Transaction &tx, std::string_view owner) {
    std::vector<Required> found;
    tx.each("select id, title, due, met_on from requirement where tenant = :tenant "
            "and removed is null and owner = :owner and met_on is null order by due, id",
            {{"tenant", tx.tenant()}, {"owner", std::string{owner}}},
            [&](const db::Row &row) { found.push_back(required_in(row)); });
    return found;
}

} // namespace wardmote::partnership
