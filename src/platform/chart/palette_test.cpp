#include "platform/chart/palette.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace wardmote::chart;
using palette::contrast;

TEST_CASE("contrast follows the formula of WCAG 2.2") {
    // Black on white is 21; #767676 is the well-known lightest grey that passes 4.5 on white.
    CHECK(contrast("#000000", "#ffffff") == doctest::Approx(21));
    CHECK(contrast("#ffffff", "#767676") == doctest::Approx(4.54).epsilon(0.001));
    CHECK(contrast("#777777", "#ffffff") == doctest::Approx(4.48).epsilon(0.001));
    // The Government Analysis Function's palette on white.
    CHECK(contrast("#28a197", "#ffffff") == doctest::Approx(3.17).epsilon(0.002));
    CHECK(contrast("#801650", "#ffffff") == doctest::Approx(9.77).epsilon(0.002));
    CHECK(contrast("#f46a25", "#ffffff") == doctest::Approx(3.03).epsilon(0.002));
}

TEST_CASE("words stand out from what they are written on by 4.5 to 1") {
    for (const auto colour : {palette::ink, palette::quiet, palette::data, palette::notable}) {
        for (const auto ground : {palette::paper, palette::band_faint, palette::band}) {
            CAPTURE(std::string{colour} + " on " + std::string{ground});
            CHECK(contrast(colour, ground) >= 4.5);
        }
    }
    for (int map_class = 1; map_class <= 5; ++map_class) {
        const auto ground = palette::map[static_cast<std::size_t>(map_class - 1)];
        CAPTURE(map_class);
        CHECK(contrast(palette::text_on_map(map_class), ground) >= 4.5);
    }
}

TEST_CASE("lines and dots stand out from what they are drawn on by 3 to 1") {
    for (const auto colour : {palette::ink, palette::data, palette::data_before,
                              palette::data_third, palette::data_fourth, palette::notable}) {
        for (const auto ground : {palette::paper, palette::band_faint, palette::band}) {
            CAPTURE(std::string{colour} + " on " + std::string{ground});
            CHECK(contrast(colour, ground) >= 3);
        }
    }
    // The legend's swatches are edged, so that the lightest class shows on paper.
    CHECK(contrast(palette::data_before, palette::map[0]) >= 3);
}

TEST_CASE("map classes grow darker") {
    for (std::size_t i = 1; i < palette::map.size(); ++i)
        CHECK(palette::luminance(palette::map[i]) < palette::luminance(palette::map[i - 1]));
}
