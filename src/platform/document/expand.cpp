#include "platform/document/expand.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/core/text.hpp"

#include <fmt/core.h>

namespace wardmote::document {

namespace {

constexpr std::size_t most_steps = 200'000; // a report takes some hundreds

/// A condition is true, false, or not to be known; what is not known is never claimed.
using Truth = std::optional<bool>;

bool compare(double left, std::string_view how, double right) {
    if (how == ">")
        return left > right;
    if (how == ">=")
        return left >= right;
    if (how == "<")
        return left < right;
    if (how == "<=")
        return left <= right;
    return (left == right) == (how == "=");
}

/// "1,234", or as many as two decimals where there are any.
std::string value_in_words(double value) {
    for (int decimals = 0; decimals < 2; ++decimals) {
        const double scale = std::pow(10, decimals);
        if (std::abs(value * scale - std::round(value * scale)) < 1e-9 * scale)
            return core::number(value, decimals);
    }
    return core::number(value, 2);
}

std::string ended(std::string sentence) {
    if (!sentence.empty() && std::string_view{".!?"}.find(sentence.back()) == std::string::npos)
        sentence += '.';
    return sentence;
}

class Expander {
public:
    Expander(const Template &read, LiveValues &live)
        : m_template{read}
        , m_live{live} {}

    Expanded all() {
        m_out.problems = m_template.problems;
        for (const auto &entry : m_template.cover)
            cover(entry);
        m_out.markdown.clear();
        put(m_template.nodes);
        if (m_endless)
            m_out.problems.push_back(std::move(*m_endless));
        return std::move(m_out);
    }

private:
    // The cover is plain words: its spans are put in at once, without notes.
    void cover(const Template::Entry &entry) {
        Cover::Entry made{entry.name, {}};
        for (const auto &nodes : entry.words) {
            if (const auto *list = only_list(nodes)) {
                for (const auto &item : m_live.list(list->name).value_or(std::vector<Item>{}))
                    made.words.push_back(field(item, "text").value_or(""));
                continue;
            }
            m_out.markdown.clear();
            ++m_conditional; // a cover's line that cannot be filled is left out
            const bool whole = put(nodes);
            --m_conditional;
            if (whole)
                made.words.push_back(plain(core::trim(m_out.markdown)));
        }
        std::erase(made.words, "");
        m_out.spans.clear();
        m_out.figures.clear();
        if (!made.words.empty())
            m_out.cover.entries.push_back(std::move(made));
    }

    static const Live *only_list(const std::vector<Node> &nodes) {
        const auto is_text = [](const Node &node) {
            return node.kind == Node::Kind::text && core::trim(node.text).empty();
        };
        const auto live = std::ranges::find_if_not(nodes, is_text);
        const bool only = live != nodes.end() && live->kind == Node::Kind::live &&
                          live->live.kind == Live::Kind::list &&
                          std::all_of(live + 1, nodes.end(), is_text);
        return only ? &live->live : nullptr;
    }

    std::string plain(std::string_view text) const {
        std::string words;
        std::size_t from = 0;
        while (const auto found = mark::find(text, from)) {
            words += text.substr(from, found.start - from);
            words += m_out.spans[found.span].text;
            from = found.end;
        }
        return words + std::string{text.substr(from)};
    }

    /// False when a value is missing inside a condition: the block is not to stand.
    bool put(const std::vector<Node> &nodes) {
        return std::ranges::all_of(nodes, [this](const Node &node) { return put(node); });
    }

    bool put(const Node &node) {
        if (++m_steps > most_steps) {
            if (m_steps == most_steps + 1)
                m_endless = Problem{m_template.file, node.line,
                                    "lists within lists repeat this too often; the rest is left "
                                    "out"};
            return true;
        }
        switch (node.kind) {
        case Node::Kind::text:
            m_out.markdown += mark::without(node.text);
            return true;
        case Node::Kind::live:
            return put_live(node);
        case Node::Kind::choice:
            put_choice(node);
            return true;
        case Node::Kind::each:
            return put_each(node);
        }
        return true;
    }

    void put_choice(const Node &node) {
        for (const auto &branch : node.branches) {
            if (!branch.otherwise && !holds(branch.condition).value_or(false))
                continue;
            const auto before = lengths();
            ++m_conditional;
            const bool whole = put(branch.nodes);
            --m_conditional;
            if (whole)
                return;
            back_to(before);
        }
    }

    bool put_each(const Node &node) {
        const auto items = m_live.list(node.live.name);
        if (!items)
            return missing(node);
        for (const auto &item : *items) {
            if (m_steps > most_steps)
                break;
            m_items.push_back(&item);
            const bool whole = put(node.nodes);
            m_items.pop_back();
            if (!whole)
                return false;
        }
        return true;
    }

    bool put_live(const Node &node) {
        const auto &live = node.live;
        switch (live.kind) {
        case Live::Kind::figure:
            return put_figure(node);
        case Live::Kind::chart:
            if (auto chart = m_live.chart(live.name)) {
                m_out.charts.push_back(std::move(*chart));
                put_block({Span::Kind::chart, {}, m_out.charts.size() - 1, 0});
                return true;
            }
            return missing(node);
        case Live::Kind::table:
            if (auto table = m_live.table(live.name)) {
                m_out.tables.push_back(std::move(*table));
                put_block({Span::Kind::table, {}, m_out.tables.size() - 1, 0});
                return true;
            }
            return missing(node);
        case Live::Kind::list:
            return put_list(node);
        case Live::Kind::text:
        case Live::Kind::item:
            if (auto words = words_of(live)) {
                const auto kind = live.option("link") ? Span::Kind::link : Span::Kind::words;
                put_span({kind, std::move(*words), 0, 0});
                return true;
            }
            return missing(node);
        }
        return true;
    }

    bool put_figure(const Node &node) {
        auto figure = figure_of(node.live);
        if (!figure)
            return missing(node);
        if (auto words = about(node.live, *figure)) {
            if (words->empty())
                return missing(node);
            put_span({Span::Kind::words, std::move(*words), 0, 0});
            return true;
        }
        auto kind = Span::Kind::figure;
        std::string shown = figure->text();
        if (node.live.option("sentence")) {
            kind = Span::Kind::sentence;
            shown = ended(figure->sentence());
        } else if (node.live.option("value")) {
            shown = value_in_words(figure->value());
        }
        m_out.figures.push_back(std::move(*figure));
        put_span({kind, std::move(shown), m_out.figures.size() - 1, 0});
        return true;
    }

    /// Words about a figure, where the options ask for those: they are no claim of their own and
    /// have no note.
    std::optional<std::string> about(const Live &live, const core::Figure &figure) {
        if (live.option("period"))
            return figure.provenance().period;
        if (live.option("comparator"))
            return figure.provenance().comparator;
        if (!live.option("verdict"))
            return {};
        for (const auto &[verdict, words] : {std::pair{"fall", "a clear fall"},
                                             {"rise", "a clear rise"},
                                             {"no clear change", "no clear change"}})
            if (m_live.test(name_of(live), live.options, verdict).value_or(false))
                return words;
        return "";
    }

    bool put_list(const Node &node) {
        const auto items = m_live.list(node.live.name);
        if (!items)
            return missing(node);
        std::vector<std::string> words;
        for (const auto &item : *items)
            words.push_back(field(item, "text").value_or(""));
        if (!node.alone) {
            put_span({Span::Kind::words, core::joined(words), 0, 0});
            return true;
        }
        m_out.markdown += '\n';
        for (auto &each : words) {
            m_out.markdown += "- ";
            put_span({Span::Kind::words, std::move(each), 0, 0});
            m_out.markdown += '\n';
        }
        return true;
    }

    void put_span(Span span) {
        m_out.markdown += mark::of(m_out.spans.size());
        m_out.spans.push_back(std::move(span));
    }

    void put_block(Span span) {
        m_out.markdown += "\n\n";
        put_span(std::move(span));
        m_out.markdown += "\n\n";
    }

    /// Inside a condition the block goes; outside it is a problem, and the text shows where.
    bool missing(const Node &node) {
        if (m_conditional > 0)
            return false;
        const auto &live = node.live;
        const auto name = name_of(live);
        const auto why = m_live.why_not(name, live.options);
        m_out.problems.push_back({m_template.file, node.line,
                                  why.empty() ? fmt::format("there is nothing for “{}”", name)
                                              : fmt::format("there is no “{}”: {}", name, why)});
        put_span({Span::Kind::missing, fmt::format("no figure for “{}”", name), 0, 0});
        return true;
    }

    Truth holds(const Condition &condition) {
        bool unknown = false;
        for (const auto &tests : condition.any_of) {
            Truth all = true;
            for (const auto &test : tests) {
                const auto one = holds(test);
                if (!one || !*one) {
                    all = one;
                    break;
                }
            }
            if (all.value_or(false))
                return true;
            unknown = unknown || !all;
        }
        return unknown ? std::nullopt : Truth{false};
    }

    Truth holds(const Condition::Test &test) {
        Truth truth;
        if (test.kind == Condition::Test::Kind::exists) {
            truth = exists(test.live);
        } else if (test.kind == Condition::Test::Kind::is) {
            if (test.live.kind == Live::Kind::figure)
                truth = m_live.test(name_of(test.live), test.live.options, test.word);
            else if (const auto words = words_of(test.live))
                truth = *words == test.word;
        } else if (const auto number = number_of(test.live)) {
            truth = compare(*number, test.operator_, test.number);
        }
        return truth ? Truth{*truth != test.negated} : truth;
    }

    bool exists(const Live &live) {
        switch (live.kind) {
        case Live::Kind::figure:
            return figure_of(live).has_value();
        case Live::Kind::chart:
            return m_live.chart(live.name).has_value();
        case Live::Kind::table:
            return m_live.table(live.name).has_value();
        case Live::Kind::list: {
            const auto items = m_live.list(live.name);
            return items && !items->empty();
        }
        case Live::Kind::text:
        case Live::Kind::item:
            return words_of(live).has_value();
        }
        return false;
    }

    /// A list's number is how many entries it has.
    std::optional<double> number_of(const Live &live) {
        if (live.kind == Live::Kind::figure) {
            const auto figure = figure_of(live);
            return figure ? std::optional{figure->value()} : std::nullopt;
        }
        if (live.kind == Live::Kind::list) {
            const auto items = m_live.list(live.name);
            return items ? std::optional{static_cast<double>(items->size())} : std::nullopt;
        }
        const auto words = words_of(live);
        return words ? core::parse_real(*words) : std::nullopt;
    }

    std::optional<core::Figure> figure_of(const Live &live) {
        const auto key = name_of(live);
        return key.empty() ? std::nullopt : m_live.figure(key, live.options);
    }

    /// The key itself, or the one the entry's field holds.
    std::string name_of(const Live &live) const {
        constexpr std::string_view item = "item.";
        if (live.kind != Live::Kind::figure || !live.name.starts_with(item) || m_items.empty())
            return live.name;
        return field(*m_items.back(), live.name.substr(item.size())).value_or("");
    }

    std::optional<std::string> words_of(const Live &live) {
        std::optional<std::string> words;
        if (live.kind == Live::Kind::item)
            words = m_items.empty() ? std::nullopt : field(*m_items.back(), live.name);
        else if (live.kind == Live::Kind::text)
            words = m_live.text(live.name);
        if (!words)
            if (const auto *instead = live.option("or"))
                words = instead->value;
        return words;
    }

    static std::optional<std::string> field(const Item &item, const std::string &name) {
        const auto found = item.find(name);
        return found == item.end() || found->second.empty() ? std::nullopt
                                                            : std::optional{found->second};
    }

    /// How far everything has grown, so that a block can be taken back.
    struct Lengths {
        std::size_t markdown, spans, figures, charts, tables, problems;
    };
    Lengths lengths() const {
        return {m_out.markdown.size(), m_out.spans.size(),  m_out.figures.size(),
                m_out.charts.size(),   m_out.tables.size(), m_out.problems.size()};
    }
    void back_to(const Lengths &before) {
        const auto cut = [](auto &grown, std::size_t length) {
            grown.erase(grown.begin() + static_cast<std::ptrdiff_t>(length), grown.end());
        };
        cut(m_out.markdown, before.markdown);
        cut(m_out.spans, before.spans);
        cut(m_out.figures, before.figures);
        cut(m_out.charts, before.charts);
        cut(m_out.tables, before.tables);
        cut(m_out.problems, before.problems);
    }

    const Template &m_template;
    LiveValues &m_live;
    Expanded m_out;
    std::vector<const Item *> m_items;
    int m_conditional = 0;
    std::size_t m_steps = 0;
    std::optional<Problem> m_endless; ///< kept apart, for a block that is taken back takes its own
};

} // namespace

namespace mark {

std::string of(std::size_t span) {
    return fmt::format("{}{}{}", open, span, close);
}

std::string without(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const bool is_mark =
            text.starts_with(open) || text.starts_with(close) || text.starts_with(numbered);
        if (!is_mark)
            clean += text.front();
        text.remove_prefix(is_mark ? open.size() : 1);
    }
    return clean;
}

Found find(std::string_view text, std::size_t from) {
    const auto start = text.find(open, from);
    if (start == std::string_view::npos)
        return {};
    const auto digits = start + open.size();
    const auto end = text.find(close, digits);
    Found found{start, end + close.size(), 0};
    std::from_chars(text.data() + digits, text.data() + std::min(end, text.size()), found.span);
    return end == std::string_view::npos ? Found{} : found;
}

} // namespace mark

Expanded expand(const Template &read, LiveValues &live) {
    return Expander{read, live}.all();
}

} // namespace wardmote::document
