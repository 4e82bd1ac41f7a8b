#include "platform/site/record_list.hpp"

#include <algorithm>
#include <utility>

#include "engine/core/text.hpp"
#include "platform/html/choices.hpp"
#include "platform/record/show.hpp"
#include "platform/web/address.hpp"

namespace wardmote::site {

namespace {

using record::Field;
using record::Kind;

constexpr std::string_view separator = "..";

bool ranged(const Field &field) {
    return field.kind == Kind::date || field.kind == Kind::moment || field.kind == Kind::integer ||
           field.kind == Kind::money;
}

std::string from_name(const Field &field) {
    return std::string{field.name} + "-from";
}
std::string to_name(const Field &field) {
    return std::string{field.name} + "-to";
}

bool is_column(const record::Description &what, std::string_view name) {
    return std::ranges::find(what.fields, name, &Field::name) != what.fields.end();
}

void read_filter(const Field &field, const web::Request &request, ListState &state) {
    if (ranged(field)) {
        const auto from = request.query(from_name(field)).value_or("");
        const auto to = request.query(to_name(field)).value_or("");
        if (from.empty() && to.empty()) {
            return;
        }
        state.query.filters.push_back(
            {std::string{field.name}, {from + std::string{separator} + to}});
        for (const auto &[name, value] :
             {std::pair{from_name(field), from}, {to_name(field), to}}) {
            if (!value.empty()) {
                state.filters.push_back({name, value});
            }
        }
        return;
    }
    std::vector<std::string> values;
    for (const auto &value : request.queries(field.name)) {
        if (!value.empty()) {
            values.push_back(value);
            state.filters.push_back({std::string{field.name}, value});
        }
    }
    if (!values.empty()) {
        state.query.filters.push_back({std::string{field.name}, std::move(values)});
    }
}

std::vector<record::Choice> choices_of(const Field &field) {
    if (field.kind == Kind::yes_no) {
        return {{"1", "Yes"}, {"0", "No"}};
    }
    return {field.rules.choices.begin(), field.rules.choices.end()};
}

std::vector<std::string> chosen(const ListState &state, std::string_view name) {
    std::vector<std::string> values;
    for (const auto &filter : state.filters) {
        if (filter.name == name) {
            values.push_back(filter.value);
        }
    }
    return values;
}

std::string first_chosen(const ListState &state, std::string_view name) {
    const auto values = chosen(state, name);
    return values.empty() ? std::string{} : values.front();
}

html::Html date_bound(const std::string &name, const char *words, const std::string &value) {
    html::Input input;
    input.field.name = name;
    input.field.label.text = words;
    input.type = "date";
    input.value = value;
    return html::input(input);
}

html::Html filter_input(const Field &field, const ListState &state,
                        const record::References &references) {
    if (ranged(field)) {
        const bool dated = field.kind == Kind::date || field.kind == Kind::moment;
        html::Fieldset set;
        set.legend = html::Legend{.text = field.label, .classes = "govuk-fieldset__legend--s"};
        if (dated) {
            set.content =
                date_bound(from_name(field), "From", first_chosen(state, from_name(field))) +
                date_bound(to_name(field), "To", first_chosen(state, to_name(field)));
        } else {
            for (const auto &[name, words] :
                 {std::pair{from_name(field), "At least"}, {to_name(field), "At most"}}) {
                html::Input input;
                input.field.name = name;
                input.field.label.text = words;
                input.input_mode = "numeric";
                input.value = first_chosen(state, name);
                set.content += html::input(input);
            }
        }
        return html::fieldset(set);
    }
    if (field.kind == Kind::reference) {
        html::Select select;
        select.field.name = field.name;
        select.field.label.text = field.label;
        select.field.label.classes = "govuk-label--s";
        select.items.push_back({.text = "Any", .value = ""});
        for (const auto &candidate : references.candidates(field.rules.refers_to)) {
            select.items.push_back({.text = candidate.title, .value = candidate.id});
        }
        select.value = first_chosen(state, field.name);
        return html::select(select);
    }
    html::Choices boxes;
    boxes.name = field.name;
    boxes.classes = "govuk-checkboxes--small";
    html::Fieldset set;
    set.legend = html::Legend{.text = field.label, .classes = "govuk-fieldset__legend--s"};
    boxes.fieldset = set;
    boxes.chosen = chosen(state, field.name);
    for (const auto &choice : choices_of(field)) {
        html::Choice box;
        box.text = choice.words;
        box.value = choice.value;
        boxes.items.push_back(box);
    }
    return html::checkboxes(boxes);
}

/// What one filter value is called on its tag.
std::string tag_words(const Field &field, const html::Hidden &filter,
                      const record::References &references) {
    if (ranged(field)) {
        const bool from = filter.name == from_name(field);
        const auto words = field.kind == Kind::date && core::Date::parse(filter.value)
                               ? core::Date::parse(filter.value)->text()
                               : filter.value;
        return (from ? "From " : "To ") + words;
    }
    if (field.kind == Kind::reference) {
        const auto found = references.find(field.rules.refers_to, filter.value);
        return found ? found->title : "Unknown";
    }
    for (const auto &choice : choices_of(field)) {
        if (choice.value == filter.value) {
            return std::string{choice.words};
        }
    }
    return filter.value;
}

/// The address without one of its filters.
std::string without(const ListState &state, const html::Hidden &filter) {
    auto fields = fields_of(state);
    std::erase_if(fields, [&](const html::Hidden &field) {
        return field.name == filter.name && field.value == filter.value;
    });
    const auto query = query_of(fields);
    return query.empty() ? "?" : query;
}

void add_tags(const Field &field, const ListState &state, const record::References &references,
              std::vector<html::FilterGroup> &groups) {
    html::FilterGroup group{.heading = std::string{field.label}};
    for (const auto &filter : state.filters) {
        if (filter.name == field.name || filter.name == from_name(field) ||
            filter.name == to_name(field)) {
            group.tags.push_back({.text = tag_words(field, filter, references),
                                  .remove_href = without(state, filter)});
        }
    }
    if (!group.tags.empty()) {
        groups.push_back(std::move(group));
    }
}

} // namespace

ListState read_list(const ListShape &shape, const web::Request &request) {
    ListState state;
    state.query.words = std::string{core::trim(request.query("q").value_or(""))};
    if (!state.query.words.empty()) {
        state.filters.push_back({"q", state.query.words});
    }
    for (const auto &field : shape.what->fields) {
        if (field.rules.filtered) {
            read_filter(field, request, state);
        }
    }
    if (shape.may_see_removed && request.query("removed") == "1") {
        state.query.removed = true;
        state.filters.push_back({"removed", "1"});
    }
    // Only names that the description knows reach a statement.
    const auto sort = request.query("sort").value_or("");
    if (is_column(*shape.what, sort.starts_with('-') ? sort.substr(1) : sort)) {
        state.query.sort = sort;
    }
    for (const auto &column : request.queries("column")) {
        if (is_column(*shape.what, column) &&
            std::ranges::find(state.columns, column) == state.columns.end()) {
            state.columns.push_back(column);
        }
    }
    state.chosen_columns = !state.columns.empty();
    if (!state.chosen_columns) {
        state.columns = shape.columns;
    } else if (std::ranges::find(state.columns, shape.what->title) == state.columns.end()) {
        state.columns.insert(state.columns.begin(), std::string{shape.what->title});
    }
    state.query.page = std::max<std::int64_t>(
        1, core::parse_integer(request.query("page").value_or("1")).value_or(1));
    return state;
}

std::string query_of(std::span<const html::Hidden> fields) {
    std::string query;
    for (const auto &[name, value] : fields) {
        query += (query.empty() ? "?" : "&") + web::percent_encoded(name) + "=" +
                 web::percent_encoded(value);
    }
    return query;
}

std::vector<html::Hidden> fields_of(const ListState &state, std::string_view sort) {
    auto fields = state.filters;
    if (const auto wanted = sort.empty() ? state.query.sort : std::string{sort}; !wanted.empty()) {
        fields.push_back({"sort", wanted});
    }
    if (state.chosen_columns) {
        for (const auto &column : state.columns) {
            fields.push_back({"column", column});
        }
    }
    return fields;
}

html::Filter list_filter(const ListShape &shape, const ListState &state,
                         const record::References &references) {
    const auto &what = *shape.what;
    html::Filter filter{.action = std::string{what.path},
                        .label = "Filter " + std::string{what.many},
                        .clear_href = std::string{what.path}};
    html::Input words;
    words.field.name = "q";
    words.field.label.text = "Words";
    words.field.label.classes = "govuk-label--s";
    words.type = "search";
    words.value = state.query.words;
    filter.fields = html::input(words);
    if (!state.query.words.empty()) {
        filter.applied.push_back(
            {"Words", {{state.query.words, without(state, {"q", state.query.words})}}});
    }
    for (const auto &field : what.fields) {
        if (field.rules.filtered && !field.rules.sensitive) {
            filter.fields += filter_input(field, state, references);
            add_tags(field, state, references, filter.applied);
        }
    }
    if (shape.may_see_removed) {
        html::Choices removed;
        removed.name = "removed";
        removed.classes = "govuk-checkboxes--small";
        html::Choice box;
        box.text = "Show what was removed";
        box.value = "1";
        box.checked = state.query.removed;
        removed.items.push_back(box);
        filter.fields += html::checkboxes(removed);
        if (state.query.removed) {
            filter.applied.push_back(
                {"Shown", {{"What was removed", without(state, {"removed", "1"})}}});
        }
    }
    // The sort and the columns stay as they are when a filter is applied.
    std::vector<html::Hidden> kept;
    for (const auto &field : fields_of(state)) {
        if (field.name == "sort" || field.name == "column") {
            kept.push_back(field);
        }
    }
    filter.fields += html::hidden_fields(kept);
    return filter;
}

html::ListTools list_tools(const ListShape &shape, const ListState &state, std::int64_t total) {
    const auto &what = *shape.what;
    const auto everything = query_of(fields_of(state));
    html::ListTools tools{.action = std::string{what.path},
                          .count = html::count_words(static_cast<int>(total),
                                                     static_cast<int>(state.query.page),
                                                     std::string{what.one}, std::string{what.many}),
                          .carried = state.filters,
                          .csv_href = std::string{what.path} + ".csv" + everything,
                          .json_href = std::string{what.path} + ".json" + everything};
    for (const auto &field : what.fields) {
        tools.columns.push_back(
            {.text = std::string{field.label},
             .value = std::string{field.name},
             .shown = std::ranges::find(state.columns, field.name) != state.columns.end()});
    }
    return tools;
}

html::DataTable list_table(const ListShape &shape, const ListState &state,
                           const record::Listing &listing, const record::References &references,
                           bool reveal) {
    const auto &what = *shape.what;
    const auto order = state.query.sort.empty() ? std::string{what.order} : state.query.sort;
    html::DataTable table;
    table.caption = html::format(R"(<span class="govuk-visually-hidden">{}</span>)",
                                 core::capitalised(what.many));
    for (const auto &name : state.columns) {
        const auto &field = what.field(name);
        const bool up = order == name;
        const bool down = order == "-" + name;
        html::DataColumn column;
        column.heading = field.label;
        column.label = field.label;
        column.numeric = field.kind == Kind::integer || field.kind == Kind::money;
        column.sort = up ? "ascending" : down ? "descending" : "";
        if (!field.rules.sensitive) { // sealed: their order would mean nothing
            column.sort_href = query_of(fields_of(state, up ? "-" + name : name));
        }
        table.columns.push_back(std::move(column));
    }
    for (const auto &each : listing.records) {
        html::DataRow row;
        for (const auto &name : state.columns) {
            const auto at = what.index(name);
            if (name == what.title) {
                row.cells.emplace_back(html::link(
                    {record::in_words(what.fields[at], each.values[at], references, reveal),
                     std::string{what.path} + "/" + each.id}));
            } else {
                row.cells.emplace_back(
                    record::shown(what.fields[at], each.values[at], references, reveal));
            }
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace wardmote::site
