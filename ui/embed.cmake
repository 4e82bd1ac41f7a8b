# Writes a .cpp that holds a file's bytes and hash, as NAME_bytes and NAME_hash:
#   cmake -DFILE=app.css -DNAME=stylesheet -DOUT=stylesheet_bytes.cpp -P ui/embed.cmake
file(READ ${FILE} hex HEX)
file(SHA256 ${FILE} hash)
string(SUBSTRING ${hash} 0 16 hash)
string(REPEAT "." 64 line)
string(REGEX REPLACE "(${line})" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
string(REPLACE "\n" "\"\n\"" hex "${hex}")
file(WRITE ${OUT} "// Written by ui/embed.cmake from what ui/build compiled.
#include \"platform/html/asset_bytes.hpp\"

namespace wardmote::html {
static constexpr char bytes[] =
\"${hex}\";
const std::string_view ${NAME}_bytes{bytes, sizeof bytes - 1};
const std::string_view ${NAME}_hash = \"${hash}\";
} // namespace wardmote::html
")
