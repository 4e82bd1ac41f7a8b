/// The stylesheet, compiled from ui/app.scss when the program is built and carried inside it.
#pragma once

#include <string>
#include <string_view>

namespace wardmote::html {

/// The whole CSS, minified UTF-8 without @font-face or outside references: for `<style>` in a
/// self-contained file, as Html::trusted() (it holds no "</style").
std::string_view stylesheet();

/// Where the server gives it: "/assets/app.<first 16 hex digits of its SHA-256>.css". The name
/// changes with the content, so browsers may keep it for ever.
const std::string &stylesheet_href();

} // namespace wardmote::html
