/// The colours of charts, each with its job, and the contrast they are held to.
#pragma once

#include <array>
#include <string_view>

namespace wardmote::chart::palette {

inline constexpr std::string_view paper = "#ffffff";
inline constexpr std::string_view ink = "#0b0c0c";
inline constexpr std::string_view quiet = "#484949"; ///< axis words and notes
inline constexpr std::string_view grid = "#dcdfe1";
inline constexpr std::string_view data = "#12436d";        ///< this year
inline constexpr std::string_view data_before = "#6b7276"; ///< last year
inline constexpr std::string_view data_third = "#801650";
inline constexpr std::string_view data_fourth = "#2073bc";
inline constexpr std::string_view band = "#d4e1ec";       ///< 80 % interval
inline constexpr std::string_view band_faint = "#e9f0f6"; ///< 95 % interval, usual variation
inline constexpr std::string_view notable = "#801650";    ///< a statistical signal
/// Map classes, light to dark.
inline constexpr std::array<std::string_view, 5> map = {"#e6eff7", "#b5d0e8", "#74a9d3", "#2b76b5",
                                                        "#12436d"};

/// Ink on map classes 1 to 3, paper on 4 and 5.
std::string_view text_on_map(int map_class);

/// WCAG 2.2 relative luminance of "#rrggbb", 0 to 1.
double luminance(std::string_view colour);
/// WCAG 2.2 contrast ratio, 1 to 21.
double contrast(std::string_view one, std::string_view other);

} // namespace wardmote::chart::palette
