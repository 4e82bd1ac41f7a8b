#include "platform/db/statement.hpp"

#include <ctime>
#include <stdexcept>

#include <fmt/format.h>

namespace wardmote::db {

namespace {

Value value_at(const soci::row &row, std::size_t index) {
    if (row.get_indicator(index) == soci::i_null) {
        return {};
    }
    switch (row.get_properties(index).get_data_type()) {
    case soci::dt_string:
    case soci::dt_xml:
        return row.get<std::string>(index);
    case soci::dt_integer:
        return std::int64_t{row.get<int>(index)};
    case soci::dt_long_long:
        return std::int64_t{row.get<long long>(index)};
    case soci::dt_unsigned_long_long:
        return static_cast<std::int64_t>(row.get<unsigned long long>(index));
    case soci::dt_double:
        return row.get<double>(index);
    default:
        // Dates and blobs have no place in the schema: see value.hpp.
        throw std::logic_error(fmt::format("column {} is of a type that the schema may not use",
                                           row.get_properties(index).get_name()));
    }
}

} // namespace

std::string Statement::key(std::string_view sql, const Bindings &bindings, bool rows) {
    std::string key{rows ? "?" : "!"};
    for (const auto &binding : bindings) {
        // Nothing is bound as text, so that it shares the statement of text.
        key += "tird"[binding.value.index() == 3 ? 0 : binding.value.index()];
    }
    key += sql;
    return key;
}

Statement::Statement(soci::session &session, std::string_view sql, const Bindings &like, bool rows)
    : m_statement{session} {
    m_statement.alloc();
    for (const auto &[name, value] : like) {
        auto &bound = m_bound.emplace_back();
        bound.name = name;
        if (std::holds_alternative<std::int64_t>(value)) {
            m_statement.exchange(soci::use(bound.integer, bound.indicator, bound.name));
        } else if (std::holds_alternative<double>(value)) {
            m_statement.exchange(soci::use(bound.real, bound.indicator, bound.name));
        } else {
            m_statement.exchange(soci::use(bound.text, bound.indicator, bound.name));
        }
    }
    if (rows) {
        m_statement.exchange(soci::into(m_row));
    }
    m_statement.prepare(std::string{sql});
    m_statement.define_and_bind();
}

void Statement::bind(const Bindings &bindings) {
    std::size_t at = 0;
    for (const auto &[name, value] : bindings) {
        auto &bound = m_bound.at(at++);
        bound.indicator = is_nothing(value) ? soci::i_null : soci::i_ok;
        if (const auto *text = std::get_if<std::string>(&value)) {
            bound.text = *text;
        } else if (const auto *integer = std::get_if<std::int64_t>(&value)) {
            bound.integer = *integer;
        } else if (const auto *real = std::get_if<double>(&value)) {
            bound.real = *real;
        }
    }
}

Row Statement::read() {
    std::vector<Value> values;
    values.reserve(m_row.size());
    for (std::size_t i = 0; i < m_row.size(); ++i) {
        values.push_back(value_at(m_row, i));
    }
    if (!m_columns) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < m_row.size(); ++i) {
            names.push_back(m_row.get_properties(i).get_name());
        }
        m_columns = std::make_shared<const std::vector<std::string>>(std::move(names));
    }
    return {m_columns, std::move(values)};
}

void Statement::run(const Bindings &bindings, const std::function<void(const Row &)> &visit) {
    bind(bindings);
    m_statement.execute(false);
    while (m_statement.fetch()) {
        visit(read());
    }
}

std::int64_t Statement::run(const Bindings &bindings) {
    bind(bindings);
    m_statement.execute(true);
    return m_statement.get_affected_rows();
}

} // namespace wardmote::db
