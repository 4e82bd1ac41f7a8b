/// Fills a template: decides its conditions, repeats its lists, and leaves a mark in the Markdown
/// for every live value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.hpp"
#include "platform/document/template.hpp"

namespace wardmote::document {

/// Marks are private-use characters, which are taken out of all other text first: U+E000, the
/// index of the span in digits, U+E001. U+E002 starts a numbered paragraph.
namespace mark {
inline constexpr std::string_view open = "\xEE\x80\x80";
inline constexpr std::string_view close = "\xEE\x80\x81";
inline constexpr std::string_view numbered = "\xEE\x80\x82";

std::string of(std::size_t span);
/// `text` without the characters that marks are made of.
std::string without(std::string_view text);

/// The next mark of `text` from `from` on: where it starts and ends, and its span.
struct Found {
    std::size_t start = std::string::npos;
    std::size_t end = std::string::npos;
    std::size_t span = 0;
    explicit operator bool() const { return start != std::string::npos; }
};
Found find(std::string_view text, std::size_t from);
} // namespace mark

/// What a template came to. Spans of figures point into `figures`, in order of appearance.
struct Expanded {
    std::string markdown;
    std::vector<Span> spans;
    std::vector<core::Figure> figures;
    std::vector<chart::Chart> charts;
    std::vector<chart::Table> tables;
    Cover cover;
    std::vector<Problem> problems;
};

Expanded expand(const Template &read, LiveValues &live);

} // namespace wardmote::document
