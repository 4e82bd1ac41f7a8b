#include "platform/record/keeper.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/id.hpp"
#include "platform/record/change_detail.hpp"
#include "platform/record/search_index.hpp"
#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

Value person_of(const db::Transaction &tx) {
    const auto &person = tx.scope().person;
    return person.empty() ? Value{} : Value{person};
}

/// Mine over theirs: what I left as it was is theirs.
Values merge(const Values &base, const Values &theirs, const Values &mine) {
    Values merged = mine;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (mine[i] == base[i]) {
            merged[i] = theirs[i];
        }
    }
    return merged;
}

} // namespace

std::vector<Difference> differences(const Description &what, const Values &before,
                                    const Values &after) {
    std::vector<Difference> all;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        if (before[i] != after[i]) {
            all.push_back({std::string{what.fields[i].name}, before[i], after[i]});
        }
    }
    return all;
}

void Keeper::log(db::Transaction &tx, const Description &what, std::string_view act,
                 const Stored &record, const std::vector<Difference> &fields) {
    m_ledger.append(tx, db::Log::changes,
                    {.act = std::string{act},
                     .kind = std::string{what.table},
                     .record = record.id,
                     .version = record.version,
                     .detail = detail_of(what, fields, m_keys)});
}

Stored Keeper::insert(db::Transaction &tx, const Description &what, const Values &values,
                      std::optional<std::string> chosen_id) {
    Stored record{.id = chosen_id ? std::move(*chosen_id) : core::Id::make(m_clock).text(),
                  .version = 1,
                  .created = m_clock.now().iso(),
                  .created_by = tx.scope().person,
                  .changed_by = tx.scope().person,
                  .values = values};
    record.changed = record.created;

    std::string names = "tenant, id, version, created, created_by, changed, changed_by";
    std::string places = ":tenant, :id, 1, :changed, :changed_by, :changed, :changed_by";
    db::Bindings bindings{{"tenant", tx.tenant()},
                          {"id", record.id},
                          {"changed", record.created},
                          {"changed_by", person_of(tx)}};
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        names += fmt::format(", {}", field.name);
        places += fmt::format(", :{}", field.name);
        bindings.push_back({field.name, closed(field, values[i], m_keys)});
    }
    tx.execute(fmt::format("insert into {} ({}) values ({})", what.table, names, places), bindings);
    index(tx, what, record);
    log(tx, what, "create", record, differences(what, Values(values.size()), values));
    return record;
}

std::optional<Stored> Keeper::stored(db::Transaction &tx, const Description &what,
                                     std::string_view id) const {
    return find(tx, what, id, {.all_restricted = true});
}

std::optional<std::variant<Stored, Clash>> Keeper::update(db::Transaction &tx,
                                                          const Description &what,
                                                          std::string_view id, std::int64_t version,
                                                          const Values &values) {
    auto now = stored(tx, what, id);
    if (!now) {
        return std::nullopt;
    }
    if (now->version != version || now->is_removed()) {
        return clash(tx, what, std::move(*now), version, values);
    }
    const auto changes = differences(what, now->values, values);
    if (changes.empty()) {
        return std::move(*now);
    }
    const auto moment = m_clock.now().iso();
    std::string places;
    db::Bindings bindings{{"tenant", tx.tenant()},
                          {"id", std::string{id}},
                          {"version", version},
                          {"changed", moment},
                          {"changed_by", person_of(tx)}};
    // All of them, not only those changed: one statement for each kind, which stays prepared.
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        places += fmt::format(", {0} = :{0}", field.name);
        bindings.push_back({field.name, closed(field, values[i], m_keys)});
    }
    const auto written = tx.execute(
        fmt::format(
            "update {} set version = version + 1, changed = :changed, changed_by = :changed_by{} "
            "where tenant = :tenant and id = :id and version = :version "
            "and removed is null",
            what.table, places),
        bindings);
    if (written == 0) { // somebody was quicker since it was read
        now = stored(tx, what, id);
        return now ? std::optional<std::variant<Stored, Clash>>{clash(tx, what, std::move(*now),
                                                                      version, values)}
                   : std::nullopt;
    }
    now->version = version + 1;
    now->changed = moment;
    now->changed_by = tx.scope().person;
    now->values = values;
    index(tx, what, *now);
    log(tx, what, "edit", *now, changes);
    return std::move(*now);
}

Clash Keeper::clash(db::Transaction &tx, const Description &what, Stored now, std::int64_t version,
                    const Values &mine) const {
    Clash clash{.base = now.values, .changed_by = now.changed_by, .changed = now.changed};
    // Back from what it is to what it was, entry by entry.
    for (const auto &change : history(tx, what, now.id)) {
        if (change.version > version) {
            for (const auto &field : change.fields) {
                clash.base[what.index(field.field)] = field.before;
            }
        }
    }
    clash.theirs = differences(what, clash.base, now.values);
    for (const auto &field : clash.theirs) {
        const auto &typed = mine[what.index(field.field)];
        if (typed != field.before && typed != field.after) {
            clash.both.push_back(field.field);
        }
    }
    clash.merged = merge(clash.base, now.values, mine);
    clash.now = std::move(now);
    return clash;
}

bool Keeper::remove(db::Transaction &tx, const Description &what, std::string_view id) {
    return keep(tx, what, id, true);
}

bool Keeper::restore(db::Transaction &tx, const Description &what, std::string_view id) {
    return keep(tx, what, id, false);
}

bool Keeper::keep(db::Transaction &tx, const Description &what, std::string_view id, bool removed) {
    const auto moment = m_clock.now().iso();
    const auto written =
        tx.execute(fmt::format("update {} set version = version + 1, changed = :now, "
                               "changed_by = :person, removed = :removed "
                               "where tenant = :tenant and id = :id and removed is {}null",
                               what.table, removed ? "" : "not "),
                   {{"now", moment},
                    {"person", person_of(tx)},
                    {"removed", removed ? Value{moment} : Value{}},
                    {"tenant", tx.tenant()},
                    {"id", std::string{id}}});
    if (written == 0) {
        return false;
    }
    const auto record = stored(tx, what, id).value();
    index(tx, what, record);
    log(tx, what, removed ? "remove" : "restore", record, {});
    return true;
}

std::vector<Change> Keeper::history(db::Transaction &tx, const Description &what,
                                    std::string_view id) const {
    std::vector<Change> changes;
    tx.each("select at, person, act, version, detail from change_log where tenant = :tenant "
            "and kind = :kind and record = :id order by at desc, version desc",
            {{"tenant", tx.tenant()}, {"kind", std::string{what.table}}, {"id", std::string{id}}},
            [&](const db::Row &row) {
                changes.push_back({.at = row.text("at"),
                                   .person = row.text("person"),
                                   .act = row.text("act"),
                                   .version = row.integer("version"),
                                   .fields = differences_in(what, row.text("detail"), m_keys)});
            });
    return changes;
}

} // namespace wardmote::record
