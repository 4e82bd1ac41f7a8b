#include "platform/db/statement.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <ctime>
#include <deque>
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
    for (const auto &[name, value] : bindings) {
        // Nothing is bound as text, so that it shares the statement of text.
        key += std::holds_alternative<std::int64_t>(value) ? 'i'
               : std::holds_alternative<double>(value)     ? 'r'
                                                           : 't';
        key += name;
    }
    key += sql;
    return key;
}

struct Statement::Inside {
    explicit Inside(soci::session &session)
        : statement{session} {}
    struct Bound {
        std::string name;
        std::string text;
        long long integer = 0;
        double real = 0;
        soci::indicator indicator = soci::i_ok;
    };
    soci::statement statement;
    std::deque<Bound> bound; // a deque: SOCI keeps the addresses
    soci::row row;
    Row::Columns columns;

    void bind(const Bindings &bindings);
    Row read();
};

Statement::Statement(soci::session &session, std::string_view sql, const Bindings &like, bool rows)
    : m_inside{std::make_unique<Inside>(session)} {
    auto &statement = m_inside->statement;
    statement.alloc();
    for (const auto &[name, value] : like) {
        auto &bound = m_inside->bound.emplace_back();
        bound.name = name;
        if (std::holds_alternative<std::int64_t>(value)) {
            statement.exchange(soci::use(bound.integer, bound.indicator, bound.name));
        } else if (std::holds_alternative<double>(value)) {
            statement.exchange(soci::use(bound.real, bound.indicator, bound.name));
        } else {
            statement.exchange(soci::use(bound.text, bound.indicator, bound.name));
        }
    }
    if (rows) {
        statement.exchange(soci::into(m_inside->row));
    }
    statement.prepare(std::string{sql});
    statement.define_and_bind();
}

Statement::~Statement() = default;

void Statement::Inside::bind(const Bindings &bindings) {
    for (const auto &[name, value] : bindings) {
        const auto found = std::ranges::find(bound, name, &Bound::name);
        if (found == bound.end()) {
            throw std::logic_error(fmt::format("the statement has no parameter {}", name));
        }
        found->indicator = is_nothing(value) ? soci::i_null : soci::i_ok;
        if (const auto *text = std::get_if<std::string>(&value)) {
            found->text = *text;
        } else if (const auto *integer = std::get_if<std::int64_t>(&value)) {
            found->integer = *integer;
        } else if (const auto *real = std::get_if<double>(&value)) {
            found->real = *real;
        }
    }
}

Row Statement::Inside::read() {
    std::vector<Value> values;
    values.reserve(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        values.push_back(value_at(row, i));
    }
    if (!columns) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < row.size(); ++i) {
            names.push_back(row.get_properties(i).get_name());
        }
        columns = std::make_shared<const std::vector<std::string>>(std::move(names));
    }
    return {columns, std::move(values)};
}

void Statement::run(const Bindings &bindings, const std::function<void(const Row &)> &visit) {
    m_inside->bind(bindings);
    m_inside->statement.execute(false);
    while (m_inside->statement.fetch()) {
        visit(m_inside->read());
    }
}

std::int64_t Statement::run(const Bindings &bindings) {
    m_inside->bind(bindings);
    m_inside->statement.execute(true);
    return m_inside->statement.get_affected_rows();
}

} // namespace wardmote::db
