/// Values, bindings and rows: what goes into a statement and what comes out, the same on SQLite and
/// on PostgreSQL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wardmote::db {

/// Nothing (SQL's null), an integer, a real number or text. Yes and no are 1 and 0, money is whole
/// pence, dates and instants are ISO 8601 text, ids are their usual text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

inline bool is_nothing(const Value &value) {
    return std::holds_alternative<std::monostate>(value);
}
/// As text; nothing is empty.
std::string text_of(const Value &value);
/// As an integer, also when it came as text, as a computed column of SQLite does. Throws
/// std::runtime_error when it is none.
std::int64_t integer_of(const Value &value);

/// The value of one named parameter: `:name` in the statement.
struct Binding {
    std::string_view name;
    Value value;
};
using Bindings = std::vector<Binding>;

/// One row of an answer.
class Row {
public:
    using Columns = std::shared_ptr<const std::vector<std::string>>;
    Row(Columns columns, std::vector<Value> values)
        : m_columns{std::move(columns)}
        , m_values{std::move(values)} {}

    std::size_t size() const { return m_values.size(); }
    const std::vector<std::string> &columns() const { return *m_columns; }
    const Value &operator[](std::size_t index) const { return m_values[index]; }
    /// Throws std::out_of_range when there is no such column.
    const Value &operator[](std::string_view column) const;
    std::string text(std::string_view column) const { return text_of((*this)[column]); }
    std::int64_t integer(std::string_view column) const { return integer_of((*this)[column]); }
    /// Nothing when it is null.
    std::optional<std::string> optional_text(std::string_view column) const;
    std::optional<std::int64_t> optional_integer(std::string_view column) const;
    bool has(std::string_view column) const { return !is_nothing((*this)[column]); }

private:
    Columns m_columns;
    std::vector<Value> m_values;
};
using Rows = std::vector<Row>;

} // namespace wardmote::db
