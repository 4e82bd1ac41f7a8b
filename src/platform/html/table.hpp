/// Tables and lists of facts: GOV.UK table and summary list, and our own table that turns into
/// cards where the screen is narrow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/content.hpp"

namespace wardmote::html {

struct TableCell {
    Content text;
    bool numeric = false;
    int colspan = 0;
    int rowspan = 0;
    std::string classes;
    Attributes attributes;
};
using TableRow = std::vector<TableCell>;

/// The GOV.UK table. Held against govuk-frontend's fixtures.
struct Table {
    Content caption;
    std::string caption_classes;
    TableRow head;
    std::vector<TableRow> rows;
    bool first_cell_is_header = false;
    std::string classes;
    Attributes attributes;
};
Html table(const Table &table);

struct SummaryAction {
    Content text;
    std::string href;
    std::string visually_hidden_text;
    std::string classes;
    Attributes attributes;
};
struct SummaryRow {
    Content key;
    Content value;
    std::vector<SummaryAction> actions;
    std::string classes;
    std::string key_classes;
    std::string value_classes;
    std::string actions_classes;
};
struct SummaryCard {
    Content title;
    int heading_level = 2;
    std::string title_classes;
    std::vector<SummaryAction> actions;
    std::string actions_classes;
    std::string classes;
    Attributes attributes;
};
/// Held against govuk-frontend's fixtures.
struct SummaryList {
    std::vector<SummaryRow> rows;
    std::optional<SummaryCard> card;
    std::string classes;
    Attributes attributes;
};
Html summary_list(const SummaryList &list);

/// A column of a DataTable.
struct DataColumn {
    Content heading;
    std::string label;     ///< the same in plain words, repeated in front of each cell on a card
    bool numeric = false;  ///< right-aligned, tabular figures
    std::string sort;      ///< "ascending", "descending", or empty
    std::string sort_href; ///< makes the heading a link that sorts; empty: not sortable
    std::string classes;   ///< of heading and cells alike
};
struct DataRow {
    std::vector<Content> cells; ///< the first is the row's heading
    bool chosen = false;
};
/// A dense table in which the first cell of a row names it. On narrow screens each row becomes a
/// card, so nothing scrolls sideways; roles are written out because changing display drops them.
struct DataTable {
    Content caption;
    std::vector<DataColumn> columns;
    std::vector<DataRow> rows;
    enum class Cards { never, narrow, wide } cards = Cards::narrow; ///< below 641 px, or 1080 px
    bool tight = false;
    std::string classes;
};
/// Throws std::invalid_argument when a row has another number of cells than there are columns.
Html data_table(const DataTable &table);

} // namespace wardmote::html
