#include "platform/html/table.hpp"

namespace wardmote::html {

namespace {

Html spans(const TableCell &cell) {
    Html all;
    if (cell.colspan > 0)
        all += format(R"( colspan="{}")", cell.colspan);
    if (cell.rowspan > 0)
        all += format(R"( rowspan="{}")", cell.rowspan);
    return all + attributes(cell.attributes);
}

Html head_cell(const TableCell &cell) {
    const auto names = classes(cell.numeric ? "govuk-table__header--numeric" : "", cell.classes);
    return format(R"(<th scope="col" class="{}"{}>{}</th>)", classes("govuk-table__header", names),
                  spans(cell), cell.text.html());
}

Html body_cell(const TableCell &cell, bool header) {
    if (header)
        return format(R"(<th scope="row" class="{}"{}>{}</th>)",
                      classes("govuk-table__header", cell.classes), spans(cell), cell.text.html());
    const auto names = classes(cell.numeric ? "govuk-table__cell--numeric" : "", cell.classes);
    return format(R"(<td class="{}"{}>{}</td>)", classes("govuk-table__cell", names), spans(cell),
                  cell.text.html());
}

} // namespace

Html table(const Table &table) {
    Html inside;
    if (!table.caption.empty())
        inside +=
            format(R"(<caption class="{}">{}</caption>)",
                   classes("govuk-table__caption", table.caption_classes), table.caption.html());
    if (!table.head.empty()) {
        Html cells;
        for (const auto &cell : table.head)
            cells += head_cell(cell);
        inside += format(
            R"(<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>)",
            cells);
    }
    Html rows;
    for (const auto &row : table.rows) {
        Html cells;
        for (std::size_t i = 0; i < row.size(); ++i)
            cells += body_cell(row[i], i == 0 && table.first_cell_is_header);
        rows += format(R"(<tr class="govuk-table__row">{}</tr>)", cells);
    }
    return format(R"(<table class="{}"{}>{}<tbody class="govuk-table__body">{}</tbody></table>)",
                  classes("govuk-table", table.classes), attributes(table.attributes), inside,
                  rows);
}

namespace {

Html summary_action(const SummaryAction &action, const SummaryCard *card) {
    Html hidden;
    if (!action.visually_hidden_text.empty())
        hidden += format(" {}", action.visually_hidden_text);
    if (card && !card->title.empty())
        hidden += format(" ({})", card->title.html());
    if (!hidden.empty())
        hidden = format(R"(<span class="govuk-visually-hidden">{}</span>)", hidden);
    return format(R"(<a class="{}" href="{}"{}>{}{}</a>)", classes("govuk-link", action.classes),
                  action.href, attributes(action.attributes), action.text.html(), hidden);
}

Html row_actions(const SummaryRow &row, const SummaryCard *card) {
    if (row.actions.empty())
        return {};
    Html inside;
    if (row.actions.size() == 1) {
        inside = summary_action(row.actions.front(), card);
    } else {
        for (const auto &action : row.actions)
            inside += format(R"(<li class="govuk-summary-list__actions-list-item">{}</li>)",
                             summary_action(action, card));
        inside = format(R"(<ul class="govuk-summary-list__actions-list">{}</ul>)", inside);
    }
    return format(R"(<dd class="{}">{}</dd>)",
                  classes("govuk-summary-list__actions", row.actions_classes), inside);
}

Html summary_row(const SummaryRow &row, bool others_have_actions, const SummaryCard *card) {
    const bool without = others_have_actions && row.actions.empty();
    return format(R"(<div class="{}"><dt class="{}">{}</dt><dd class="{}">{}</dd>{}</div>)",
                  classes(classes("govuk-summary-list__row",
                                  without ? "govuk-summary-list__row--no-actions" : ""),
                          row.classes),
                  classes("govuk-summary-list__key", row.key_classes), row.key.html(),
                  classes("govuk-summary-list__value", row.value_classes), row.value.html(),
                  row_actions(row, card));
}

Html card_actions(const SummaryCard &card) {
    const auto names = classes("govuk-summary-card__actions", card.actions_classes);
    if (card.actions.empty())
        return {};
    if (card.actions.size() == 1)
        return format(R"(<div class="{}">{}</div>)", names,
                      summary_action(card.actions.front(), &card));
    Html items;
    for (const auto &action : card.actions)
        items += format(R"(<li class="govuk-summary-card__action">{}</li>)",
                        summary_action(action, &card));
    return format(R"(<ul class="{}">{}</ul>)", names, items);
}

} // namespace

Html summary_list(const SummaryList &list) {
    bool any_actions = false;
    for (const auto &row : list.rows)
        any_actions = any_actions || !row.actions.empty();
    const auto *card = list.card ? &*list.card : nullptr;
    Html rows;
    for (const auto &row : list.rows)
        rows += summary_row(row, any_actions, card);
    const auto all =
        format(R"(<dl class="{}"{}>{}</dl>)", classes("govuk-summary-list", list.classes),
               attributes(list.attributes), rows);
    if (!card)
        return all;
    const auto title = card->title.empty()
                           ? Html{}
                           : format(R"(<h{} class="{}">{}</h{}>)", card->heading_level,
                                    classes("govuk-summary-card__title", card->title_classes),
                                    card->title.html(), card->heading_level);
    return format(R"(<div class="{}"{}><div class="govuk-summary-card__title-wrapper">{}{}</div>)"
                  R"(<div class="govuk-summary-card__content">{}</div></div>)",
                  classes("govuk-summary-card", card->classes), attributes(card->attributes), title,
                  card_actions(*card), all);
}

} // namespace wardmote::html
