/// The bytes and hashes of stylesheet and script, in .cpp files that the build writes. For callers:
/// stylesheet.hpp and script.hpp.
#pragma once

#include <string_view>

namespace wardmote::html {

extern const std::string_view stylesheet_bytes;
extern const std::string_view stylesheet_hash; ///< first 16 hexadecimal digits of its SHA-256
extern const std::string_view script_bytes;
extern const std::string_view script_hash;

} // namespace wardmote::html
