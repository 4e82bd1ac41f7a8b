/// A document as Html, for the place where it will be read.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "platform/document/document.hpp"
#include "platform/html/html.hpp"

namespace wardmote::document {

using html::Html;

/// site: inside a page of the site. file: the report by itself, in a browser. print: for
/// WeasyPrint. word: for pandoc.
enum class Medium { site, file, print, word };

/// The title, who it is of and to, purpose, approvals, recommendations.
Html cover(const Document &document, Medium medium);

/// Headings, numbered paragraphs with their notes, charts and tables.
Html body(const Document &document, Medium medium);

/// Contact, background papers, version.
Html closing(const Document &document);

/// Where each figure comes from, with links back, and the files they rest on.
Html appendix(const Document &document, Medium medium);

/// All of these, in an <article class="app-doc">: what a page of the site shows.
Html article(const Document &document, Medium medium);

/// The picture of a chart in a Word file: the name of its PNG.
std::string picture_name(std::size_t chart);

/// Every file that the figures rest on, once, in the order of the notes; and for each note the
/// numbers, from 1, of its files.
struct Sources {
    std::vector<core::SourceFile> files;
    std::vector<std::vector<std::size_t>> of_notes;
};
Sources sources_of(const Document &document);

/// "1 to 3, 7": runs of ascending numbers.
std::string runs(std::span<const std::size_t> numbers);

} // namespace wardmote::document
