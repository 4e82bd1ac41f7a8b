// The site's stylesheet (ui/styles) and the charts use the same colours under the same names.
#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "engine/core/text.hpp"
#include "platform/chart/paint.hpp"
#include "platform/chart/palette.hpp"
#include "platform/html/stylesheet.hpp"

namespace wardmote::chart {

namespace {

/// The value of a token in the compiled stylesheet, "#fff" written out.
std::string token(std::string_view name) {
    const auto css = html::stylesheet();
    const auto wanted = "--" + std::string{name} + ":";
    const auto at = css.find(wanted, css.find(":root{--ink"));
    if (at == css.npos)
        return "(none)";
    const auto from = at + wanted.size();
    std::string value{core::trim(css.substr(from, css.find_first_of(";}", from) - from))};
    if (value.size() == 4 && value[0] == '#')
        value = {'#', value[1], value[1], value[2], value[2], value[3], value[3]};
    return value;
}

} // namespace

TEST_CASE("the stylesheet's tokens are the palette's colours") {
    using namespace palette;
    CHECK(token("paper") == paper);
    CHECK(token("ink") == ink);
    CHECK(token("quiet") == quiet);
    CHECK(token("data") == data);
    CHECK(token("data-before") == data_before);
    CHECK(token("band") == band);
    CHECK(token("band-faint") == band_faint);
    CHECK(token("notable") == notable);
    for (std::size_t i = 0; i < palette::map.size(); ++i)
        CHECK(token("c" + std::to_string(i + 1)) == palette::map[i]);
}

TEST_CASE("no class of a drawing is painted otherwise by the stylesheet") {
    const auto css = html::stylesheet();
    for (const auto &paint : paints()) {
        CAPTURE(paint.name);
        const auto rule = css.find("}." + std::string{paint.name} + "{");
        if (rule == css.npos || paint.stroke_width.empty())
            continue; // what the stylesheet leaves out, the drawing's own attributes say
        const auto body = css.substr(rule + 1, css.find('}', rule + 1) - rule);
        const auto width = body.find("stroke-width:");
        if (width == body.npos)
            continue;
        const auto value = body.substr(width + 13, body.find_first_of(";}", width) - width - 13);
        CHECK(std::stod(std::string{value}) == std::stod(std::string{paint.stroke_width}));
    }
}

} // namespace wardmote::chart
