#include "engine/lake/query_sql.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/core.h>

#include "engine/core/text.hpp"

namespace wardmote::lake {

namespace {

std::string read_parquet(const std::vector<std::string> &paths) {
    std::string list;
    for (const std::string &path : paths) {
        list += (list.empty() ? "" : ", ") + sql_text(path);
    }
    return "select * from read_parquet([" + list + "], union_by_name = true)";
}

std::string quoted(const std::string &column) {
    std::string text = "\"";
    for (const char c : column) {
        text += c == '"' ? "\"\"" : std::string{c};
    }
    return text + "\"";
}

Sql any_of(const std::string &column, const std::vector<std::string> &values) {
    Sql sql;
    std::string marks;
    bool blank = false;
    for (const std::string &value : values) {
        if (core::trim(value).empty()) {
            blank = true;
        } else {
            marks += marks.empty() ? "?" : ", ?";
            sql.values.emplace_back(value);
        }
    }
    std::vector<std::string> parts;
    if (!marks.empty()) {
        parts.push_back(column + " in (" + marks + ")");
    }
    if (blank) {
        parts.push_back("coalesce(" + column + ", '') = ''");
    }
    // No value at all: no row has it.
    sql.text = parts.empty() ? "false" : "(" + core::joined(parts, " or ") + ")";
    return sql;
}

Sql any_flag(const std::string &column, const std::vector<std::string> &values) {
    Sql sql;
    std::string parts;
    for (const std::string &value : values) {
        parts += parts.empty() ? "" : " or ";
        if (core::trim(value).empty()) {
            parts += "coalesce(" + column + ", '') = ''";
        } else {
            parts += "list_contains(string_split(" + column + ", ' '), ?)";
            sql.values.emplace_back(value);
        }
    }
    sql.text = parts.empty() ? "false" : "(" + parts + ")";
    return sql;
}

} // namespace

void Sql::add(const Sql &other) {
    text += other.text;
    values.insert(values.end(), other.values.begin(), other.values.end());
}

std::string source_sql(const std::string &store, const std::vector<InForce> &files) {
    std::vector<std::string> whole;
    std::vector<std::string> parts;
    for (const InForce &file : files) {
        if (file.manifest->rows_kept == 0 || file.manifest->data.empty()) {
            continue;
        }
        const std::string path = store + "/" + file.manifest->data;
        if (file.whole) {
            whole.push_back(path);
            continue;
        }
        std::string months;
        for (const core::Month month : file.months) {
            months += (months.empty() ? "" : ", ") + ("date '" + month.first_day().iso() + "'");
        }
        parts.push_back(read_parquet({path}) + " where \"month\" in (" + months + ")");
    }
    if (!whole.empty()) {
        parts.insert(parts.begin(), read_parquet(whole));
    }
    std::string sql;
    for (const std::string &part : parts) {
        sql += (sql.empty() ? "" : " union all by name ") + part;
    }
    return sql;
}

Schema read_schema(Connection &connection, const std::string &source) {
    Schema schema;
    Result rows = connection.query("describe " + source);
    while (rows.next()) {
        schema.emplace(rows.text(0), rows.text(1));
    }
    return schema;
}

std::string column_sql(const Schema &schema, const std::string &column) {
    if (!schema.contains(column)) {
        throw std::invalid_argument{
            fmt::format("The evidence has no column \"{}\" to ask by.", column)};
    }
    return quoted(column);
}

Sql condition_sql(const Schema &schema, const Condition &condition) {
    std::string column = column_sql(schema, condition.column);
    const bool text = schema.at(condition.column) == "VARCHAR";
    if (!text) {
        column = "cast(" + column + " as varchar)";
    }
    Sql sql = condition.column == "flags" && text ? any_flag(column, condition.values)
                                                  : any_of(column, condition.values);
    if (condition.negated) {
        sql.text = "not coalesce(" + sql.text + ", false)";
    }
    return sql;
}

Sql where_sql(const Schema &schema, const CountQuery &query, int months) {
    Sql sql;
    sql.text = fmt::format(R"( where "month" between date '{}' and date '{}' and )"
                           R"("period_months" = {})",
                           query.period.first().first_day().iso(),
                           query.period.last().first_day().iso(), months);
    if (!query.within_level.empty()) {
        sql.add({" and " + column_sql(schema, query.within_level) + " = ?", {query.within_code}});
    }
    for (const Condition &condition : query.where) {
        sql.text += " and ";
        sql.add(condition_sql(schema, condition));
    }
    return sql;
}

} // namespace wardmote::lake
