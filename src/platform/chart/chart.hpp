/// A chart is one finding: its headline, its picture drawn for two widths, the sentence that says
/// the same in words, and the table of the same numbers.
///
/// The functions that make charts stand in the headers of their kinds (line.hpp, control.hpp,
/// bars.hpp and so on); each computes picture, sentence and table from the same series.
#pragma once

#include <string>
#include <vector>

#include "platform/html/html.hpp"

namespace wardmote::chart {

using html::Html;

struct Column {
    std::string heading;
    bool numeric = false; ///< set to the right
};

/// The numbers of a chart as they are read: every cell is text already formatted ("1,250"). The
/// first column names the row. Each row has as many cells as there are columns.
struct Table {
    std::string caption;
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;

    bool operator==(const Table &) const = default;
};
inline bool operator==(const Column &left, const Column &right) {
    return left.heading == right.heading && left.numeric == right.numeric;
}

/// What the maker of a chart knows beside its numbers. `one` and `many` count the thing measured.
struct Words {
    std::string id;       ///< letters, digits and hyphens; names files and anchors
    std::string headline; ///< the finding in about ten words; computed when empty
    std::string subtitle; ///< measure, place, time
    std::string source;   ///< who made the data, and what a reader must know of them
    std::string subject;  ///< "Burglary of people’s homes": starts computed headlines
    std::string one = "incident";
    std::string many = "incidents";
    int decimals = 0; ///< of the values as printed
};

struct Chart {
    std::string id;
    std::string headline;
    std::string subtitle;
    std::string sentence;   ///< computed from the same series as the picture
    std::string source;     ///< source and notes, without the download links
    Html wide;              ///< one <svg class="only-wide"> about 740 units wide
    Html narrow;            ///< one <svg class="only-narrow"> about 330 units wide
    Table table;            ///< the numbers drawn
    bool landscape = false; ///< has so many columns that paper should be turned for its table
};

struct FigureOptions {
    int heading_level = 2; ///< 1 to 6
    std::string heading_class = "app-figure__title";
    int number = 0;          ///< above nought, "Figure 3. " stands before the headline
    bool heading = true;     ///< false where the page's own title is the headline
    bool sentence = true;    ///< false where the paragraph beside the figure says it
    bool table = true;       ///< false where the page shows the table itself
    bool table_open = false; ///< a plain table instead of a closed <details>: print and PDF
    bool narrow = true;      ///< false on paper: only the wide drawing
    std::string csv_href;    ///< of csv(chart); no link when empty
    std::string svg_href;    ///< of svg(chart); no link when empty
    std::string table_href;  ///< where the numbers are when `table` is false; no link when empty
};

/// figure > heading > subtitle > both drawings > sentence > table > figcaption with the source and
/// downloads. The figure has the chart's id as its own.
Html figure(const Chart &chart, const FigureOptions &options = {});

/// The table by itself, as figure() writes it.
Html table(const Table &table);

/// The table as CSV: RFC 4180, a heading line, numbers without thousands separators or U+2212.
std::string csv(const Chart &chart);

/// The wide drawing as a file of its own: XML declaration, namespace, title, description, style.
std::string svg(const Chart &chart);

/// The class rules that the drawings use, with colours written out: for files and reports that do
/// not have the site's style sheet. The drawings carry the same as attributes, because WeasyPrint
/// does not apply a page's rules inside an <svg>.
std::string stylesheet();

} // namespace wardmote::chart
