#include <stdexcept>

#include "platform/html/table.hpp"

namespace wardmote::html {

namespace {

std::string column_classes(const DataColumn &column) {
    return classes(column.numeric ? "app-num" : "", column.classes);
}

Html heading(const DataColumn &column) {
    const auto words = column.sort_href.empty()
                           ? column.heading.html()
                           : format(R"(<a class="govuk-link app-sort" href="{}">{}</a>)",
                                    column.sort_href, column.heading.html());
    return format(R"(<th role="columnheader" scope="col"{}{}>{}</th>)",
                  attribute_if("class", column_classes(column)),
                  attribute_if("aria-sort", column.sort), words);
}

Html body_row(const DataTable &table, const DataRow &row) {
    Html cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto &column = table.columns[i];
        if (i == 0)
            cells += format(R"(<th role="rowheader" scope="row"{}>{}</th>)",
                            attribute_if("class", column_classes(column)), row.cells[i].html());
        else
            cells += format(R"(<td role="cell"{}{}>{}</td>)",
                            attribute_if("class", column_classes(column)),
                            attribute_if("data-label", column.label), row.cells[i].html());
    }
    return format(R"(<tr role="row"{}>{}</tr>)",
                  row.chosen ? Html{R"( class="is-chosen")"} : Html{}, cells);
}

std::string table_classes(const DataTable &table) {
    std::string names = "app-table";
    if (table.cards == DataTable::Cards::narrow)
        names += " app-table--cards";
    else if (table.cards == DataTable::Cards::wide)
        names += " app-table--cards-wide";
    if (table.tight)
        names += " app-table--tight";
    return classes(names, table.classes);
}

} // namespace

Html data_table(const DataTable &table) {
    Html headings;
    for (const auto &column : table.columns)
        headings += heading(column);
    Html rows;
    for (const auto &row : table.rows) {
        if (row.cells.size() != table.columns.size())
            throw std::invalid_argument("a row has " + std::to_string(row.cells.size()) +
                                        " cells in a table of " +
                                        std::to_string(table.columns.size()) + " columns");
        rows += body_row(table, row);
    }
    const auto caption =
        table.caption.empty() ? Html{} : format("<caption>{}</caption>", table.caption.html());
    return format(
        R"(<table role="table" class="{}">{}<thead role="rowgroup"><tr role="row">{}</tr>)"
        R"(</thead><tbody role="rowgroup">{}</tbody></table>)",
        table_classes(table), caption, headings, rows);
}

} // namespace wardmote::html
