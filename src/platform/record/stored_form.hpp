/// How a record lies in its table: its columns, and the conditions and order of a list in SQL;
/// inside record/ only.
///
/// Names in SQL come from descriptions only, whatever comes from a request is bound.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "platform/db/database.hpp"
#include "platform/db/keys.hpp"
#include "platform/record/keeper.hpp"

namespace wardmote::record {

/// A value as its column has it, and back: sensitive ones are sealed. Throws std::runtime_error
/// when one was sealed with another key.
Value closed(const Field &field, const Value &value, const db::Keys &keys);
Value opened(const Field &field, const Value &value, const db::Keys &keys);

/// "t.id, t.version, ..., t.title", in the order that stored_of() reads.
std::string columns_of(const Description &what);
Stored stored_of(const Description &what, const db::Row &row, const db::Keys &keys);

/// The value of a field, or of "id" or "created_by"; nothing for an empty name.
Value value_of(const Description &what, const Stored &record, std::string_view name);
bool truth_of(const Value &value);

/// A statement that grows. Its table is `t`.
struct Sql {
    std::string text;
    db::Bindings bindings;

    void bind(std::string name, Value value) {
        bindings.push_back({m_names.emplace_back(std::move(name)), std::move(value)});
    }

private:
    std::deque<std::string> m_names; // bindings only point at theirs
};

/// The columns that say which of these rows may be known.
struct VisibleColumns {
    std::string body, owner, restricted; ///< "t.organisation"; empty: there is none
    std::string kind, record;            ///< "'post'", "t.id"
};
VisibleColumns visible_columns(const Description &what);
/// " and ..."; the names bound end in `number`, so that a statement may have several. It has bound
/// `tenant` already.
void add_visible(Sql &sql, const VisibleColumns &columns, const Visible &visible, int number = 0);

/// " and ..." for a filter. Throws std::logic_error when there is no such field, or it is sealed.
void add_filter(Sql &sql, const Description &what, const Query::Filter &filter, int number);
/// " order by ...", never without the id at its end.
void add_order(Sql &sql, const Description &what, std::string_view sort, bool sqlite);

} // namespace wardmote::record
