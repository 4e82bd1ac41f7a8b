#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/text.hpp"
#include "platform/chart/chart.hpp"
#include "platform/chart/palette.hpp"
#include "platform/html/table.hpp"

namespace wardmote::chart {

namespace {

using html::format;

Html heading(const Chart &chart, const FigureOptions &options) {
    if (!options.heading)
        return {};
    const int level = std::max(1, std::min(options.heading_level, 6));
    std::string words = chart.headline;
    if (options.number > 0)
        words = fmt::format("Figure {}. {}", options.number, chart.headline);
    return format(R"(<h{} class="{}">{}</h{}>)", level, options.heading_class, words, level);
}

Html row(const Table &table, const std::vector<std::string> &cells) {
    Html html{"<tr>"};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool numeric = i < table.columns.size() && table.columns[i].numeric;
        if (i == 0)
            html += format(R"(<th scope="row">{}</th>)", cells[i]);
        else if (numeric)
            html += format(R"(<td class="app-num">{}</td>)", cells[i]);
        else
            html += format("<td>{}</td>", cells[i]);
    }
    return html + Html{"</tr>\n"};
}

Html numbers(const Chart &chart, const FigureOptions &options) {
    if (!options.table)
        return {};
    if (options.table_open)
        return table(chart.table);
    return format(R"(<details class="govuk-details app-figure__table">)"
                  R"(<summary class="govuk-details__summary">)"
                  R"(<span class="govuk-details__summary-text">The numbers as a table</span>)"
                  R"(</summary><div class="govuk-details__text">{}</div></details>)",
                  table(chart.table));
}

Html caption(const Chart &chart, const FigureOptions &options) {
    std::vector<Html> parts;
    if (!chart.source.empty())
        parts.push_back(html::text(chart.source));
    const auto link = [&parts](const std::string &href, std::string_view words) {
        if (!href.empty())
            parts.push_back(format(R"(<a class="govuk-link" href="{}">{}</a>)", href, words));
    };
    link(options.table_href, "The same as a table");
    link(options.csv_href, "Download the table (CSV)");
    link(options.svg_href, "Download the picture (SVG)");
    if (parts.empty())
        return {};
    return format("<figcaption>{}</figcaption>\n", html::joined(parts, " "));
}

Html cards(const Table &table) {
    html::DataTable all;
    all.caption = table.caption;
    all.tight = true;
    for (const Column &column : table.columns) {
        html::DataColumn drawn;
        drawn.heading = column.heading;
        drawn.label = column.heading;
        drawn.numeric = column.numeric;
        all.columns.push_back(std::move(drawn));
    }
    for (const auto &cells : table.rows)
        all.rows.push_back({.cells = {cells.begin(), cells.end()}});
    return html::data_table(all) + Html{"\n"};
}

} // namespace

Html table(const Table &table) {
    constexpr std::size_t most_on_a_phone = 4; // with more columns, each row becomes a card
    if (table.columns.size() > most_on_a_phone)
        return cards(table);
    Html html{R"(<table class="app-table app-table--tight">)"};
    if (!table.caption.empty())
        html += format("<caption>{}</caption>", table.caption);
    html += Html{"\n<thead><tr>"};
    for (const Column &column : table.columns) {
        if (column.numeric)
            html += format(R"(<th scope="col" class="app-num">{}</th>)", column.heading);
        else
            html += format(R"(<th scope="col">{}</th>)", column.heading);
    }
    html += Html{"</tr></thead>\n<tbody>\n"};
    for (const auto &cells : table.rows)
        html += row(table, cells);
    return html + Html{"</tbody></table>\n"};
}

Html figure(const Chart &chart, const FigureOptions &options) {
    Html html = chart.id.empty() ? Html{R"(<figure class="app-figure">)"}
                                 : format(R"(<figure class="app-figure" id="{}">)", chart.id);
    html += Html{"\n"};
    html += heading(chart, options);
    if (!chart.subtitle.empty())
        html += format(R"(<p class="app-figure__sub">{}</p>)", chart.subtitle);
    html += Html{"\n"};
    html += chart.wide;
    if (options.narrow)
        html += chart.narrow;
    html += Html{"\n"};
    if (options.sentence)
        html += format(R"(<p class="app-figure__words govuk-body">{}</p>)", chart.sentence);
    html += numbers(chart, options);
    html += caption(chart, options);
    return html + Html{"</figure>\n"};
}

std::string csv(const Chart &chart) {
    std::vector<std::string> cells;
    for (const Column &column : chart.table.columns)
        cells.push_back(column.heading);
    std::string text = core::csv_line(cells);
    for (const auto &row : chart.table.rows) {
        cells = row;
        for (std::size_t i = 0; i < cells.size() && i < chart.table.columns.size(); ++i) {
            if (!chart.table.columns[i].numeric)
                continue;
            std::string plain;
            for (const char c : cells[i])
                plain += c == ',' ? "" : std::string(1, c);
            if (plain.starts_with("−"))
                plain = "-" + plain.substr(std::string_view{"−"}.size());
            if (core::parse_real(plain))
                cells[i] = plain;
        }
        text += core::csv_line(cells);
    }
    return text;
}

std::string svg(const Chart &chart) {
    constexpr std::string_view opening = R"(<svg class="only-wide" )";
    const std::string &drawing = chart.wide.str();
    if (!drawing.starts_with(opening))
        throw std::logic_error{"A chart's wide drawing must be one <svg> of class only-wide."};
    const auto body = drawing.find('>') + 1;
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {}<title>{}</title><desc>{}</desc>"
        "<style>{}</style><rect width=\"100%\" height=\"100%\" fill=\"{}\"/>{}\n",
        std::string_view{drawing}.substr(opening.size(), body - opening.size()),
        html::text(chart.headline).str(), html::text(chart.sentence).str(), stylesheet(),
        palette::paper, std::string_view{drawing}.substr(body));
}

} // namespace wardmote::chart
