/// The pages for what goes wrong: not found, not understood, not working.
#pragma once

#include "platform/html/page.hpp"
#include "platform/web/router.hpp"

namespace wardmote::web {

/// What an error page says, without the shell: an <h1> and what to do next.
html::Html failure_content(const Failure &failure);
/// Its title: "Page not found".
std::string failure_title(const Failure &failure);

/// Error pages in the shell of `site`, for Router::failures().
FailurePage failure_page(html::Site site);

} // namespace wardmote::web
