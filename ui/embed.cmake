# Writes a .cpp that holds the stylesheet and its hash:
#   cmake -DCSS=app.css -DOUT=stylesheet_bytes.cpp -P ui/embed.cmake
file(READ ${CSS} hex HEX)
file(SHA256 ${CSS} hash)
string(SUBSTRING ${hash} 0 16 hash)
string(REPEAT "." 64 line)
string(REGEX REPLACE "(${line})" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
string(REPLACE "\n" "\"\n\"" hex "${hex}")
file(WRITE ${OUT} "// Written by ui/embed.cmake from the compiled ui/app.scss.
#include \"platform/html/stylesheet_bytes.hpp\"

namespace wardmote::html {
static constexpr char bytes[] =
\"${hex}\";
const std::string_view stylesheet_bytes{bytes, sizeof bytes - 1};
const std::string_view stylesheet_hash = \"${hash}\";
} // namespace wardmote::html
")
