#include "platform/document/render.hpp"

#include <algorithm>
#include <string_view>

#include "engine/core/text.hpp"
#include "platform/document/expand.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

bool is_link(std::string_view words) {
    return words.starts_with("https://") || words.starts_with("http://") ||
           words.starts_with("mailto:");
}

/// A figure in the text: its words, a dotted underline, and the number of its note.
Html figure_link(const Span &span, const Note &note, Medium medium) {
    const auto words = span.kind == Span::Kind::figure ? html::text(span.text) : Html{};
    const auto before = span.kind == Span::Kind::sentence ? html::text(span.text) : Html{};
    const auto id = span.citation > 1 ? fmt::format("r{}-{}", note.number, span.citation)
                                      : fmt::format("r{}", note.number);
    if (medium == Medium::word) {
        auto link = before + words;
        if (!words.empty())
            link = html::format(R"(<a id="{}" href="#f{}">{}</a>)", id, note.number, words);
        else
            link += html::format(R"(<span id="{}"></span>)", id);
        if (span.citation == 1)
            link += html::format(R"(<a epub:type="noteref" href="#n{}">{}</a>)", note.number,
                                 note.number);
        return link;
    }
    if (words.empty())
        return before + html::format(R"(<a class="app-live app-live--note" href="#f{}" id="{}")"
                                     R"( aria-label="Note {}"><sup>{}</sup></a>)",
                                     note.number, id, note.number, note.number);
    return html::format(R"(<a class="app-live" href="#f{}" id="{}">{}<sup>{}</sup></a>)",
                        note.number, id, words, note.number);
}

Html span_html(const Document &document, const Span &span, Medium medium) {
    switch (span.kind) {
    case Span::Kind::figure:
    case Span::Kind::sentence:
        return figure_link(span, document.notes[span.at], medium);
    case Span::Kind::link:
        if (is_link(span.text))
            return html::format(R"(<a class="govuk-link" href="{}">{}</a>)", span.text, span.text);
        return html::text(span.text);
    case Span::Kind::missing:
        return html::format(R"(<mark class="app-missing">[{}]</mark>)", span.text);
    default:
        return html::text(span.text);
    }
}

/// Safe: cmark wrote the markup in its safe mode, and what replaces the marks is Html.
Html filled(const Document &document, std::string_view markup, Medium medium) {
    std::string out;
    std::size_t from = 0;
    while (const auto found = mark::find(markup, from)) {
        out += markup.substr(from, found.start - from);
        if (found.span < document.spans.size())
            out += span_html(document, document.spans[found.span], medium).str();
        from = found.end;
    }
    out += markup.substr(from);
    return Html::trusted(std::move(out));
}

Html notes_of(const Document &document, const Block &block, Medium medium) {
    if (block.notes.empty())
        return {};
    Html notes;
    for (const auto at : block.notes) {
        const auto &note = document.notes[at];
        if (medium == Medium::word)
            notes += html::format(R"(<aside epub:type="footnote" id="n{}"><p>{}</p></aside>)",
                                  note.number, note.footnote);
        else
            notes += html::format("<li><sup>{}</sup> {}</li>", note.number, note.aside);
    }
    return medium == Medium::word ? notes : html::format(R"(<ul class="app-notes">{}</ul>)", notes);
}

Html paragraph(const Document &document, const Block &block, Medium medium) {
    const auto words = filled(document, block.markup, medium);
    const auto notes = notes_of(document, block, medium);
    if (medium == Medium::word) {
        if (block.number == 0)
            return words + notes;
        return html::format(R"(<ol start="{}"><li>{}</li></ol>{})", block.number, words, notes);
    }
    const auto number =
        block.number > 0
            ? html::format(R"(<p class="app-para__n" id="p{}">{}.</p>)", block.number, block.number)
            : Html{"<span></span>"};
    return html::format(R"(<div class="app-para">{}<div>{}</div>{}</div>)", number, words, notes);
}

Html plain_table(const chart::Table &table, Medium medium) {
    if (medium != Medium::word)
        return chart::table(table);
    Html head, rows;
    for (const auto &column : table.columns)
        head += html::format("<th>{}</th>", column.heading);
    for (const auto &row : table.rows) {
        Html cells;
        for (std::size_t i = 0; i < row.size(); ++i)
            cells += i < table.columns.size() && table.columns[i].numeric
                         ? html::format(R"(<td style="text-align: right">{}</td>)", row[i])
                         : html::format("<td>{}</td>", row[i]);
        rows += html::format("<tr>{}</tr>", cells);
    }
    return html::format("<table><caption>{}</caption><thead><tr>{}</tr></thead>"
                        "<tbody>{}</tbody></table>",
                        table.caption, head, rows);
}

/// One line of the cover, or a list where there are several.
Html lines_of(const char *label, const std::vector<std::string> &all) {
    if (all.empty())
        return {};
    if (all.size() == 1)
        return html::format(R"(<p class="govuk-body"><strong>{}.</strong> {}</p>)", label,
                            all.front());
    Html items;
    for (const auto &words : all)
        items += html::format("<li>{}</li>", words);
    return html::format(R"(<p class="govuk-body"><strong>{}.</strong></p>)"
                        R"(<ul class="govuk-list govuk-list--bullet">{}</ul>)",
                        label, items);
}

Html recommendations_of(const std::vector<std::string> &all) {
    if (all.empty())
        return {};
    Html items;
    for (const auto &words : all)
        items += html::format("<li>{}</li>", words);
    return html::format(R"(<p class="govuk-body"><strong>{}.</strong></p>)"
                        R"(<ol class="govuk-list govuk-list--number">{}</ol>)",
                        all.size() == 1 ? "Recommendation" : "Recommendations", items);
}

Html chart_block(const Document &document, std::size_t at, int number, Medium medium) {
    const auto &chart = document.charts[at];
    if (medium == Medium::word)
        return html::format("<h3>Figure {}. {}</h3><p>{}</p>"
                            R"(<p><img src="{}" alt="{}" width="600"></p><p>{}</p>)",
                            number, chart.headline, chart.subtitle, picture_name(at),
                            chart.headline + ". " + chart.sentence, chart.sentence) +
               plain_table(chart.table, medium) +
               html::format(R"(<div custom-style="Source">Source: {}</div>)", chart.source);
    const bool print = medium == Medium::print;
    chart::FigureOptions options;
    options.heading_level = 3;
    options.number = number;
    options.table_open = print;
    options.narrow = !print;
    return html::format(R"(<div class="app-para app-para--figure"><span></span>{}</div>)",
                        chart::figure(chart, options));
}

} // namespace

Html cover(const Document &document, Medium medium) {
    const auto &cover = document.cover;
    std::vector<Html> top;
    for (const auto *name : {"Report of", "To", "Date"}) {
        const auto words = cover.first(name);
        if (words.empty())
            continue;
        top.push_back(medium == Medium::word
                          ? html::format(R"(<div custom-style="Cover line"><strong>{}:</strong>)"
                                         " {}</div>",
                                         name, words)
                          : html::format("{}: {}", name, words));
    }
    const Html rest = lines_of("Purpose of report", cover.all("Purpose")) +
                      lines_of("Approved by", cover.all("Approved by")) +
                      lines_of("Policy framework", cover.all("Policy framework")) +
                      recommendations_of(cover.all("Recommendations"));
    if (medium == Medium::word) // pandoc writes the title from its metadata
        return html::joined(top) + rest;
    return html::format(R"(<p class="app-small app-quiet app-cover__to">{}</p>)"
                        R"(<h1 class="govuk-heading-xl">{}</h1><div class="app-measure">{}</div>)",
                        html::joined(top, "<br>"), cover.first("Title"), rest);
}

Html body(const Document &document, Medium medium) {
    Html all;
    int charts = 0;
    for (const auto &block : document.blocks) {
        switch (block.kind) {
        case Block::Kind::heading:
            all += block.level == 2 ? html::format(R"(<h2 id="{}">{}</h2>)", block.anchor,
                                                   filled(document, block.markup, medium))
                                    : html::format(R"(<h3 id="{}">{}</h3>)", block.anchor,
                                                   filled(document, block.markup, medium));
            break;
        case Block::Kind::paragraph:
            all += paragraph(document, block, medium);
            break;
        case Block::Kind::chart:
            all += chart_block(document, block.at, ++charts, medium);
            break;
        case Block::Kind::table:
            all += html::format(R"(<div class="app-doc__in">{}</div>)",
                                plain_table(document.tables[block.at], medium));
            break;
        }
    }
    return all;
}

Html closing(const Document &document) {
    Html all;
    const auto section = [&](const char *heading, const char *id,
                             const std::vector<std::string> &lines) {
        if (lines.empty())
            return;
        Html items;
        for (const auto &words : lines)
            items += html::format(
                "<li>{}</li>",
                is_link(words)
                    ? html::format(R"(<a class="govuk-link" href="{}">{}</a>)", words, words)
                    : html::text(words));
        all += html::format(R"(<h2 id="{}">{}</h2><div class="app-doc__in">)"
                            R"(<ul class="govuk-list">{}</ul></div>)",
                            id, heading, items);
    };
    const auto &cover = document.cover;
    section("Name and contact details of author", "contact", cover.all("Contact"));
    section("List of background papers", "background-papers", cover.all("Background papers"));
    const auto version = cover.first("Version");
    const auto footer = cover.first("Footer");
    if (!version.empty())
        all += html::format(R"(<p class="govuk-body app-doc__in">Version number: {}</p>)", version);
    if (!footer.empty())
        all += html::format(R"(<p class="govuk-body app-doc__in">{}</p>)", footer);
    return all;
}

Html article(const Document &document, Medium medium) {
    return html::format(R"(<article class="app-doc"><div class="app-doc__in">{}</div>{}{}{})"
                        "</article>",
                        cover(document, medium), body(document, medium), closing(document),
                        appendix(document, medium));
}

std::string picture_name(std::size_t chart) {
    return fmt::format("figure-{}.png", chart + 1);
}

} // namespace wardmote::document
