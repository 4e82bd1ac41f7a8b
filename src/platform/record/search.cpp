#include "platform/record/search.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/record/search_index.hpp"
#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

// Around what was found, in what the database gives. No text holds them: parse() refuses control
// characters.
constexpr char begins = '\x01';
constexpr char ends = '\x02';

constexpr std::size_t most_words = 16;

/// The words of a text: letters, digits, and whatever is not ASCII, which the engines part further.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty() && words.size() < most_words) {
            words.push_back(std::move(word));
        }
        word.clear();
    };
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
        } else {
            finish();
        }
    }
    finish();
    return words;
}

Excerpt excerpt(const std::string &marked) {
    Excerpt excerpt;
    for (const char c : marked) {
        if (c == begins) {
            excerpt.found.push_back({excerpt.text.size(), 0});
        } else if (c == ends && !excerpt.found.empty()) {
            excerpt.found.back().count = excerpt.text.size() - excerpt.found.back().first;
        } else {
            excerpt.text += c;
        }
    }
    return excerpt;
}

std::string title_of(const Description &what, const Stored &record) {
    if (what.title.empty() || what.field(what.title).rules.sensitive) {
        return {};
    }
    return db::text_of(value_of(what, record, what.title));
}

std::string searched_words(const Description &what, const Stored &record) {
    std::string words;
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        const auto &field = what.fields[i];
        if (!field.rules.searched || field.rules.sensitive || field.name == what.title) {
            continue;
        }
        auto text = db::text_of(record.values[i]);
        const auto choice = std::ranges::find(field.rules.choices, text, &Choice::value);
        if (choice != field.rules.choices.end()) {
            text = choice->words;
        }
        if (!text.empty()) {
            words += (words.empty() ? "" : "\n") + text;
        }
    }
    return words;
}

/// " from ... where ...": every entry that matches and may be known.
Sql matching(const db::Transaction &tx, const std::string &words,
             std::span<const VisibleKind> kinds) {
    Sql sql;
    // A cross join is SQLite's way to say which comes first: the index of words, always.
    sql.text = tx.sqlite() ? " from search_words cross join search_entry t "
                             "on t.entry = search_words.rowid where search_words match :words and"
                           : " from search_matching(:words) t where";
    sql.bind("words", words);
    sql.text += " t.tenant = :tenant and t.removed = 0 and (";
    sql.bind("tenant", tx.tenant());
    int number = 0;
    for (const auto &[what, visible] : kinds) {
        const auto or_empty = [](std::string_view field, std::string column) {
            return field.empty() ? std::string{} : column;
        };
        sql.text += fmt::format("{}(t.kind = '{}'", number == 0 ? "" : " or ", what->table);
        add_visible(sql,
                    {or_empty(what->body, "t.body"), or_empty(what->owner, "t.owner"),
                     or_empty(what->restricted, "t.restricted"), visible_columns(*what).kind,
                     "t.record"},
                    visible, number++);
        sql.text += ")";
    }
    sql.text += ")";
    return sql;
}

/// The page of what matches, best first, with excerpts of those shown only.
std::string page_of(const std::string &matching, bool sqlite) {
    if (sqlite) {
        return fmt::format(
            "with page as materialized (select t.entry, bm25(search_words, 5.0, 1.0) as ranking, "
            "t.changed{} order by ranking, t.changed desc, t.record limit :limit offset :offset) "
            "select e.kind, e.record, e.changed, "
            "highlight(search_words, 0, char(1), char(2)) as title, "
            "snippet(search_words, 1, char(1), char(2), '…', 24) as snippet "
            "from page cross join search_words on search_words.rowid = page.entry "
            "join search_entry e on e.entry = page.entry where search_words match :words "
            "order by page.ranking, page.changed desc, e.record",
            matching);
    }
    return fmt::format(
        "with page as (select t.kind, t.record, t.changed, t.title, t.words, t.ranking, "
        "count(*) over () as found{} "
        "order by t.ranking desc, t.changed desc, t.record limit :limit offset :offset) "
        "select kind, record, changed, found, "
        "ts_headline('english', title, wanted, 'HighlightAll=true,StartSel=' || chr(1) || "
        "',StopSel=' || chr(2)) as title, "
        "ts_headline('english', words, wanted, 'MaxWords=24,MinWords=12,StartSel=' || chr(1) || "
        "',StopSel=' || chr(2)) as snippet "
        "from page, to_tsquery('english', :words) wanted "
        "order by ranking desc, changed desc, record",
        matching);
}

} // namespace

std::optional<std::string> search_words(std::string_view typed, bool sqlite) {
    std::string query;
    const auto words = words_of(typed);
    for (std::size_t i = 0; i < words.size(); ++i) {
        // Words hold neither quotation marks nor backslashes, so nothing can end the quotation.
        const bool last = i + 1 == words.size();
        query += sqlite ? fmt::format("{}\"{}\"{}", i == 0 ? "" : " ", words[i], last ? "*" : "")
                        : fmt::format("{}'{}'{}", i == 0 ? "" : " & ", words[i], last ? ":*" : "");
    }
    return query.empty() ? std::nullopt : std::optional{std::move(query)};
}

void index(db::Transaction &tx, const Description &what, const Stored &record) {
    if (what.title.empty()) {
        return;
    }
    tx.execute(
        "insert into search_entry (tenant, kind, record, title, words, body, owner, restricted, "
        "removed, changed) values (:tenant, :kind, :record, :title, :words, :body, :owner, "
        ":restricted, :removed, :changed) on conflict (tenant, kind, record) do update set "
        "title = excluded.title, words = excluded.words, body = excluded.body, "
        "owner = excluded.owner, restricted = excluded.restricted, removed = excluded.removed, "
        "changed = excluded.changed",
        {{"tenant", tx.tenant()},
         {"kind", std::string{what.table}},
         {"record", record.id},
         {"title", title_of(what, record)},
         {"words", searched_words(what, record)},
         {"body", value_of(what, record, what.body)},
         {"owner", value_of(what, record, what.owner)},
         {"restricted", std::int64_t{truth_of(value_of(what, record, what.restricted)) ? 1 : 0}},
         {"removed", std::int64_t{record.is_removed() ? 1 : 0}},
         {"changed", record.changed}});
}

void take_out_of_index(db::Transaction &tx, const Description &what, std::string_view record) {
    tx.execute("delete from search_entry where tenant = :tenant and kind = :kind "
               "and record = :record",
               {{"tenant", tx.tenant()},
                {"kind", std::string{what.table}},
                {"record", std::string{record}}});
}

SearchResult search(db::Transaction &tx, std::string_view words, std::span<const VisibleKind> kinds,
                    std::int64_t page, std::int64_t page_size) {
    SearchResult result;
    const auto wanted = search_words(words, tx.sqlite());
    if (!wanted || kinds.empty()) {
        return result;
    }
    page = std::max<std::int64_t>(page, 1);
    auto sql = matching(tx, *wanted, kinds);
    const auto count = fmt::format("select count(*) as n from (select 1 as one{} limit {}) counted",
                                   sql.text, most_counted);
    const auto counted = sql.bindings;
    sql.text = page_of(sql.text, tx.sqlite());
    sql.bind("limit", page_size);
    sql.bind("offset", (page - 1) * page_size);
    tx.each(sql.text, sql.bindings, [&](const db::Row &row) {
        if (!tx.sqlite()) { // which ranks all there are, and so has counted them
            result.total = std::min(row.integer("found"), most_counted);
        }
        const auto kind = std::ranges::find(
            kinds, row.text("kind"), [](const VisibleKind &each) { return each.what->table; });
        result.found.push_back({.what = kind->what,
                                .record = row.text("record"),
                                .title = excerpt(row.text("title")),
                                .snippet = excerpt(row.text("snippet")),
                                .changed = row.text("changed")});
    });
    if (result.total > 0) {
        return result;
    }
    // The last page says itself how many there are.
    const auto here = static_cast<std::int64_t>(result.found.size());
    result.total = here < page_size && (here > 0 || page == 1)
                       ? (page - 1) * page_size + here
                       : tx.first(count, counted)->integer("n");
    return result;
}

} // namespace wardmote::record
