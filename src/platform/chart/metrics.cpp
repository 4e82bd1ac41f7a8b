#include "platform/chart/metrics.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace wardmote::chart {

namespace {

// Advance widths of U+0020 to U+007E in thousandths of the size (Adobe's Helvetica metrics).
using Widths = std::array<std::uint16_t, 95>;
constexpr Widths regular = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr Widths bold_widths = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};

int beyond_ascii(char32_t letter, bool bold) {
    switch (letter) {
    case 0xA0: // no-break space
    case 0xB7: // middle dot
        return 278;
    case 0x2018:
    case 0x2019:
        return bold ? 278 : 222;
    case 0x201C:
    case 0x201D:
        return bold ? 500 : 333;
    case 0xD7:
    case 0x2212:
        return 584;
    case 0x2011:
        return 333;
    case 0x2014:
    case 0x2026:
        return 1000;
    default:
        return letter >= 0x1100 ? 1000 : letter >= 0xC0 && letter < 0xE0 ? 722 : 600;
    }
}

/// One letter of UTF-8 and how many bytes it took; a stray byte counts as a letter.
struct Letter {
    char32_t code;
    std::size_t bytes;
};

Letter next_letter(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (bytes == 1 || bytes > text.size())
        return {lead, 1};
    char32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i)
        code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    return {code, bytes};
}

} // namespace

double text_width(std::string_view text, double size, bool bold) {
    const Widths &table = bold ? bold_widths : regular;
    int sum = 0;
    while (!text.empty()) {
        const Letter letter = next_letter(text);
        text.remove_prefix(letter.bytes);
        if (letter.code >= 32 && letter.code < 127)
            sum += table[letter.code - 32];
        else
            sum += beyond_ascii(letter.code, bold);
    }
    return sum * size / 1000;
}

std::vector<std::string> wrapped(std::string_view text, double width, double size, bool bold) {
    std::vector<std::string> lines{""};
    while (!text.empty()) {
        const auto end = text.find(' ');
        const std::string word{text.substr(0, end)};
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
        if (word.empty())
            continue;
        const std::string longer = lines.back().empty() ? word : lines.back() + ' ' + word;
        if (lines.back().empty() || text_width(longer, size, bold) <= width)
            lines.back() = longer;
        else
            lines.push_back(word);
    }
    return lines;
}

std::string shortened(std::string_view text, double width, double size, bool bold) {
    if (text_width(text, size, bold) <= width)
        return std::string{text};
    std::string kept;
    while (!text.empty()) {
        const std::string longer = kept + std::string{text.substr(0, next_letter(text).bytes)};
        if (text_width(longer + "…", size, bold) > width)
            break;
        text.remove_prefix(next_letter(text).bytes);
        kept = longer;
    }
    while (!kept.empty() && kept.back() == ' ')
        kept.pop_back();
    return kept + "…";
}

} // namespace wardmote::chart
