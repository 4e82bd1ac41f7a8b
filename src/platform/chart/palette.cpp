#include "platform/chart/palette.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace wardmote::chart::palette {

namespace {

double channel(std::string_view colour, std::size_t at) {
    int value = 0;
    std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
    const double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

} // namespace

std::string_view text_on_map(int map_class) {
    return map_class >= 4 ? paper : ink;
}

double luminance(std::string_view colour) {
    assert(colour.size() == 7 && colour[0] == '#');
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}

double contrast(std::string_view one, std::string_view other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace wardmote::chart::palette
