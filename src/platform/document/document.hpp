/// A document is Markdown with live figures, written and edited by people and filled in by the
/// evidence.
///
/// compile() reads the template, asks LiveValues for every figure, chart, table, list and word in
/// it, and makes a Document: a cover, numbered paragraphs, and the figures cited in the order of
/// their notes. render.hpp and write.hpp turn that into HTML, PDF, DOCX, CSV and JSON.
/// docs/guide/reports.md says how to write a template:
///
///     {{ key }}  {{ key | sentence }}  {{ key | value }}  {{ key | to last-meeting }}
///     {{ key | period }}  {{ key | comparator }}  {{ key | verdict }}: words about the figure
///     {{ chart NAME }}  {{ table NAME }}  {{ list NAME }}  {{ text NAME }}
///     {{ if key is fall }} .. {{ else if key > 20 }} .. {{ else }} .. {{ end }}
///     {{ text NAME | or these words when there is none }}
///     {{ each NAME }} .. {{ item }} or {{ item.FIELD }} .. {{ end }}
///     #. A paragraph that is numbered, through the whole document
///
/// Nothing that LiveValues answers is ever read as Markdown or markup: it is put in, escaped, after
/// the Markdown has been read.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/clock.hpp"
#include "engine/core/figure.hpp"
#include "platform/chart/chart.hpp"
#include "platform/html/html.hpp"

namespace wardmote::document {

/// What is written after the bar of {{ key | to last-meeting | sentence }}: "to" with
/// "last-meeting", then "sentence" with nothing. `sentence`, `value`, `period`, `comparator` and
/// `verdict` are compile()'s own; the rest is for the resolver.
struct Option {
    std::string name;
    std::string value;
    bool operator==(const Option &) const = default;
};
using Options = std::vector<Option>;

/// One entry of a list: its fields by name. "text" is what {{ item }} and {{ list NAME }} show.
using Item = std::map<std::string, std::string>;

/// Answers a template's questions. Nothing is a good answer: it removes the claim.
class LiveValues {
public:
    virtual ~LiveValues() = default;

    virtual std::optional<core::Figure> figure(std::string_view key, const Options &options) = 0;
    /// Whether the figure is `word`: "fall", "rise", "no clear change" ... Nothing when unknown.
    virtual std::optional<bool> test(std::string_view key, const Options &options,
                                     std::string_view word) = 0;
    virtual std::optional<chart::Chart> chart(std::string_view name) = 0;
    virtual std::optional<chart::Table> table(std::string_view name) = 0;
    virtual std::optional<std::vector<Item>> list(std::string_view name) = 0;
    /// Plain words that are no figure: a chair, a place, a date in words.
    virtual std::optional<std::string> text(std::string_view name) = 0;
    /// A sentence: why there is no answer for `name`. Empty when there is no more to say.
    virtual std::string why_not(std::string_view name, const Options &options) = 0;
};

/// A fault of a template, for the person who writes it.
struct Problem {
    std::string file;
    int line = 0;
    std::string reason;
    bool operator==(const Problem &) const = default;
    std::string sentence() const; ///< "council.md, line 12: ..."
};

/// The front matter of the template: lines of "Name: words", and lists of "- words" under a name.
/// Names are those of a committee report: Report of, To, Date, Title, Purpose, Approved by, Policy
/// framework, Recommendations, Contact, Background papers, Version, Footer. Others are kept.
struct Cover {
    struct Entry {
        std::string name;
        std::vector<std::string> words;
    };
    std::vector<Entry> entries; ///< in the order of the template; those without words are left out

    std::string first(std::string_view name) const; ///< empty when there is none
    std::vector<std::string> all(std::string_view name) const;
};

/// A figure of the text, with the number of its note. The same figure in the same words has one
/// note however often it is cited.
struct Note {
    int number = 0;
    core::Figure figure;
    std::string shown;    ///< as it stands in the text
    std::string aside;    ///< what the margin says: period, comparator, interval
    std::string footnote; ///< where there is more room: base, result, change and period
    int citations = 0;
};

/// A place in the text that was live: what stands there, and its note if it is a figure.
struct Span {
    /// A sentence is a figure whose whole sentence stands in the text; only its note is a link.
    enum class Kind { figure, sentence, words, link, chart, table, missing };
    Kind kind = Kind::words;
    std::string text;
    /// Index into Document::notes, ::charts or ::tables, by kind.
    std::size_t at = 0;
    int citation = 0; ///< 1 for the first citation of the note
};

/// A part of the document from top to bottom.
struct Block {
    enum class Kind { heading, paragraph, chart, table };
    Kind kind = Kind::paragraph;
    int level = 0;                  ///< of a heading: 2 is a section
    int number = 0;                 ///< of a numbered paragraph, else 0
    std::string markup;             ///< cmark's, safe, with marks where spans go
    std::string anchor;             ///< of a heading
    std::size_t at = 0;             ///< index into charts or tables
    std::vector<std::size_t> notes; ///< first cited here, in order
};

struct Document {
    std::string name; ///< of the template: "council"
    Cover cover;
    std::vector<Block> blocks;
    std::vector<Span> spans;
    std::vector<Note> notes;
    std::vector<chart::Chart> charts;
    std::vector<chart::Table> tables;
    std::vector<Problem> problems;
    /// Set by the caller after compile(): what it is as at, and as known when.
    std::optional<core::Date> date;
    std::optional<core::Instant> as_known_on;

    std::vector<core::Figure> figures() const; ///< of the notes, each key once
};

/// Reads `markdown` (the template in `file`) and fills it. Never throws for a fault of the
/// template: each is a Problem, and the text shows a visible mark in its place.
Document compile(std::string_view name, std::string_view file, std::string_view markdown,
                 LiveValues &live);

} // namespace wardmote::document
