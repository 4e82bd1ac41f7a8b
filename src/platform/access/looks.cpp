#include "platform/access/looks.hpp"

#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace wardmote::access {

namespace {

/// `condition` is one of two literals below.
Looks fetch(db::Transaction &tx, std::string_view condition, db::Bindings bindings,
            std::int64_t page, std::int64_t page_size) {
    bindings.push_back({"tenant", tx.tenant()});
    Looks looks;
    looks.total =
        tx.first(fmt::format("select count(*) as n from seen_log s where s.tenant = :tenant and {}",
                             condition),
                 bindings)
            ->integer("n");
    bindings.push_back({"count", page_size});
    bindings.push_back({"skipped", (page - 1) * page_size});
    tx.each(fmt::format("select s.at, s.person, p.name, s.act, s.kind, s.record from seen_log s "
                        "left join person p on p.tenant = s.tenant and p.id = s.person "
                        "where s.tenant = :tenant and {} order by s.at desc, s.number desc "
                        "limit :count offset :skipped",
                        condition),
            bindings, [&](const db::Row &row) {
                looks.looks.push_back({.at = row.text("at"),
                                       .person = row.text("person"),
                                       .name = row.optional_text("name").value_or("Not signed in"),
                                       .act = row.text("act"),
                                       .kind = row.text("kind"),
                                       .record = row.text("record")});
            });
    return looks;
}

} // namespace

Looks looks_at(db::Transaction &tx, std::string_view kind, std::string_view record,
               std::int64_t page, std::int64_t page_size) {
    return fetch(tx, "s.kind = :kind and s.record = :record",
                 {{"kind", std::string{kind}}, {"record", std::string{record}}}, page, page_size);
}

Looks looks_of(db::Transaction &tx, std::string_view person, std::int64_t page,
               std::int64_t page_size) {
    return fetch(tx, "s.person = :person", {{"person", std::string{person}}}, page, page_size);
}

std::optional<std::string> last_look(db::Transaction &tx, std::string_view person,
                                     std::string_view before) {
    return tx
        .first("select max(at) as at from seen_log where tenant = :tenant and person = :person and "
               "at < :before",
               {{"tenant", tx.tenant()},
                {"person", std::string{person}},
                {"before", std::string{before}}})
        ->optional_text("at");
}

std::vector<Changed> changed_by_others(db::Transaction &tx, std::string_view person,
                                       std::string_view since, std::int64_t most) {
    std::vector<Changed> changes;
    std::set<std::pair<std::string, std::string>> known;
    tx.each("select kind, record, act, at, person from change_log where tenant = :tenant and "
            "at > :since and record is not null and (person is null or person <> :person) "
            "order by at desc limit :most",
            {{"tenant", tx.tenant()},
             {"since", std::string{since}},
             {"person", std::string{person}},
             {"most", most}},
            [&](const db::Row &row) {
                if (known.emplace(row.text("kind"), row.text("record")).second) {
                    changes.push_back({.kind = row.text("kind"),
                                       .record = row.text("record"),
                                       .act = row.text("act"),
                                       .at = row.text("at"),
                                       .person = row.text("person")});
                }
            });
    return changes;
}

std::string act_in_words(std::string_view act) {
    static constexpr auto known = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"view", "Opened"},
        {"list", "Saw the list"},
        {"search", "Searched"},
        {"export", "Downloaded"},
        {"print", "Printed"},
        {"history", "Read its history"},
        {"seen", "Saw who had looked"},
        {"sign-in", "Signed in"},
        {"sign-out", "Signed out"},
        {"calendar", "A calendar program read"},
    });
    for (const auto &[name, words] : known) {
        if (name == act) {
            return std::string{words};
        }
    }
    return std::string{act};
}

std::string name_of(db::Transaction &tx, std::string_view person) {
    if (person.empty()) {
        return "The system";
    }
    const auto found = tx.first("select name from person where tenant = :tenant and id = :id",
                                {{"tenant", tx.tenant()}, {"id", std::string{person}}});
    return found ? found->text("name") : "Somebody unknown";
}

} // namespace wardmote::access
