#include "platform/html/stylesheet.hpp"

#include "platform/html/asset_bytes.hpp"

namespace wardmote::html {

std::string_view stylesheet() {
    return stylesheet_bytes;
}

const std::string &stylesheet_href() {
    static const std::string href = "/assets/app." + std::string{stylesheet_hash} + ".css";
    return href;
}

} // namespace wardmote::html
