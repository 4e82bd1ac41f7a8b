#include "platform/site/import_work.hpp"

#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "platform/access/visible.hpp"
#include "platform/record/import_headings.hpp"
#include "platform/site/record_kind.hpp"

namespace wardmote::site {

namespace {

using access::Act;

core::Date today(const Site &site) {
    return site.clock().now().london_date();
}

void log(const Site &site, db::Transaction &tx, std::string_view act, const Import &import,
         std::string detail) {
    site.keeper().ledger().append(tx, db::Log::changes,
                                  {.act = std::string{act},
                                   .kind = import.kind,
                                   .record = import.id,
                                   .version = 0,
                                   .detail = std::move(detail)});
}

using nlohmann::json;

json json_of(std::span<const record::Field> fields, const record::Values &values) {
    auto all = json::object();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto *number = std::get_if<std::int64_t>(&values[i]);
        all[std::string{fields[i].name}] = number != nullptr ? json(*number)
                                           : db::is_nothing(values[i])
                                               ? json{}
                                               : json(db::text_of(values[i]));
    }
    return all;
}

record::Values values_of(const json &stored) {
    record::Values values;
    for (const auto &value : stored) {
        values.push_back(value.is_null()             ? record::Value{}
                         : value.is_number_integer() ? record::Value{value.get<std::int64_t>()}
                                                     : record::Value{value.get<std::string>()});
    }
    return values;
}

/// What an import left beside a record, and how to put back what was there before it.
struct Beside {
    const ImportBeside *how = nullptr;
    std::vector<record::Field> fields;
    record::Values before, after;

    bool is_as_left(db::Transaction &tx, const std::string &record) const {
        return how == nullptr || how->read(tx, record, fields) == after;
    }
    void put_back(db::Transaction &tx, const std::string &record) const {
        if (how != nullptr) {
            how->write(tx, record, fields, before);
        }
    }
};

Beside beside_of(const Site &site, std::string_view table, const Imported &imported) {
    Beside beside;
    if (imported.beside.empty()) {
        return beside;
    }
    const auto stored = json::parse(imported.beside);
    beside.how = site.imports().beside(table);
    for (const auto &[name, value] : stored.at("after").items()) {
        beside.fields.push_back(beside.how->field(name).value());
    }
    beside.before = values_of(stored.at("before"));
    beside.after = values_of(stored.at("after"));
    return beside;
}

/// False when somebody was quicker, or it may not be.
bool undo_one(const Site &site, db::Transaction &tx, const access::Person &person,
              const record::Description &what, const Imported &imported) {
    auto &keeper = site.keeper();
    const auto visible = access::visible_to(person, what);
    const auto now = visible ? keeper.find(tx, what, imported.record, *visible) : std::nullopt;
    const auto beside = beside_of(site, what.table, imported);
    if (!now || now->is_removed() || now->version != imported.version ||
        !access::may(person, imported.made ? Act::remove : Act::edit, what, *now) ||
        !beside.is_as_left(tx, now->id)) {
        return false;
    }
    if (imported.made) {
        return access::guard_change(tx, person, what, &*now, nullptr, today(site)).empty() &&
               keeper.remove(tx, what, now->id);
    }
    if (imported.own) {
        const auto before = values_before(site, tx, what, *now, imported.version);
        if (!before ||
            !access::guard_change(tx, person, what, &*now, &*before, today(site)).empty()) {
            return false;
        }
        const auto written = keeper.update(tx, what, now->id, now->version, *before);
        if (!written || !std::holds_alternative<record::Stored>(*written)) {
            return false;
        }
    }
    beside.put_back(tx, now->id);
    return true;
}

/// Writes one row; nothing when it has nothing to write.
std::optional<Imported> write_row(const Site &site, db::Transaction &tx, const ImportKind &kind,
                                  const record::PlannedRow &row) {
    if (row.fate != record::Fate::made && row.fate != record::Fate::changed) {
        return std::nullopt;
    }
    auto &keeper = site.keeper();
    const bool made = row.fate == record::Fate::made;
    const auto own = kind.own_part(row.after);
    Imported imported{.record = row.id, .made = made, .version = row.version};
    if (made) {
        const auto record = keeper.insert(tx, kind.own(), own);
        imported.record = record.id;
        imported.version = record.version;
    } else {
        const auto written = keeper.update(tx, kind.own(), row.id, row.version, own);
        if (!written || std::holds_alternative<record::Clash>(*written)) {
            throw db::Retry{"somebody changed a record while it was brought in"};
        }
        imported.version = std::get<record::Stored>(*written).version;
        imported.own = imported.version != row.version;
    }
    const auto after = kind.beside_part(row.after);
    const auto before = made ? record::Values(after.size()) : kind.beside_part(row.before);
    if (before != after) {
        kind.write_beside(tx, imported.record, after);
        imported.beside = json{{"before", json_of(kind.beside(), before)},
                               {"after", json_of(kind.beside(), after)}}
                              .dump();
    }
    return imported;
}

} // namespace

void import_beside(Site &site, std::string_view table, ImportBeside beside) {
    site.imports().bring_beside(std::string{table}, std::move(beside));
}

void Imports::bring_beside(std::string table, ImportBeside beside) {
    m_beside.insert_or_assign(std::move(table), std::move(beside));
}

const ImportBeside *Imports::beside(std::string_view table) const {
    const auto found = m_beside.find(table);
    return found == m_beside.end() ? nullptr : &found->second;
}

void Imports::tell(const std::string &import, std::size_t rows) {
    const std::lock_guard lock{m_mutex};
    m_behind[import] = rows;
}

void Imports::forget(const std::string &import) {
    const std::lock_guard lock{m_mutex};
    m_behind.erase(import);
}

std::optional<std::size_t> Imports::behind(const std::string &import) const {
    const std::lock_guard lock{m_mutex};
    const auto found = m_behind.find(import);
    return found == m_behind.end() ? std::nullopt : std::optional{found->second};
}

std::optional<OpenImport> open_import(const Site &site, db::Transaction &tx,
                                      const record::Description &what, std::string_view id) {
    const ImportStore store{tx, site.keeper().keys(), site.clock()};
    auto import = store.find(what.table, id);
    if (!import || import->state == ImportState::done || import->state == ImportState::undone) {
        return std::nullopt;
    }
    auto sheets = store.sheets(*import);
    return OpenImport{std::move(*import), std::move(sheets)};
}

std::optional<OpenImport> open_draft(const Site &site, db::Transaction &tx,
                                     const record::Description &what, std::string_view id) {
    auto import = open_import(site, tx, what, id);
    return import && import->import.state == ImportState::draft ? std::move(import) : std::nullopt;
}

ImportChoices choices_for(const Site &site, const ImportStore &store,
                          const record::Description &what, const core::Sheet &sheet,
                          std::size_t heading) {
    const auto headings = record::headings_of(sheet, heading);
    const auto *beside = site.imports().beside(what.table);
    const ImportKind kind{what, beside, headings};
    auto mapping = store.remembered(what.table, record::fingerprint(headings));
    // Fields may have gone since, with a newer version of the program.
    const auto known = record::importable_fields(kind.all());
    const auto is_known = [&](const std::string &field) {
        return field.empty() || std::ranges::any_of(known, [&](const record::Field *each) {
                   return each->name == field;
               });
    };
    if (!mapping || !std::ranges::all_of(mapping->fields, is_known)) {
        mapping = record::Mapping{.fields = record::guessed_fields(what, headings)};
        for (std::size_t i = 0; beside != nullptr && i < headings.size(); ++i) {
            if (const auto facts = beside->named(headings[i]);
                mapping->fields[i].empty() && !facts.empty() &&
                std::ranges::find(mapping->fields, facts.front().name) == mapping->fields.end()) {
                mapping->fields[i] = facts.front().name;
            }
        }
    }
    mapping->heading = heading;
    mapping->fields.resize(headings.size());
    return {.sheet = 0, .mapping = std::move(*mapping)};
}

ImportKind kind_of(const Site &site, const record::Description &what, const OpenImport &import) {
    return {what, site.imports().beside(what.table),
            record::headings_of(import.sheet(), import.mapping().heading)};
}

std::vector<record::PlannedRow> plan_import(const Site &site, db::Transaction &tx,
                                            const access::Person &person, const ImportKind &kind,
                                            const OpenImport &import) {
    const auto &what = kind.own();
    const auto kinds = visible_kinds(site, person);
    const record::StoredReferences references{tx, site.keeper().keys(), kinds};
    const auto visible = access::visible_to(person, what);
    auto existing = visible ? site.keeper().list(tx, what, {.page_size = 0}, *visible).records
                            : std::vector<record::Stored>{};
    for (auto &record : existing) {
        kind.widen(tx, record);
    }
    const auto own = [&](const record::Stored &record) {
        auto narrow = record;
        narrow.values = kind.own_part(record.values);
        return narrow;
    };
    const auto day = today(site);
    return record::plan_rows(
        kind.all(), import.sheet(), import.mapping(), references, existing,
        {.may_change =
             [&](const record::Stored &record) {
                 return access::may(person, Act::edit, what, own(record));
             },
         .guard =
             [&](const record::Stored *before, const record::Values &after) {
                 if (auto problems = kind.own_problems(after); !problems.empty()) {
                     return problems;
                 }
                 const auto here =
                     before == nullptr ? std::optional<record::Stored>{} : own(*before);
                 const auto values = kind.own_part(after);
                 return access::guard_change(tx, person, what, here ? &*here : nullptr, &values,
                                             day);
             }});
}

ImportCounts do_import(const Site &site, db::Transaction &tx, const access::Person &person,
                       const ImportKind &kind, const OpenImport &import,
                       const std::function<void(std::size_t)> &told) {
    ImportStore store{tx, site.keeper().keys(), site.clock()};
    const auto planned = plan_import(site, tx, person, kind, import);
    ImportCounts counts;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        counts.refused += planned[i].fate == record::Fate::refused ? 1 : 0;
        if (const auto imported = write_row(site, tx, kind, planned[i])) {
            store.add(import.import, *imported);
            ++(imported->made ? counts.made : counts.changed);
        }
        told(i + 1);
    }
    log(site, tx, "import", import.import,
        fmt::format(R"({{"made":{},"changed":{},"refused":{}}})", counts.made, counts.changed,
                    counts.refused));
    store.remember(
        kind.own().table,
        record::fingerprint(record::headings_of(import.sheet(), import.mapping().heading)),
        import.mapping());
    store.finish(import.import,
                 record::refused_csv(kind.all(), import.sheet(), import.mapping(), planned),
                 counts.refused);
    return counts;
}

void undo_import(const Site &site, db::Transaction &tx, const access::Person &person,
                 const record::Description &what, const Import &import) {
    ImportStore store{tx, site.keeper().keys(), site.clock()};
    std::int64_t undone = 0, left = 0;
    for (const auto &imported : store.imported(import)) {
        if (undo_one(site, tx, person, what, imported)) {
            store.undo(import, imported);
            ++undone;
        } else {
            ++left;
        }
    }
    log(site, tx, "undo-import", import, fmt::format(R"({{"undone":{},"left":{}}})", undone, left));
    store.undo(import);
}

std::optional<record::Values> values_before(const Site &site, db::Transaction &tx,
                                            const record::Description &what,
                                            const record::Stored &record, std::int64_t version) {
    for (const auto &change : site.keeper().history(tx, what, record.id)) {
        if (change.version == version && change.act == "edit") {
            auto values = record.values;
            for (const auto &field : change.fields) {
                values[what.index(field.field)] = field.before;
            }
            return values;
        }
    }
    return std::nullopt;
}

} // namespace wardmote::site
