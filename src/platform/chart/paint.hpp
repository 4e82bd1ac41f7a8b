/// What each class of a drawing looks like: one table, from which come both the style sheet and
/// the attributes that stand in for it where a style sheet does not reach.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wardmote::chart {

/// One class and its properties; an empty property is not set.
struct Paint {
    std::string_view name;
    std::string_view fill = {};
    std::string_view stroke = {};
    std::string_view stroke_width = {};
    std::string_view dashes = {};
    std::string_view linecap = {};
    std::string_view linejoin = {};
};

/// How a class sets text: only what differs from 14 px, regular, ink.
struct Lettering {
    std::string_view name;
    std::string_view fill = {};
    bool bold = false;
    bool small = false; ///< 12 px
};

inline constexpr std::string_view font_family = "arial, sans-serif";
inline constexpr double text_size = 14;
inline constexpr double small_text_size = 12;

std::span<const Paint> paints();
std::span<const Lettering> letterings();

/// ` class="s-now" fill="none" stroke="#12436d"`: classes apart by one blank, later ones win.
/// Throws std::logic_error for a class that is in neither table.
std::string painted(std::string_view classes);

} // namespace wardmote::chart
