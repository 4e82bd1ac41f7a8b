/// The script, compiled from ui/app.ts when the program is built and carried inside it.
///
/// It adds comfort only: every page works without it.
#pragma once

#include <string>
#include <string_view>

namespace wardmote::html {

/// One JavaScript module, minified UTF-8, without imports, eval or outside references.
std::string_view script();

/// Where the server gives it: "/assets/app.<first 16 hex digits of its SHA-256>.js". The name
/// changes with the content, so browsers may keep it for ever.
const std::string &script_href();

} // namespace wardmote::html
