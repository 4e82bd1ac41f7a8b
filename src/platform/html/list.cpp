#include "platform/html/list.hpp"

#include <algorithm>

#include "platform/html/choices.hpp"
#include "platform/html/typography.hpp"

namespace wardmote::html {

namespace {

/// "1,389": hundreds and thousands apart.
std::string grouped(int number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

/// The sort and the columns now chosen, as one form must carry those of the other.
std::vector<Hidden> chosen_sort(const ListTools &tools) {
    std::vector<Hidden> fields;
    for (const auto &sort : tools.sorts)
        if (sort.chosen)
            fields.push_back({.name = "sort", .value = sort.value});
    return fields;
}

std::vector<Hidden> chosen_columns(const ListTools &tools) {
    std::vector<Hidden> fields;
    for (const auto &column : tools.columns)
        if (column.shown)
            fields.push_back({.name = "column", .value = column.value});
    return fields;
}

Html get_form(const ListTools &tools, const std::vector<Hidden> &more, Literal name,
              const Html &fields) {
    return format(R"(<form class="{}" action="{}" method="get">{}{}{}</form>)", Html{name},
                  tools.action, hidden_fields(tools.carried), hidden_fields(more), fields);
}

Html sort_form(const ListTools &tools) {
    if (tools.sorts.empty())
        return {};
    Select choice;
    choice.field.name = "sort";
    choice.field.id = "list-sort";
    choice.field.label.text = "Sort by";
    for (const auto &[words, value, chosen] : tools.sorts)
        choice.items.push_back({.text = words, .value = value, .selected = chosen});
    Button go;
    go.text = "Sort";
    go.classes = "govuk-button--secondary app-button-s";
    return get_form(tools, chosen_columns(tools), "app-tools__sort", select(choice) + button(go));
}

Html columns_form(const ListTools &tools) {
    if (tools.columns.empty())
        return {};
    Choices boxes;
    boxes.name = "column";
    boxes.id_prefix = "list-column";
    boxes.classes = "govuk-checkboxes--small";
    Fieldset fieldset;
    fieldset.legend = Legend{.text = "Columns to show", .classes = "govuk-visually-hidden"};
    boxes.fieldset = fieldset;
    for (const auto &[words, value, shown] : tools.columns) {
        Choice box;
        box.text = words;
        box.value = value;
        box.checked = shown;
        boxes.items.push_back(box);
    }
    Button go;
    go.text = "Show these columns";
    go.classes = "govuk-button--secondary app-button-s";
    const auto fields =
        get_form(tools, chosen_sort(tools), "app-tools__columns", checkboxes(boxes) + button(go));
    return format(R"(<details class="app-tools__choice"><summary>Columns</summary>{}</details>)",
                  fields);
}

Html downloads(const ListTools &tools) {
    Html links;
    const auto add = [&](const std::string &href, Literal kind) {
        if (!href.empty())
            links += format(R"(<a class="govuk-link" href="{}" download>)"
                            R"(<span class="govuk-visually-hidden">Download what is shown: </span>)"
                            R"({}</a> )",
                            href, Html{kind});
    };
    add(tools.csv_href, "CSV");
    add(tools.json_href, "JSON");
    if (links.empty())
        return {};
    return format(
        R"(<p class="app-tools__downloads"><span aria-hidden="true">Download </span>{}</p>)",
        links);
}

} // namespace

Html hidden_fields(const std::vector<Hidden> &fields) {
    Html all;
    for (const auto &[name, value] : fields)
        all += format(R"(<input type="hidden" name="{}" value="{}">)", name, value);
    return all;
}

std::string count_words(int total, int page, const std::string &one, const std::string &many) {
    if (total <= 0)
        return "No " + many;
    const auto count = grouped(total) + " " + (total == 1 ? one : many);
    if (total <= rows_a_page)
        return count;
    const int first = (page - 1) * rows_a_page + 1;
    const int last = std::min(page * rows_a_page, total);
    if (first < 1 || first > total)
        return count + ": none on this page";
    if (first == last)
        return count + ": " + grouped(first) + " shown";
    return count + ": " + grouped(first) + " to " + grouped(last) + " shown";
}

Html list_tools(const ListTools &tools) {
    return format(
        R"(<div class="app-tools"><p class="app-tools__count" role="status">{}</p>{}{}{}</div>)",
        tools.count, sort_form(tools), columns_form(tools), downloads(tools));
}

Html filter_layout(const FilterLayout &layout) {
    return format(R"(<div class="app-grid app-grid--filter">{}<div data-rows>{}</div></div>)",
                  filter(layout.filter), layout.results);
}

} // namespace wardmote::html
