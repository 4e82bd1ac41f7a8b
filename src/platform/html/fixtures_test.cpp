#include "platform/html/fixtures.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace wardmote::html::fixtures {

namespace {

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void append_utf8(std::string &out, unsigned long code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0U | (code >> 6U));
        out += static_cast<char>(0x80U | (code & 0x3fU));
    } else {
        out += static_cast<char>(0xe0U | (code >> 12U));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (code & 0x3fU));
    }
}

std::string decoded(std::string_view text) {
    static const std::map<std::string_view, std::string_view> named = {
        {"amp", "&"},  {"lt", "<"},   {"gt", ">"},        {"quot", "\""},
        {"apos", "'"}, {"nbsp", " "}, {"ctdot", "\u22ef"}};
    std::string out;
    while (!text.empty()) {
        const auto end = text.front() == '&' ? text.find(';') : text.npos;
        const auto name = end == text.npos ? std::string_view{} : text.substr(1, end - 1);
        if (const auto found = named.find(name); found != named.end()) {
            out += found->second;
            text.remove_prefix(end + 1);
        } else if (name.starts_with('#') && name.size() > 1) {
            const bool hex = name[1] == 'x';
            append_utf8(out,
                        std::stoul(std::string{name.substr(hex ? 2 : 1)}, nullptr, hex ? 16 : 10));
            text.remove_prefix(end + 1);
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_space(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

/// Reads what stands between < and >, without them.
class TagReader {
public:
    explicit TagReader(std::string_view inside)
        : m_rest{inside} {}

    std::string normalised() {
        auto name = std::string{until(" \n\t\r/>", 1)};
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        std::map<std::string, std::string> attributes;
        while (true) {
            while (!m_rest.empty() && (is_space(m_rest.front()) || m_rest.front() == '/'))
                m_rest.remove_prefix(1);
            if (m_rest.empty())
                break;
            const auto key = std::string{until(" \n\t\r/=", 1)};
            attributes[key] = value();
        }
        for (const auto &[key, text] : attributes)
            name += " " + key + "=\"" + text + "\"";
        return "<" + name + ">";
    }

private:
    /// At least `least` characters, up to one of `ends`.
    std::string_view until(std::string_view ends, std::size_t least) {
        const auto end = std::min(m_rest.find_first_of(ends, least), m_rest.size());
        const auto found = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return found;
    }
    std::string value() {
        if (m_rest.empty() || m_rest.front() != '=')
            return {};
        m_rest.remove_prefix(1);
        if (m_rest.empty() || (m_rest.front() != '"' && m_rest.front() != '\''))
            return std::string{until(" \n\t\r/", 0)};
        const char quote = m_rest.front();
        m_rest.remove_prefix(1);
        const auto end = std::min(m_rest.find(quote), m_rest.size());
        const auto found = m_rest.substr(0, end);
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        return collapsed(decoded(found));
    }

    std::string_view m_rest;
};

std::size_t end_of_tag(std::string_view markup) {
    char quote = 0;
    for (std::size_t i = 0; i < markup.size(); ++i) {
        if (quote != 0)
            quote = markup[i] == quote ? '\0' : quote;
        else if (markup[i] == '"' || markup[i] == '\'')
            quote = markup[i];
        else if (markup[i] == '>')
            return i;
    }
    return markup.size();
}

} // namespace

std::string normalised(std::string_view markup) {
    std::string out;
    while (!markup.empty()) {
        if (markup.front() == '<') {
            const auto end = end_of_tag(markup);
            out += TagReader{markup.substr(1, end - 1)}.normalised() + "\n";
            markup.remove_prefix(std::min(end + 1, markup.size()));
            continue;
        }
        const auto end = std::min(markup.find('<'), markup.size());
        if (const auto text = collapsed(decoded(markup.substr(0, end))); !text.empty())
            out += text + "\n";
        markup.remove_prefix(end);
    }
    return out;
}

std::string words(const Options &options, const char *key) {
    if (!options.is_object() || !options.contains(key))
        return {};
    const auto &value = options.at(key);
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number())
        return value.dump();
    return value == true ? "true" : "";
}

bool truth(const Options &options, const char *key) {
    const auto text = words(options, key);
    return !text.empty() && text != "0";
}

std::optional<bool> maybe_truth(const Options &options, const char *key) {
    if (!options.contains(key) || !options.at(key).is_boolean())
        return std::nullopt;
    return options.at(key).get<bool>();
}

int integer(const Options &options, const char *key, int otherwise) {
    const auto text = words(options, key);
    return text.empty() ? otherwise : std::stoi(text);
}

const Options &part(const Options &options, const char *key) {
    static const Options empty = Options::object();
    return options.is_object() && options.contains(key) && options.at(key).is_object()
               ? options.at(key)
               : empty;
}

std::vector<Options> list(const Options &options, const char *key) {
    std::vector<Options> all;
    if (options.is_object() && options.contains(key) && options.at(key).is_array())
        for (const auto &item : options.at(key))
            if (item.is_object() || item.is_array())
                all.push_back(item);
    return all;
}

Content content(const Options &options, const char *text_key, const char *html_key) {
    // The fixtures are govuk-frontend's own markup.
    if (const auto markup = words(options, html_key); !markup.empty())
        return Html::trusted(markup);
    return words(options, text_key);
}

Attributes attributes_of(const Options &options, const char *key) {
    Attributes all;
    for (const auto &[name, value] : part(options, key).items())
        all.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
    return all;
}

TEST_CASE("markup that means the same is normalised to the same") {
    CHECK(normalised("<p  class='a\n b' id=x >Tom &amp; Ann&#39;s\n  cat</p>") ==
          normalised("<p id=\"x\" class=\"a b\">Tom & Ann's cat</p>"));
    CHECK(normalised("<input disabled>") == normalised("<INPUT disabled=\"\" />"));
    CHECK(normalised("<a title=\"a > b\">x</a>") == "<a title=\"a > b\">\nx\n</a>\n");
    CHECK(normalised("&ctdot; &#x2026;") == normalised("\u22ef \u2026"));
}

TEST_CASE("markup that means something else is normalised to something else") {
    CHECK(normalised("<p class=\"a\">x</p>") != normalised("<p class=\"b\">x</p>"));
    CHECK(normalised("<p>x</p>") != normalised("<p hidden>x</p>"));
    CHECK(normalised("<p>a b</p>") != normalised("<p>ab</p>"));
    CHECK(normalised("<b>x</b>y") != normalised("<b>xy</b>"));
}

} // namespace wardmote::html::fixtures
