#include "platform/record/stored_form.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/calendar.hpp"
#include "engine/core/text.hpp"

namespace wardmote::record {

namespace {

bool is_number(Kind kind) {
    return kind == Kind::integer || kind == Kind::money || kind == Kind::yes_no;
}

constexpr std::size_t first_field = 7; // after the columns that every table has

/// The column that holds a field of a description, or one that every table has.
std::string column(std::string_view name) {
    return name.empty() ? std::string{} : fmt::format("t.{}", name);
}

} // namespace

Value closed(const Field &field, const Value &value, const db::Keys &keys) {
    if (!field.rules.sensitive || db::is_nothing(value)) {
        return value;
    }
    return keys.seal(db::text_of(value));
}

Value opened(const Field &field, const Value &value, const db::Keys &keys) {
    if (db::is_nothing(value)) {
        return value;
    }
    if (!field.rules.sensitive) {
        return is_number(field.kind) ? Value{db::integer_of(value)} : value;
    }
    auto text = keys.unseal(db::text_of(value));
    if (!text) {
        throw std::runtime_error(fmt::format(
            "{} was sealed with another secret key: put the installation's own key back",
            field.name));
    }
    Value plain{std::move(*text)};
    return is_number(field.kind) ? Value{db::integer_of(plain)} : plain;
}

std::string columns_of(const Description &what) {
    std::string names =
        "t.id, t.version, t.created, t.created_by, t.changed, t.changed_by, t.removed";
    for (const auto &field : what.fields) {
        names += fmt::format(", t.{}", field.name);
    }
    return names;
}

Stored stored_of(const Description &what, const db::Row &row, const db::Keys &keys) {
    Stored record{.id = db::text_of(row[0]),
                  .version = db::integer_of(row[1]),
                  .created = db::text_of(row[2]),
                  .created_by = db::text_of(row[3]),
                  .changed = db::text_of(row[4]),
                  .changed_by = db::text_of(row[5])};
    if (!db::is_nothing(row[6])) {
        record.removed = db::text_of(row[6]);
    }
    record.values.reserve(what.fields.size());
    for (std::size_t i = 0; i < what.fields.size(); ++i) {
        record.values.push_back(opened(what.fields[i], row[first_field + i], keys));
    }
    return record;
}

Value value_of(const Description &what, const Stored &record, std::string_view name) {
    if (name.empty()) {
        return {};
    }
    if (name == "id") {
        return record.id;
    }
    if (name == "created_by") {
        return record.created_by.empty() ? Value{} : Value{record.created_by};
    }
    return record.values[what.index(name)];
}

bool truth_of(const Value &value) {
    return !db::is_nothing(value) && db::integer_of(value) != 0;
}

VisibleColumns visible_columns(const Description &what) {
    return {column(what.body), column(what.owner), column(what.restricted),
            fmt::format("'{}'", what.table), "t.id"};
}

void add_visible(Sql &sql, const VisibleColumns &columns, const Visible &visible, int number) {
    static constexpr std::string_view nobody = " and 1 = 0";
    const auto numbered = [&](std::string_view name) { return fmt::format("{}_{}", name, number); };
    const auto only = [&](std::string_view name, const std::string &in, const auto &wanted) {
        if (!wanted) {
            return;
        }
        if (in.empty()) { // who sees only their own sees nothing of what belongs to nobody
            sql.text += nobody;
            return;
        }
        sql.text += fmt::format(" and {} = :{}", in, numbered(name));
        sql.bind(numbered(name), *wanted);
    };
    only("body", columns.body, visible.body);
    only("owner", columns.owner, visible.owner);
    if (!columns.restricted.empty() && !visible.all_restricted) {
        // Not correlated: both engines read the person's list once, not once for each row.
        sql.text += fmt::format(
            " and (coalesce({}, 0) = 0 or {} in (select a.record from access_list a where "
            "a.tenant = :tenant and a.kind = {} and a.person = :{}))",
            columns.restricted, columns.record, columns.kind, numbered("person"));
        sql.bind(numbered("person"), visible.person);
    }
}

bool sortable(const Field &field) {
    return !field.rules.sensitive && field.kind != Kind::reference && field.kind != Kind::paragraph;
}

namespace {

/// One end of a range as its column has it; nothing when it is none.
std::optional<Value> end_of_range(Kind kind, std::string_view text, bool last) {
    switch (kind) {
    case Kind::integer:
    case Kind::money:
    case Kind::yes_no:
        if (const auto number = core::parse_integer(text)) {
            return Value{*number};
        }
        return {};
    case Kind::date:
        return core::Date::parse(text) ? std::optional<Value>{std::string{text}} : std::nullopt;
    case Kind::moment:
        if (const auto date = core::Date::parse(text)) {
            const auto instant =
                last ? core::Instant::end_of(*date) : core::Instant::start_of(*date);
            return Value{instant.iso()};
        }
        if (const auto instant = core::Instant::parse(text)) {
            return Value{instant->iso()};
        }
        return {};
    default:
        return {};
    }
}

bool has_ranges(Kind kind) {
    return kind == Kind::integer || kind == Kind::money || kind == Kind::date ||
           kind == Kind::moment;
}

/// The condition of one value; empty when nothing can be so.
std::string condition(Sql &sql, const Field &field, std::string_view value,
                      const std::string &name) {
    if (value.empty()) {
        return fmt::format("t.{} is null", field.name);
    }
    if (const auto dots = value.find(".."); dots != value.npos && has_ranges(field.kind)) {
        std::string both;
        const auto add = [&](std::string_view end, bool last) {
            if (end.empty()) {
                return true;
            }
            const auto bound = end_of_range(field.kind, end, last);
            if (bound) {
                both += fmt::format("{}t.{} {} :{}{}", both.empty() ? "" : " and ", field.name,
                                    last ? "<=" : ">=", name, last ? "to" : "from");
                sql.bind(name + (last ? "to" : "from"), *bound);
            }
            return bound.has_value();
        };
        if (!add(value.substr(0, dots), false) || !add(value.substr(dots + 2), true)) {
            return {};
        }
        return both.empty() ? fmt::format("t.{} is not null", field.name)
                            : fmt::format("({})", both);
    }
    Value exact{std::string{value}};
    if (is_number(field.kind)) {
        const auto number = core::parse_integer(value);
        if (!number) {
            return {};
        }
        exact = *number;
    }
    sql.bind(name, std::move(exact));
    return fmt::format("t.{} = :{}", field.name, name);
}

} // namespace

void add_filter(Sql &sql, const Description &what, const Query::Filter &filter, int number) {
    const auto &field = what.field(filter.field);
    if (field.rules.sensitive) {
        throw std::logic_error(fmt::format("{} is sealed and cannot be searched", field.name));
    }
    std::string any;
    int value_number = 0;
    for (const auto &value : filter.values) {
        const auto one =
            condition(sql, field, value, fmt::format("f{}_{}", number, value_number++));
        if (!one.empty()) {
            any += (any.empty() ? "" : " or ") + one;
        }
    }
    if (!filter.values.empty()) {
        sql.text += any.empty() ? " and 1 = 0" : fmt::format(" and ({})", any);
    }
}

void add_order(Sql &sql, const Description &what, std::string_view sort, bool sqlite) {
    const auto resolved = [&](std::string_view name) -> std::optional<std::string> {
        const bool down = name.starts_with('-');
        name.remove_prefix(down ? 1 : 0);
        const std::string_view direction = down ? " desc" : "";
        if (name == "created" || name == "changed") {
            return fmt::format("t.{0}{1}, t.id{1}", name, direction);
        }
        const auto field = std::ranges::find(what.fields, name, &Field::name);
        if (field == what.fields.end() || !sortable(*field)) {
            return std::nullopt;
        }
        const bool words = field->kind == Kind::text || field->kind == Kind::email;
        // SQLite holds nothing to be less than anything, PostgreSQL more, unless it is told.
        const std::string_view nothing = sqlite || field->rules.required ? ""
                                         : down                          ? " nulls last"
                                                                         : " nulls first";
        return fmt::format("{}{}{}{}, t.id{}", words ? "lower(t." : "t.", name, words ? ")" : "",
                           fmt::format("{}{}", direction, nothing), direction);
    };
    auto order = resolved(sort);
    if (!order) {
        order = resolved(what.order);
    }
    sql.text += " order by " + order.value_or("t.id");
}

} // namespace wardmote::record
