/// How wide words are: Arial's advance widths, which Liberation Sans shares, so that a server
/// without a screen can keep labels apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardmote::chart {

/// Width in px of UTF-8 `text` at `size` px. Letters beyond the table count as wide as a figure,
/// those of East Asian scripts as wide as the size.
double text_width(std::string_view text, double size, bool bold = false);

/// `text` in lines no wider than `width`, broken at blanks; a word too wide stands alone. Never
/// empty.
std::vector<std::string> wrapped(std::string_view text, double width, double size,
                                 bool bold = false);

/// `text` shortened with "…" until it is no wider than `width`.
std::string shortened(std::string_view text, double width, double size, bool bold = false);

} // namespace wardmote::chart
