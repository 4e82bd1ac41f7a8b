#include "platform/site/import_store.hpp"

#include <array>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "engine/core/id.hpp"

namespace wardmote::site {

namespace {

using nlohmann::json;

constexpr std::chrono::days drafts_kept{7};
constexpr std::array<std::string_view, 4> states{"draft", "waiting", "done", "undone"};

ImportState state_of(std::string_view stored) {
    const auto found = std::ranges::find(states, stored);
    return static_cast<ImportState>(found - states.begin());
}

json json_of(const record::Mapping &mapping) {
    return {{"fields", mapping.fields}, {"answers", mapping.answers}};
}

record::Mapping mapping_of(const json &stored) {
    record::Mapping mapping;
    mapping.fields = stored.at("fields").get<std::vector<std::string>>();
    for (const auto &[field, names] : stored.at("answers").items()) {
        for (const auto &[name, value] : names.items()) {
            mapping.answers[field][name] = value.get<std::string>();
        }
    }
    return mapping;
}

std::string text_of(const ImportChoices &choices) {
    auto stored = json_of(choices.mapping);
    stored["sheet"] = choices.sheet;
    stored["heading"] = choices.mapping.heading;
    stored["fixed"] = choices.mapping.fixed;
    return stored.dump();
}

ImportChoices choices_of(const std::string &text) {
    const auto stored = json::parse(text);
    ImportChoices choices{stored.at("sheet").get<std::size_t>(), mapping_of(stored)};
    choices.mapping.heading = stored.at("heading").get<std::size_t>();
    for (const auto &[name, value] : stored.at("fixed").items()) {
        choices.mapping.fixed[name] = value.get<std::string>();
    }
    return choices;
}

std::string text_of(const std::vector<core::Sheet> &sheets) {
    auto all = json::array();
    for (const auto &sheet : sheets) {
        auto rows = json::array();
        for (const auto &row : sheet.rows) {
            rows.push_back({row.line, row.cells, row.problem});
        }
        all.push_back({{"name", sheet.name}, {"rows", std::move(rows)}});
    }
    // A reader that let broken UTF-8 pass must not stop the import: the form's rules refuse it.
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<core::Sheet> sheets_of(const std::string &text) {
    std::vector<core::Sheet> sheets;
    for (const auto &stored : json::parse(text)) {
        core::Sheet sheet{.name = stored.at("name").get<std::string>(), .rows = {}};
        for (const auto &row : stored.at("rows")) {
            sheet.rows.push_back({.line = row.at(0).get<std::uint64_t>(),
                                  .cells = row.at(1).get<std::vector<std::string>>(),
                                  .problem = row.at(2).get<std::string>()});
        }
        sheets.push_back(std::move(sheet));
    }
    return sheets;
}

constexpr std::string_view selected =
    "select i.id, i.kind, i.file_name, i.state, i.choices, i.rows_refused, i.created, "
    "i.created_by, i.finished, i.undone, i.undone_by, "
    "(select count(*) from imported_record r where r.tenant = i.tenant and r.import = i.id "
    "and r.act = 'made') as made, "
    "(select count(*) from imported_record r where r.tenant = i.tenant and r.import = i.id "
    "and r.act = 'changed') as changed "
    "from record_import i where i.tenant = :tenant and i.kind = :kind "
    "and (i.state in ('done', 'undone') or i.created_by = :person)";

} // namespace

Import ImportStore::of_row(const db::Row &row) const {
    const auto choices = m_keys.unseal(row.text("choices"));
    if (!choices) {
        throw std::runtime_error("an import was sealed with another key");
    }
    return {.id = row.text("id"),
            .kind = row.text("kind"),
            .file_name = row.text("file_name"),
            .state = state_of(row.text("state")),
            .made = row.integer("made"),
            .changed = row.integer("changed"),
            .refused = row.integer("rows_refused"),
            .created = row.text("created"),
            .created_by = row.text("created_by"),
            .finished = row.text("finished"),
            .undone = row.text("undone"),
            .undone_by = row.text("undone_by"),
            .choices = choices_of(*choices)};
}

std::string ImportStore::add(std::string_view kind, std::string_view file_name,
                             const std::vector<core::Sheet> &sheets, const ImportChoices &choices) {
    auto id = core::Id::make(m_clock).text();
    m_tx.execute("insert into record_import (tenant, id, kind, file_name, state, content, choices, "
                 "created, created_by) values (:tenant, :id, :kind, :file_name, 'draft', :content, "
                 ":choices, :created, :person)",
                 {{"tenant", m_tx.tenant()},
                  {"id", id},
                  {"kind", std::string{kind}},
                  {"file_name", std::string{file_name}},
                  {"content", m_keys.seal(text_of(sheets))},
                  {"choices", m_keys.seal(text_of(choices))},
                  {"created", m_clock.now().iso()},
                  {"person", m_tx.scope().person}});
    return id;
}

std::optional<Import> ImportStore::find(std::string_view kind, std::string_view id) const {
    const auto row =
        m_tx.first(std::string{selected} + " and i.id = :id", {{"tenant", m_tx.tenant()},
                                                               {"kind", std::string{kind}},
                                                               {"person", m_tx.scope().person},
                                                               {"id", std::string{id}}});
    return row ? std::optional{of_row(*row)} : std::nullopt;
}

std::vector<Import> ImportStore::list(std::string_view kind) const {
    std::vector<Import> all;
    m_tx.each(
        std::string{selected} + " order by i.created desc, i.id desc limit 100",
        {{"tenant", m_tx.tenant()}, {"kind", std::string{kind}}, {"person", m_tx.scope().person}},
        [&](const db::Row &row) { all.push_back(of_row(row)); });
    return all;
}

std::string ImportStore::content(const Import &import) const {
    const auto row =
        m_tx.first("select content from record_import where tenant = :tenant and id = :id",
                   {{"tenant", m_tx.tenant()}, {"id", import.id}});
    auto text = row ? m_keys.unseal(row->text("content")) : std::nullopt;
    if (!text) {
        throw std::runtime_error("the file of an import cannot be opened");
    }
    return std::move(*text);
}

std::vector<core::Sheet> ImportStore::sheets(const Import &import) const {
    return sheets_of(content(import));
}

std::string ImportStore::refused(const Import &import) const {
    return content(import);
}

void ImportStore::choose(const Import &import, const ImportChoices &choices) {
    m_tx.execute(
        "update record_import set choices = :choices where tenant = :tenant and id = :id "
        "and state = 'draft'",
        {{"choices", m_keys.seal(text_of(choices))}, {"tenant", m_tx.tenant()}, {"id", import.id}});
}

void ImportStore::wait(const Import &import) {
    m_tx.execute("update record_import set state = 'waiting' where tenant = :tenant and id = :id "
                 "and state = 'draft'",
                 {{"tenant", m_tx.tenant()}, {"id", import.id}});
}

void ImportStore::finish(const Import &import, std::string_view refused_csv,
                         std::int64_t rows_refused) {
    m_tx.execute("update record_import set state = 'done', content = :content, "
                 "rows_refused = :refused, finished = :now where tenant = :tenant and id = :id",
                 {{"content", m_keys.seal(refused_csv)},
                  {"refused", rows_refused},
                  {"now", m_clock.now().iso()},
                  {"tenant", m_tx.tenant()},
                  {"id", import.id}});
}

void ImportStore::discard(const Import &import) {
    m_tx.execute("delete from record_import where tenant = :tenant and id = :id "
                 "and state = 'draft'",
                 {{"tenant", m_tx.tenant()}, {"id", import.id}});
}

void ImportStore::add(const Import &import, const Imported &imported) {
    m_tx.execute("insert into imported_record (tenant, import, record, act, version, own, beside) "
                 "values (:tenant, :import, :record, :act, :version, :own, :beside)",
                 {{"tenant", m_tx.tenant()},
                  {"import", import.id},
                  {"record", imported.record},
                  {"act", std::string{imported.made ? "made" : "changed"}},
                  {"version", imported.version},
                  {"own", std::int64_t{imported.own ? 1 : 0}},
                  {"beside", imported.beside.empty() ? db::Value{}
                                                     : db::Value{m_keys.seal(imported.beside)}}});
}

std::vector<Imported> ImportStore::imported(const Import &import) const {
    std::vector<Imported> all;
    m_tx.each("select record, act, version, own, beside, undone from imported_record "
              "where tenant = :tenant and import = :import order by act desc, record",
              {{"tenant", m_tx.tenant()}, {"import", import.id}}, [&](const db::Row &row) {
                  all.push_back({.record = row.text("record"),
                                 .made = row.text("act") == "made",
                                 .version = row.integer("version"),
                                 .own = row.integer("own") != 0,
                                 .beside = m_keys.unseal(row.text("beside")).value_or(""),
                                 .undone = row.has("undone")});
              });
    return all;
}

void ImportStore::undo(const Import &import, const Imported &imported) {
    m_tx.execute("update imported_record set undone = :now where tenant = :tenant "
                 "and import = :import and record = :record",
                 {{"now", m_clock.now().iso()},
                  {"tenant", m_tx.tenant()},
                  {"import", import.id},
                  {"record", imported.record}});
}

void ImportStore::undo(const Import &import) {
    m_tx.execute("update record_import set state = 'undone', undone = :now, undone_by = :person "
                 "where tenant = :tenant and id = :id",
                 {{"now", m_clock.now().iso()},
                  {"person", m_tx.scope().person},
                  {"tenant", m_tx.tenant()},
                  {"id", import.id}});
}

std::optional<record::Mapping> ImportStore::remembered(std::string_view kind,
                                                       std::string_view headings) const {
    const auto row = m_tx.first("select mapping from import_mapping where tenant = :tenant "
                                "and kind = :kind and headings = :headings",
                                {{"tenant", m_tx.tenant()},
                                 {"kind", std::string{kind}},
                                 {"headings", m_keys.token_hash(headings)}});
    return row ? std::optional{mapping_of(json::parse(row->text("mapping")))} : std::nullopt;
}

void ImportStore::remember(std::string_view kind, std::string_view headings,
                           const record::Mapping &mapping) {
    m_tx.execute("insert into import_mapping (tenant, kind, headings, mapping, changed) "
                 "values (:tenant, :kind, :headings, :mapping, :now) "
                 "on conflict (tenant, kind, headings) do update set mapping = excluded.mapping, "
                 "changed = excluded.changed",
                 {{"tenant", m_tx.tenant()},
                  {"kind", std::string{kind}},
                  {"headings", m_keys.token_hash(headings)},
                  {"mapping", json_of(mapping).dump()},
                  {"now", m_clock.now().iso()}});
}

void forget_drafts(db::Database &database, const core::Clock &clock) {
    database.write(db::Scope::everyone(), [&](db::Transaction &tx) {
        tx.execute("delete from record_import where state = 'draft' and created < :before",
                   {{"before", clock.now().plus(-drafts_kept).iso()}});
    });
}

} // namespace wardmote::site
