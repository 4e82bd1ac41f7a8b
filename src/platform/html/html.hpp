/// Html is markup that is safe to send: the only thing that can reach a page.
///
/// Text becomes Html by being escaped; markup becomes Html only as a literal in the source. There
/// is no way to put a std::string on a page unescaped, so forgetting to escape does not compile.
///
///     html::format(R"(<p class="{}">{}</p>)", "govuk-body", report.title)
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmote::html {

/// Markup written in the source as a literal; a run-time string cannot become one.
class Literal {
public:
    template <std::size_t Size>
    consteval Literal(const char (&markup)[Size]) // not explicit: a literal in place is the point
        : m_markup{markup, Size - 1} {}
    constexpr std::string_view view() const { return m_markup; }

private:
    std::string_view m_markup;
};

class Html {
public:
    Html() = default;
    Html(Literal markup)
        : m_markup{markup.view()} {} // not explicit: a literal is already safe

    /// Text with & < > " ' made safe, for content and for quoted attributes alike.
    static Html escaped(std::string_view text);
    /// Markup that another trusted writer made (cmark, our own SVG writer). Each call says why it
    /// is safe.
    static Html trusted(std::string markup);

    const std::string &str() const { return m_markup; }
    bool empty() const { return m_markup.empty(); }
    Html &operator+=(const Html &more);
    friend Html operator+(Html left, const Html &right) { return left += right; }
    bool operator==(const Html &) const = default;

private:
    std::string m_markup;
};

inline Html text(std::string_view words) {
    return Html::escaped(words);
}

/// An argument of format(): Html as it is, anything else escaped.
class Argument {
public:
    Argument(const Html &html)
        : m_text{html.str()}
        , m_safe{true} {}
    Argument(std::string_view words)
        : m_text{words} {}
    Argument(const std::string &words)
        : m_text{words} {}
    Argument(const char *words)
        : m_text{words} {}
    Argument(std::integral auto value)
        : m_text{std::to_string(value)}
        , m_safe{true} {}
    Argument(bool) = delete; // say in words what true means

    void append_to(std::string &out) const;

private:
    std::string m_text;
    bool m_safe = false;
};

Html format_arguments(std::string_view pattern, std::span<const Argument> arguments);

/// Puts each argument where the pattern has {}. The number of {} must be that of the arguments
/// (asserted).
template <typename... Args>
Html format(Literal pattern, const Args &...args) {
    if constexpr (sizeof...(Args) == 0) {
        return Html{pattern};
    } else {
        const Argument arguments[] = {Argument(args)...};
        return format_arguments(pattern.view(), arguments);
    }
}

Html joined(std::span<const Html> parts, Literal between = "");

} // namespace wardmote::html
