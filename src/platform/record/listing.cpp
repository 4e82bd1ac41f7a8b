/// Finding one record and listing many.
#include <algorithm>

#include <fmt/format.h>

#include "platform/record/keeper.hpp"
#include "platform/record/search_index.hpp"
#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

/// " from ... where ...": what a list is of, without its order and page.
Sql chosen(const db::Transaction &tx, const Description &what, const Query &query,
           const Visible &visible) {
    Sql sql;
    sql.text = fmt::format(" from {} t where t.tenant = :tenant and t.removed is {}null",
                           what.table, query.removed ? "not " : "");
    sql.bind("tenant", tx.tenant());
    add_visible(sql, visible_columns(what), visible);
    int number = 0;
    for (const auto &filter : query.filters) {
        add_filter(sql, what, filter, number++);
    }
    if (query.words.empty()) {
        return sql;
    }
    const auto words = search_words(query.words, tx.sqlite());
    if (!words) {
        sql.text += " and 1 = 0";
        return sql;
    }
    sql.text += tx.sqlite() ? " and t.id in (select e.record from search_words "
                              "cross join search_entry e on e.entry = search_words.rowid "
                              "where search_words match :words and "
                            : " and t.id in (select e.record from search_matching(:words) e where ";
    sql.text += "e.tenant = :tenant and e.kind = :kind)";
    sql.bind("words", *words);
    sql.bind("kind", std::string{what.table});
    return sql;
}

} // namespace

std::optional<Stored> Keeper::find(db::Transaction &tx, const Description &what,
                                   std::string_view id, const Visible &visible) const {
    Sql sql;
    sql.text = fmt::format("select {} from {} t where t.tenant = :tenant and t.id = :id",
                           columns_of(what), what.table);
    sql.bind("tenant", tx.tenant());
    sql.bind("id", std::string{id});
    add_visible(sql, visible_columns(what), visible);
    const auto row = tx.first(sql.text, sql.bindings);
    return row ? std::optional{stored_of(what, *row, m_keys)} : std::nullopt;
}

Listing Keeper::list(db::Transaction &tx, const Description &what, const Query &query,
                     const Visible &visible) const {
    const auto page = std::max<std::int64_t>(query.page, 1);
    auto sql = chosen(tx, what, query, visible);
    const auto count = fmt::format("select count(*) as n{}", sql.text);
    const auto counted = sql.bindings;

    sql.text = fmt::format("select {}{}", columns_of(what), sql.text);
    add_order(sql, what, query.sort, tx.sqlite());
    if (query.page_size > 0) {
        sql.text += " limit :limit offset :offset";
        sql.bind("limit", query.page_size);
        sql.bind("offset", (page - 1) * query.page_size);
    }
    Listing listing;
    tx.each(sql.text, sql.bindings,
            [&](const db::Row &row) { listing.records.push_back(stored_of(what, row, m_keys)); });
    // The last page says itself how many there are.
    const auto here = static_cast<std::int64_t>(listing.records.size());
    if (query.page_size <= 0) {
        listing.total = here;
    } else if (here < query.page_size && (here > 0 || page == 1)) {
        listing.total = (page - 1) * query.page_size + here;
    } else {
        listing.total = tx.first(count, counted)->integer("n");
    }
    return listing;
}

} // namespace wardmote::record
