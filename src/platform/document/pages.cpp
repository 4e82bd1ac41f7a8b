#include "platform/document/render.hpp"
#include "platform/document/style.hpp"
#include "platform/document/write.hpp"

namespace wardmote::document {

namespace {

std::string title_of(const Document &document) {
    const auto title = document.cover.first("Title");
    return title.empty() ? "Report" : title;
}

/// Safe: the style is a literal of chart, and cannot end the element it stands in.
Html chart_style() {
    return Html::trusted(chart::stylesheet());
}

Html page(const Document &document, const WriteOptions &options, const Html &style,
          const Html &content) {
    return html::format(R"(<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{}">
<meta name="generator" content="Wardmote">
<style>{}</style>
</head>
<body>
{}
</body>
</html>
)",
                        title_of(document), options.organisation, style, content);
}

} // namespace

std::string html_file(const Document &document, const WriteOptions &options) {
    const auto content = html::format("<main>{}</main>", article(document, Medium::file));
    return page(document, options, screen_style() + chart_style(), content).str();
}

std::string print_html(const Document &document, const WriteOptions &options) {
    const auto content = html::format(R"(<p class="app-organisation">{}</p>{})",
                                      options.organisation, article(document, Medium::print));
    return page(document, options, print_style() + chart_style(), content).str();
}

std::string word_html(const Document &document, const WriteOptions &options) {
    const auto content = cover(document, Medium::word) + body(document, Medium::word) +
                         closing(document) + appendix(document, Medium::word);
    return page(document, options, {}, content).str();
}

} // namespace wardmote::document
