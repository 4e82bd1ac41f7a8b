/// A QR code as inline SVG.
#pragma once

#include <string_view>

#include "platform/html/html.hpp"

namespace wardmote::access {

/// Draws `content` (at most 1,000 bytes) with the quiet margin that readers need. `description` is
/// its text alternative, which must not be the secret itself. Colours are attributes, dark on
/// white also in a dark theme, for that is what readers can read; the size is the class
/// "wardmote-qr-code"'s. Throws std::invalid_argument when the content is empty or too long.
html::Html qr_code(std::string_view content, std::string_view description);

} // namespace wardmote::access
