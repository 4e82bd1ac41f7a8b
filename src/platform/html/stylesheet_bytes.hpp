/// The stylesheet's bytes and hash, in a .cpp that the build writes. stylesheet.hpp is for callers.
#pragma once

#include <string_view>

namespace wardmote::html {

extern const std::string_view stylesheet_bytes;
extern const std::string_view stylesheet_hash; ///< first 16 hexadecimal digits of its SHA-256

} // namespace wardmote::html
