/// Reads filled Markdown with cmark-gfm into the blocks of a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.hpp"

namespace wardmote::document {

/// Cuts `markdown` into headings, paragraphs, charts and tables, numbering those that "#." starts.
/// What may not stand where it stands becomes a problem without a line.
struct Blocks {
    std::vector<Block> blocks;
    std::vector<std::string> reasons;
};
Blocks read_blocks(std::string_view markdown, const std::vector<Span> &spans);

/// The lines of `markdown` on which raw HTML stands; it is never shown.
std::vector<int> lines_of_html(std::string_view markdown);

} // namespace wardmote::document
