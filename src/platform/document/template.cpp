#include "platform/document/template.hpp"

#include <algorithm>
#include <optional>

#include "engine/core/text.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

using core::trim;

constexpr std::size_t deepest = 64; // conditions within conditions; more is a mistake

/// A piece of the template: text, or the inside of one {{ ... }}.
struct Token {
    bool live = false;
    bool alone = false;
    int line = 0;
    std::string_view text;
};

/// The first word, and what follows it.
std::pair<std::string_view, std::string_view> split_word(std::string_view text) {
    text = trim(text);
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    return {text.substr(0, end), trim(text.substr(end))};
}

/// Cuts `text` at its {{ }}, which must open and close on one line. A line that holds one {{ }} and
/// nothing else gives it `alone`; if it is a word of control the line's end goes too.
class Cutter {
public:
    Cutter(std::string_view file, std::string_view text, int line, std::vector<Problem> &problems)
        : m_file{file}
        , m_text{text}
        , m_line{line}
        , m_problems{problems} {}

    std::vector<Token> tokens() {
        while (!m_text.empty()) {
            const auto end = std::min(m_text.find('\n'), m_text.size());
            const auto with_end = std::min(end + 1, m_text.size());
            cut(m_text.substr(0, with_end));
            m_text.remove_prefix(with_end);
            ++m_line;
        }
        return std::move(m_tokens);
    }

private:
    void cut(std::string_view line) {
        const auto bare = trim(line);
        const bool alone =
            bare.starts_with("{{") && bare.find("}}") == bare.size() - 2 && bare.size() >= 4;
        if (alone) {
            const auto inside = trim(bare.substr(2, bare.size() - 4));
            m_tokens.push_back({true, true, m_line, inside});
            if (!is_control(inside))
                m_tokens.push_back({false, false, m_line, "\n"});
            return;
        }
        while (!line.empty()) {
            const auto open = line.find("{{");
            if (open == std::string_view::npos)
                break;
            const auto close = line.find("}}", open + 2);
            if (close == std::string_view::npos) {
                m_problems.push_back(
                    {std::string{m_file}, m_line, "{{ is not closed by }} on the same line"});
                break;
            }
            if (open > 0)
                m_tokens.push_back({false, false, m_line, line.substr(0, open)});
            m_tokens.push_back(
                {true, false, m_line, trim(line.substr(open + 2, close - open - 2))});
            line.remove_prefix(close + 2);
        }
        if (!line.empty())
            m_tokens.push_back({false, false, m_line, line});
    }

    static bool is_control(std::string_view inside) {
        const auto word = split_word(inside).first;
        return word == "if" || word == "else" || word == "end" || word == "each";
    }

    std::string_view m_file;
    std::string_view m_text;
    int m_line;
    std::vector<Problem> &m_problems;
    std::vector<Token> m_tokens;
};

/// Builds the tree from the tokens.
class Reader {
public:
    Reader(std::string_view file, std::vector<Token> tokens, std::vector<Problem> &problems)
        : m_file{file}
        , m_tokens{std::move(tokens)}
        , m_problems{problems} {}

    std::vector<Node> all() {
        std::vector<Node> nodes;
        while (m_at < m_tokens.size()) {
            append(nodes, until_control(0));
            if (m_at < m_tokens.size()) {
                const auto &token = m_tokens[m_at++];
                problem(token.line,
                        fmt::format("{{{{ {} }}}} has no {{{{ if }}}} or {{{{ each }}}} "
                                    "before it",
                                    token.text));
            }
        }
        return nodes;
    }

private:
    static void append(std::vector<Node> &to, std::vector<Node> more) {
        std::ranges::move(more, std::back_inserter(to));
    }

    void problem(int line, std::string reason) {
        m_problems.push_back({std::string{m_file}, line, std::move(reason)});
    }

    /// The nodes up to an {{ else }} or {{ end }}, which is left to be read.
    std::vector<Node> until_control(std::size_t depth) {
        std::vector<Node> nodes;
        while (m_at < m_tokens.size()) {
            const auto token = m_tokens[m_at];
            const auto [word, rest] = split_word(token.text);
            if (token.live && (word == "else" || word == "end"))
                break;
            ++m_at;
            Node node;
            node.line = token.line;
            node.alone = token.alone;
            if (!token.live) {
                node.text = token.text;
            } else if ((word == "if" || word == "each") && depth >= deepest) {
                problem(token.line, "conditions and lists stand too deep in one another");
            } else if (word == "if") {
                node = choice(token.line, rest, depth);
            } else if (word == "each") {
                node.kind = Node::Kind::each;
                node.live = read_live(rest);
                if (node.live.kind == Live::Kind::figure)
                    node.live.kind = Live::Kind::list;
                if (node.live.kind != Live::Kind::list || node.live.name.empty())
                    problem(token.line, "{{ each }} needs the name of a list");
                node.nodes = until_control(depth + 1);
                expect_end(token.line, "each");
            } else {
                node.kind = Node::Kind::live;
                node.live = read_live(token.text);
                if (node.live.name.empty()) {
                    problem(token.line,
                            fmt::format("“{}” cannot be read: write one key, or chart, table, list "
                                        "or text and one name",
                                        token.text));
                    node.live.name = token.text;
                }
            }
            nodes.push_back(std::move(node));
        }
        return nodes;
    }

    Node choice(int line, std::string_view condition, std::size_t depth) {
        Node node;
        node.kind = Node::Kind::choice;
        node.line = line;
        std::optional<std::string_view> words = condition;
        int words_line = line;
        while (true) {
            Node::Branch branch;
            branch.otherwise = !words;
            if (words) {
                auto read = read_condition(*words);
                if (!read.reason.empty()) {
                    problem(words_line, fmt::format("in “if {}”: {}", *words, read.reason));
                    read.condition = {}; // never holds
                }
                branch.condition = std::move(read.condition);
            }
            branch.nodes = until_control(depth + 1);
            node.branches.push_back(std::move(branch));
            if (m_at >= m_tokens.size() || split_word(m_tokens[m_at].text).first == "end")
                break;
            words_line = m_tokens[m_at].line;
            const auto [word, rest] = split_word(split_word(m_tokens[m_at++].text).second);
            words = word == "if" ? std::optional{rest} : std::nullopt;
        }
        expect_end(line, "if");
        return node;
    }

    void expect_end(int line, std::string_view what) {
        if (m_at < m_tokens.size() && split_word(m_tokens[m_at].text).first == "end")
            ++m_at;
        else
            problem(line, fmt::format("{{{{ {} }}}} has no {{{{ end }}}}", what));
    }

    std::string_view m_file;
    std::vector<Token> m_tokens;
    std::vector<Problem> &m_problems;
    std::size_t m_at = 0;
};

std::vector<Node> read_nodes(std::string_view file, std::string_view text, int line,
                             std::vector<Problem> &problems) {
    return Reader{file, Cutter{file, text, line, problems}.tokens(), problems}.all();
}

/// Takes the front matter from `markdown`, and returns how many lines it had.
int read_cover(Template &into, std::string_view &markdown) {
    if (!markdown.starts_with("---\n"))
        return 0;
    const auto close = markdown.find("\n---\n", 3);
    if (close == std::string_view::npos) {
        into.problems.push_back({into.file, 1, "the front matter is not closed by a line of ---"});
        return 0;
    }
    auto cover = markdown.substr(4, close + 1 - 4);
    markdown.remove_prefix(close + 5);
    int line = 1;
    while (!cover.empty()) {
        const auto end = cover.find('\n');
        auto words = trim(cover.substr(0, end));
        cover.remove_prefix(end + 1);
        ++line;
        if (words.empty())
            continue;
        if (words.starts_with("- ") && !into.cover.empty()) {
            words = trim(words.substr(2));
        } else {
            const auto colon = words.find(':');
            if (colon == std::string_view::npos || words.starts_with("{{")) {
                into.problems.push_back(
                    {into.file, line, "a line of the front matter is “Name: words” or “- words”"});
                continue;
            }
            into.cover.push_back({std::string{trim(words.substr(0, colon))}, {}});
            words = trim(words.substr(colon + 1));
        }
        if (!words.empty())
            into.cover.back().words.push_back(read_nodes(into.file, words, line, into.problems));
    }
    return line + 1;
}

} // namespace

Template read_template(std::string_view file, std::string_view markdown) {
    Template read;
    read.file = file;
    const int skipped = read_cover(read, markdown);
    read.nodes = read_nodes(file, markdown, skipped + 1, read.problems);
    return read;
}

} // namespace wardmote::document
