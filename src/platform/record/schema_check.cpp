#include "platform/record/schema_check.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "platform/record/export.hpp"
#include "platform/record/stored_form.hpp"

namespace wardmote::record {

namespace {

struct Column {
    std::string type;
    bool primary = false;
};
using Columns = std::map<std::string, Column, std::less<>>;

Columns columns_in(db::Transaction &tx, std::string_view table) {
    Columns columns;
    const auto sql =
        tx.sqlite() ? "select name, lower(type) as type, pk from pragma_table_info(:name)"
                    : "select cast(a.attname as text) as name, format_type(a.atttypid, "
                      "a.atttypmod) as type, "
                      "case when a.attnum = any (i.indkey) then 1 else 0 end as pk "
                      "from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and "
                      "i.indisprimary where a.attrelid = to_regclass(:name) and a.attnum > 0 "
                      "and not a.attisdropped";
    tx.each(sql, {{"name", std::string{table}}}, [&](const db::Row &row) {
        columns[row.text("name")] = {row.text("type"), row.integer("pk") != 0};
    });
    return columns;
}

class Check {
public:
    Check(db::Transaction &tx, const Description &what, std::vector<std::string> &found)
        : m_tx{tx}
        , m_what{what}
        , m_found{found}
        , m_columns{columns_in(tx, what.table)} {}

    void run() {
        if (m_columns.empty()) {
            say("there is no such table");
            return;
        }
        columns();
        names();
        order();
    }

private:
    template <class... Args>
    void say(fmt::format_string<Args...> words, Args &&...args) {
        m_found.push_back(
            fmt::format("{}: {}", m_what.table, fmt::format(words, std::forward<Args>(args)...)));
    }

    void wants(std::string_view name, std::string_view type) {
        const auto found = m_columns.find(name);
        if (found == m_columns.end()) {
            say("there is no column {}", name);
        } else if (found->second.type != type) {
            say("column {} is {} and should be {}", name, found->second.type, type);
        }
    }

    void columns() {
        wants("tenant", "text");
        for (const auto name : common_columns()) {
            wants(name, name == "version" ? "bigint" : "text");
        }
        for (const auto &field : m_what.fields) {
            const bool number = field.kind == Kind::integer || field.kind == Kind::money ||
                                field.kind == Kind::yes_no;
            wants(field.name, number && !field.rules.sensitive ? "bigint" : "text");
        }
        for (const auto &[name, column] : m_columns) {
            const bool common =
                name == "tenant" || std::ranges::find(common_columns(), std::string_view{name}) !=
                                        common_columns().end();
            if (!common && !has_field(name)) {
                say("no field describes column {}", name);
            }
            if (column.primary != (name == "tenant" || name == "id")) {
                say("the primary key is not (tenant, id)");
            }
        }
    }

    bool has_field(std::string_view name) const {
        return std::ranges::find(m_what.fields, name, &Field::name) != m_what.fields.end();
    }

    /// The fields that a description names by their names.
    void names() {
        const auto named = [&](std::string_view part, std::string_view name) {
            if (!name.empty() && name != "id" && name != "created_by" && !has_field(name)) {
                say("its {} is {}, which is no field", part, name);
            } else if (has_field(name) && m_what.field(name).rules.sensitive) {
                say("its {} is {}, which is sensitive", part, name);
            }
        };
        named("title", m_what.title);
        named("body", m_what.body);
        named("owner", m_what.owner);
        named("state", m_what.state);
        named("restricted", m_what.restricted);
        named("reference", m_what.reference);
        named("within", m_what.within);
        for (const auto &field : m_what.fields) {
            if (field.rules.sensitive && (field.rules.searched || field.rules.filtered)) {
                say("{} is sensitive: it can be neither searched nor filtered by", field.name);
            }
            if (field.kind == Kind::reference && columns_in(m_tx, field.rules.refers_to).empty()) {
                say("{} refers to {}, which is no table", field.name, field.rules.refers_to);
            }
        }
    }

    void order() {
        const auto name = m_what.order.starts_with('-') ? m_what.order.substr(1) : m_what.order;
        if (!name.empty() && name != "created" && name != "changed" &&
            !(has_field(name) && sortable(m_what.field(name)))) {
            say("it cannot be sorted by {}", name);
            return;
        }
        if (!m_tx.sqlite() || m_columns.find("removed") == m_columns.end() ||
            (!name.empty() && m_columns.find(name) == m_columns.end())) {
            return;
        }
        Sql sql;
        sql.text = fmt::format("explain query plan select t.id from {} t where "
                               "t.tenant = :tenant and t.removed is null",
                               m_what.table);
        sql.bind("tenant", std::string{});
        add_order(sql, m_what, {}, true);
        m_tx.each(sql.text, sql.bindings, [&](const db::Row &row) {
            if (row.text("detail").find("TEMP B-TREE") != std::string::npos) {
                say("no index gives its list in order: make one on (tenant{}, id) where removed "
                    "is null",
                    order_key());
            }
        });
    }

    /// ", lower(title)", as an index would have it.
    std::string order_key() const {
        Sql sql;
        add_order(sql, m_what, {}, true);
        auto key = sql.text.substr(std::string_view{" order by "}.size());
        key = key.starts_with("t.id") ? "" : ", " + key.substr(0, key.find(", t.id"));
        for (const std::string_view cut : {"t.", " desc"}) {
            if (const auto at = key.find(cut); at != key.npos) {
                key.erase(at, cut.size());
            }
        }
        return key;
    }

    db::Transaction &m_tx;
    const Description &m_what;
    std::vector<std::string> &m_found;
    Columns m_columns;
};

} // namespace

std::vector<std::string> mismatches(db::Database &database,
                                    std::span<const Description *const> descriptions) {
    return database.read(db::Scope::everyone(), [&](db::Transaction &tx) {
        std::vector<std::string> found;
        for (const auto *what : descriptions) {
            Check{tx, *what, found}.run();
        }
        return found;
    });
}

} // namespace wardmote::record
