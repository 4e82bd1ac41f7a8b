#include <algorithm>

#include "engine/core/text.hpp"
#include "platform/document/blocks.hpp"
#include "platform/document/document.hpp"
#include "platform/document/expand.hpp"
#include "platform/document/template.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

/// The words that stand before a span: without tags, and without what is before the last one.
std::string words_before(std::string_view markup, std::size_t at) {
    std::string words;
    bool inside_tag = false;
    for (const char c : markup.substr(0, at)) {
        if (c == '<' || c == '>')
            inside_tag = c == '<';
        else if (!inside_tag)
            words += c;
    }
    return words;
}

bool starts_a_sentence(std::string_view markup, std::size_t at) {
    const auto words = words_before(markup, at);
    const auto before = core::trim(words);
    return before.empty() || (before.size() < words.size() &&
                              std::string_view{".!?"}.find(before.back()) != std::string::npos);
}

/// "80% interval 303 to 337" of a method that says one, else nothing.
std::string_view interval_of(std::string_view method) {
    constexpr std::string_view interval = "% interval";
    const auto found = method.find(interval);
    if (found == std::string_view::npos || found < 2)
        return {};
    const auto from = method.substr(found - 2);
    return from.substr(0, std::min(from.find(';'), from.size()));
}

/// "April to December 2014, against April to December 2013; 95% interval ..."
std::string aside_of(const core::Provenance &from) {
    auto aside = core::capitalised(from.period);
    if (!from.comparator.empty())
        aside += ", against " + from.comparator;
    if (const auto interval = interval_of(from.method); !interval.empty())
        aside += fmt::format("; {}", interval);
    return aside;
}

/// The sentence, or where the text itself is the sentence, how it was made.
std::string footnote_of(const core::Figure &figure, Span::Kind kind) {
    const auto &from = figure.provenance();
    if (kind != Span::Kind::sentence)
        return figure.sentence();
    std::string words;
    for (const auto &part : {from.definition, from.method}) {
        if (part.empty())
            continue;
        words += (words.empty() ? "" : " ") + core::capitalised(part);
        if (words.back() != '.')
            words += '.';
    }
    return words;
}

/// Gives every figure its note, in the order in which a reader meets them.
class Numberer {
public:
    Numberer(Document &document, std::vector<core::Figure> figures)
        : m_document{document}
        , m_figures{std::move(figures)} {}

    void number(Block &block) {
        for (auto found = mark::find(block.markup, 0); found;
             found = mark::find(block.markup, found.end)) {
            if (found.span >= m_document.spans.size())
                continue;
            auto &span = m_document.spans[found.span];
            if (span.kind != Span::Kind::figure && span.kind != Span::Kind::sentence)
                continue;
            auto &figure = m_figures[span.at];
            span.at = note(block, figure, span);
            span.citation = ++m_document.notes[span.at].citations;
            if (span.kind == Span::Kind::figure && starts_a_sentence(block.markup, found.start))
                span.text = core::capitalised(span.text);
        }
    }

private:
    std::size_t note(Block &block, const core::Figure &figure, const Span &span) {
        auto &notes = m_document.notes;
        const auto same = std::ranges::find_if(notes, [&](const Note &note) {
            return note.figure.key() == figure.key() && note.shown == span.text &&
                   note.figure.provenance().period == figure.provenance().period;
        });
        if (same != notes.end())
            return static_cast<std::size_t>(same - notes.begin());
        notes.push_back({static_cast<int>(notes.size()) + 1, figure, span.text,
                         once(&Note::aside, aside_of(figure.provenance())),
                         once(&Note::footnote, footnote_of(figure, span.kind)), 0});
        block.notes.push_back(notes.size() - 1);
        return notes.size() - 1;
    }

    /// The words, or "As note 6" where note 6 says them.
    std::string once(std::string Note::*words, std::string said) const {
        const auto same = std::ranges::find(m_document.notes, said, words);
        return same == m_document.notes.end() ? said : fmt::format("As note {}", same->number);
    }

    Document &m_document;
    std::vector<core::Figure> m_figures;
};

/// The template with its front matter made blank, so that lines keep their numbers.
std::string without_cover(std::string_view markdown) {
    std::string body{markdown};
    const auto close =
        markdown.starts_with("---\n") ? markdown.find("\n---\n", 3) : std::string_view::npos;
    if (close != std::string_view::npos)
        for (std::size_t i = 0; i < close + 5; ++i)
            if (body[i] != '\n')
                body[i] = ' ';
    return body;
}

} // namespace

std::string Problem::sentence() const {
    return line > 0 ? fmt::format("{}, line {}: {}.", file, line, reason)
                    : fmt::format("{}: {}.", file, reason);
}

std::string Cover::first(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() || found->words.empty() ? "" : found->words.front();
}

std::vector<std::string> Cover::all(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? std::vector<std::string>{} : found->words;
}

std::vector<core::Figure> Document::figures() const {
    std::vector<core::Figure> all;
    for (const auto &note : notes) {
        const auto same = [&](const core::Figure &figure) {
            return figure.key() == note.figure.key() &&
                   figure.provenance().period == note.figure.provenance().period;
        };
        if (std::ranges::none_of(all, same))
            all.push_back(note.figure);
    }
    return all;
}

Document compile(std::string_view name, std::string_view file, std::string_view markdown,
                 LiveValues &live) {
    auto expanded = expand(read_template(file, markdown), live);
    auto read = read_blocks(expanded.markdown, expanded.spans);

    Document document;
    document.name = name;
    document.cover = std::move(expanded.cover);
    document.blocks = std::move(read.blocks);
    document.spans = std::move(expanded.spans);
    document.charts = std::move(expanded.charts);
    document.tables = std::move(expanded.tables);
    document.problems = std::move(expanded.problems);
    for (auto &reason : read.reasons)
        document.problems.push_back({std::string{file}, 0, std::move(reason)});
    for (const int line : lines_of_html(without_cover(markdown)))
        document.problems.push_back(
            {std::string{file}, line, "raw HTML is not shown; write Markdown"});

    Numberer numberer{document, std::move(expanded.figures)};
    for (auto &block : document.blocks)
        numberer.number(block);
    return document;
}

} // namespace wardmote::document
