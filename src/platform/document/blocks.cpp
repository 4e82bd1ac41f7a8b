#include "platform/document/blocks.hpp"

#include <memory>
#include <optional>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "engine/core/text.hpp"
#include "platform/document/expand.hpp"

namespace wardmote::document {

namespace {

// Safe: raw HTML and dangerous links are left out. Smart quotes would change what people wrote.
constexpr int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;

struct Free {
    void operator()(cmark_node *node) const { cmark_node_free(node); }
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
    void operator()(char *text) const { cmark_get_default_mem_allocator()->free(text); }
};
using Node = std::unique_ptr<cmark_node, Free>;

Node parse(std::string_view markdown) {
    static const bool registered = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    (void)registered;
    const std::unique_ptr<cmark_parser, Free> parser{cmark_parser_new(options)};
    if (auto *table = cmark_find_syntax_extension("table"))
        cmark_parser_attach_syntax_extension(parser.get(), table);
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    return Node{cmark_parser_finish(parser.get())};
}

std::string html_of(cmark_node *node) {
    const std::unique_ptr<char, Free> html{cmark_render_html(node, options, nullptr)};
    std::string markup{core::trim(html.get())};
    return markup;
}

/// Puts each "#." on a paragraph of its own, started by a mark.
std::string with_numbered(std::string_view markdown) {
    std::string marked;
    while (!markdown.empty()) {
        const auto end = std::min(markdown.find('\n'), markdown.size());
        const auto line = markdown.substr(0, end);
        if (line.starts_with("#. ") || core::trim(line) == "#.") {
            marked += '\n';
            marked += mark::numbered;
            marked += core::trim(line.substr(2));
        } else {
            marked += line;
        }
        marked += '\n';
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
    }
    return marked;
}

/// The span of a paragraph that is one chart or table and nothing else.
std::optional<std::size_t> only_block(std::string_view markup, const std::vector<Span> &spans) {
    constexpr std::string_view open = "<p>", close = "</p>";
    if (!markup.starts_with(open) || !markup.ends_with(close))
        return {};
    markup = markup.substr(open.size(), markup.size() - open.size() - close.size());
    const auto found = mark::find(markup, 0);
    if (!found || found.start != 0 || found.end != markup.size() || found.span >= spans.size())
        return {};
    const auto kind = spans[found.span].kind;
    if (kind != Span::Kind::chart && kind != Span::Kind::table)
        return {};
    return found.span;
}

/// Letters and digits of a heading, joined by hyphens.
std::string anchor_of(std::string_view markup) {
    std::string anchor;
    bool inside_tag = false;
    for (const char c : markup) {
        if (c == '<' || c == '>')
            inside_tag = c == '<';
        else if (!inside_tag && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
            anchor += c;
        else if (!inside_tag && c >= 'A' && c <= 'Z')
            anchor += static_cast<char>(c - 'A' + 'a');
        else if (!inside_tag && (c == ' ' || c == '-') && !anchor.empty() && anchor.back() != '-')
            anchor += '-';
    }
    return "s-" + anchor;
}

class Builder {
public:
    Builder(const std::vector<Span> &spans)
        : m_spans{spans} {}

    void add(cmark_node *node) {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_HEADING:
            heading(node);
            break;
        case CMARK_NODE_LIST:
            list(html_of(node));
            break;
        case CMARK_NODE_THEMATIC_BREAK:
        case CMARK_NODE_HTML_BLOCK:
            break;
        default:
            paragraph(html_of(node));
        }
    }

    Blocks take() { return std::move(m_out); }

private:
    void heading(cmark_node *node) {
        Block block;
        block.kind = Block::Kind::heading;
        block.level = std::max(2, cmark_node_get_heading_level(node));
        // From "<h2>words</h2>" the words.
        const auto markup = html_of(node);
        const auto open = markup.find('>') + 1;
        block.markup = markup.substr(open, markup.rfind('<') - open);
        block.anchor = anchor_of(with_words(block.markup));
        m_numbered = false;
        m_out.blocks.push_back(std::move(block));
    }

    std::string with_words(std::string_view markup) const {
        std::string words;
        std::size_t from = 0;
        while (const auto found = mark::find(markup, from)) {
            words += markup.substr(from, found.start - from);
            if (found.span < m_spans.size())
                words += m_spans[found.span].text;
            from = found.end;
        }
        return words + std::string{markup.substr(from)};
    }

    /// Bullets belong to the numbered paragraph they follow.
    void list(std::string markup) {
        if (m_numbered) {
            m_out.blocks.back().markup += markup;
            return;
        }
        Block block;
        block.markup = std::move(markup);
        m_out.blocks.push_back(std::move(block));
    }

    void paragraph(std::string markup) {
        Block block;
        m_numbered = false;
        if (const auto at = only_block(markup, m_spans)) {
            const auto &span = m_spans[*at];
            block.kind = span.kind == Span::Kind::chart ? Block::Kind::chart : Block::Kind::table;
            block.at = span.at;
            m_out.blocks.push_back(std::move(block));
            return;
        }
        if (const auto at = markup.find(mark::numbered); at != std::string::npos) {
            markup.erase(at, mark::numbered.size());
            if (markup == "<p></p>") // all that could stand in it was taken away
                return;
            block.number = ++m_number;
            m_numbered = true;
        }
        block.markup = std::move(markup);
        m_out.blocks.push_back(std::move(block));
    }

    const std::vector<Span> &m_spans;
    Blocks m_out;
    int m_number = 0;
    bool m_numbered = false;
};

} // namespace

Blocks read_blocks(std::string_view markdown, const std::vector<Span> &spans) {
    const auto root = parse(with_numbered(markdown));
    Builder builder{spans};
    for (auto *node = cmark_node_first_child(root.get()); node; node = cmark_node_next(node))
        builder.add(node);
    auto read = builder.take();
    for (const auto &block : read.blocks) {
        if (block.markup.find("%EE%80%80") != std::string::npos)
            read.reasons.emplace_back("a live value cannot stand in a link’s address; write "
                                      "{{ text NAME | link }} for a link that is recorded");
        for (auto found = mark::find(block.markup, 0); found;
             found = mark::find(block.markup, found.end)) {
            if (found.span < spans.size() && (spans[found.span].kind == Span::Kind::chart ||
                                              spans[found.span].kind == Span::Kind::table))
                read.reasons.emplace_back("a chart or table must stand on a line of its own");
        }
    }
    return read;
}

std::vector<int> lines_of_html(std::string_view markdown) {
    std::vector<int> lines;
    const auto root = parse(markdown);
    const std::unique_ptr<cmark_iter, Free> walk{cmark_iter_new(root.get())};
    while (cmark_iter_next(walk.get()) != CMARK_EVENT_DONE) {
        auto *node = cmark_iter_get_node(walk.get());
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
            int line = cmark_node_get_start_line(node);
            for (auto *above = node; line == 0 && above; above = cmark_node_parent(above))
                line = cmark_node_get_start_line(above);
            lines.push_back(line);
        }
    }
    return lines;
}

} // namespace wardmote::document
