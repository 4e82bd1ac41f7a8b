#include "platform/html/script.hpp"

#include "platform/html/asset_bytes.hpp"

namespace wardmote::html {

std::string_view script() {
    return script_bytes;
}

const std::string &script_href() {
    static const std::string href = "/assets/app." + std::string{script_hash} + ".js";
    return href;
}

} // namespace wardmote::html
