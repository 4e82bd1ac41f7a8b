/// Writes a document as files: report.html, report.pdf, report.docx, figures.csv and
/// provenance.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.hpp"

namespace wardmote::document {

struct WriteOptions {
    std::string organisation;   ///< in the running header and the files' metadata
    std::string reference_docx; ///< gives the Word file its styles; pandoc's own when empty
};

/// One page for a browser: style and pictures within it, nothing fetched.
std::string html_file(const Document &document, const WriteOptions &options);

/// The page that WeasyPrint reads: A4, notes in the margin, tables open.
std::string print_html(const Document &document, const WriteOptions &options);

/// The page that pandoc reads; pictures are named picture_name().
std::string word_html(const Document &document, const WriteOptions &options);

/// Every figure with all its provenance, and the files with their hashes.
std::string provenance_json(const Document &document);

/// The names of what write_all() writes, in the order in which they are offered.
const std::vector<std::string> &file_names();

/// Writes all the files into `folder`, which is replaced as a whole: until the last one is written
/// nothing in it changes. Same document, same bytes: every date in a file is document.date. Throws
/// std::runtime_error with a sentence when a file cannot be written or a program fails.
void write_all(const Document &document, const WriteOptions &options, const std::string &folder);

} // namespace wardmote::document
