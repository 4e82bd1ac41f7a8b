#include "platform/record/references.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

// Statements stay prepared by their text, so ids are asked for in lots of few sizes.
constexpr std::size_t lot = 25;

} // namespace

const VisibleKind *StoredReferences::kind(std::string_view table) const {
    const auto found =
        std::ranges::find(m_kinds, table, [](const VisibleKind &each) { return each.what->table; });
    return found == m_kinds.end() ? nullptr : &*found;
}

namespace {

/// "select t.id, t.title from post t where ..." of what may be known.
Sql titles(const db::Transaction &tx, const VisibleKind &kind) {
    Sql sql;
    const auto title = kind.what->title.empty() ? std::string_view{"id"} : kind.what->title;
    sql.text = fmt::format("select t.id, t.{} from {} t where t.tenant = :tenant", title,
                           kind.what->table);
    sql.bind("tenant", tx.tenant());
    add_visible(sql, visible_columns(*kind.what), kind.visible);
    return sql;
}

Reference reference_of(const VisibleKind &kind, const db::Row &row, const db::Keys &keys) {
    const auto &what = *kind.what;
    const auto id = db::text_of(row[0]);
    const auto title = what.title.empty() ? row[1] : opened(what.field(what.title), row[1], keys);
    return {id, db::text_of(title), fmt::format("{}/{}", what.path, id)};
}

} // namespace

void StoredReferences::fetch(std::string_view table, std::span<const std::string> ids) const {
    for (const auto &id : ids) {
        m_known.try_emplace({std::string{table}, id});
    }
    const auto *const of = kind(table);
    if (of == nullptr) {
        return;
    }
    while (!ids.empty()) {
        const auto now = ids.first(std::min(lot, ids.size()));
        ids = ids.subspan(now.size());
        auto sql = titles(m_tx, *of);
        std::string places;
        const auto count = now.size() == 1 ? std::size_t{1} : lot;
        for (std::size_t i = 0; i < count; ++i) {
            const auto name = fmt::format("id{}", i);
            places += fmt::format("{}:{}", i == 0 ? "" : ", ", name);
            sql.bind(name, now[std::min(i, now.size() - 1)]);
        }
        sql.text += fmt::format(" and t.id in ({})", places);
        m_tx.each(sql.text, sql.bindings, [&](const db::Row &row) {
            auto found = reference_of(*of, row, m_keys);
            auto &known = m_known[{std::string{table}, found.id}];
            known = std::move(found);
        });
    }
}

void StoredReferences::load(const Description &what, std::span<const Stored> records) {
    std::map<std::string_view, std::set<std::string>> wanted;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        if (field.kind != Kind::reference) {
            continue;
        }
        for (const auto &record : records) {
            if (!db::is_nothing(record.values[i])) {
                wanted[field.rules.refers_to].insert(db::text_of(record.values[i]));
            }
        }
    }
    for (const auto &[table, ids] : wanted) {
        fetch(table, std::vector<std::string>{ids.begin(), ids.end()});
    }
}

std::optional<Reference> StoredReferences::find(std::string_view table, std::string_view id) const {
    const std::pair key{std::string{table}, std::string{id}};
    if (!m_known.contains(key)) {
        fetch(table, std::span{&key.second, 1});
    }
    return m_known.at(key);
}

std::vector<Reference> StoredReferences::candidates(std::string_view table) const {
    std::vector<Reference> all;
    const auto *const of = kind(table);
    if (of == nullptr) {
        return all;
    }
    auto sql = titles(m_tx, *of);
    sql.text += " and t.removed is null";
    add_order(sql, *of->what, of->what->title, m_tx.sqlite());
    m_tx.each(sql.text, sql.bindings,
              [&](const db::Row &row) { all.push_back(reference_of(*of, row, m_keys)); });
    return all;
}

} // namespace wardmote::record
