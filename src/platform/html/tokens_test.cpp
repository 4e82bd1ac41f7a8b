// The colours of ui/styles/_tokens.scss, read from the compiled stylesheet, and their contrast by
// WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for lines and controls (1.4.11).
#include <array>
#include <cmath>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "engine/core/text.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::html {

namespace {

using Tokens = std::map<std::string, std::string, std::less<>>;

/// "--data:#12436d" in :root gives {"data", "#12436d"}; "#fff" is written out.
Tokens tokens() {
    const auto css = stylesheet();
    const auto start = css.find(":root{--ink");
    REQUIRE(start != css.npos);
    auto rest = css.substr(start + 6, css.find('}', start) - start - 6);
    Tokens all;
    while (rest.starts_with("--")) {
        const auto colon = rest.find(':');
        const auto end = std::min(rest.find(';'), rest.size());
        std::string value{core::trim(rest.substr(colon + 1, end - colon - 1))};
        if (value.size() == 4 && value[0] == '#')
            value = {'#', value[1], value[1], value[2], value[2], value[3], value[3]};
        all.emplace(rest.substr(2, colon - 2), value);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return all;
}

double luminance(const std::string &colour) {
    REQUIRE(colour.size() == 7);
    std::array<double, 3> parts{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double c = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
        parts[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

double contrast(const std::string &one, const std::string &other) {
    const auto a = luminance(one);
    const auto b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

struct Pair {
    std::string_view front, ground;
    double least;
};

constexpr double for_text = 4.5;
constexpr double for_lines = 3.0;

constexpr std::array pairs{
    Pair{"ink", "paper", for_text},
    Pair{"quiet", "paper", for_text},
    Pair{"quiet", "wash", for_text},
    Pair{"quiet", "band-faint", for_text},
    Pair{"ink", "band", for_text},
    Pair{"ink", "band-faint", for_text},
    Pair{"action", "paper", for_text},
    Pair{"action", "wash", for_text},
    Pair{"action", "band-faint", for_text},
    Pair{"paper", "action", for_text},
    Pair{"paper", "action-dark", for_text},
    Pair{"late", "paper", for_text},
    Pair{"paper", "marked", for_text},
    Pair{"ink", "wash", for_text},
    Pair{"data", "paper", for_text},
    Pair{"notable", "paper", for_text},
    Pair{"notable", "band-faint", for_text},
    Pair{"ink", "c1", for_text},
    Pair{"ink", "c2", for_text},
    Pair{"ink", "c3", for_text},
    Pair{"paper", "c4", for_text},
    Pair{"paper", "c5", for_text},
    Pair{"data", "band", for_lines},
    Pair{"data", "band-faint", for_lines},
    Pair{"data-before", "paper", for_lines},
    Pair{"data-before", "band-faint", for_lines},
};

} // namespace

TEST_CASE("contrast is as WCAG computes it") {
    CHECK(contrast("#000000", "#ffffff") == doctest::Approx(21.0));
    // The grey at the edge of 4.5 to 1, known from every contrast checker: #767676 is 4.54.
    CHECK(contrast("#767676", "#ffffff") == doctest::Approx(4.54).epsilon(0.001));
}

TEST_CASE("text and lines stand out from what is behind them") {
    const auto all = tokens();
    for (const auto &pair : pairs) {
        CAPTURE(pair.front);
        CAPTURE(pair.ground);
        const auto front = all.find(pair.front);
        const auto ground = all.find(pair.ground);
        REQUIRE(front != all.end());
        REQUIRE(ground != all.end());
        CHECK(contrast(front->second, ground->second) >= pair.least);
    }
}

TEST_CASE("map classes grow darker") {
    const auto all = tokens();
    for (int i = 1; i < 5; ++i)
        CHECK(luminance(all.at("c" + std::to_string(i))) >
              luminance(all.at("c" + std::to_string(i + 1))));
}

} // namespace wardmote::html
